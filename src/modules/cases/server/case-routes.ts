import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { ActOnCase, ActOnCases, AddMeasure, AddVisit, DropMeasure, ExportCases, ListCases, OpenCase } from '../rules/case-requests.ts'
import { actOnCase, actOnCases } from './act-on-case.ts'
import { addMeasure, addVisit, dropMeasure } from './case-parts.ts'
import { exportCases, readCase, readCases, readCasesOfHousehold } from './case-read.ts'
import { openCase } from './open-case.ts'
import { countToTakeOver, takeOver } from './take-over.ts'

const reading = { action: 'read', object: 'cases.case', scope: 'area', fields: 'plain' } as const
const acting = { ...reading, action: 'act' } as const
const oneCase = z.strictObject({ caseId: z.uuid() })

/** Cases: the list, one with what may be done next, opening, acting (one and many), measures and visits. */
export function caseRoutes(deps: { filesDirectory: string }): AnyRoute[] {
  return [...readingRoutes(deps), ...actingRoutes(), ...partRoutes()]
}

function readingRoutes(deps: { filesDirectory: string }): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/files',
      access: { ...reading, fields: 'masked' },
      query: ListCases,
      handle: (ctx, { query }) => readCases(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/files/export',
      access: { ...reading, action: 'export', fields: 'masked' },
      query: ExportCases,
      handle: (ctx, { query }) => exportCases(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/files/:caseId',
      access: reading,
      params: oneCase,
      handle: (ctx, { params }) => readCase(ctx, params.caseId),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/of-household/:householdId',
      access: { ...reading, fields: 'masked' },
      params: z.strictObject({ householdId: z.uuid() }),
      handle: (ctx, { params }) => readCasesOfHousehold(ctx, params.householdId),
    }),
  ]
}

function actingRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/take-over',
      access: { ...reading, action: 'take-over', scope: 'county', fields: 'none' },
      handle: (ctx) => countToTakeOver(ctx),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/take-over',
      access: { ...reading, action: 'take-over', scope: 'county', fields: 'none' },
      body: z.strictObject({}),
      handle: (ctx) => takeOver(ctx),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/files',
      access: { ...reading, action: 'open' },
      body: OpenCase,
      notesRefusal: true,
      handle: async (ctx, { body }) => {
        const { caseId } = await openCase(ctx, body)
        return { caseId }
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/files/:caseId/acts',
      access: acting,
      params: oneCase,
      body: ActOnCase,
      notesRefusal: true,
      handle: async (ctx, { params, body }) => {
        const { caseId, step, state, revision } = await actOnCase(ctx, { caseId: params.caseId, act: body })
        return { caseId, step, state, revision }
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/acts',
      access: acting,
      body: ActOnCases,
      notesRefusal: true,
      handle: (ctx, { body }) => actOnCases(ctx, body),
    }),
  ]
}

function partRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/cases/files/:caseId/measures',
      access: acting,
      params: oneCase,
      body: AddMeasure,
      handle: (ctx, { params, body }) => addMeasure(ctx, { caseId: params.caseId, measure: body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/files/:caseId/measures/:caseMeasureId/withdraw',
      access: acting,
      params: z.strictObject({ caseId: z.uuid(), caseMeasureId: z.uuid() }),
      body: DropMeasure,
      handle: (ctx, { params, body }) => dropMeasure(ctx, { ...params, ...body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/files/:caseId/visits',
      access: acting,
      params: oneCase,
      body: AddVisit,
      handle: (ctx, { params, body }) => addVisit(ctx, { caseId: params.caseId, visit: body }),
    }),
  ]
}
