import { createHash } from 'node:crypto'
import { readIdNumber } from '#kernel/pure/text/index.ts'
import type { Field } from '../../policy/policy.ts'
import { cellEnd, rowEnd } from '../../rules/statement.ts'
import type { ReadColumn, RowValues } from './read-row.ts'

type Entity = Field['entity']

/** Writes statements: the cells of a row as the file states them, numbers as what is known of them and their blind index. */
export interface StatementSayer {
  /** The cells of one row that are about an entity, with the id of their layout in front. */
  say(row: { columns: readonly ReadColumn[]; read: RowValues }, entity: Entity, indexes: BlindIndexes): string
  /** Layout id to the field keys of its cells; all that `say` has used. */
  readonly layouts: ReadonlyMap<string, readonly string[]>
}

/** Blind indexes of the row's numbers by field key, as staging made them. */
export type BlindIndexes = Readonly<Record<string, Buffer | undefined>>

interface Layout {
  layoutId: string
  fields: readonly Field[]
}

/** Keys of the row itself, and places above the township: the same for every row. */
const notSaid = new Set(['householdNo', 'personNo', 'province', 'prefecture', 'county'])

/** Makes the sayer of one file. */
export function makeStatementSayer(): StatementSayer {
  const layouts = new Map<string, readonly string[]>()
  const known = new WeakMap<readonly ReadColumn[], Map<Entity, Layout>>()
  const layoutOf = (columns: readonly ReadColumn[], entity: Entity): Layout => {
    const byEntity = known.get(columns) ?? new Map<Entity, Layout>()
    known.set(columns, byEntity)
    const layout = byEntity.get(entity) ?? makeLayout(columns, entity)
    byEntity.set(entity, layout)
    return layout
  }
  return {
    layouts,
    say: ({ columns, read }, entity, indexes) => {
      const { layoutId, fields } = layoutOf(columns, entity)
      if (!layouts.has(layoutId)) layouts.set(layoutId, keysOf(fields))
      let said = layoutId
      for (const field of fields) said += cellEnd + sayCell(field, read, indexes)
      return said
    },
  }
}

/** Several rows of one person (periods of work) as one statement. */
export function joinStatements(statements: readonly string[]): string {
  return statements.join(rowEnd)
}

function makeLayout(columns: readonly ReadColumn[], entity: Entity): Layout {
  const fields = columns.map((column) => column.field).filter((field) => isSaid(field, entity))
  return { layoutId: createHash('sha256').update(keysOf(fields).join(' ')).digest('base64url').slice(0, 8), fields }
}

/** Places are fields of households, and a village's row names its place too. */
function isSaid(field: Field, entity: Entity): boolean {
  return (field.entity === entity || (entity === 'village' && field.type === 'area')) && !notSaid.has(field.key)
}

function keysOf(fields: readonly Field[]): string[] {
  return fields.map((field) => field.key)
}

function sayCell(field: Field, read: RowValues, indexes: BlindIndexes): string {
  const value = read.values[field.key]
  if (value === undefined) {
    const unread = read.unread[field.key]
    return unread === undefined ? '' : `?${plain(unread)}`
  }
  return sayValue(field, value, indexes[field.key])
}

/** A value as the cell of a statement; `index` is the blind index of a number. */
export function sayValue(field: Field, value: string | number | boolean, index: Buffer | undefined): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return String(value)
  if (field.type === 'idNumber') return field.column === 'id' ? sayIdNumber(value, index?.toString('base64url') ?? '') : '*'
  if (field.type === 'phone') return sayPhone(value, index?.toString('base64url') ?? '')
  return field.sealed ? '*' : plain(value)
}

// oxlint-disable-next-line no-control-regex -- these characters separate cells
const separators = /[\u0000-\u001f\\]/g

function plain(text: string): string {
  return text.replace(separators, ' ')
}

/** Length, what it is, birth date, sex, end of a certificate, and the blind index of the first 18 characters. */
function sayIdNumber(number: string, index: string): string {
  const parts = readIdNumber(number.slice(0, 18))
  const what = number.startsWith('999999') ? 'placeholder' : parts === undefined ? 'wrong' : 'right'
  const tail = number.length >= 20 ? number.slice(18, 20) : ''
  const sex = parts === undefined ? '' : parts.sex === 'male' ? '男' : '女'
  return [number.length, what, parts?.bornOn ?? '', sex, tail, index].join(' ')
}

/** Whether it is a mobile number, its last four digits, and its blind index. */
function sayPhone(phone: string, index: string): string {
  const what = /^1[3-9]\d{9}$/.test(phone) ? 'mobile' : 'other'
  return [what, phone.slice(-4), index].join(' ')
}
