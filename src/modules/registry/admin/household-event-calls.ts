import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { EventPreview, HouseholdEventCounts, HouseholdEventFile, HouseholdEventRecord } from '../rules/household-event-records.ts'
import type { HouseholdEventView } from '../rules/household-event-requests.ts'

export type EventCommand = Readonly<Record<string, unknown>>
export const householdEventsKey = ['registry', 'household-events'] as const
const key = householdEventsKey

/** Events of a household, the latest first. */
export function useHouseholdEvents(householdId: string) {
  return useQuery({
    queryKey: [...key, householdId],
    queryFn: () => read<{ items: HouseholdEventRecord[] }>('/registry/household-events', { householdId }),
  })
}

/** One page of the events that wait, of the caller's own, or of those that are done. */
export function loadEvents(view: HouseholdEventView, after: string): Promise<Page<HouseholdEventRecord>> {
  return read<Page<HouseholdEventRecord>>('/registry/household-events', { view, after, limit: 50 })
}

/** How many events stand in each list, and what was sent back to the caller. */
export function readEventCounts(): Promise<HouseholdEventCounts> {
  return read<HouseholdEventCounts>('/registry/household-events/counts')
}

/** One event, with what it would change today. */
export function readEvent(eventId: string): Promise<HouseholdEventFile> {
  return read<HouseholdEventFile>(`/registry/household-events/${eventId}`)
}

/** What an event would do; asked anew with every change of the form, never while it is incomplete. */
export function useEventPreview(command: EventCommand | undefined) {
  return useQuery({
    queryKey: [...key, 'preview', JSON.stringify(command ?? {})],
    queryFn: () => ask<EventPreview>('/registry/household-events/preview', { command }),
    enabled: command !== undefined,
    placeholderData: (before) => before,
    gcTime: 0,
    retry: false,
  })
}

/** Reports an event, or does it at once. */
export function sendEvent(command: EventCommand, isReport: boolean): Promise<HouseholdEventRecord> {
  return write<HouseholdEventRecord>('POST', '/registry/household-events', { command, isReport })
}

/** Reads the register's pages again after an event. */
export function useReadAgain(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: ['registry'] })
    await queries.invalidateQueries({ queryKey: ['today'] })
  }
}
