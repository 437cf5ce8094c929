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

/** The numbers of indicators by their key (design.md §9), exact, under the reader's scope; each is measured once, whatever ratios stand on it. */
export async function measure(ctx: Context, definitions: readonly IndicatorDefinition[], asked: Asked): Promise<Map<string, Figure>> {
  const needed = new Map<string, RowIndicator>()
  for (const one of definitions)
    for (const term of one.kind === 'ratio' ? Object.values(termsOf(one, asked)) : [one]) if (term !== undefined) needed.set(term.key, term)
  const figures = await measureEach(ctx, [...needed.values()], asked)
  for (const one of definitions) if (one.kind === 'ratio') figures.set(one.key, ratioFrom(one, figures, asked))
  return figures
}

function ratioFrom(
  definition: Extract<IndicatorDefinition, { kind: 'ratio' }>,
  figures: ReadonlyMap<string, Figure>,
  asked: Asked,
): Figure {
  const { decimals, qualifier } = definition
  const { part, base } = termsOf(definition, asked)
  const [over, under] = [figures.get(part?.key ?? ''), figures.get(base?.key ?? '')]
  if (over === undefined || under === undefined) return { value: null, shown: null, why: 'unknown-part' }
  return ratioOf(over, under, { decimals, qualifier })
}

/** What is measured of rows: those that one walk can tell are asked together. */
async function measureEach(ctx: Context, definitions: readonly RowIndicator[], asked: Asked): Promise<Map<string, Figure>> {
  const figures = new Map<string, Figure>()
  const walks = new Map<string, RowIndicator[]>()
  for (const one of definitions) {
    const why = whyNot(one, asked.period, ctx.today) ?? closedHere(one, asked.area) ?? (await notOfHouseholds(ctx, one))
    if (why === undefined) walks.set(walkOf(one), [...(walks.get(walkOf(one)) ?? []), one])
    else figures.set(one.key, { value: null, shown: null, why })
  }
  for (const [first, ...others] of walks.values()) {
    if (first === undefined) continue
    const rows = [first, ...others].map((one) => rowsOf(ctx, one, asked))
    const values = await opened(ctx, first, (db) => measureRows(db, rows))
    for (const [at, { definition }] of rows.entries()) figures.set(definition.key, figureOf(values[at] ?? null, definition.qualifier))
  }
  return figures
}

/** Indicators over one view that are opened in the same way and begin with the same condition (of a ledger: which one it is) are one walk. */
const walkOf = ({ view, filters, closed, opens }: RowIndicator): string => JSON.stringify([view, closed ?? opens, filters[0]])

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
