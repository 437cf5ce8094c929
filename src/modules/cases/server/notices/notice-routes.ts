import * as z from 'zod'
import { defineRoute, httpErrors, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  ChangeNotice,
  DraftNotice,
  ExportNotices,
  ListNoticeCases,
  ListNotices,
  NoticeFilePurpose,
  PostNotice,
  ReadNotice,
  ReturnNotice,
  StepNotice,
} from '../../rules/notices/notice-requests.ts'
import { postNotice, releaseNotice, returnNotice, submitNotice, withdrawNotice } from './notice-act.ts'
import { changeNotice, draftNotice, previewNotice, readNoticeCases, type NoticeDeps } from './notice-draft.ts'
import { addNoticeFile, readNoticeFile } from './notice-files.ts'
import { exportNotices, readNotice, readNotices } from './notice-read.ts'

const reading = { action: 'read', object: 'cases.notice', scope: 'area', fields: 'plain' } as const
const drafting = { ...reading, action: 'draft' } as const
const oneNotice = z.strictObject({ noticeId: z.uuid() })

/** Notices of villages: the list, one, drafting with a preview, release by a second person, posting, files, withdrawal. */
export function noticeRoutes(deps: NoticeDeps): AnyRoute[] {
  return [...readingRoutes(deps), ...draftingRoutes(deps), ...stepRoutes(deps), ...fileRoutes(deps)]
}

function readingRoutes(deps: NoticeDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/notices',
      access: reading,
      query: ListNotices,
      handle: (ctx, { query }) => readNotices(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/notices/export',
      access: { ...reading, action: 'export', fields: 'masked' },
      query: ExportNotices,
      handle: (ctx, { query }) => exportNotices(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/notice-cases',
      access: drafting,
      query: ListNoticeCases,
      handle: (ctx, { query }) => readNoticeCases(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/notices/:noticeId',
      access: reading,
      params: oneNotice,
      query: ReadNotice,
      handle: (ctx, { params, query }) => readNotice(ctx, deps, params.noticeId, query.origin),
    }),
  ]
}

function draftingRoutes(deps: NoticeDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/cases/notices/preview',
      kind: 'question',
      access: drafting,
      body: DraftNotice,
      handle: (ctx, { body }) => previewNotice(ctx, deps, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/notices',
      access: drafting,
      body: DraftNotice,
      handle: (ctx, { body }) => draftNotice(ctx, deps, body),
    }),
    defineRoute({
      method: 'PUT',
      path: '/cases/notices/:noticeId',
      access: drafting,
      params: oneNotice,
      body: ChangeNotice,
      handle: (ctx, { params, body }) => changeNotice(ctx, deps, { ...params, asked: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/notices/:noticeId/submit',
      access: drafting,
      params: oneNotice,
      body: StepNotice,
      notesRefusal: true,
      handle: (ctx, { params, body }) => submitNotice(ctx, deps, { ...params, step: body }),
    }),
  ]
}

function stepRoutes(deps: NoticeDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/cases/notices/:noticeId/return',
      access: { ...reading, action: 'release' },
      params: oneNotice,
      body: ReturnNotice,
      handle: (ctx, { params, body }) => returnNotice(ctx, deps, { ...params, step: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/notices/:noticeId/release',
      access: { ...reading, action: 'release' },
      params: oneNotice,
      body: StepNotice,
      notesRefusal: true,
      handle: (ctx, { params, body }) => releaseNotice(ctx, deps, { ...params, step: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/notices/:noticeId/post',
      access: { ...reading, action: 'post' },
      params: oneNotice,
      body: PostNotice,
      handle: (ctx, { params, body }) => postNotice(ctx, deps, { ...params, step: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/notices/:noticeId/withdraw',
      access: { ...reading, action: 'withdraw' },
      params: oneNotice,
      body: ReturnNotice,
      handle: (ctx, { params, body }) => withdrawNotice(ctx, deps, { ...params, step: body }),
    }),
  ]
}

function fileRoutes(deps: NoticeDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/cases/notices/:noticeId/files',
      kind: 'upload',
      access: { ...reading, action: 'post' },
      params: oneNotice,
      query: NoticeFilePurpose,
      notesRefusal: true,
      handle: (ctx, { params, query, upload }) => {
        if (upload === undefined) throw httpErrors.badRequest({ part: 'body', reason: 'no-file' })
        return addNoticeFile(ctx, deps, { ...params, ...query, upload })
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/notices/:noticeId/files/:noticeFileId',
      access: reading,
      params: z.strictObject({ noticeId: z.uuid(), noticeFileId: z.uuid() }),
      handle: (ctx, { params }) => readNoticeFile(ctx, deps, params),
    }),
  ]
}
