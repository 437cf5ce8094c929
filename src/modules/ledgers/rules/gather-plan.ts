import { isLink } from './field-kinds.ts'
import type { GatheredField, OpenTemplate } from './open-template.ts'
import type { Comparison, GatherCondition, Gathers } from './template-brought.ts'
import type { FieldFilter } from './template-indicators.ts'
import type { FieldKind, Template } from './template.ts'

/** What a record says, as far as gathering asks: its state and its values by field key, however they are kept. */
export interface GatherSide {
  readonly recordId: string
  readonly state: string
  readonly values: Readonly<Record<string, unknown>>
}

/** One number to be gathered, with everything that the database needs to know. */
export interface GatherPlan {
  readonly from: string
  /** The record itself is not gathered. */
  readonly self: string
  /** Where the walk begins: the records that name somebody or something in a field, or one record. */
  readonly anchor: { readonly field: string; readonly kind: string; readonly target: string } | { readonly recordId: string }
  readonly conditions: readonly {
    readonly field: string
    readonly kind: FieldKind
    readonly as: Comparison
    readonly value: string
    /** Characters of a day or month that are compared, where days and months stand beside each other. */
    readonly length: number
  }[]
  readonly states: readonly string[] | undefined
  readonly filters: readonly { readonly filter: FieldFilter; readonly kind: FieldKind | 'state' | 'made' }[]
  readonly measure:
    | { readonly how: 'count' }
    | { readonly how: 'sum' | 'max' | 'distinct'; readonly field: string; readonly kind: FieldKind }
}

/** The condition by which the records are found: of one record where there is one, else the first that compares a link. */
export function anchorOf(open: Pick<OpenTemplate, 'fields'>, { where }: Gathers): GatherCondition | undefined {
  const links = where.filter(({ mine, as }) => (as ?? 'same') === 'same' && isLinked(open, mine))
  return links.find(({ theirs }) => theirs === '$record') ?? links[0]
}

function isLinked({ fields }: Pick<OpenTemplate, 'fields'>, mine: string): boolean {
  const field = fields.get(mine)
  return mine === '$record' || (field !== undefined && isLink(field.kind))
}

/** A value of a side as text: the id of what is linked; undefined where there is none. */
export function textOfSide(side: Pick<GatherSide, 'recordId' | 'values'>, key: string): string | undefined {
  if (key === '$record') return side.recordId
  const value = side.values[key]
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string')
    return value.id === '' ? undefined : value.id
  return undefined
}

/** How a number is gathered for a record; undefined where a field that a condition names is empty: then nothing can be said. */
export function planGather(
  open: Pick<OpenTemplate, 'fields'>,
  { gathers }: GatheredField,
  given: { side: Pick<GatherSide, 'recordId' | 'values'>; from: Template },
): GatherPlan | undefined {
  const { side, from } = given
  const theirs = new Map(from.fields.map((field) => [field.key, field.kind]))
  const anchor = anchorOf(open, gathers)
  const target = anchor === undefined ? undefined : textOfSide(side, anchor.mine)
  if (anchor === undefined || target === undefined) return undefined
  const conditions: GatherPlan['conditions'][number][] = []
  for (const condition of gathers.where) {
    if (condition === anchor) continue
    const value = textOfSide(side, condition.mine)
    if (value === undefined) return undefined
    const kind = theirs.get(condition.theirs) ?? 'text'
    const isMonth = kind === 'month' || open.fields.get(condition.mine)?.kind === 'month'
    conditions.push({ field: condition.theirs, kind, as: condition.as ?? 'same', value, length: isMonth ? 7 : 10 })
  }
  const kindOf = (key: string) => (key === 'state' || key === 'made' ? key : (theirs.get(key) ?? 'text'))
  const mine = open.fields.get(anchor.mine)
  return {
    from: gathers.from,
    self: side.recordId,
    anchor: anchor.theirs === '$record' ? { recordId: target } : { field: anchor.theirs, kind: mine?.kind ?? 'record', target },
    conditions,
    states: gathers.states,
    filters: (gathers.filters ?? []).map((filter) => ({ filter, kind: kindOf(filter.field) })),
    measure: measureOf(gathers, theirs),
  }
}

function measureOf({ measure }: Gathers, kinds: ReadonlyMap<string, FieldKind>): GatherPlan['measure'] {
  if ('sum' in measure) return { how: 'sum', field: measure.sum, kind: kinds.get(measure.sum) ?? 'number' }
  if ('max' in measure) return { how: 'max', field: measure.max, kind: kinds.get(measure.max) ?? 'number' }
  if ('distinct' in measure) return { how: 'distinct', field: measure.distinct, kind: kinds.get(measure.distinct) ?? 'text' }
  return { how: 'count' }
}

/** Everything that a gathering takes from a record of its ledger, as one text; undefined where the record does not count. Same text, same numbers. */
export function takenFrom(gathers: Gathers, side: GatherSide | undefined): string | undefined {
  if (side === undefined || (gathers.states !== undefined && !gathers.states.includes(side.state))) return undefined
  const { measure } = gathers
  const keys = [
    ...gathers.where.map(({ theirs }) => theirs),
    ...(gathers.filters ?? []).map(({ field }) => field),
    ...('sum' in measure ? [measure.sum] : 'max' in measure ? [measure.max] : 'distinct' in measure ? [measure.distinct] : []),
  ]
  return JSON.stringify(keys.map((key) => (key === 'state' ? side.state : (textOfSide(side, key) ?? null))))
}
