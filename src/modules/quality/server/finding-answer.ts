import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { AnswerFinding } from '../contract.ts'
import { judgeAnswering } from '../rules/finding-states.ts'
import type { FindingFile } from '../rules/worklist-records.ts'
import { insertException } from './exception-store.ts'
import { addFindingEvents, saveAnswer } from './finding-event-store.ts'
import { readFinding } from './finding-read.ts'
import { findFindingsForUpdate, type StoredFinding } from './finding-store.ts'
import { worklistErrors } from './worklist-errors.ts'
import { seatOfCaller, type WorklistDeps } from './worklist-neighbours.ts'

/**
 * Answers a finding: mended in the national system (the next import and check will show it), or right as it is, which asks the county for
 * an exception. Throws `quality.finding-refused`, `finding-changed`, `already-asked`.
 */
export async function answerFinding(
  ctx: Context,
  given: { findingId: string; input: AnswerFinding },
  deps: WorklistDeps,
): Promise<FindingFile> {
  const { findingId, input } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const finding = await findingForUpdate(db, ctx, { findingId, revision: input.revision })
    const verdict = judgeAnswering(finding, seatOfCaller(ctx))
    if (!verdict.ok) throw worklistErrors.findingRefused({ reason: verdict.reason })
    const note = input.answer === 'right-as-is' ? input.reason : input.note
    if (input.answer === 'right-as-is') await askException(within, finding, input)
    await saveAnswer(db, ctx, { findingId, answer: input.answer, note })
    const kind = input.answer === 'right-as-is' ? 'asked' : 'answered'
    await addFindingEvents(db, ctx, { kind, findings: [finding], note, details: { answer: input.answer } })
    const details = { rule: finding.rule, answer: input.answer }
    await audit(db, ctx, { did: 'quality.finding-answer', objectKind: 'quality.finding', objectId: findingId, details })
    return readFinding(within, findingId, deps)
  })
}

async function askException(
  ctx: Context & { db: Db },
  finding: StoredFinding,
  input: Extract<AnswerFinding, { answer: 'right-as-is' }>,
): Promise<void> {
  const { findingId, rule, subjectId, householdId, areaPath } = finding
  const covers = householdId === null ? 'finding' : input.covers
  const asked = { exceptionId: makeId(), findingId, rule, subjectId, householdId, areaPath, covers, reason: input.reason } as const
  if (!(await insertException(ctx.db, ctx, asked))) throw worklistErrors.alreadyAsked()
}

/** The finding, kept for this change; refused when somebody has changed it since the caller read it. */
export async function findingForUpdate(db: Db, ctx: Context, wanted: { findingId: string; revision: number }): Promise<StoredFinding> {
  const [finding] = await findFindingsForUpdate(db, ctx.scope, [wanted.findingId])
  if (finding === undefined) throw httpErrors.notFound()
  if (finding.revision !== wanted.revision) throw worklistErrors.findingChanged({ revision: finding.revision })
  return finding
}
