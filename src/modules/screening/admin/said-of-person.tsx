import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { defineWords } from '#kernel/pure/words/index.ts'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { SaidOfPerson as Said } from '../rules/said-records.ts'
import { useMonthName, useRuleNames } from './lead-parts.tsx'
import { leadScreenWords } from './lead-screen-words.ts'

const words = defineWords({
  none: { zh: '比对过的部门清单里没有这个人。', en: 'No list that was compared names this person.' },
  rows: { zh: '{list} {n} 行', en: '{list} {n} rows' },
  reasons: { zh: '由此产生的线索', en: 'Leads that came of it' },
})

/** In which lists of which months a person stood, and which leads came of it. */
export function SaidOfPerson({ personId }: { personId: string }) {
  const t = useT(words)
  const leadT = useT(leadScreenWords)
  const names = useRuleNames()
  const monthName = useMonthName()
  const said = useQuery({ queryKey: ['screening', 'said', personId], queryFn: () => read<Said>(`/screening/persons/${personId}/said`) })
  return (
    <Loaded query={said} lines={2}>
      {({ lists, reasons }) =>
        lists.length + reasons.length === 0 ? (
          <p className="bf-quiet">{t('none')}</p>
        ) : (
          <div className="bf-stack">
            <ul className="bf-plain-lines">
              {[...new Set(lists.map((one) => one.month))].map((month) => (
                <li key={month}>
                  <span className="bf-figures">{monthName(month)}</span>{' '}
                  <span>
                    {lists
                      .filter((one) => one.month === month)
                      .map((one) => (one.rows === 1 ? names.list(one.list) : t('rows', { list: names.list(one.list), n: one.rows })))
                      .join('、')}
                  </span>
                </li>
              ))}
            </ul>
            {reasons.length === 0 ? null : (
              <>
                <h3>{t('reasons')}</h3>
                <ul className="bf-plain-lines">
                  {reasons.map((one) => (
                    <li key={`${one.leadId} ${one.rule}`}>
                      <PageLink to={`/screening/leads/${one.leadId}`}>{monthName(one.month)}</PageLink> {names.rule(one.rule)}{' '}
                      <span className="bf-quiet">{one.answer === null ? leadT(`state.${one.state}`) : leadT(`answer.${one.answer}`)}</span>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        )
      }
    </Loaded>
  )
}
