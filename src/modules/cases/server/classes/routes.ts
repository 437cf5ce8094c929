import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { ExportClassification, ListClassification, ReadClassCounts, StartClassification } from '../../contract.ts'
import { startClassification } from './jobs/classify-jobs.ts'
import { exportClassification, readClassCounts, readClassification, readClassificationHistory } from './read-classification.ts'

const reading = { action: 'read', object: 'cases.classification', scope: 'area', fields: 'masked' } as const

/** Layers, classes, kinds and cards: counts, names, one household's history, the list as a file, and a run now. */
export function classificationRoutes(deps: { filesDirectory: string }): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/classification-counts',
      access: { ...reading, fields: 'none' },
      query: ReadClassCounts,
      handle: (ctx, { query }) => readClassCounts(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/classifications',
      access: reading,
      query: ListClassification,
      handle: (ctx, { query }) => readClassification(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/classifications/export',
      access: { ...reading, action: 'export' },
      query: ExportClassification,
      handle: (ctx, { query }) => exportClassification(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/classifications/:householdId',
      access: { ...reading, fields: 'plain' },
      params: z.strictObject({ householdId: z.uuid() }),
      handle: (ctx, { params }) => readClassificationHistory(ctx, params.householdId),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/classification-runs',
      access: { action: 'run', object: 'cases.classification', scope: 'county', fields: 'none' },
      body: StartClassification,
      handle: (ctx) => startClassification(ctx, ctx.today),
    }),
  ]
}
