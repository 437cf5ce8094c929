import * as z from 'zod'
import { allPages, exportList, mapped } from '#modules/registry/server/index.ts'
import { fill } from '#kernel/pure/words/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { defineRoute, type AnyRoute, type Download } from '#kernel/server/http/index.ts'
import { inspectionKinds } from '../rules/inspection-kinds.ts'
import type { InspectionRecord } from '../rules/inspection-records.ts'
import { AddTeam, ExportInspections, ListInspections, PlanInspections, ReadMonths, RecordInspection } from '../rules/inspection-requests.ts'
import { inspectionKindWords, inspectionStateWords } from '../rules/inspection-words.ts'
import { inProblems } from './closed-kinds-store.ts'
import { addTeam, planInspections, readInspections, readMonths, readTeams, recordInspection, topicsFor } from './inspections.ts'
import { problemAccess, type RouteDeps } from './routes.ts'

const enter = { ...problemAccess, action: 'enter' } as const

/** Inspections (M-115 to M-121): teams, plans, what was seen, and which unit missed a month. */
export function inspectionRoutes(deps: RouteDeps): AnyRoute[] {
  return [...readingRoutes(deps), ...writingRoutes()]
}

function readingRoutes(deps: RouteDeps): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/rectification/inspections',
      access: problemAccess,
      query: ListInspections,
      handle: (ctx, { query }) => readInspections(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/inspections/export',
      access: { ...problemAccess, action: 'export' },
      query: ExportInspections,
      handle: (ctx, { query }) => exportInspections(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/inspections/months',
      access: { ...problemAccess, fields: 'none' },
      query: ReadMonths,
      handle: (ctx, { query }) => readMonths(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/inspections/topics',
      access: { ...problemAccess, fields: 'none' },
      query: z.strictObject({ kind: z.enum(inspectionKinds) }),
      handle: async (ctx, { query }) => ({ items: await topicsFor(ctx, query.kind) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/rectification/teams',
      access: problemAccess,
      handle: (ctx) => readTeams(ctx),
    }),
  ]
}

function writingRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/rectification/inspections',
      access: enter,
      body: PlanInspections,
      handle: (ctx, { body }) => planInspections(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/inspections/:inspectionId/record',
      access: enter,
      params: z.strictObject({ inspectionId: z.uuid() }),
      body: RecordInspection,
      handle: (ctx, { params, body }) => recordInspection(ctx, { ...params, ...body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/rectification/teams',
      access: enter,
      body: AddTeam,
      handle: (ctx, { body }) => addTeam(ctx, body),
    }),
  ]
}

/** Inspections as they are filtered. */
async function exportInspections(ctx: Context, query: ExportInspections, deps: RouteDeps): Promise<Download> {
  const { purpose, format, ...filter } = query
  return inProblems(ctx, (db) => {
    const within = { ...ctx, db }
    const pages = allPages((after) => readInspections(within, { ...filter, after, limit: 200 }))
    const columns = [
      '整改专项',
      '检查方式',
      '被查单位',
      '检查人',
      '检查内容',
      '计划日期',
      '检查日期',
      '方式',
      '问题数',
      '已销号',
      '状态',
      '说明',
    ]
    const toCells = (one: InspectionRecord) => [
      one.campaignName,
      fill(inspectionKindWords[one.kind], 'zh'),
      one.unitName,
      one.checkerName,
      one.topics.join('、'),
      one.plannedOn,
      one.inspectedOn ?? '',
      one.methods.join('、'),
      String(one.problems),
      String(one.closed),
      fill(inspectionStateWords[one.state], 'zh'),
      one.note,
    ]
    const list = {
      list: 'rectification.inspections',
      columns: columns.map((label) => ({ label })),
      rows: mapped(pages, toCells),
      filter,
    } as const
    return exportList(within, { ...list, purpose, format, filesDirectory: deps.filesDirectory })
  })
}
