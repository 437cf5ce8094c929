import { useQuery, useQueryClient } from '@tanstack/react-query'
import { read, write } from '#kernel/browser/api/index.ts'
import type { EventPreview, HouseholdEventRecord } from '../rules/household-event-records.ts'

export type EventCommand = Readonly<Record<string, unknown>>
const key = ['registry', 'household-events'] as const

/** Events of a household, the latest first. */
export function useHouseholdEvents(householdId: string) {
  return useQuery({
    queryKey: [...key, householdId],
    queryFn: () => read<{ items: HouseholdEventRecord[] }>('/registry/household-events', { householdId }),
  })
}

/** What an event would do; asked anew with every change of the form, never while it is incomplete. */
export function useEventPreview(command: EventCommand | undefined) {
  return useQuery({
    queryKey: [...key, 'preview', JSON.stringify(command ?? {})],
    queryFn: () => write<EventPreview>('POST', '/registry/household-events/preview', { command }),
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
  return () => queries.invalidateQueries({ queryKey: ['registry'] })
}
