import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { LeadPage } from '../rules/lead-records.ts'
import { LeadStateTags, useMonthName, useRuleNames } from './lead-parts.tsx'
import { visitWords } from './visit-words.ts'

/** The leads of one household, newest month first, for the household page. */
export function HouseholdLeads({ householdId }: { householdId: string }) {
  const t = useT(visitWords)
  const names = useRuleNames()
  const monthName = useMonthName()
  const leads = useQuery({
    queryKey: ['screening', 'household-leads', householdId],
    queryFn: () => read<LeadPage>('/screening/leads', { householdId, limit: 50 }),
  })
  return (
    <Loaded query={leads} lines={2}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="bf-quiet">{t('panelEmpty')}</p>
        ) : (
          <div className="bf-stack">
            {[...items]
              .sort((one, other) => (one.month < other.month ? 1 : -1))
              .map((lead) => (
                <div key={lead.leadId} className="bf-row">
                  <PageLink to={`/screening/leads/${lead.leadId}`}>{monthName(lead.month)}</PageLink>
                  <span>{lead.rules.map(names.rule).join('、')}</span>
                  <LeadStateTags lead={lead} />
                </div>
              ))}
          </div>
        )
      }
    </Loaded>
  )
}
