import { missingOfCase } from './case-checks.ts'
import { missingChecks } from './exits/check-missing.ts'
import { missingExit } from './exits/exit-gate.ts'
import { missingMeeting } from './meetings/meeting-of-case.ts'
import { missingPapers } from './papers/paper-of-case.ts'
import { missingNotice } from './notices/notice-of-case.ts'
import { missingRecheck } from './notices/objection-missing.ts'
import type { StepCheck } from './step-check.ts'

/** The parts that are asked, each in its own file; a part answers for the steps that it keeps and for no other. */
export const stepChecks: readonly StepCheck[] = [
  missingOfCase,
  missingChecks,
  missingExit,
  missingMeeting,
  missingNotice,
  missingRecheck,
  missingPapers,
]
