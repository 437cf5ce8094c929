import * as z from 'zod'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  AnswerFinding,
  DecideException,
  ExportWorklist,
  FilterFindings,
  ListExceptions,
  ListFindings,
  MendFinding,
  ReadOverview,
  SearchFindings,
  SendFindings,
  StartCheck,
} from '../contract.ts'
import { decideException } from './exception-decide.ts'
import { readExceptions } from './exception-read.ts'
import { listExportRoutes } from './export-routes.ts'
import { answerFinding } from './finding-answer.ts'
import { mendFinding } from './finding-mend.ts'
import { readFinding, readFindingCounts, readFindings } from './finding-read.ts'
import { sendFindings } from './finding-send.ts'
import { startCheck } from './jobs/check-jobs.ts'
import { listRules } from './run-rules.ts'
import type { WorklistDeps } from './worklist-neighbours.ts'
import { readOverview } from './worklist-overview.ts'
import { findRuns } from './worklist-run-store.ts'
import { exportWorklist } from './worklist-sheet.ts'

const reading = { action: 'read', object: 'quality.finding', scope: 'area', fields: 'masked' } as const
const findingParams = z.strictObject({ findingId: z.uuid() })

/** The worklist: overview, findings, exceptions, checks, and the village's list on paper. */
export function worklistRoutes(deps: WorklistDeps & { filesDirectory: string }): AnyRoute[] {
  return [...overviewRoutes(deps), ...readingRoutes(deps), ...findingRoutes(deps), ...exceptionRoutes(), ...listExportRoutes(deps)]
}

function overviewRoutes(deps: { filesDirectory: string }): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/quality/overview',
      access: { ...reading, fields: 'none' },
      query: ReadOverview,
      handle: (ctx, { query }) => readOverview(ctx, query.under),
    }),
    defineRoute({
      method: 'GET',
      path: '/quality/rules',
      access: { ...reading, fields: 'none' },
      handle: (ctx) => Promise.resolve({ items: listRules(ctx.today) }),
    }),
    defineRoute({
      method: 'POST',
      path: '/quality/runs',
      access: { action: 'start', object: 'quality.run', scope: 'county', fields: 'none' },
      body: StartCheck,
      handle: (ctx, { body }) => startCheck(ctx, body.asOf ?? ctx.today),
    }),
    defineRoute({
      method: 'GET',
      path: '/quality/runs/last',
      access: { ...reading, fields: 'none' },
      handle: (ctx) => inTransaction(ctx, (db) => findRuns(db, ctx.scope)),
    }),
    defineRoute({
      method: 'GET',
      path: '/quality/worklist.xlsx',
      access: { action: 'export', object: 'quality.worklist', scope: 'area', fields: 'masked' },
      query: ExportWorklist,
      handle: (ctx, { query }) => exportWorklist(ctx, query, deps),
    }),
  ]
}

function readingRoutes(deps: WorklistDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/quality/findings',
      access: reading,
      query: ListFindings,
      handle: (ctx, { query }) => readFindings(ctx, query, deps),
    }),
    // A search is a POST, because what stands in the box may be somebody's name.
    defineRoute({
      method: 'POST',
      path: '/quality/findings/search',
      access: reading,
      kind: 'question',
      body: SearchFindings,
      handle: (ctx, { body }) => readFindings(ctx, body, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/quality/finding-counts',
      access: { ...reading, fields: 'none' },
      query: FilterFindings,
      handle: (ctx, { query }) => readFindingCounts(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/quality/findings/:findingId',
      access: reading,
      params: findingParams,
      handle: (ctx, { params }) => readFinding(ctx, params.findingId, deps),
    }),
  ]
}

function findingRoutes(deps: WorklistDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/quality/findings/send',
      access: { ...reading, action: 'send', fields: 'none' },
      body: SendFindings,
      handle: (ctx, { body }) => sendFindings(ctx, body, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/quality/findings/:findingId/answer',
      access: { ...reading, action: 'answer' },
      params: findingParams,
      body: AnswerFinding,
      handle: (ctx, { params, body }) => answerFinding(ctx, { findingId: params.findingId, input: body }, deps),
    }),
    defineRoute({
      method: 'POST',
      path: '/quality/findings/:findingId/mend',
      access: { ...reading, action: 'mend' },
      params: findingParams,
      body: MendFinding,
      handle: (ctx, { params, body }) => mendFinding(ctx, { findingId: params.findingId, input: body }, deps),
    }),
  ]
}

function exceptionRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/quality/exceptions',
      access: reading,
      query: ListExceptions,
      handle: (ctx, { query }) => readExceptions(ctx, query),
    }),
    defineRoute({
      method: 'POST',
      path: '/quality/exceptions/:exceptionId/decide',
      access: { action: 'decide', object: 'quality.exception', scope: 'county', fields: 'masked' },
      params: z.strictObject({ exceptionId: z.uuid() }),
      body: DecideException,
      handle: (ctx, { params, body }) => decideException(ctx, { exceptionId: params.exceptionId, input: body }),
    }),
  ]
}
