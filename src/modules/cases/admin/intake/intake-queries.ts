import { ask, read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { IntakeCard, IntakeChannel, IntakeCounts, IntakeFile, VillageCode } from '../../rules/intake/intake-records.ts'
import type { ActOnIntake, ActOnIntakes, EnterIntake } from '../../rules/intake/intake-requests.ts'

/** The views of the inbox; each is a filter that the address carries. */
export const intakeViews = ['mine', 'unlinked', 'overdue', 'open', 'closed'] as const
export type IntakeView = (typeof intakeViews)[number]

export interface IntakeFilter {
  readonly view: IntakeView
  readonly channel: IntakeChannel | undefined
  readonly area: string
}

const asksOf: Readonly<Record<IntakeView, Readonly<Record<string, string>>>> = {
  mine: { mine: 'true' },
  unlinked: { mine: 'true', unlinked: 'true' },
  overdue: { overdue: 'true' },
  open: { open: 'true' },
  closed: { open: 'false' },
}

/** The filter as the server knows it. */
export function intakeQuery({ view, channel, area }: IntakeFilter): Record<string, string> {
  return {
    ...asksOf[view],
    ...(channel === undefined ? {} : { channel }),
    ...(area === '' ? {} : { area }),
  }
}

export const loadIntakes = (filter: IntakeFilter, after: string, limit: number) =>
  read<Page<IntakeCard> & { total: number }>('/cases/intakes', { ...intakeQuery(filter), limit, ...(after === '' ? {} : { after }) })

/** By a part of a name or a whole number, among all that came in: where it stands is what is asked. */
export const searchIntakes = (q: string, given: { area: string; after: string; limit: number }) =>
  ask<Page<IntakeCard> & { total: number }>('/cases/intakes/search', {
    q,
    limit: given.limit,
    ...(given.area === '' ? {} : { area: given.area }),
    ...(given.after === '' ? {} : { after: given.after }),
  })

export const loadIntakeCounts = (area: string) => read<IntakeCounts>('/cases/intake-counts', area === '' ? {} : { area })

export const loadIntake = (intakeId: string) => read<IntakeFile>(`/cases/intakes/${intakeId}`)

export const actOnIntake = (intakeId: string, act: ActOnIntake) =>
  write<{ state: string; caseId: string | null }>('POST', `/cases/intakes/${intakeId}/acts`, act)

export interface ActedOnIntakes {
  readonly done: readonly { readonly intakeId: string }[]
  readonly refused: readonly { readonly intakeId: string; readonly code: string; readonly details: Readonly<Record<string, unknown>> }[]
}
export const actOnIntakes = (act: ActOnIntakes) => write<ActedOnIntakes>('POST', '/cases/intakes/acts', act)

export interface EnteredIntake {
  readonly intakeId: string
  readonly receiptNo: string
  readonly isJoined: boolean
}
export const enterIntake = (given: EnterIntake) => write<EnteredIntake>('POST', '/cases/intakes', given)
export type EnteredRow = EnteredIntake | { readonly code: string; readonly details: Readonly<Record<string, unknown>> }
export const enterIntakes = (rows: readonly EnterIntake[]) => write<{ items: EnteredRow[] }>('POST', '/cases/intakes/many', { rows })

export const loadVillageCodes = () => read<{ items: VillageCode[] }>('/cases/village-codes')

/** A moment in the county's time, `2023-12-18 09:00`. */
export function localMoment(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
