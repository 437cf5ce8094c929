import { isNamedError } from '#kernel/pure/errors/index.ts'
import { parseDay } from '#kernel/pure/time/index.ts'
import {
  findHeader,
  judgeRow,
  labelKey,
  mapColumns,
  type ColumnMap,
  type Header,
  type RowBlock,
  type ValuePattern,
  type WantedField,
} from '#kernel/server/sheets/index.ts'
import type { ImportKind } from '../../contract.ts'
import { codeLists, fields, kinds, type Field, type KindPolicy } from '../../policy/policy.ts'
import { decideKind, fieldsOfKind } from '../../rules/recognise-kind.ts'
import { registryErrors } from '../errors.ts'

/** A sheet whose header was understood. `asOf`: the day of export written above the header. */
export interface OpenSheet {
  sheet: string
  kind: ImportKind
  policy: KindPolicy
  header: Header
  map: ColumnMap
  asOf: string | undefined
}

const allLabels = [...new Set(fields.flatMap((field) => [field.zh, ...field.aliases]))]
const sampleRows = 300

/**
 * Understands a sheet by its first block: header, kind by its columns, fields by label and alias. `undefined` for a sheet without a
 * header (a cover). Throws `registry.unknown-kind`, `registry.other-kind` and the `sheets.*` errors of mapping.
 */
export function openSheet(block: RowBlock, given: { kind?: ImportKind | undefined; fileName: string }): OpenSheet | undefined {
  const header = findHeader(block, allLabels)
  if (header === undefined) return undefined
  const samples = block.rows.filter((row) => judgeRow(header, row) === undefined).slice(0, sampleRows)
  const keysOf = (kind: ImportKind): ReadonlySet<string> => {
    const known = new Set(header.columns.flatMap((column) => column.forms))
    const policy = getPolicy(kind)
    const named = fieldsOfKind(fields, policy).filter((field) => [field.zh, ...field.aliases].some((label) => known.has(labelKey(label))))
    return new Set(named.map((field) => field.key))
  }
  const found = decideKind({ keysOf, fileName: given.fileName }, kinds)
  const kind = found ?? given.kind
  if (kind === undefined) throw registryErrors.unknownKind({ seen: header.columns.slice(0, 30).map((column) => column.label) })
  if (given.kind !== undefined && kind !== given.kind) throw registryErrors.otherKind({ said: given.kind, found: kind })
  const policy = getPolicy(kind)
  const wanted = fieldsOfKind(fields, policy).map((field) => toWanted(field, policy))
  const map = mapColumns({ header, fields: wanted, samples, refuseLostTail: true })
  // A column known only by its values is good enough for what must be there, not for what may be.
  map.columns = map.columns.filter((column) => column.how !== 'pattern' || policy.required.includes(column.key))
  return { sheet: block.sheet, kind, policy, header, map, asOf: findExportDay(block, header) }
}

/** Whether a refusal says that a sheet is no data sheet at all, so that another sheet of the file may be. */
export function isOtherSheet(fault: unknown): boolean {
  return isNamedError(fault) && fault.code === 'registry.unknown-kind'
}

function getPolicy(kind: ImportKind): KindPolicy {
  const policy = kinds.find((one) => one.kind === kind)
  if (policy === undefined) throw new Error(`policy/kinds.json does not know ${kind}`)
  return policy
}

const patterns: Partial<Record<Field['type'], ValuePattern>> = {
  idNumber: 'idNumber',
  phone: 'phone',
  date: 'day',
  money: 'money',
  boolean: 'yesNo',
}

function toWanted(field: Field, policy: KindPolicy): WantedField {
  const pattern = field.key === 'name' ? 'name' : patterns[field.type]
  const list = field.codeList === undefined ? undefined : codeLists[field.codeList]
  const codes = field.type === 'enum' ? list?.codes.flatMap((code) => [code.zh, ...code.aliases]) : undefined
  return {
    key: field.key,
    labels: [field.zh],
    aliases: field.aliases,
    required: policy.required.includes(field.key),
    ...(pattern === undefined ? {} : { pattern }),
    ...(codes === undefined ? {} : { codes }),
  }
}

/** 导出时间 or another day in the titles above the header. */
function findExportDay(block: RowBlock, header: Header): string | undefined {
  for (const row of block.rows) {
    if (row.row >= header.top) return undefined
    for (const cell of row.cells) {
      const written = /\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?/.exec(cell)?.[0]
      const day = written === undefined ? undefined : parseDay(written)
      if (day !== undefined) return day
    }
  }
  return undefined
}
