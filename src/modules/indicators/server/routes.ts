import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { ExportIndicators, ExportRows, IndicatorKey, ListRows, ReadIndicator, ReadIndicators } from '../contract.ts'
import { readIndicator, readIndicators } from './read-indicators.ts'
import { exportIndicators, exportRows, readRows } from './read-rows.ts'
import type { IndicatorSource } from './sources.ts'

const object = 'indicators.indicator'

/** Figures, their groups, the rows behind them, and both as files. */
export function indicatorRoutes({ sources, filesDirectory }: { sources: readonly IndicatorSource[]; filesDirectory: string }): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/indicators/figures',
      access: { action: 'read', object, scope: 'area', fields: 'none' },
      query: ReadIndicators,
      handle: (ctx, { query }) => readIndicators(ctx, sources, query),
    }),
    defineRoute({
      method: 'GET',
      path: '/indicators/figures/export',
      access: { action: 'export', object, scope: 'area', fields: 'none' },
      query: ExportIndicators,
      handle: (ctx, { query }) => exportIndicators(ctx, sources, { ...query, filesDirectory }),
    }),
    defineRoute({
      method: 'GET',
      path: '/indicators/figures/:indicatorKey',
      access: { action: 'read', object, scope: 'area', fields: 'none' },
      params: IndicatorKey,
      query: ReadIndicator,
      handle: (ctx, { params, query }) => readIndicator(ctx, sources, { ...query, key: params.indicatorKey }),
    }),
    defineRoute({
      method: 'GET',
      path: '/indicators/figures/:indicatorKey/rows',
      access: { action: 'rows', object, scope: 'area', fields: 'plain' },
      params: IndicatorKey,
      query: ListRows,
      handle: (ctx, { params, query }) => readRows(ctx, sources, { ...query, key: params.indicatorKey }),
    }),
    defineRoute({
      method: 'GET',
      path: '/indicators/figures/:indicatorKey/rows/export',
      access: { action: 'export', object, scope: 'area', fields: 'plain' },
      params: IndicatorKey,
      query: ExportRows,
      handle: (ctx, { params, query }) => exportRows(ctx, sources, { ...query, key: params.indicatorKey, filesDirectory }),
    }),
  ]
}
