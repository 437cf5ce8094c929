import { isFiles } from '../../src/modules/ledgers/rules/field-kinds.ts'
import { judgeMove } from '../../src/modules/ledgers/rules/judge-move.ts'
import { isEmpty, judgeRecord } from '../../src/modules/ledgers/rules/judge-record.ts'
import type { OpenTemplate } from '../../src/modules/ledgers/rules/open-template.ts'
import type { FieldValue, Linked, RecordRecord } from '../../src/modules/ledgers/rules/records.ts'
import type { Column, Field, Move } from '../../src/modules/ledgers/rules/template.ts'
import { givenIdNumber } from '../../src/modules/registry/server/given.ts'
import { pick, type Chance } from '../chance.ts'

export type Values = Record<string, FieldValue>
/** What links of a field may name. */
export type LinksOf = (field: Field | Column) => readonly (Linked & { readonly kind: string })[]

/** Whether somebody enters the field: not computed, not brought from elsewhere, no file. */
export const isEntered = (field: Field | Column): boolean =>
  field.computed === undefined && field.gathers === undefined && field.decides === undefined && !isFiles(field.kind)

const two = (number: number) => String(number).padStart(2, '0')

type Make = (field: Field | Column, chance: Chance, linksOf: LinksOf) => FieldValue | undefined
const someLink: Make = (field, chance, linksOf) => {
  const links = linksOf(field)
  return links.length === 0 ? undefined : { id: pick(chance, links).id, name: '' }
}
const makers: Readonly<Partial<Record<Field['kind'], Make>>> = {
  text: (field, chance) => someText(field, chance),
  'long-text': (field, chance) => someText(field, chance),
  number: (field, chance) => someNumber(field, chance),
  money: (field, chance) => someNumber(field, chance),
  date: (_, chance) => (chance(6) === 0 ? '2023-12-18' : `2023-${two(10 + chance(3))}-${two(1 + chance(18))}`),
  month: (_, chance) => `2023-${two(10 + chance(3))}`,
  choice: (field, chance) => pick(chance, field.choices ?? []).key,
  choices: (field, chance) => {
    const keys = (field.choices ?? []).map((one) => one.key)
    const some = keys.filter(() => chance(3) === 0)
    return some.length === 0 ? [pick(chance, keys)] : some
  },
  'yes-no': (_, chance) => chance(2) === 0,
  place: (_, chance) => ({ longitude: `112.${100 + chance(800)}`, latitude: `28.${100 + chance(800)}` }),
  table: (field, chance, linksOf) => someRows(field, chance, linksOf),
  person: someLink,
  household: someLink,
  organisation: someLink,
  area: someLink,
  record: someLink,
}

/** Some value that the field takes by itself; undefined where nothing can be linked, and for files. */
export const someValue: Make = (field, chance, linksOf) => makers[field.kind]?.(field, chance, linksOf)

function someRows(field: Field | Column, chance: Chance, linksOf: LinksOf): FieldValue {
  const columns = ('columns' in field ? (field.columns ?? []) : []).filter(isEntered)
  return Array.from({ length: 1 + chance(3) }, () =>
    Object.fromEntries(
      columns.flatMap((column) => {
        const value = someValue(column, chance, linksOf)
        return value === undefined || (column.required !== true && chance(4) === 0) ? [] : [[column.key, value]]
      }),
    ),
  )
}

function someText(field: Field | Column, chance: Chance): string {
  if (field.format === 'id-number') return givenIdNumber()
  if (field.format === 'phone') return `164${String(10_000_000 + chance(89_999_999))}`
  if (field.format === 'bank-account') return `6217${String(100_000_000_000 + chance(899_999_999))}`
  return `${field.name.zh.slice(0, 20)}${chance(1_000_000)}`
}

function someNumber(field: Field | Column, chance: Chance): string {
  const places = field.kind === 'money' ? 2 : (field.places ?? 0)
  const low = Number(field.min ?? 0)
  const high = Math.min(
    Number(field.max ?? Infinity),
    low + (field.kind === 'money' ? pick(chance, [10, 1000, 100_000]) : pick(chance, [1, 10, 300])),
  )
  const steps = Math.max(1, Math.floor((high - low) * 100))
  const number = low + chance(steps + 1) / 100
  const least = 10 ** -places
  const written = places === 0 ? String(Math.round(number)) : number.toFixed(Math.min(places, 2))
  return Number(written) < low ? String(low + least) : written
}

/** What stands against values as a whole; hidden fields and computed ones as the engine has them. */
export function judged(open: OpenTemplate, values: Values, state: string, isNew: boolean) {
  const today = '2023-12-18'
  return judgeRecord(open, { values, state, today, madeOn: today, isNew })
}

