import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { defineWords } from '#kernel/pure/words/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { LeadCounts } from '../rules/lead-records.ts'

const words = defineWords({
  none: { zh: '没有线索。', en: 'No leads.' },
  new: { zh: '待分办', en: 'To be sent' },
  sent: { zh: '待核实', en: 'To be visited' },
  returned: { zh: '退回待办', en: 'Returned' },
  answered: { zh: '已核实', en: 'Answered' },
  closed: { zh: '已办结', en: 'Closed' },
  overdue: { zh: '逾期 {n}', en: '{n} overdue' },
  open: { zh: '打开收件箱', en: 'Open the inbox' },
})
const states = ['new', 'sent', 'returned', 'answered', 'closed'] as const

/** How many leads of a village stand where, and the way to them. */
export function LeadsOfVillage({ areaPath }: { areaPath: string }) {
  const t = useT(words)
  const counts = useQuery({
    queryKey: ['screening', 'of-village', areaPath],
    queryFn: () => read<LeadCounts>('/screening/lead-counts', { under: areaPath }),
  })
  return (
    <Loaded query={counts} lines={2}>
      {(found) =>
        found.total === 0 ? (
          <p className="bf-quiet">{t('none')}</p>
        ) : (
          <>
            <p className="bf-row">
              {states
                .filter((state) => (found.states[state] ?? 0) > 0)
                .map((state) => (
                  <span key={state}>
                    {t(state)} <strong className="bf-figures">{(found.states[state] ?? 0).toLocaleString('en')}</strong>
                  </span>
                ))}
              {found.overdue === 0 ? null : <StatusTag level="red" text={t('overdue', { n: found.overdue })} />}
            </p>
            <PageLink to="/screening/leads" search={{ view: 'all', under: areaPath }}>
              {t('open')}
            </PageLink>
          </>
        )
      }
    </Loaded>
  )
}
