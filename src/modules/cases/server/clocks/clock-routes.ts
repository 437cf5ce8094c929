import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { AskForecast, ExportClocks, ListClocks } from '../../rules/clocks/clock-requests.ts'
import { readForecast } from './clock-forecast.ts'
import { clocksOfCase, exportClocks, listClocks, listReminders } from './clock-read.ts'

const reading = { action: 'read', object: 'cases.case', scope: 'area', fields: 'masked' } as const

/** Clocks: the list and its file, what will be late by place, and those of one case. */
export function clockRoutes(deps: { filesDirectory: string }): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/clocks',
      access: reading,
      query: ListClocks,
      handle: (ctx, { query }) => listClocks(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/clocks/export',
      access: { ...reading, action: 'export' },
      query: ExportClocks,
      handle: (ctx, { query }) => exportClocks(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/clocks/forecast',
      access: reading,
      query: AskForecast,
      handle: (ctx, { query }) => readForecast(ctx, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/clocks/reminders',
      access: reading,
      handle: (ctx) => listReminders(ctx),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/files/:caseId/clocks',
      access: { ...reading, fields: 'none' },
      params: z.strictObject({ caseId: z.uuid() }),
      handle: (ctx, { params }) => clocksOfCase(ctx, params.caseId),
    }),
  ]
}
