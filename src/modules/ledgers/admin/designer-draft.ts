import { fitsList, fitsTitle, hasChoices, mayBeDecided, mayCompute, mayGather, mostOffered, offeredGroup } from './designer-kinds.ts'
import { flowOf, type FlowKey } from './designer-flows.ts'
import { bothWords } from './designer-choices.ts'
import { renameIn } from './designer-rename.ts'
import type { Field, FieldKind, Template } from '../rules/template.ts'

/** A template under way: of the same shape, but perhaps not yet complete. */
export type Draft = Template

/** Columns a list begins with, and those of its printed form. */
const firstColumns = 8
const firstPrinted = 8

/** A template with one field, the name of the thing, that can be used at once. */
export function blankDraft(given: { key: string; name: string; flow?: FlowKey; readers: readonly string[] }): Draft {
  const readers = [...given.readers]
  const draft: Draft = {
    key: given.key,
    name: bothWords(given.name),
    about: 'nothing',
    title: 'f1',
    fields: [],
    ...flowOf(given.flow ?? 'register', readers),
    list: { columns: [], offered: [] },
    print: { title: bothWords(given.name), sheet: [], list: [] },
    access: { read: readers, write: readers },
  }
  return addField(draft, { kind: 'text', name: '名称', required: true })
}

/** A key that no field of this draft or of an earlier version has: a removed field's key never comes back with another meaning. */
export function nextKey(prefix: string, taken: Iterable<string>): string {
  const numbers = [...taken].map((key) => (key.startsWith(prefix) ? Number(key.slice(prefix.length)) : Number.NaN))
  return `${prefix}${Math.max(0, ...numbers.filter((one) => Number.isInteger(one))) + 1}`
}

/** All field keys of a draft, columns of tables included. */
export function fieldKeys(draft: Draft): string[] {
  return draft.fields.flatMap((field) => [field.key, ...(field.columns ?? []).map((column) => column.key)])
}

export interface NewField {
  readonly kind: FieldKind
  readonly name: string
  readonly required?: boolean
  readonly rest?: Partial<Field>
}

/** Adds a field at the end; it stands in the list, the filters and the print as long as there is room. */
export function addField(draft: Draft, given: NewField, retired: readonly string[] = []): Draft {
  const key = nextKey('f', [...fieldKeys(draft), ...retired])
  const field: Field = {
    key,
    name: bothWords(given.name),
    kind: given.kind,
    ...(given.required === true ? { required: true } : {}),
    ...(given.kind === 'number' ? { places: 2 } : {}),
    ...(hasChoices(given) ? { choices: [] } : {}),
    ...(given.kind === 'table'
      ? { columns: [{ key: nextKey('f', [...fieldKeys(draft), ...retired, key]), name: bothWords('项目'), kind: 'text' }] }
      : {}),
    ...given.rest,
  }
  const added = { ...draft, fields: [...draft.fields, field] }
  return fitted(offer(show(added, field), field))
}

function show(draft: Draft, field: Field): Draft {
  const { list, print } = draft
  const columns = fitsList(field) && list.columns.length < firstColumns ? [...list.columns, field.key] : list.columns
  const printed = fitsList(field) && print.list.length < firstPrinted ? [...print.list, field.key] : print.list
  return { ...draft, list: { ...list, columns }, print: { ...print, sheet: [...print.sheet, field.key], list: printed } }
}

/** Offers a field to sort and filter by when a key of its group is left. */
function offer(draft: Draft, field: Field): Draft {
  return mayOffer(draft, field) ? { ...draft, list: { ...draft.list, offered: [...draft.list.offered, field.key] } } : draft
}

/** Whether a field can still be offered to sort or filter by. */
export function mayOffer(draft: Draft, field: Field): boolean {
  const group = offeredGroup(field)
  if (group === undefined || draft.list.offered.includes(field.key) || draft.list.offered.length >= 18) return false
  const used = draft.fields.filter((one) => draft.list.offered.includes(one.key) && offeredGroup(one) === group).length
  return used < mostOffered(group)
}

/** Changes what is said of a field; a new kind or name is followed up in the rest of the template. */
export function changeField(draft: Draft, key: string, patch: Partial<Field>): Draft {
  const before = draft.fields.find((field) => field.key === key)
  if (before === undefined) return draft
  const after = tidied({ ...before, ...patch }, before.kind)
  const renamed = after.name.zh === before.name.zh ? draft : withFormulas(draft, (text) => renameIn(text, before.name.zh, after.name.zh))
  const fields = renamed.fields.map((field) =>
    field.key === key ? { ...(renamed === draft ? after : { ...after, ...formulasOf(field, patch) }) } : field,
  )
  const changed = { ...renamed, fields }
  return after.kind === before.kind ? fitted(changed) : fitted(offer(show(without(changed, key), after), after))
}

