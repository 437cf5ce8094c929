import { ask, read } from '#kernel/browser/api/index.ts'
import type { FilterFindings, Severity } from '../contract.ts'
import type { FindingCounts, FindingPage } from '../rules/worklist-records.ts'

/** The views of the list; every one is a filter that the address carries. */
export const findingViews = ['mine', 'todo', 'sent', 'overdue', 'answered', 'back', 'excepted', 'fixed'] as const
export type FindingView = (typeof findingViews)[number]

export interface ScreenFilter {
  readonly under: string
  readonly rule: string
  readonly severity: Severity | undefined
  readonly owner: FilterFindings['owner']
}

const viewFilters = {
  mine: { mine: 'true' },
  todo: { state: 'todo' },
  sent: { state: 'sent' },
  overdue: { overdue: 'true' },
  answered: { answered: 'true' },
  back: { state: 'todo', back: 'true' },
  excepted: { state: 'excepted' },
  fixed: { state: 'fixed' },
} as const satisfies Record<FindingView, FilterFindings>

/** The filter as the server knows it; empty texts are no filter. */
export function filterOf(view: FindingView | undefined, { under, rule, severity, owner }: ScreenFilter): FilterFindings {
  return {
    ...(view === undefined ? {} : viewFilters[view]),
    ...(under === '' ? {} : { under }),
    ...(rule === '' ? {} : { rule }),
    ...(severity === undefined ? {} : { severity }),
    ...(owner === undefined ? {} : { owner }),
  }
}

/** One page of findings. With a text it is a search, whose words travel in the body. */
export function loadFindings(filter: FilterFindings, text: string, after: string): Promise<FindingPage> {
  const paging = { limit: 50, ...(after === '' ? {} : { after }) }
  return text === ''
    ? read<FindingPage>('/quality/findings', { ...filter, ...paging })
    : ask<FindingPage>('/quality/findings/search', { ...filter, ...paging, text })
}

/** How many findings each view holds under the other filters. */
export function loadCounts(filter: ScreenFilter): Promise<FindingCounts> {
  return read<FindingCounts>('/quality/finding-counts', filterOf(undefined, filter))
}

/** The count of a view; `undefined` where the counts do not say. */
export function countOf(counts: FindingCounts, view: FindingView): number | undefined {
  if (view === 'mine' || view === 'overdue' || view === 'answered') return counts[view]
  if (view === 'todo') return (counts.states.open ?? 0) + (counts.states.sent ?? 0)
  return view === 'back' ? undefined : (counts.states[view] ?? 0)
}
