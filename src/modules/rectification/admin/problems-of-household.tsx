import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { defineWords } from '#kernel/pure/words/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { ProblemCard } from '../rules/problem-records.ts'
import { sourceWords } from '../rules/problem-words.ts'
import { ProblemDue, ProblemTags } from './problem-parts.tsx'
import { RectificationStyles } from './styles.tsx'

const words = defineWords({
  none: { zh: '没有登记的问题', en: 'No problems' },
  more: { zh: '还有更多，见整改台账', en: 'There are more: see the ledger of problems' },
})

/** The problems of a household, open ones first, or the first open ones of a village; each leads to its page. */
export function ProblemsOfHousehold(about: { householdId: string } | { areaPath: string }) {
  const t = useT(words)
  const say = useSay()
  const problems = useQuery({
    queryKey: ['rectification', 'of-household', about],
    queryFn: () =>
      read<Page<ProblemCard>>(
        '/rectification/problems',
        'areaPath' in about ? { area: about.areaPath, view: 'open', limit: 5 } : { householdId: about.householdId, limit: 20 },
      ),
  })
  return (
    <Loaded query={problems} lines={2}>
      {({ items, next }) =>
        items.length === 0 ? (
          <p className="bf-quiet">{t('none')}</p>
        ) : (
          <>
            <RectificationStyles />
            <ul className="rect-plain">
              {items.map((card) => (
                <li key={card.problemId}>
                  <PageLink to={`/rectification/problems/${card.problemId}`}>{card.description}</PageLink>
                  <div className="rect-tags">
                    <ProblemTags card={card} /> <ProblemDue card={card} />
                    <span className="bf-quiet">{`${say(sourceWords[card.sourceKind])} · ${card.class} · ${card.unitName ?? '—'}`}</span>
                  </div>
                </li>
              ))}
            </ul>
            {next === undefined ? null : <p className="bf-quiet">{t('more')}</p>}
          </>
        )
      }
    </Loaded>
  )
}
