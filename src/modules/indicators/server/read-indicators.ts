import type { Dimension, IndicatorDefinition } from '#kernel/pure/indicators/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { listAreas, mayDo } from '#modules/identity/server/index.ts'
import type {
  Figure,
  GroupBy,
  GroupFigure,
  IndicatorFigure,
  IndicatorOfArea,
  IndicatorsOfArea,
  ReadIndicator,
  ReadIndicators,
} from '../contract.ts'
import { addUp, figureOf } from '../rules/figure.ts'
import { readQuestion, type ReadQuestion } from './asked.ts'
import { indicatorsErrors } from './errors.ts'
import { measure, measureBy, whyNot } from './measure.ts'
import type { RowGroup } from './rows-store.ts'
import { collectDefinitions, getDefinition, type IndicatorSource } from './sources.ts'

const segmentsOf = { township: 4, village: 5 } as const

/** Every indicator, or those asked for, of one area and period. */
export async function readIndicators(ctx: Context, sources: readonly IndicatorSource[], query: ReadIndicators): Promise<IndicatorsOfArea> {
  const all = await collectDefinitions(ctx, sources)
  const question = await readQuestion(ctx, all, query)
  const wanted = query.keys?.split(',').map((key) => getDefinition(all, key.trim())) ?? [...all.values()]
  const figures = await measure(ctx, wanted, question)
  const indicators = wanted.map((one) => describe(one, { question, figure: figures.get(one.key) }))
  return { ...headOf(ctx, question), indicators }
}

/** One indicator, split by place or by a dimension. */
export async function readIndicator(
  ctx: Context,
  sources: readonly IndicatorSource[],
  { key, ...query }: ReadIndicator & { key: string },
): Promise<IndicatorOfArea> {
  const all = await collectDefinitions(ctx, sources)
  const definition = getDefinition(all, key)
  const question = await readQuestion(ctx, all, query)
  const figure = (await measure(ctx, [definition], question)).get(key)
  const indicator = describe(definition, { question, figure })
  const isClosed = definition.kind !== 'ratio' && definition.closed?.rowsFor.some((role) => ctx.caller.roles.includes(role)) === false
  const groups =
    query.by === undefined || indicator.why !== undefined ? null : await groupsOf(ctx, definition, { ...question, by: query.by })
  const isSum = definition.kind !== 'ratio' && ('count' in definition.measure || 'sum' in definition.measure)
  const addsUp =
    groups === null || !isSum
      ? null
      : addUp(
          indicator.value,
          groups.map((group) => group.value),
        )
  return { ...headOf(ctx, question), indicator, groups, addsUp, rows: definition.kind !== 'ratio' && !isClosed }
}

function headOf(ctx: Context, { period, area, areaName }: ReadQuestion): Omit<IndicatorsOfArea, 'indicators'> {
  return { today: ctx.today, period, area: { path: area, name: areaName }, can: { export: mayDo(ctx, 'indicators.indicator', 'export') } }
}

function describe(
  definition: IndicatorDefinition,
  { question, figure }: { question: ReadQuestion; figure: Figure | undefined },
): IndicatorFigure {
  const { key, name, unit, kind, note, figures } = definition
  const dimensions = definition.kind === 'ratio' ? dimensionsOfRatio(definition, question) : definition.dimensions
  return {
    ...(figure ?? { value: null, shown: null }),
    key,
    name,
    unit,
    kind,
    note: note ?? null,
    figures: figures ?? [],
    dimensions: dimensions.map((one) => ({ key: one.key, name: one.name })),
  }
}

/** A ratio is split by what both its part and its base are split by. */
function dimensionsOfRatio({ part, base }: Extract<IndicatorDefinition, { kind: 'ratio' }>, { all }: ReadQuestion) {
  const of = (key: string) => {
    const found = all.get(key)
    return found === undefined || found.kind === 'ratio' ? [] : found.dimensions
  }
  const bases = of(base)
  return of(part).filter((one) => bases.some((other) => other.key === one.key && other.column === one.column))
}

async function groupsOf(ctx: Context, definition: IndicatorDefinition, given: ReadQuestion & { by: GroupBy }): Promise<GroupFigure[]> {
  const { by, area } = given
  if (by !== 'township' && by !== 'village') {
    const { column, words } = dimensionOf(definition, by, given)
    const found = await measureBy(ctx, definition, { ...given, group: { column } })
    const groups = [...found].map(([group, figure]) => ({ group, name: words?.[group] ?? nameOf(group), ...figure }))
    return groups.sort((one, other) => Number(other.value ?? 0) - Number(one.value ?? 0) || (one.group < other.group ? -1 : 1))
  }
  if (by === 'village' && definition.kind !== 'ratio' && definition.closed !== undefined) throw indicatorsErrors.noDimension({ by })
  const group: RowGroup = { segments: segmentsOf[by] }
  const found = await measureBy(ctx, definition, { ...given, group })
  const areas = (await listAreas(ctx, { under: area, level: by })).filter((one) => one.level === by)
  const names = new Map(areas.map((one) => [one.path, one.name]))
  // Places without rows stand too, with 0 where 0 can be said.
  const isCounted = definition.kind !== 'ratio' && !('mean' in definition.measure || 'max' in definition.measure)
  const none =
    isCounted && whyNot(definition, given.period, ctx.today) === undefined ? figureOf('0', undefined) : { value: null, shown: null }
  const own = ctx.scope.kind === 'households' ? [] : areas.map((one) => one.path)
  const paths = [...new Set([...own, ...found.keys()])].sort()
  return paths.map((path) => ({ group: path, name: nameOf(names.get(path) ?? path), ...(found.get(path) ?? none) }))
}

const nameOf = (name: string) => ({ zh: name, en: name })

/** The dimension `by:key`; throws `no-dimension`. */
export function dimensionOf(definition: IndicatorDefinition, by: string, question: Pick<ReadQuestion, 'all'>): Dimension {
  const of = definition.kind === 'ratio' ? question.all.get(definition.part) : definition
  const found = of === undefined || of.kind === 'ratio' ? undefined : of.dimensions.find((one) => `by:${one.key}` === by)
  if (found === undefined) throw indicatorsErrors.noDimension({ by })
  return found
}
