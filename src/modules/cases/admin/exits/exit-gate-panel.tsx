import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { fill } from '#kernel/pure/words/index.ts'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { useLanguage, useSay, useT } from '#ui/words/use-t.ts'
import type { ExitItem } from '../../rules/exits/exit-gate.ts'
import type { ExitGate } from '../../rules/exits/exit-records.ts'
import { exitSourceWords, exitWords } from '../../rules/exits/exit-words.ts'
import { exitScreenWords } from './exit-screen-words.ts'
import { IncomeStyles } from '../income/income-styles.tsx'

const levels: Readonly<Record<ExitItem['state'], Level>> = { met: 'green', 'not-met': 'red', unknown: 'amber', excused: 'grey' }
const modes = ['any', 'helped', 'natural'] as const

/** The gate of elimination of a case, item by item, with the exact missing thing, its source and day. */
export function ExitGatePanel({ caseId }: { caseId: string }) {
  const t = useT(exitScreenWords)
  const [mode, setMode] = useState<(typeof modes)[number]>('any')
  const found = useQuery({
    queryKey: ['cases', 'exit-gate', caseId, mode],
    queryFn: () => read<ExitGate>(`/cases/files/${caseId}/exit-gate`, mode === 'any' ? {} : { mode }),
  })
  return (
    <div className="bf-stack">
      <IncomeStyles />
      <ChoiceChips label={t('mode')} chosen={mode} choose={setMode} choices={modes.map((key) => ({ key, label: t(`mode.${key}`) }))} />
      <Loaded query={found} lines={5}>
        {(gate) => <Gate gate={gate} />}
      </Loaded>
    </div>
  )
}

function Gate({ gate }: { gate: ExitGate }) {
  const t = useT(exitScreenWords)
  const left = gate.items.filter(({ state }) => state === 'not-met' || state === 'unknown')
  const order = ['not-met', 'unknown', 'excused', 'met']
  const items = [...gate.items].sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
  return (
    <>
      <p>
        <strong>{gate.isThrough ? `● ${t('through')}` : `▲ ${t('open', { n: left.length })}`}</strong>{' '}
        <span className="bf-quiet">{t('asOf', { asOf: gate.asOf })}</span>
      </p>
      <ul className="gate-list">
        {items.map((item) => (
          <GateItem key={`${item.word} ${JSON.stringify(item.details)}`} item={item} />
        ))}
      </ul>
    </>
  )
}

function GateItem({ item }: { item: ExitItem }) {
  const t = useT(exitScreenWords)
  const say = useSay()
  const language = useLanguage()
  const catalogue: Readonly<Record<string, { zh: string; en: string }>> = exitWords
  const sources: Readonly<Record<string, { zh: string; en: string }>> = exitSourceWords
  const words = catalogue[item.word]
  const source = sources[`source.${item.source}`]
  const shown = source === undefined ? '' : say(source)
  return (
    <li>
      <StatusTag level={levels[item.state]} text={t(`state.${item.state}`)} />
      <span>
        {words === undefined ? item.word : fill(words, language, item.details)}
        {shown === '' ? null : (
          <span className="bf-source">
            {item.on === null ? t('from', { source: shown }) : t('fromDay', { source: shown, on: item.on })}
          </span>
        )}
      </span>
    </li>
  )
}