/** The field's own formulas as they were renamed, unless the change is about them. */
function formulasOf(field: Field, patch: Partial<Field>): Partial<Field> {
  const own = { computed: field.computed, visibleWhen: field.visibleWhen, default: field.default, decides: field.decides }
  return Object.fromEntries(Object.entries(own).filter(([name, text]) => text !== undefined && !(name in patch)))
}

/** Takes away what another kind had, and gives what the new one needs. Undefined values go. */
function tidied(field: Field, oldKind: FieldKind): Field {
  const {
    choices,
    columns,
    of,
    level,
    organisationKinds,
    unit,
    places,
    min,
    max,
    format,
    computed,
    default: first,
    required,
    sensitive,
    gathers,
    decides,
    ...rest
  } = field
  const isText = field.kind === 'text' || field.kind === 'long-text'
  const formula = mayCompute(field) && sensitive !== true ? computed : undefined
  const gathered = formula === undefined && mayGather(field) ? gathers : undefined
  const decided = formula === undefined && gathered === undefined && mayBeDecided(field) ? decides : undefined
  const isEntered = formula === undefined && gathered === undefined && decided === undefined
  const isNumber = field.kind === 'number' || field.kind === 'money'
  const kept: Field = {
    ...rest,
    ...(hasChoices(field) ? { choices: choices ?? [] } : {}),
    ...(field.kind === 'table' ? { columns: columns ?? [{ key: `${field.key}-1`, name: bothWords('项目'), kind: 'text' }] } : {}),
    ...(field.kind === 'record' && of !== undefined ? { of } : {}),
    ...(field.kind === 'area' ? { level: level ?? 'village' } : {}),
    ...(field.kind === 'organisation' && organisationKinds !== undefined ? { organisationKinds } : {}),
    ...(field.kind === 'number' ? { ...(unit === undefined ? {} : { unit }), places: places ?? (oldKind === 'number' ? 0 : 2) } : {}),
    ...(isNumber && min !== undefined ? { min } : {}),
    ...(isNumber && max !== undefined ? { max } : {}),
    ...(field.kind === 'text' && format !== undefined ? { format } : {}),
    ...(isText && sensitive === true ? { sensitive } : {}),
    ...(formula === undefined ? {} : { computed: formula }),
    ...(gathered === undefined ? {} : { gathers: gathered }),
    ...(decided === undefined ? {} : { decides: decided }),
    ...(isEntered && mayCompute(field) && first !== undefined ? { default: first } : {}),
    ...(isEntered && required === true ? { required } : {}),
  }
  // Safe: only entries that are undefined go, and those are optional.
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)) as Field
}

/** Takes a field out of everything that names it; formulas that use it are told by the check of the template. */
export function removeField(draft: Draft, key: string): Draft {
  if (draft.fields.length === 1) return draft
  const fields = draft.fields.filter((field) => field.key !== key)
  return fitted({ ...without(draft, key), fields })
}

function without(draft: Draft, key: string): Draft {
  const keep = (keys: readonly string[]) => keys.filter((one) => one !== key)
  const { unique, deadlines, moves, list, print, ...rest } = draft
  const left = unique?.filter((keys) => !keys.includes(key))
  const clocks = deadlines?.filter((one) => one.from !== `field:${key}`)
  const kept = moves?.map(({ needs, ...move }) => {
    const others = keep(needs ?? [])
    return others.length === 0 ? move : { ...move, needs: others }
  })
  return {
    ...rest,
    ...(left === undefined || left.length === 0 ? {} : { unique: left }),
    ...(clocks === undefined ? {} : { deadlines: clocks }),
    ...(kept === undefined ? {} : { moves: kept }),
    list: { ...list, columns: keep(list.columns), offered: keep(list.offered) },
    print: { ...print, sheet: keep(print.sheet), list: keep(print.list) },
  }
}

