import { fitsList, hasChoices, keyGroupOf, mostKeys } from './designer-kinds.ts'
import { flowOf, type FlowKey } from './designer-flows.ts'
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

/** The words of a county's own template: English as Chinese until somebody writes it. */
export function bothWords(zh: string, en?: string): { zh: string; en: string } {
  return { zh, en: en === undefined || en === '' ? zh : en }
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
  const group = keyGroupOf(field)
  if (group === undefined || draft.list.offered.includes(field.key) || draft.list.offered.length >= 18) return false
  const used = draft.fields.filter((one) => draft.list.offered.includes(one.key) && keyGroupOf(one) === group).length
  return used < mostKeys[group]
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
  const own = { computed: field.computed, visibleWhen: field.visibleWhen, default: field.default }
  return Object.fromEntries(Object.entries(own).filter(([name, text]) => text !== undefined && !(name in patch)))
}

/** Takes away what another kind had, and gives what the new one needs. Undefined values go. */
function tidied(field: Field, oldKind: FieldKind): Field {
  const { choices, columns, of, level, organisationKinds, unit, places, min, max, ...rest } = field
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
  const { board, calendar, map, groups, sums, ...list } = draft.list
  const { unique, deadlines, moves, ...rest } = draft
  const left = unique?.filter((keys) => !keys.includes(key))
  const clocks = deadlines?.filter((one) => one.from !== `field:${key}`)
  return {
    ...rest,
    ...(left === undefined || left.length === 0 ? {} : { unique: left }),
    ...(clocks === undefined ? {} : { deadlines: clocks }),
    ...(moves === undefined
      ? {}
      : {
          moves: moves.map(({ needs, ...move }) => ({
            ...move,
            ...(needs === undefined || keep(needs).length === 0 ? {} : { needs: keep(needs) }),
          })),
        }),
    list: {
      ...list,
      columns: keep(list.columns),
      offered: keep(list.offered),
      ...(board === undefined || board === key ? {} : { board }),
      ...(calendar === undefined || calendar === key ? {} : { calendar }),
      ...(map === undefined || map === key ? {} : { map }),
      ...(groups === undefined ? {} : { groups: keep(groups) }),
      ...(sums === undefined ? {} : { sums: keep(sums) }),
    },
    print: { ...draft.print, sheet: keep(draft.print.sheet), list: keep(draft.print.list) },
  }
}

/** Title, columns and what a record is about, so that they hold whatever was done to the fields. */
function fitted(draft: Draft): Draft {
  const keys = draft.fields.map((field) => field.key)
  const first = keys[0] ?? draft.title
  const title = keys.includes(draft.title) ? draft.title : (draft.fields.find((field) => field.kind === 'text')?.key ?? first)
  const kinds = new Set(draft.fields.map((field) => field.kind))
  const about = (['household', 'person', 'organisation', 'area'] as const).find((kind) => kinds.has(kind)) ?? 'nothing'
  const orFirst = (list: readonly string[]) => (list.length === 0 ? [title] : [...list])
  const { list, print } = draft
  return {
    ...draft,
    title,
    about,
    list: { ...list, columns: orFirst(list.columns) },
    print: { ...print, sheet: orFirst(print.sheet), list: orFirst(print.list) },
  }
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

/** Choices as pasted from Excel: one to a line or cell, or separated by 、，；. What is said twice is taken once. */
export function readChoices(text: string): { key: string; name: { zh: string; en: string } }[] {
  const lines = /[\n\t]/.test(text.trim()) ? text.split(/[\n\r\t]+/) : text.split(/[、，,；;]+/)
  const names = lines.map((line) => line.trim().slice(0, 60)).filter((line) => line !== '')
  return [...new Set(names)].slice(0, 200).map((name) => ({ key: name, name: bothWords(name) }))
}

/** The choices with the keys that were there already: a renamed choice would be another one for the records. */
export function mergeChoices(before: Field['choices'], text: string): NonNullable<Field['choices']> {
  return readChoices(text).map((choice) => before?.find((one) => one.name.zh === choice.name.zh) ?? choice)
}

/** Changes every formula of a template. */
function withFormulas(draft: Draft, change: (text: string) => string): Draft {
  const field = (one: Field): Field => ({
    ...one,
    ...(one.computed === undefined ? {} : { computed: change(one.computed) }),
    ...(one.visibleWhen === undefined ? {} : { visibleWhen: change(one.visibleWhen) }),
    ...(one.default === undefined ? {} : { default: change(one.default) }),
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

/** Replaces a name in a formula where it stands alone; names within longer names and within texts stay. */
export function renameIn(formula: string, from: string, to: string): string {
  if (from === '') return formula
  return formula
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, at) => (at % 2 === 1 ? part : renamePart(part, from, to)))
    .join('')
}

function renamePart(text: string, from: string, to: string): string {
  const isLetter = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}_]/u.test(letter)
  let out = ''
  let at = 0
  for (;;) {
    const found = text.indexOf(from, at)
    if (found < 0) return out + text.slice(at)
    const isAlone = !isLetter(text[found - 1]) && !isLetter(text[found + from.length])
    out += text.slice(at, found) + (isAlone ? to : from)
    at = found + from.length
  }
}
