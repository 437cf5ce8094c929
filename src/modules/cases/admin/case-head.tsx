import { DescriptionList } from '#ui/data/description-list.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseRecord } from '../rules/case-records.ts'
import { sourceWords, stepWords } from '../rules/case-words.ts'
import { CaseDue, useOffice } from './case-parts.tsx'
import { CaseStepper } from './case-stepper.tsx'
import { caseScreenWords } from './case-screen-words.ts'

/** The head of a case: the household, where it stands since when, with whom, what is left; and the stepper. */
export function CaseHead({ record }: { record: CaseRecord }) {
  const t = useT(caseScreenWords)
  const say = useSay()
  const office = useOffice()
  const { file, events } = record
  const facts = [
    {
      key: 'household',
      label: t('householdNo'),
      value: <span className="bf-figures">{file.householdNo}</span>,
    },
    { key: 'place', label: t('place'), value: `${file.township} ${file.village}` },
    {
      key: 'step',
      label: t('now'),
      value: `${say(stepWords[file.step])} · ${t('sinceDay', { day: file.stepSince })}`,
    },
    ...(file.state === 'ended' ? [] : [{ key: 'held', label: t('held'), value: office(file) }]),
    ...(file.state === 'ended' ? [] : [{ key: 'due', label: t('due'), value: <CaseDue file={file} /> }]),
    { key: 'no', label: t('caseNo'), value: <span className="bf-figures">{file.caseNo}</span> },
    { key: 'opened', label: t('opened'), value: `${file.openedOn} · ${say(sourceWords[file.source])}` },
    ...(file.kind === null && file.risks.length === 0
      ? []
      : [
          {
            key: 'kind',
            label: t('kind'),
            value: [file.kind, file.risks.join('、')].filter((part) => part !== null && part !== '').join(' · '),
          },
        ]),
    ...(file.identifiedOn === null ? [] : [{ key: 'identified', label: t('identified'), value: file.identifiedOn }]),
    ...(file.eliminatedOn === null ? [] : [{ key: 'eliminated', label: t('eliminated'), value: file.eliminatedOn }]),
    ...(file.nationalNo === null ? [] : [{ key: 'national', label: t('nationalNo'), value: file.nationalNo }]),
  ]
  return (
    <Section>
      <div className="bf-stack case-head">
        <CaseStepper step={file.step} events={events} />
        <DescriptionList items={facts} />
      </div>
    </Section>
  )
}
