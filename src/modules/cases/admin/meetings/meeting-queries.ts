import { useQuery } from '@tanstack/react-query'
import { read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type {
  Meeting,
  MeetingCard,
  MeetingDraft,
  MeetingKind,
  MeetingOfCase,
  WaitingVillage,
} from '../../rules/meetings/meeting-records.ts'
import type { CallMeeting, EnterMeeting } from '../../rules/meetings/meeting-requests.ts'

/** The list's filters, as the address carries them. */
export interface MeetingFilter {
  readonly state: string
  readonly task: string
  readonly area: string
}

/** The filter as the server knows it. */
export function meetingQuery({ state, task, area }: MeetingFilter): Record<string, string> {
  return { ...(state === '' ? {} : { state }), ...(task === '' ? {} : { task }), ...(area === '' ? {} : { area }) }
}

export type MeetingPage = Page<MeetingCard> & { readonly total: number; readonly waiting: readonly WaitingVillage[] }

export function loadMeetings(filter: MeetingFilter, after: string, limit = 50): Promise<MeetingPage> {
  return read<MeetingPage>('/cases/meetings', { ...meetingQuery(filter), limit, ...(after === '' ? {} : { after }) })
}

export function useMeeting(meetingId: string) {
  return useQuery({
    queryKey: ['cases', 'meeting', meetingId],
    queryFn: () => read<Meeting>(`/cases/meetings/${meetingId}`),
    enabled: meetingId !== '',
  })
}

export function useMeetingDraft(area: string, kind: MeetingKind) {
  return useQuery({
    queryKey: ['cases', 'meeting-draft', area, kind],
    queryFn: () => read<MeetingDraft>('/cases/meeting-draft', { area, kind }),
    enabled: area !== '',
  })
}

export function useMeetingsOfCase(caseId: string, round: number) {
  return useQuery({
    queryKey: ['cases', 'meetings-of-case', caseId, round],
    queryFn: () => read<{ items: MeetingOfCase[] }>(`/cases/meetings-of-case/${caseId}`, { round }),
  })
}

export const callMeeting = (asked: CallMeeting) => write<Meeting>('POST', '/cases/meetings', asked)
export const enterMeeting = (meetingId: string, entry: EnterMeeting) => write<Meeting>('POST', `/cases/meetings/${meetingId}/enter`, entry)
export const closeMeeting = (meetingId: string, revision: number) =>
  write<Meeting>('POST', `/cases/meetings/${meetingId}/close`, { revision })
export const dropMeeting = (meetingId: string, given: { revision: number; reason: string }) =>
  write<Meeting>('POST', `/cases/meetings/${meetingId}/drop`, given)
