import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { dayOf } from '#kernel/pure/time/index.ts'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { Why } from '../contract.ts'
import { loadWhy } from './policy-calls.ts'
import { PolicyStyles } from './policy-styles.tsx'
import { WhyDetails } from './why-details.tsx'
import { whyWords } from './why-words.ts'

/** What the tables say of this household on a day: one line for each, opened for the reasons. */
export function HouseholdWhy({ householdId }: { householdId: string }) {
  const t = useT(whyWords)
  const [today] = useState(() => dayOf(Date.now()))
  const [asOf, setAsOf] = useState('')
  const why = useQuery({ queryKey: ['policies', 'why', householdId, asOf], queryFn: () => loadWhy(householdId, asOf) })
  return (
    <div className="bf-stack">
      <PolicyStyles />
      <div className="bf-row">
        <label className="bf-check">
          <span>{t('asOf')}</span>
          <input
            type="date"
            className="bf-input policies-value"
            max={today}
            value={asOf === '' ? today : asOf}
            onChange={(event) => setAsOf(event.target.value === today ? '' : event.target.value)}
          />
        </label>
        {asOf === '' ? null : (
          <button type="button" className="bf-link" onClick={() => setAsOf('')}>
            {t('backToday')}
          </button>
        )}
      </div>
      <Loaded query={why} lines={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="bf-quiet">{t('none')}</p>
          ) : (
            <div>
              {items.map((one) => (
                <WhyLine key={one.key} why={one} />
              ))}
            </div>
          )
        }
      </Loaded>
    </div>
  )
}

function WhyLine({ why }: { why: Why }) {
  const t = useT(whyWords)
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const first = why.fired[why.fired.length - 1]
  const missing = missingOf(why).join('、')
  const values = why.outcome
    .filter((one) => one.value !== '')
    .map((one) => (why.outcome.length === 1 ? one.value : t('fact', { name: one.name, value: one.value })))
  const clause = first === undefined || first.clause === '' ? '' : t('clauseOf', { clause: first.clause })
  return (
    <details className="policies-why" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{why[language]}</span>
        {values.length === 0 ? (
          <strong className="bf-unknown">{t('undecided')}</strong>
        ) : (
          <strong>{values.join(language === 'zh' ? '，' : ', ')}</strong>
        )}
        <span className="bf-quiet">
          {first !== undefined
            ? t('ruleClause', { rule: first.rule, clause })
            : missing === ''
              ? t('noRule')
              : t('missingFacts', { names: missing })}
        </span>
      </summary>
      {isOpen ? <WhyDetails why={why} /> : null}
    </details>
  )
}

/** What would have to be known: of the rows that are open, else all that is not known where no row holds. */
function missingOf({ undecided, fired, facts }: Why): string[] {
  const open = undecided.flatMap((row) => row.missing.map((one) => one.name))
  if (open.length > 0 || fired.length > 0) return Array.from(new Set(open))
  return facts.flatMap((one) => (one.isUnknown ? [one.name] : []))
}
