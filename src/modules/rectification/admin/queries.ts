import { useQuery } from '@tanstack/react-query'
import { read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { LetterCard } from '../rules/letter-records.ts'
import type { ActedOnProblems, ProblemCard, ProblemRecord } from '../rules/problem-records.ts'
import type { ActOnProblems, Due } from '../rules/problem-requests.ts'
import type { ProblemState } from '../rules/problem-states.ts'
import type { ProblemTotals } from '../rules/problem-totals.ts'

export const views = ['mine', 'open', 'overdue', 'supervised', 'closed', 'all', 'withdrawn'] as const
export type View = (typeof views)[number]

/** What the address carries. */
export interface LedgerFilter {
  readonly view: View
  readonly campaignId: string
  readonly sourceKind: string
  readonly class: string
  readonly unitId: string
  readonly state: string
  readonly standing: string
  /** The inspection that found them. */
  readonly inspectionId: string
}

export interface CampaignItem {
  readonly campaignId: string
  readonly name: string
  readonly dueOn: string | null
}

/** The filter as the server knows it; empty texts are no filter. */
export function queryOf(filter: Readonly<Record<string, string>> | LedgerFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
}

export const loadProblems = (filter: LedgerFilter, after: string) =>
  read<Page<ProblemCard>>('/rectification/problems', { ...queryOf(filter), limit: 50, ...(after === '' ? {} : { after }) })

export function useCampaigns() {
  return useQuery({
    queryKey: ['rectification', 'campaigns'],
    queryFn: () => read<{ items: CampaignItem[]; classes: string[] }>('/rectification/campaigns'),
  })
}

export function useTotals(filter: LedgerFilter) {
  return useQuery({
    queryKey: ['rectification', 'totals', filter],
    queryFn: () => read<ProblemTotals>('/rectification/totals', queryOf(filter)),
  })
}

export interface BoardColumn {
  readonly state: ProblemState
  readonly n: number
  readonly cards: ProblemCard[]
}
export function useBoard(filter: LedgerFilter) {
  return useQuery({
    queryKey: ['rectification', 'board', filter],
    queryFn: () => read<{ columns: BoardColumn[] }>('/rectification/board', queryOf(filter)),
  })
}

export function useProblem(problemId: string) {
  return useQuery({
    queryKey: ['rectification', 'problem', problemId],
    queryFn: () => read<ProblemRecord>(`/rectification/problems/${problemId}`),
  })
}

export function useLetter(of: { letterId: string } | { replyCode: string }) {
  const path = 'letterId' in of ? `/rectification/letters/${of.letterId}` : `/rectification/replies/${of.replyCode}`
  return useQuery({ queryKey: ['rectification', 'letter', path], queryFn: () => read<LetterCard & { number: string }>(path) })
}

export const actOnProblems = (acts: ActOnProblems) => write<ActedOnProblems>('POST', '/rectification/acts', acts)

/** A last day as it is typed: a day, working days, or words. */
export function readDue(text: string): Due | undefined {
  const bare = text.normalize('NFKC').trim()
  if (/^\d{4}-\d{2}-\d{2}$/.test(bare)) return { on: bare }
  const days = /^(\d{1,3})个?工作日内?$/.exec(bare)
  if (days !== null) return { workingDays: Number(days[1]) }
  return bare.length >= 2 ? { words: bare } : undefined
}
