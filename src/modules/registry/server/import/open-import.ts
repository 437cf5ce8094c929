import { isNamedError } from '#kernel/pure/errors/index.ts'
import { parseDay } from '#kernel/pure/time/index.ts'
import {
  correctColumns,
  findHeader,
  guessHeader,
  judgeRow,
  labelKey,
  mapColumns,
  type ColumnMap,
  type ColumnMemory,
  type Header,
  type KnownTable,
  type RowBlock,
  type ValuePattern,
  type WantedField,
} from '#kernel/pure/tables/index.ts'
import { sheetErrors } from '#kernel/server/sheets/index.ts'
import type { ImportKind } from '../../contract.ts'
import { codeLists, fields, kinds, type Field, type KindPolicy } from '../../policy/policy.ts'
import { decideKind, fieldsOfKind } from '../../rules/recognise-kind.ts'
import { registryErrors } from '../errors.ts'

/** A table of a sheet whose header was understood. `asOf`: the day of export written above the header. */
export interface OpenSheet extends KnownTable {
  sheet: string
  kind: ImportKind
  policy: KindPolicy
  asOf: string | undefined
}

/** What is known of a file besides its cells. */
export interface OpenInput {
  kind?: ImportKind | undefined
  fileName: string
  /** Column (from 0) → field key as chosen by hand for this file; an empty key keeps the column out. */
  mapping?: Readonly<Record<string, string>> | undefined
  /** How this sender's last file of a kind was mapped. */
  memoryOf?: ((kind: ImportKind) => ColumnMemory | undefined) | undefined
}

/** Every label under which a field of the register may stand. */
export const allLabels: readonly string[] = [...new Set(fields.flatMap((field) => [field.zh, ...field.aliases]))]
const sampleRows = 300

/**
 * Understands a table by its first rows: header, kind by its columns, fields by hand, memory, label and alias. `undefined` for a sheet
 * without a header (a cover). Throws `registry.unknown-kind`, `registry.other-kind` and the `sheets.*` errors of mapping.
 */
export function openSheet(block: RowBlock, given: OpenInput): OpenSheet | undefined {
  const header = findHeader(block, allLabels)
  if (header === undefined) return undefined
  const kind = kindOf(header, given)
  if (kind === undefined) throw registryErrors.unknownKind({ seen: header.columns.slice(0, 30).map((column) => column.label) })
  if (given.kind !== undefined && kind !== given.kind) throw registryErrors.otherKind({ said: given.kind, found: kind })
  const { policy, wanted, map } = mapHeader(block, header, { ...given, kind })
  const missing = wanted.filter((field) => field.required === true && !map.columns.some((column) => column.key === field.key))
  if (missing.length > 0) {
    const seen = header.columns.slice(0, 60).map((column) => column.label)
    throw sheetErrors.missingColumns({ columns: missing.map((field) => field.labels[0] ?? field.key), seen, sheet: header.sheet })
  }
  return { sheet: block.sheet, kind, policy, header, map, fields: wanted, asOf: findExportDay(block, header) }
}

/** What can be said of the columns of a table that could not be opened, so that a person may map them; `undefined` without a header. */
export function lookAtSheet(block: RowBlock, given: OpenInput): Pick<OpenSheet, 'sheet' | 'header' | 'map'> | undefined {
  const header = findHeader(block, allLabels) ?? guessHeader(block)
  if (header === undefined) return undefined
  const kind = kindOf(header, given)
  const empty: ColumnMap = { columns: [], unused: [], missing: [], lostTail: [], unsure: [] }
  try {
    return { sheet: block.sheet, header, map: kind === undefined ? empty : mapHeader(block, header, { ...given, kind }).map }
  } catch {
    return { sheet: block.sheet, header, map: empty } // cells beside their labels: the labels are all that can be shown
  }
}

/** What a person said of the kind counts where the columns do not tell; a hand-made mapping is about that kind. */
function kindOf(header: Header, given: OpenInput): ImportKind | undefined {
  const keysOf = (kind: ImportKind): ReadonlySet<string> => {
    const known = new Set(header.columns.flatMap((column) => column.forms))
    const named = fieldsOfKind(fields, getPolicy(kind)).filter((field) =>
      [field.zh, ...field.aliases].some((label) => known.has(labelKey(label))),
    )
    const remembered = Object.entries(given.memoryOf?.(kind)?.fields ?? {}).flatMap(([key, column]) =>
      column !== null && known.has(labelKey(column.label)) ? [key] : [],
    )
    return new Set([...named.map((field) => field.key), ...remembered])
  }
  const isByHand = Object.keys(given.mapping ?? {}).length > 0
  if (isByHand && given.kind !== undefined) return given.kind
  return decideKind({ keysOf, fileName: given.fileName }, kinds) ?? given.kind
}

function mapHeader(
  block: RowBlock,
  header: Header,
  given: OpenInput & { kind: ImportKind },
): { policy: KindPolicy; wanted: WantedField[]; map: ColumnMap } {
  const policy = getPolicy(given.kind)
  const wanted = fieldsOfKind(fields, policy).map((field) => toWanted(field, policy))
  const samples = block.rows.filter((row) => judgeRow(header, row) === undefined).slice(0, sampleRows)
  const found = mapColumns({
    header,
    fields: wanted.map((field) => ({ ...field, required: false })), // judged when the hand has spoken
    samples,
    refuseLostTail: true,
    remembered: given.memoryOf?.(given.kind),
  })
  // A column known only by its values is good enough for what must be there, not for what may be.
  found.columns = found.columns.filter((column) => column.how !== 'pattern' || policy.required.includes(column.key))
  return { policy, wanted, map: byHand(found, header, given.mapping) }
}

/** Lays a hand-made mapping over what was found: named columns hold what was said, or nothing. */
function byHand(map: ColumnMap, header: Header, mapping: OpenInput['mapping']): ColumnMap {
  const chosen = Object.entries(mapping ?? {}).map(([column, key]) => ({ column: Number(column), key }))
  if (chosen.length === 0) return map
  const said: Record<string, number | null> = {}
  for (const { column, key } of chosen) {
    const held = map.columns.find((one) => one.column === column)
    if (held !== undefined && held.key !== key) said[held.key] ??= null
  }
  for (const { column, key } of chosen) if (key !== '') said[key] = column
  return correctColumns(map, header, said)
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
