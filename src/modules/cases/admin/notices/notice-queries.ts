import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, read, upload, write } from '#kernel/browser/api/index.ts'
import type { Area } from '#modules/identity/contract.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { NoticeKind } from '../../rules/notices/notice-fields.ts'
import type {
  NoticeCandidates,
  NoticeCard,
  NoticePreview,
  NoticeRecord,
  ObjectionCard,
  ObjectionRecord,
} from '../../rules/notices/notice-records.ts'
import type { ChangeNotice, DraftNotice, NoticeTask } from '../../rules/notices/notice-requests.ts'
import type { AnswerObjection, CheckObjection, RecheckObjection, RecordObjection } from '../../rules/notices/objection-requests.ts'

const key = ['cases', 'notices'] as const

/** Everything that was read of notices and objections is read anew. */
export function useLookAgain(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: ['cases'] })
  }
}

export type NoticePage = Page<NoticeCard> & { readonly counts: Record<string, number>; readonly tasks: Record<NoticeTask, number> }
export type ObjectionPage = Page<ObjectionCard> & { readonly open: number; readonly overdue: number; readonly rechecks: number }
export const loadNotices = (filter: Readonly<Record<string, string>>, after: string | undefined) =>
  read<NoticePage>('/cases/notices', { ...filter, after, limit: 50 })

export function useNotice(noticeId: string) {
  return useQuery({
    queryKey: [...key, noticeId],
    queryFn: () => read<NoticeRecord>(`/cases/notices/${noticeId}`, { origin: window.location.origin }),
    enabled: noticeId !== '',
  })
}

export function useCandidates(area: string, kind: NoticeKind) {
  return useQuery({
    queryKey: [...key, 'candidates', area, kind],
    queryFn: () => read<NoticeCandidates>('/cases/notice-cases', { area, kind }),
    enabled: area !== '',
  })
}

export function useNoticesOfCase(caseId: string) {
  return useQuery({ queryKey: [...key, 'of', caseId], queryFn: () => loadNotices({ caseId }, undefined) })
}

/** The villages that the caller may choose from. */
export function useVillages() {
  return useQuery({
    queryKey: ['identity', 'areas', 'village'],
    queryFn: () => read<{ items: Area[] }>('/identity/areas', { level: 'village' }),
    staleTime: 300_000,
  })
}

export const previewNotice = (asked: DraftNotice) => ask<NoticePreview>('/cases/notices/preview', asked)
export const draftNotice = (asked: DraftNotice) => write<NoticeRecord>('POST', '/cases/notices', asked)
export const changeNotice = (noticeId: string, asked: ChangeNotice) => write<NoticeRecord>('PUT', `/cases/notices/${noticeId}`, asked)

export type NoticeStep = 'submit' | 'return' | 'release' | 'post' | 'withdraw'
export const stepNotice = (noticeId: string, step: NoticeStep, body: object) =>
  write<NoticeRecord>('POST', `/cases/notices/${noticeId}/${step}`, body)
export const addFile = (noticeId: string, purpose: 'photo' | 'enclosure', file: File) =>
  upload<NoticeRecord>(`/cases/notices/${noticeId}/files`, file, { query: { purpose } })

export const loadObjections = (filter: Readonly<Record<string, string>>, after: string | undefined) =>
  read<ObjectionPage>('/cases/objections', { ...filter, after, limit: 50 })

export function useObjection(objectionId: string) {
  return useQuery({
    queryKey: ['cases', 'objections', objectionId],
    queryFn: () => read<ObjectionRecord>(`/cases/objections/${objectionId}`),
    enabled: objectionId !== '',
  })
}

export const recordObjection = (asked: RecordObjection) => write<ObjectionRecord>('POST', '/cases/objections', asked)
export const checkObjection = (objectionId: string, asked: CheckObjection) =>
  write<ObjectionRecord>('POST', `/cases/objections/${objectionId}/check`, asked)
export const recheckObjection = (objectionId: string, asked: RecheckObjection) =>
  write<ObjectionRecord>('POST', `/cases/objections/${objectionId}/recheck`, asked)
export const answerObjection = (objectionId: string, asked: AnswerObjection) =>
  write<ObjectionRecord>('POST', `/cases/objections/${objectionId}/answer`, asked)
