import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  CallMeeting,
  CloseMeeting,
  DropMeeting,
  EnterMeeting,
  ExportMeetings,
  ListMeetings,
  ReadMeetingDraft,
} from '../../rules/meetings/meeting-requests.ts'
import { callMeeting, readMeetingDraft } from './meeting-call.ts'
import { closeMeeting, dropMeeting, enterMeeting } from './meeting-enter.ts'
import { exportMeetings, readMeeting, readMeetings } from './meeting-read.ts'
import { readMeetingsOfCase } from './meeting-of-case.ts'

const reading = { action: 'read', object: 'cases.meeting', scope: 'area', fields: 'plain' } as const
const holding = { ...reading, action: 'hold' } as const
const oneMeeting = z.strictObject({ meetingId: z.uuid() })

/** Meetings of the democratic appraisal: the list, one, calling, entering, closing. */
export function meetingRoutes(deps: { filesDirectory: string }): AnyRoute[] {
  return [...readingRoutes(deps), ...holdingRoutes()]
}

function readingRoutes(deps: { filesDirectory: string }): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/meetings',
      access: { ...reading, fields: 'none' },
      query: ListMeetings,
      handle: (ctx, { query }) => readMeetings(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/meetings/export',
      access: { ...reading, action: 'export', fields: 'none' },
      query: ExportMeetings,
      handle: (ctx, { query }) => exportMeetings(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/meeting-draft',
      access: holding,
      query: ReadMeetingDraft,
      handle: (ctx, { query }) => readMeetingDraft(ctx, { areaPath: query.area, kind: query.kind }),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/meetings/:meetingId',
      access: reading,
      params: oneMeeting,
      handle: (ctx, { params }) => readMeeting(ctx, params.meetingId),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/meetings-of-case/:caseId',
      access: reading,
      params: z.strictObject({ caseId: z.uuid() }),
      query: z.strictObject({ round: z.coerce.number().int().min(1).max(999) }),
      handle: (ctx, { params, query }) => readMeetingsOfCase(ctx, { caseId: params.caseId, round: query.round }),
    }),
  ]
}

function holdingRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/cases/meetings',
      access: holding,
      body: CallMeeting,
      handle: (ctx, { body }) => callMeeting(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/meetings/:meetingId/enter',
      access: holding,
      params: oneMeeting,
      body: EnterMeeting,
      notesRefusal: true,
      handle: (ctx, { params, body }) => enterMeeting(ctx, params.meetingId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/meetings/:meetingId/close',
      access: holding,
      params: oneMeeting,
      body: CloseMeeting,
      notesRefusal: true,
      handle: (ctx, { params, body }) => closeMeeting(ctx, params.meetingId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/meetings/:meetingId/drop',
      access: holding,
      params: oneMeeting,
      body: DropMeeting,
      handle: (ctx, { params, body }) => dropMeeting(ctx, params.meetingId, body),
    }),
  ]
}