/** Refusals that choosing other values can mend: brought values are not known here. */
const refusals = (open: OpenTemplate, values: Values, state: string, isNew: boolean): number =>
  judged(open, values, state, isNew).problems.filter((one) => one.level === 'refuse').length

/** Values for a new record that are taken, near those of another one; undefined where chance found none. */
export function someRecord(open: OpenTemplate, like: Values, given: { chance: Chance; linksOf: LinksOf }): Values | undefined {
  const { chance, linksOf } = given
  const fields = open.template.fields.filter(isEntered)
  const fresh = new Set(
    (open.template.unique ?? []).flatMap((keys) => keys.filter((key) => open.fields.get(key)?.kind === 'text').slice(-1)),
  )
  const state = open.template.states[0]?.key ?? ''
  for (let round = 0; round < 60; round += 1) {
    const values: Values = Object.fromEntries(fields.flatMap(({ key }) => (like[key] === undefined ? [] : [[key, like[key]]])))
    for (const field of fields) {
      const isKept = !fresh.has(field.key) && chance(10) < Math.min(9, 3 + round / 6)
      if (isKept && values[field.key] !== undefined && !isMasked(values[field.key])) continue
      const isLeftOut = field.required !== true && chance(3) === 0
      const value = isLeftOut ? undefined : someValue(field, chance, linksOf)
      if (value === undefined) delete values[field.key]
      else values[field.key] = value
    }
    if (refusals(open, values, state, true) === 0) return values
  }
  return undefined
}

export const isMasked = (value: FieldValue | undefined): boolean => typeof value === 'object' && value !== null && 'masked' in value

export interface MoveToFill {
  readonly values: Values
  readonly state: string
  readonly move: Move
  readonly chance: Chance
  readonly linksOf: LinksOf
}

/**
 * What must be entered with a move so that its needs, its condition and the checks hold: nothing where they hold already, else fields that its formulas
 * name, tried by chance. Undefined where nothing was found.
 */
export function fillMove(open: OpenTemplate, given: MoveToFill): Values | undefined {
  const { values, move, chance, linksOf } = given
  const needed = (move.needs ?? []).flatMap((key) => open.fields.get(key) ?? []).filter(isEntered)
  const near = [...new Set([...needed, ...fieldsNear(open, move)])].filter((field) => !isMasked(values[field.key]))
  const before = refusals(open, values, given.state, false)
  for (let round = 0; round < 600; round += 1) {
    const entered: Values = {}
    for (const field of needed) if (isEmpty(values[field.key])) set(entered, field, someValue(field, chance, linksOf))
    if (round > 0)
      for (let count = 1 + chance(3); count > 0 && near.length > 0; count -= 1) {
        const field = pick(chance, near)
        set(entered, field, someValue(field, chance, linksOf))
      }
    const worked = judged(open, { ...values, ...entered }, move.into, false)
    const found = worked.problems.filter((one) => one.level === 'refuse' && one.code !== 'missing').length
    const problems = judgeMove(open, move.key, { ...doneByAnyone(move), values: worked.values, state: given.state }) ?? []
    const stands = problems.filter((one) => one.code !== 'no-evidence' && !isOfFiles(open, one.field))
    if (stands.length === 0 && found <= before) return entered
  }
  return undefined
}

const set = (entered: Values, field: Field, value: FieldValue | undefined): void => {
  if (value !== undefined) entered[field.key] = value
}
const isOfFiles = (open: OpenTemplate, key: string | undefined): boolean => {
  const kind = key === undefined ? undefined : open.fields.get(key)?.kind
  return kind !== undefined && isFiles(kind)
}

const doneByAnyone = (move: Move) => ({
  today: '2023-12-18',
  madeOn: '2023-12-18',
  roles: move.by,
  callerId: 'test:nobody',
  handledBy: [],
  hasReason: true,
})

/** Entered fields that a move's condition or a check names, also through computed fields. */
function fieldsNear(open: OpenTemplate, move: Move): Field[] {
  const { fields, checks = [] } = open.template
  const formulas = [move.holds ?? '', ...checks.filter((one) => one.level === 'refuse').map((one) => one.holds)]
  const found = new Set<Field>()
  const follow = (formula: string): void => {
    for (const field of fields) {
      if (found.has(field) || !formula.includes(field.name.zh)) continue
      found.add(field)
      follow(field.computed ?? '')
      follow(field.visibleWhen ?? '')
    }
  }
  for (const formula of formulas) follow(formula)
  return [...found].filter(isEntered)
}

/** What somebody entered of a record, sensitive values left out. */
export const enteredOf = (open: OpenTemplate, record: Pick<RecordRecord, 'values'>): Values =>
  Object.fromEntries(
    open.template.fields.flatMap((field) => {
      const value = record.values[field.key]
      return value === undefined || !isEntered(field) || isMasked(value) ? [] : [[field.key, value]]
    }),
  )
