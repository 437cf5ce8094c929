import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { DuplicatePerson, DuplicateRecord } from '../rules/duplicate-records.ts'
import { decidePair, duplicatesKey, findNextPair, useDuplicate } from './duplicate-calls.ts'
import { MergeForm } from './duplicate-merge-form.tsx'
import { MaskedNumber } from './duplicate-number.tsx'
import { WaterfallTable } from './duplicate-waterfall.tsx'
import { duplicateWords } from './duplicate-words.ts'
import { sureness } from './duplicates-page.tsx'

/** Two rows beside each other with the reasons; the decision leads to the next pair. */
export function DuplicatePage() {
  const t = useT(duplicateWords)
  const go = useGo()
  const pairId = usePageParam('pairId')
  const pair = useDuplicate(pairId)
  const [one, other] = pair.data?.persons ?? []
  return (
    <PageFrame
      title={one === undefined || other === undefined ? t('title') : t('pairTitle', { one: one.name, other: other.name })}
      extra={
        <>
          {pair.data === undefined ? null : <Sure score={pair.data.score} />}
          <span className="bf-spring" />
          <Button onClick={() => go('/registry/duplicates')}>{t('backToList')}</Button>
        </>
      }
    >
      <Loaded query={pair} lines={12}>
        {(data) => <Pair key={`${data.pairId} ${data.revision}`} pair={data} />}
      </Loaded>
    </PageFrame>
  )
}

function Sure({ score }: { score: number }) {
  const t = useT(duplicateWords)
  const { level, key } = sureness(score)
  return <StatusTag level={level} text={t(key)} />
}

function Pair({ pair }: { pair: DuplicateRecord }) {
  const t = useT(duplicateWords)
  const go = useGo()
  const queries = useQueryClient()
  const [isMerging, setMerging] = useState(false)
  const [error, setError] = useState<unknown>()
  const next = async () => {
    await queries.invalidateQueries({ queryKey: duplicatesKey, refetchType: 'none' })
    const pairId = await findNextPair(pair.pairId)
    go(pairId === undefined ? '/registry/duplicates' : `/registry/duplicates/${pairId}`)
  }
  const decide = async (decision: 'different' | 'later' | 'open') => {
    setError(undefined)
    try {
      await decidePair(pair, decision)
      if (decision === 'open') await queries.invalidateQueries({ queryKey: duplicatesKey })
      else await next()
    } catch (fault) {
      setError(fault)
    }
  }
  return (
    <>
      <Section title={t('both')}>
        <Both pair={pair} />
        {pair.decidedName === undefined ? null : (
          <p className="bf-quiet">
            {t(`state.${pair.state}`)}，{t('decided', { who: pair.decidedName, at: (pair.decidedAt ?? '').slice(0, 10) })}
            {pair.note === undefined ? '' : `：${pair.note}`}
          </p>
        )}
        <div className="bf-row">
          {pair.can['merge'] === true && !isMerging ? (
            <Button type="primary" onClick={() => setMerging(true)}>
              {t('same')}
            </Button>
          ) : null}
          {(['different', 'later', 'open'] as const).map((decision) =>
            pair.can[decision] === true ? (
              <Button key={decision} onClick={() => void decide(decision) /* shows its own refusal */}>
                {t(decision)}
              </Button>
            ) : null,
          )}
          {pair.can['different'] === true ? <span className="bf-quiet">{t('differentNote')}</span> : null}
        </div>
        <Problem error={error} />
      </Section>
      {isMerging ? <MergeForm pair={pair} cancel={() => setMerging(false)} done={next} /> : null}
      <Section title={t('why')}>
        <p className="bf-quiet">{t('whyNote')}</p>
        <WaterfallTable steps={pair.steps} score={pair.score} />
      </Section>
    </>
  )
}

const lines: readonly { key: 'born' | 'phone' | 'relation'; of: (person: DuplicatePerson) => string | undefined }[] = [
  { key: 'born', of: (person) => person.bornOn },
  { key: 'phone', of: (person) => person.phoneMasked },
  { key: 'relation', of: (person) => person.relation },
]

function Both({ pair }: { pair: DuplicateRecord }) {
  const t = useT(duplicateWords)
  return (
    <ScrollBox>
      <table className="bf-table registry-duplicate" aria-label={t('both')}>
        <thead>
          <tr>
            <th scope="col">{t('who')}</th>
            {pair.persons.map((person) => (
              <th key={person.personId} scope="col">
                {person.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('idNumber')}</th>
            {pair.persons.map((person) => (
              <td key={person.personId}>
                <MaskedNumber person={person} />
              </td>
            ))}
          </tr>
          {lines.map(({ key, of }) => (
            <tr key={key}>
              <th scope="row">{t(key)}</th>
              {pair.persons.map((person) => (
                <td key={person.personId} className="bf-figures">
                  {of(person) ?? '—'}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t('place')}</th>
            {pair.persons.map((person) => (
              <td key={person.personId}>
                <PageLink to={`/registry/households/${person.householdId}`}>{person.place}</PageLink>
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t('household')}</th>
            {pair.persons.map((person) => (
              <td key={person.personId} className="bf-figures">
                {person.householdNo}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </ScrollBox>
  )
}