/** Title, columns and what a record is about, so that they hold whatever was done to the fields. */
function fitted(draft: Draft): Draft {
  const keys = draft.fields.map((field) => field.key)
  const named = draft.fields.filter(fitsTitle).map((field) => field.key)
  const title = named.includes(draft.title) ? draft.title : (named[0] ?? keys[0] ?? draft.title)
  const kinds = new Set(draft.fields.map((field) => field.kind))
  const about = (['household', 'person', 'organisation', 'area'] as const).find((kind) => kinds.has(kind)) ?? 'nothing'
  const orFirst = (list: readonly string[]) => (list.length === 0 ? [title] : [...list])
  const { list, print } = draft
  return {
    ...draft,
    title,
    about,
    list: viewsOf(draft, { ...list, columns: orFirst(list.columns) }),
    print: { ...print, sheet: orFirst(print.sheet), list: orFirst(print.list) },
  }
}

/** Board, calendar, groups and sums only by fields that are offered and of a kind for it. */
function viewsOf(draft: Draft, given: Draft['list']): Draft['list'] {
  const { board, calendar, map, groups, sums, ...list } = given
  const offered = list.offered.filter((key) => draft.fields.some((field) => field.key === key && offeredGroup(field) !== undefined))
  const kindOf = (key: string) => draft.fields.find((field) => field.key === key)?.kind ?? ''
  const isOffered = (key: string, kinds: readonly string[]) => offered.includes(key) && kinds.includes(kindOf(key))
  const isGroup = (group: string) => {
    const [kind, key] = group.split(':')
    if (['state', 'township', 'village', 'month:made'].includes(group)) return true
    return key === undefined
      ? isOffered(group, ['choice', 'yes-no'])
      : (kind === 'month' || kind === 'year') && isOffered(key, ['date', 'month'])
  }
  return {
    ...list,
    offered,
    ...(board === 'state' || (board !== undefined && isOffered(board, ['choice', 'yes-no'])) ? { board } : {}),
    ...(calendar !== undefined && isOffered(calendar, ['date']) ? { calendar } : {}),
    ...(map !== undefined && kindOf(map) === 'place' ? { map } : {}),
    ...(groups === undefined ? {} : { groups: groups.filter(isGroup) }),
    ...(sums === undefined ? {} : { sums: sums.filter((key) => isOffered(key, ['number', 'money'])) }),
  }
}

/** Changes what the list offers and shows; what no longer fits goes. */
export function changeList(draft: Draft, patch: Partial<Draft['list']>): Draft {
  return fitted({ ...draft, list: { ...draft.list, ...patch } })
}

/** Moves an item of a list up (-1) or down (1); at the ends it stays. */
export function moved<Item>(items: readonly Item[], at: number, by: 1 | -1): Item[] {
  const to = at + by
  const list = [...items]
  const [one, other] = [list[at], list[to]]
  if (one === undefined || other === undefined) return list
  list[at] = other
  list[to] = one
  return list
}

/** Moves a field up or down; the sheet and the list follow the order of the fields. */
export function moveField(draft: Draft, key: string, by: 1 | -1): Draft {
  const fields = moved(
    draft.fields,
    draft.fields.findIndex((field) => field.key === key),
    by,
  )
  const order = fields.map((field) => field.key)
  const sorted = (keys: readonly string[]) => [...keys].sort((one, other) => order.indexOf(one) - order.indexOf(other))
  const { list, print } = draft
  return {
    ...draft,
    fields,
    list: { ...list, columns: sorted(list.columns) },
    print: { ...print, sheet: sorted(print.sheet), list: sorted(print.list) },
  }
}

/** Changes every formula of a template. */
function withFormulas(draft: Draft, change: (text: string) => string): Draft {
  const field = (one: Field): Field => ({
    ...one,
    ...(one.computed === undefined ? {} : { computed: change(one.computed) }),
    ...(one.visibleWhen === undefined ? {} : { visibleWhen: change(one.visibleWhen) }),
    ...(one.default === undefined ? {} : { default: change(one.default) }),
    ...(one.decides === undefined
      ? {}
      : {
          decides: {
            ...one.decides,
            facts: Object.fromEntries(Object.entries(one.decides.facts).map(([fact, text]) => [fact, change(text)])),
          },
        }),
  })
  return {
    ...draft,
    fields: draft.fields.map(field),
    ...(draft.checks === undefined ? {} : { checks: draft.checks.map((check) => ({ ...check, holds: change(check.holds) })) }),
    ...(draft.moves === undefined
      ? {}
      : { moves: draft.moves.map((move) => (move.holds === undefined ? move : { ...move, holds: change(move.holds) })) }),
  }
}
