import { read, write } from '#kernel/browser/api/index.ts'
import type { LeadAnswer, LeadFilter, LeadState } from '../contract.ts'
import type { LeadCounts, LeadPage } from '../rules/lead-records.ts'

/** The views of the inbox; every one is a filter that the address carries. */
export const inboxViews = ['mine', 'overdue', 'new', 'sent', 'returned', 'answered', 'closed', 'all'] as const
export type InboxView = (typeof inboxViews)[number]

export interface InboxFilter {
  readonly view: InboxView
  readonly under: string
  readonly rule: string
  readonly month: string
  readonly found: LeadAnswer | undefined
}

/** The filter as the server knows it; empty texts are no filter. */
export function filterOf({ view, under, rule, month, found }: InboxFilter): LeadFilter {
  const state: LeadState | undefined = view === 'mine' || view === 'overdue' || view === 'all' ? undefined : view
  return {
    ...(state === undefined ? {} : { state }),
    ...(view === 'mine' ? { mine: 'true' as const } : {}),
    ...(view === 'overdue' ? { overdue: 'true' as const } : {}),
    ...(under === '' ? {} : { under }),
    ...(rule === '' ? {} : { rule }),
    ...(month === '' ? {} : { month }),
    ...(found === undefined ? {} : { found }),
  }
}

/** One page of leads. With a text it is a search, whose words travel in the body. */
export function loadLeads(filter: LeadFilter, text: string, after: string): Promise<LeadPage> {
  const paging = { limit: 50, ...(after === '' ? {} : { after }) }
  return text === ''
    ? read<LeadPage>('/screening/leads', { ...filter, ...paging })
    : write<LeadPage>('POST', '/screening/leads/search', { ...filter, ...paging, text })
}

/** How many leads each view holds under the other filters. */
export function loadCounts(filter: Omit<InboxFilter, 'view'>): Promise<LeadCounts> {
  return read<LeadCounts>('/screening/lead-counts', filterOf({ ...filter, view: 'all' }))
}

/** The count of a view. */
export function countOf(counts: LeadCounts, view: InboxView): number {
  if (view === 'mine') return counts.mine
  if (view === 'overdue') return counts.overdue
  return view === 'all' ? counts.total : (counts.states[view] ?? 0)
}
