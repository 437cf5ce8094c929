import { readPeriod, type IndicatorDefinition } from '#kernel/pure/indicators/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { findArea, findAreaInScope, listAreas } from '#modules/identity/server/index.ts'
import { indicatorsErrors } from './errors.ts'
import type { Asked } from './measure.ts'

/** A question as it was read: period, area with its name, definitions. */
export interface ReadQuestion extends Asked {
  readonly areaName: string
}

/** Reads period and area of a question; this year and the reader's own area when absent. Throws `no-period`, `no-area`. */
export async function readQuestion(
  ctx: Context,
  all: ReadonlyMap<string, IndicatorDefinition>,
  query: { period?: string | undefined; area?: string | undefined },
): Promise<ReadQuestion> {
  const text = query.period ?? ctx.today.slice(0, 4)
  const period = readPeriod(text)
  if (period === undefined) throw indicatorsErrors.noPeriod({ period: text })
  const path = query.area ?? (await ownArea(ctx))
  // Who sees single households asks for the county and gets what is his.
  const area = ctx.scope.kind === 'households' ? await findArea(ctx, path) : await findAreaInScope(ctx, path)
  if (area === undefined) throw indicatorsErrors.noArea()
  return { all, period, area: path, areaName: area.name }
}

async function ownArea(ctx: Context): Promise<string> {
  if (ctx.scope.kind === 'area') return ctx.scope.path
  const county = (await listAreas(ctx, { level: 'county' })).at(-1)
  if (county === undefined) throw indicatorsErrors.noArea()
  return county.path
}
