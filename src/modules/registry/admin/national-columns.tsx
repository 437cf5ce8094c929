import type { DataColumn } from '#ui/data/data-columns.tsx'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { NationalChange } from '../rules/national-records.ts'
import { saySource } from '../rules/national-text.ts'
import { nationalWords } from '../rules/national-words.ts'
import { writeValue } from './fact-text.ts'
import { nameChange } from './national-calls.ts'
import { nationalScreenWords } from './national-words.ts'

const levels: Record<NationalChange['severity'], Level> = { high: 'red', middle: 'amber', low: 'grey' }

/** The columns of the list of changes. */
export function useNationalColumns(): DataColumn<NationalChange>[] {
  const t = useT(nationalScreenWords)
  const language = useLanguage()
  return [
    { key: 'who', title: t('who'), value: (row) => row.name },
    {
      key: 'place',
      title: t('place'),
      value: (row) => <TwoLines above={row.place} below={row.householdNo} />,
    },
    {
      key: 'what',
      title: t('action'),
      value: (row) => (
        <>
          {nameChange(row, language)} <StatusTag level={levels[row.severity]} text={nationalWords[`severity.${row.severity}`][language]} />
        </>
      ),
    },
    { key: 'change', title: t('change'), value: (row) => <Values change={row} /> },
    {
      key: 'why',
      title: t('whyAndSource'),
      widthRem: 16,
      value: (row) => <TwoLines above={nationalWords[`why.${row.why}`][language]} below={saySource(row.source, language)} />,
    },
    { key: 'standing', title: t('standing'), value: (row) => <Standing change={row} /> },
  ]
}

function TwoLines({ above, below }: { above: string; below: string | undefined }) {
  return (
    <>
      <div>{above}</div>
      {below === undefined || below === '' ? null : <div className="bf-quiet bf-figures">{below}</div>}
    </>
  )
}

function Values({ change: { field, system, ours } }: { change: NationalChange }) {
  const t = useT(nationalScreenWords)
  const language = useLanguage()
  if (field === '') return <>—</>
  return (
    <>
      <span className="bf-before">{writeValue(field, system, language) ?? t('nothing')}</span>
      <span aria-hidden="true">{' → '}</span>
      <span className="bf-unseen">{t('becomes')}</span>
      <span className="bf-after">{writeValue(field, ours, language) ?? t('nothing')}</span>
    </>
  )
}

function Standing({ change }: { change: NationalChange }) {
  const t = useT(nationalScreenWords)
  const { state, enteredName = '', enteredOn = '', settledOn = '', reopenedOn } = change
  if (state === 'open') return reopenedOn === undefined ? t('state.open') : t('reopened', { on: reopenedOn })
  const entered = t('enteredBy', { name: enteredName, on: enteredOn })
  return state === 'entered' ? entered : `${entered}，${t('settledOn', { on: settledOn })}`
}
