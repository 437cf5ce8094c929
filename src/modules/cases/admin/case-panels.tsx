import type { ReactNode } from 'react'
import type { CaseRecord } from '../rules/case-records.ts'
import { Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import type { Right } from '#ui/plug/plug.ts'
import { useT } from '#ui/words/use-t.ts'
import { caseSteps, type CaseStep } from '../rules/case-steps.ts'
import { CaseMeasures } from './case-measures.tsx'
import { CaseVisits } from './case-visits.tsx'
import { caseScreenWords } from './case-screen-words.ts'
import { CheckSection, ExitGateSection } from './exits/check-sections.tsx'
import { IncomePanel } from './income/income-panel.tsx'
import { MeetingsOfCase } from './meetings/meeting-of-case.tsx'
import { NoticesOfCase } from './notices/notice-of-case.tsx'
import { PaperPanel } from './papers/paper-panel.tsx'

interface Part {
  /** To which a missing item leads (`case-missing-parts.ts`). */
  readonly anchor: string
  /** Steps at which it is what people come for: it then stands first. */
  readonly steps: readonly CaseStep[]
  /** Whether there is anything of it before or after those steps. */
  readonly isShown: (record: CaseRecord) => boolean
  readonly draw: (record: CaseRecord) => ReactNode
}

const hasPassed = ({ events, file }: CaseRecord, step: CaseStep) =>
  file.step === step || events.some((event) => event.round === file.round && event.stepBefore === step)

const parts: readonly Part[] = [
  {
    anchor: 'case-visits',
    steps: ['visit', 'exit-visit', 'tracking', 'follow-up'],
    isShown: ({ can, visits }) => can.addVisit || visits.length > 0,
    draw: (record) => <CaseVisits record={record} />,
  },
  {
    anchor: 'case-measures',
    steps: ['measures'],
    isShown: ({ can, measures }) => can.addMeasure || measures.length > 0,
    draw: (record) => <CaseMeasures record={record} />,
  },
  {
    anchor: 'case-papers',
    steps: [],
    isShown: () => true,
    draw: ({ file }) => <MayRead needs="cases.paper:read" part={<PaperPanel key={file.caseId} caseId={file.caseId} />} />,
  },
  {
    anchor: 'case-exit',
    steps: ['tracking', 'exit-visit', 'exit-review', 'exit-decision'],
    isShown: ({ file }) => caseSteps[file.step].procedure === 'elimination',
    draw: ({ file }) => <ExitGateSection key={file.caseId} caseId={file.caseId} />,
  },
  {
    anchor: 'case-check',
    steps: ['check'],
    isShown: (record) => ['statement', 'review', 'decision'].includes(record.file.step) || hasPassed(record, 'check'),
    draw: ({ file }) => <CheckSection key={file.caseId} caseId={file.caseId} />,
  },
  {
    anchor: 'case-income',
    steps: ['visit', 'tracking', 'exit-visit'],
    isShown: ({ file }) => caseSteps[file.step].procedure === 'elimination' || file.step === 'review' || file.step === 'decision',
    draw: ({ file }) => (
      <Titled title="incomePanel" needs="cases.income:read">
        <IncomePanel householdId={file.householdId} />
      </Titled>
    ),
  },
  {
    anchor: 'case-meeting',
    steps: ['appraisal', 'exit-appraisal'],
    isShown: (record) => hasPassed(record, 'appraisal') || hasPassed(record, 'exit-appraisal'),
    draw: ({ file }) => <MeetingsOfCase key={file.caseId} file={file} />,
  },
  {
    anchor: 'case-notice',
    steps: ['notice', 'exit-notice'],
    isShown: (record) => hasPassed(record, 'notice') || hasPassed(record, 'exit-notice'),
    draw: ({ file }) => <MayRead needs="cases.notice:read" part={<NoticesOfCase key={file.caseId} file={file} />} />,
  },
]

/** The parts of a case: what the step is about stands first. */
export function CasePanels({ record }: { record: CaseRecord }) {
  const { step } = record.file
  const asksPapers = (record.terms[step]?.papers.length ?? 0) > 0
  const isNow = (part: Part) => part.steps.includes(step) || (part.anchor === 'case-papers' && asksPapers)
  const shown = parts.filter((part) => isNow(part) || part.isShown(record))
  return [...shown.filter(isNow), ...shown.filter((part) => !isNow(part))].map((part) => (
    <Anchored key={part.anchor} id={part.anchor}>
      {part.draw(record)}
    </Anchored>
  ))
}

function MayRead({ needs, part }: { needs: Right; part: ReactNode }) {
  return useMay(needs) ? part : null
}

/** A panel of another part under its title, for who may read it. */
function Titled({ title, needs, children }: { title: 'incomePanel'; needs: Right; children: ReactNode }) {
  const t = useT(caseScreenWords)
  return <MayRead needs={needs} part={<Section title={t(title)}>{children}</Section>} />
}

/** A part to which a missing item leads. */
function Anchored({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={id} className="case-anchor" tabIndex={-1}>
      {children}
    </div>
  )
}
