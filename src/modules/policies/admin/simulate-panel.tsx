import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { EmptyFace, Notice, Problem } from '#ui/feedback/faces.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { StatCard } from '#ui/data/stat-card.tsx'
import { dayOf } from '#kernel/pure/time/index.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { AskSimulation, PolicyText, Simulation, Subject } from '../contract.ts'
import { simulate } from './policy-calls.ts'
import type { NameFilter } from './name-filter.ts'
import { SimulatedNames } from './simulated-names.tsx'
import { ChangeMatrix, MoneyTable, TownshipTable, UnknownTable } from './simulation-tables.tsx'
import { simulateWords } from './simulate-words.ts'

interface SimulatePanelProps {
  text: PolicyText
  content: () => string
  /** Another object after each edit. */
  stamp: unknown
  firstDay: string
}

interface Ran {
  readonly simulation: Simulation
  readonly asked: AskSimulation
  readonly stamp: unknown
}

/** 模拟全县: what the content would change, before anybody publishes it. */
export function SimulatePanel({ text, content, stamp, firstDay }: SimulatePanelProps) {
  const t = useT(simulateWords)
  const language = useLanguage()
  const [today] = useState(() => dayOf(Date.now()))
  const [asOf, setAsOf] = useState(firstDay > today ? firstDay : today)
  const [tableKey, setTableKey] = useState(text.tables[0]?.key)
  const table = text.tables.find((one) => one.key === tableKey)
  const [ran, setRan] = useState<Ran>()
  const running = useMutation({
    mutationFn: async () => {
      const asked = { content: content(), asOf, ...(table === undefined ? {} : { decision: table.decision }) }
      setRan({ simulation: await simulate(text.policy.key, asked), asked, stamp })
    },
  })
  const subject = text.policy.form === 'table' ? text.policy.subject : (table?.subject ?? 'given')
  if (subject === 'given') return <EmptyFace todo={t('notOfAll')} />
  if (!text.policy.can.simulate) return <EmptyFace todo={t('notAllowed')} />
  return (
    <>
      <Section>
        <p>{t(text.policy.form === 'table' ? 'intro' : 'introValues')}</p>
        <form
          className="bf-row"
          onSubmit={(event) => {
            event.preventDefault()
            running.mutate()
          }}
        >
          <label className="bf-check">
            <span>{t('day')}</span>
            <input
              type="date"
              className="bf-input policies-value"
              value={asOf}
              onChange={(event) => event.target.value !== '' && setAsOf(event.target.value)}
            />
          </label>
          {text.tables.length === 0 ? null : (
            <label className="bf-check">
              <span>{t('inTable')}</span>
              <select className="bf-input policies-value" value={tableKey} onChange={(event) => setTableKey(event.target.value)}>
                {text.tables.map((one) => (
                  <option key={one.key} value={one.key}>
                    {language === 'en' ? one.en : one.zh}
                  </option>
                ))}
              </select>
            </label>
          )}
          <Button type="primary" htmlType="submit" loading={running.isPending}>
            {t('run')}
          </Button>
        </form>
        {running.isPending ? <ProgressLine label={t('running')} /> : null}
        <Problem error={running.error} />
        {ran !== undefined && ran.stamp !== stamp ? <Notice kind="warning">{t('stale')}</Notice> : null}
      </Section>
      {ran === undefined ? null : (
        <Result key={`${ran.asked.asOf} ${ran.asked.decision ?? ''} ${ran.asked.content.length}`} ran={ran} text={text} subject={subject} />
      )}
    </>
  )
}

function Result({ ran: { simulation, asked }, text, subject }: { ran: Ran; text: PolicyText; subject: Subject }) {
  const t = useT(simulateWords)
  const [filter, setFilter] = useState<NameFilter>({})
  const { count, changed, workload, tookMs, amountChanges } = simulation
  const amountsOnly = amountChanges.reduce((sum, [, n]) => sum + n, 0)
  const show = (next: NameFilter) => {
    setFilter(next)
    document.getElementById('policies-names-list')?.scrollIntoView({ block: 'start' })
  }
  return (
    <>
      <div className="bf-stats" role="status">
        <StatCard label={t('judged')} value={count} note={t('took', { ms: tookMs })} />
        <StatCard
          label={t('changed')}
          value={changed}
          level={changed === 0 ? 'green' : 'amber'}
          {...(amountsOnly === 0 ? {} : { note: t('amountsOnly', { n: amountsOnly.toLocaleString('en') }) })}
        />
        <StatCard label={t('visits')} value={workload.visits} />
        <StatCard label={t('personDays')} value={String(workload.personDays)} />
      </div>
      {changed === 0 ? <Notice kind="success">{t('nothing', { count: count.toLocaleString('en') })}</Notice> : null}
      <Section title={t('matrix')}>
        <ChangeMatrix simulation={simulation} show={show} />
      </Section>
      {simulation.money.length === 0 ? null : (
        <Section title={t('money')}>
          <MoneyTable money={simulation.money} />
        </Section>
      )}
      {changed === 0 ? null : (
        <>
          <Section title={t('townships')}>
            <TownshipTable simulation={simulation} show={show} />
          </Section>
          <div id="policies-names-list">
            <Section title={t('names')}>
              {simulation.canSeeNames ? (
                <SimulatedNames policyKey={text.policy.key} subject={subject} asked={asked} filter={filter} setFilter={setFilter} />
              ) : (
                <Notice kind="info">{t('noNames')}</Notice>
              )}
            </Section>
          </div>
        </>
      )}
      {simulation.unknown.length === 0 ? null : (
        <Section title={t('unknown')}>
          <UnknownTable unknown={simulation.unknown} />
        </Section>
      )}
    </>
  )
}
