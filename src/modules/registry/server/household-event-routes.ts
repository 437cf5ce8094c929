import { z } from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  AskHouseholdEvent,
  DecideHouseholdEvent,
  ListHouseholdEvents,
  PreviewHouseholdEvent,
  UndoHouseholdEvent,
} from '../rules/household-event-requests.ts'
import type { ReadingDeps } from './get-household.ts'
import { previewHouseholdEvent } from './household-event-preview.ts'
import { countHouseholdEvents, getHouseholdEvent, listHouseholdEvents } from './household-event-list.ts'
import { askHouseholdEvent, decideHouseholdEvent, undoHouseholdEvent } from './household-events.ts'

const access = { object: 'registry.household-event', scope: 'area', fields: 'masked' } as const
const params = z.strictObject({ eventId: z.uuid() })

/** Routes of household events: preview, report or do, decide, take back, list. */
export function listHouseholdEventRoutes(deps: ReadingDeps): AnyRoute[] {
  return [...listReadRoutes(deps), ...listWriteRoutes(deps)]
}

function listReadRoutes(deps: ReadingDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/registry/household-events',
      access: { ...access, object: 'registry.household', action: 'read' },
      query: ListHouseholdEvents,
      handle: (ctx, { query }) => listHouseholdEvents(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/household-events/counts',
      access: { ...access, object: 'registry.household', action: 'read' },
      handle: (ctx) => countHouseholdEvents(ctx),
    }),
    defineRoute({
      method: 'GET',
      path: '/registry/household-events/:eventId',
      access: { ...access, object: 'registry.household', action: 'read' },
      params,
      handle: (ctx, { params: { eventId } }) => getHouseholdEvent(ctx, eventId, deps),
    }),
  ]
}

function listWriteRoutes(deps: ReadingDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/registry/household-events/preview',
      kind: 'question',
      access: { ...access, action: 'report' },
      body: PreviewHouseholdEvent,
      handle: (ctx, { body }) => previewHouseholdEvent(ctx, body.command, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/household-events',
      access: { ...access, action: 'report' },
      body: AskHouseholdEvent,
      handle: (ctx, { body }) => askHouseholdEvent(ctx, body, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/household-events/:eventId/decide',
      access: { ...access, action: 'decide' },
      params,
      body: DecideHouseholdEvent,
      handle: (ctx, { params: { eventId }, body }) => decideHouseholdEvent(ctx, eventId, { ...body, deps }),
    }),
    defineRoute({
      method: 'POST',
      path: '/registry/household-events/:eventId/undo',
      access: { ...access, action: 'decide' },
      params,
      body: UndoHouseholdEvent,
      handle: (ctx, { params: { eventId }, body }) => undoHouseholdEvent(ctx, eventId, { ...body, deps }),
    }),
  ]
}
