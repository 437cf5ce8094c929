import type { IndicatorDefinition, Period, RowIndicator } from '#kernel/pure/indicators/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Figure, NoValue } from '../contract.ts'
import { figureOf, ratioOf } from '../rules/figure.ts'
import { measureGroups, measureRows, setOpened, type ChosenRows, type RowGroup } from './rows-store.ts'
import { getDefinition } from './sources.ts'
import { findViewColumns, mayReadView } from './view-store.ts'

/** What is asked of an indicator. */
export interface Asked {
  readonly all: ReadonlyMap<string, IndicatorDefinition>
  readonly period: Period
  readonly area: string
}

/** Whether the period can be told at all: nothing of the future, and no past stock of a view that keeps only today. */
export function whyNot(definition: RowIndicator, period: Period, today: string): NoValue | undefined {
  if (period.from > today) return 'not-yet'
  if (definition.kind === 'stock' && definition.from === undefined && period.to < today) return 'not-kept-then'
  return undefined
}

/** Rows of a definition within the scope; a period that is not over is told as of today. */
export function rowsOf(ctx: Context, definition: RowIndicator, { period, area }: Omit<Asked, 'all'>): ChosenRows {
  const { from, to } = period
  return { definition, scope: ctx.scope, area, from, to: to > ctx.today ? ctx.today : to }
}

/** The number of an indicator (design.md §9), exact, under the reader's scope. */
export async function measure(ctx: Context, definition: IndicatorDefinition, asked: Asked): Promise<Figure> {
  if (definition.kind === 'ratio') {
    const { part, base } = termsOf(definition, asked)
    if (part === undefined || base === undefined) return { value: null, shown: null, why: 'unknown-part' }
    return ratioOf(await measure(ctx, part, asked), await measure(ctx, base, asked), {
      decimals: definition.decimals,
      qualifier: definition.qualifier,
    })
  }
  const why = whyNot(definition, asked.period, ctx.today) ?? closedHere(definition, asked.area) ?? (await notOfHouseholds(ctx, definition))
  if (why !== undefined) return { value: null, shown: null, why }
  const value = await opened(ctx, definition, (db) => measureRows(db, rowsOf(ctx, definition, asked)))
  return figureOf(value, definition.qualifier)
}

/** The numbers of its groups by their path or value. */
export async function measureBy(
  ctx: Context,
  definition: IndicatorDefinition,
  asked: Asked & { group: RowGroup },
): Promise<Map<string, Figure>> {
  if (definition.kind === 'ratio') return ratioBy(ctx, definition, asked)
  const groups = await opened(ctx, definition, (db) => measureGroups(db, rowsOf(ctx, definition, asked), asked.group))
  return new Map(groups.map(({ group, value }) => [group, figureOf(value, definition.qualifier)]))
}

async function ratioBy(
  ctx: Context,
  definition: Extract<IndicatorDefinition, { kind: 'ratio' }>,
  asked: Asked & { group: RowGroup },
): Promise<Map<string, Figure>> {
  const { part, base } = termsOf(definition, asked)
  if (part === undefined || base === undefined) return new Map()
  const parts = await measureBy(ctx, part, asked)
  const bases = await measureBy(ctx, base, asked)
  const none = figureOf('0', undefined)
  const { decimals, qualifier } = definition
  const keys = [...new Set([...bases.keys(), ...parts.keys()])]
  return new Map(keys.map((key) => [key, ratioOf(parts.get(key) ?? none, bases.get(key) ?? none, { decimals, qualifier })]))
}

/** Part and base of a ratio: two indicators that are measured of rows; a ratio of ratios is none. */
function termsOf(definition: Extract<IndicatorDefinition, { kind: 'ratio' }>, { all }: Asked) {
  const [part, base] = [definition.part, definition.base].map((key) => (all.has(key) ? getDefinition(all, key) : undefined))
  return { part: part?.kind === 'ratio' ? undefined : part, base: base?.kind === 'ratio' ? undefined : base }
}

/** A closed register tells its number for a township and above; in a village, a number is soon a name. */
function closedHere(definition: RowIndicator, area: string): NoValue | undefined {
  return definition.closed !== undefined && area.split('.').length - 1 > 4 ? 'not-here' : undefined
}

/** Who sees single households is told no figure of villages: its rows belong to nobody's household. */
async function notOfHouseholds(ctx: Context, { view }: RowIndicator): Promise<NoValue | undefined> {
  if (ctx.scope.kind !== 'households') return undefined
  return inTransaction(ctx, async (db) => {
    const columns = await findViewColumns(db, view)
    return columns.some(({ name }) => name === 'household_id') && (await mayReadView(db, view)) ? undefined : 'not-here'
  })
}

/** Runs a count; a closed register is open for nothing else. */
async function opened<Result>(ctx: Context, { closed, opens }: RowIndicator, work: (db: Db) => Promise<Result>): Promise<Result> {
  const key = closed ?? opens
  return inTransaction(ctx, async (db) => {
    if (key === undefined) return work(db)
    await setOpened(db, key.setting, key.value)
    const result = await work(db)
    await setOpened(db, key.setting, '')
    return result
  })
}
