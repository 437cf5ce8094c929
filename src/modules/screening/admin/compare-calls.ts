import { useQuery } from '@tanstack/react-query'
import { lookAgain, read, upload, write } from '#kernel/browser/api/index.ts'
import type { ComparisonRun, ListTerms, Receipt } from '../contract.ts'
import type { CompareAgain, DecidedMatch, ListDemand, RestedReason, ShownRepair, SuggestedMapping } from '../rules/compare-records.ts'
import type {
  DecideRepair,
  SuggestMapping,
  BeginRun,
  CorrectMapping,
  DecideMatch,
  ListKindChoice,
  StagedList,
} from '../rules/compare-requests.ts'
import type { ShownOpenMatch } from '../rules/lead-records.ts'

export const runsKey = ['screening', 'runs'] as const

/** A run with its files: as staged while it waits, with what was recognised. */
export interface RunPageData {
  readonly run: ComparisonRun
  readonly files: StagedList[]
  /** Whether its files can be compared once more; null where nobody asks. */
  readonly again: CompareAgain | null
}

/** Runs of the county, the newest first. */
export function useRuns() {
  return useQuery({ queryKey: runsKey, queryFn: () => read<{ items: ComparisonRun[] }>('/screening/runs') })
}

/** One run; read again every second while it runs. */
export function useRun(runId: string) {
  return useQuery({
    queryKey: [...runsKey, runId],
    queryFn: () => read<RunPageData>(`/screening/runs/${runId}`),
    refetchInterval: (query) => lookAgain(query, query.state.data?.run.state === 'running'),
  })
}

/** What stays of a run's files. */
export function useReceipts(runId: string) {
  return useQuery({
    queryKey: [...runsKey, runId, 'receipts'],
    queryFn: () => read<{ items: Receipt[] }>(`/screening/runs/${runId}/receipts`),
  })
}

/** Rows of a run that wait for a person. */
export function useOpenMatches(runId: string) {
  return useQuery({
    queryKey: [...runsKey, runId, 'open-matches'],
    queryFn: () => read<{ items: ShownOpenMatch[] }>(`/screening/runs/${runId}/open-matches`),
  })
}

/** The kinds of lists with their fields, for correcting what was recognised. */
export function useListKinds() {
  return useQuery({
    queryKey: ['screening', 'list-kinds'],
    queryFn: () => read<{ items: ListKindChoice[] }>('/screening/list-kinds'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function beginRun(input: BeginRun): Promise<{ runId: string }> {
  return write('POST', '/screening/runs', input)
}

export function sendList(runId: string, file: File, onProgress: (share: number) => void): Promise<StagedList> {
  return upload(`/screening/runs/${runId}/files`, file, { onProgress })
}

export function correctMapping(runId: string, receiptId: string, input: CorrectMapping): Promise<StagedList> {
  return write('PUT', `/screening/runs/${runId}/files/${receiptId}/mapping`, input)
}

export function removeList(runId: string, receiptId: string): Promise<unknown> {
  return write('DELETE', `/screening/runs/${runId}/files/${receiptId}`)
}

export function startRun(runId: string): Promise<unknown> {
  return write('POST', `/screening/runs/${runId}/start`)
}

/** Compares the kept files of a run once more; the answer names the new run. */
export function compareAgain(runId: string): Promise<{ runId: string }> {
  return write('POST', `/screening/runs/${runId}/again`)
}

/** Decides an ambiguous row; `null`: none of them. */
export function decideMatch(openMatchId: string, input: DecideMatch): Promise<DecidedMatch> {
  return write('POST', `/screening/open-matches/${openMatchId}/decide`, input)
}

/** How a sheet would be read as a list. */
export function suggestMapping(runId: string, receiptId: string, input: SuggestMapping): Promise<SuggestedMapping> {
  return write('POST', `/screening/runs/${runId}/files/${receiptId}/suggestion`, input)
}

/** Rows of a run that show a mistake of the register. */
export function useRepairs(runId: string) {
  return useQuery({
    queryKey: [...runsKey, runId, 'repairs'],
    queryFn: () => read<{ items: ShownRepair[] }>(`/screening/runs/${runId}/repairs`),
  })
}

export function decideRepair(repairId: string, input: DecideRepair): Promise<unknown> {
  return write('POST', `/screening/repairs/${repairId}/decide`, input)
}

/** Reasons that rest since a run. */
export function useRested(runId: string) {
  return useQuery({
    queryKey: [...runsKey, runId, 'rested'],
    queryFn: () => read<{ items: RestedReason[]; total: number }>(`/screening/runs/${runId}/rested`),
  })
}

/** What was written of each sender last time. */
export function useSenderTerms() {
  return useQuery({ queryKey: ['screening', 'senders'], queryFn: () => read<{ items: ListTerms[] }>('/screening/senders') })
}

/** The organisations of the county, as senders; none where they cannot be read. */
export function useOrganisationNames() {
  return useQuery({
    queryKey: ['screening', 'organisations'],
    queryFn: async () => (await read<{ items: { name: string }[] }>('/identity/organisations')).items.map((one) => one.name),
  })
}

export const demandsKey = ['screening', 'demands'] as const

/** Which lists demand an authorisation. */
export function useDemands() {
  return useQuery({
    queryKey: demandsKey,
    queryFn: () => read<{ items: ListDemand[]; can: { set: boolean } }>('/screening/list-demands'),
  })
}
