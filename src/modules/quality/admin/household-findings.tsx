import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { FindingPage } from '../rules/worklist-records.ts'
import { FindingStateTags, SeverityTag, useRuleTexts } from './finding-parts.tsx'
import { qualityWords } from './quality-words.ts'

/** What is to be mended in one household, the gravest first. */
export function HouseholdFindings({ householdId }: { householdId: string }) {
  const t = useT(qualityWords)
  const rules = useRuleTexts()
  const findings = useQuery({
    queryKey: ['quality', 'household', householdId],
    queryFn: () => read<FindingPage>('/quality/findings', { householdId, state: 'todo', limit: 100 }),
  })
  return (
    <Loaded query={findings} lines={2}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="bf-quiet">{t('panelEmpty')}</p>
        ) : (
          <div className="bf-stack">
            {items.map((finding) => (
              <div key={finding.findingId} className="bf-row">
                <SeverityTag severity={finding.severity} />
                <PageLink to={`/quality/findings/${finding.findingId}`}>{rules.text(finding.rule)}</PageLink>
                {finding.personName === null ? null : <span>{finding.personName}</span>}
                <FindingStateTags finding={finding} />
              </div>
            ))}
          </div>
        )
      }
    </Loaded>
  )
}
