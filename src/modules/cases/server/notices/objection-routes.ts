import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  AnswerObjection,
  CheckObjection,
  ExportObjections,
  ListObjections,
  RecheckObjection,
  RecordObjection,
} from '../../rules/notices/objection-requests.ts'
import type { NoticeDeps } from './notice-draft.ts'
import { answerObjection, checkObjection, recordObjection } from './objection-act.ts'
import { recheckObjection } from './objection-recheck.ts'
import { exportObjections, readObjection, readObjections } from './objection-read.ts'

const reading = { action: 'read', object: 'cases.objection', scope: 'area', fields: 'plain' } as const
const oneObjection = z.strictObject({ objectionId: z.uuid() })

/** Objections to notices: the list, one, noting one, looking into it, answering it. */
export function objectionRoutes(deps: NoticeDeps): AnyRoute[] {
  return [...readingRoutes(deps), ...actingRoutes(deps)]
}

function readingRoutes(deps: NoticeDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/objections',
      access: reading,
      query: ListObjections,
      handle: (ctx, { query }) => readObjections(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/objections/export',
      access: { ...reading, action: 'export', fields: 'masked' },
      query: ExportObjections,
      handle: (ctx, { query }) => exportObjections(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/objections/:objectionId',
      access: reading,
      params: oneObjection,
      handle: (ctx, { params }) => readObjection(ctx, deps, params.objectionId),
    }),
  ]
}

function actingRoutes(deps: NoticeDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/cases/objections',
      access: { ...reading, action: 'record' },
      body: RecordObjection,
      handle: (ctx, { body }) => recordObjection(ctx, deps, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/objections/:objectionId/check',
      access: { ...reading, action: 'answer' },
      params: oneObjection,
      body: CheckObjection,
      notesRefusal: true,
      handle: (ctx, { params, body }) => checkObjection(ctx, deps, { ...params, asked: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/objections/:objectionId/answer',
      access: { ...reading, action: 'answer' },
      params: oneObjection,
      body: AnswerObjection,
      notesRefusal: true,
      handle: (ctx, { params, body }) => answerObjection(ctx, deps, { ...params, asked: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/objections/:objectionId/recheck',
      access: { ...reading, action: 'answer' },
      params: oneObjection,
      body: RecheckObjection,
      notesRefusal: true,
      handle: (ctx, { params, body }) => recheckObjection(ctx, deps, { ...params, asked: body }),
    }),
  ]
}
