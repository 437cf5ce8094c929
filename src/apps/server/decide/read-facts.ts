import { existsSync, readFileSync, statSync } from 'node:fs'
import { openSheetFile, readSheetsSandboxed } from '#kernel/server/sheets/index.ts'
import type { NeededInput } from '#kernel/pure/decisions/index.ts'
import { plainName, type Json, type Value } from '#kernel/pure/expressions/index.ts'
import { decideErrors, decodeText } from './read-model.ts'
import { readCell, readJsonFact } from './read-cell.ts'

/** A cell that is not of its fact's type; the fact is unknown. */
export interface UnreadableCell {
  readonly row: number
  readonly fact: string
  readonly cell: string
  readonly type: string
}

/** The facts of many records: one list of values for each fact that was found, by the name that the model uses. */
export interface GivenFacts {
  /** Rows of the sheet, or places in the list, counted from 1. */
  readonly rows: number[]
  readonly columns: Record<string, Value[]>
  /** What stood in the file, by its own heading, for the file that comes out. */
  readonly shown: { readonly headings: string[]; readonly cells: string[][] }
  /** Facts that the model needs and the file does not have. */
  readonly absent: string[]
  readonly unreadable: UnreadableCell[]
}

const mostRemarks = 1_000
const mostJsonBytes = 256 * 1024 ** 2

/** Reads facts from JSON (a list of objects, or one) or from a sheet whose heading names them. Throws `decide.*` and `sheets.*`. */
export async function readFacts(path: string, inputs: readonly NeededInput[]): Promise<GivenFacts> {
  if (!existsSync(path) || !statSync(path).isFile()) throw decideErrors.noFile({ path })
  return /\.json$/i.test(path) ? readJsonFacts(path, inputs) : readSheetFacts(path, inputs)
}

interface Column {
  readonly at: number
  readonly name: string
  readonly type: NeededInput['type']
}

async function readSheetFacts(path: string, inputs: readonly NeededInput[]): Promise<GivenFacts> {
  const reading = readSheetsSandboxed(await openSheetFile({ path }))
  let facts: GivenFacts | undefined
  let columns: Column[] = []
  let sheet: string | undefined
  for await (const block of reading) {
    sheet ??= block.sheet
    if (block.sheet !== sheet) break
    for (const { row, cells } of block.rows) {
      if (cells.every((cell) => cell.trim() === '')) continue
      if (facts === undefined) {
        columns = columnsOf(cells, inputs)
        // Titles may stand above the heading; the heading is the first row that names a fact.
        if (columns.length === 0 && inputs.length > 0) continue
        facts = emptyFacts(cells, columns, inputs)
      } else addRow(facts, columns, { row, cells })
    }
  }
  if (facts === undefined || facts.rows.length === 0) throw decideErrors.noFacts({ names: inputs.map((input) => input.name).join('、') })
  return facts
}

/** The columns whose heading is a fact, or a part of one (`家庭.人口`). */
function columnsOf(cells: readonly string[], inputs: readonly NeededInput[]): Column[] {
  return cells.flatMap((cell, at) => {
    const heading = plainName(cell.trim())
    const input = inputs.find((one) => plainName(one.name) === heading)
    if (input !== undefined) return [{ at, name: input.name, type: input.type }]
    const whole = inputs.find((one) => cell.trim().startsWith(`${one.name}.`))
    return whole === undefined ? [] : [{ at, name: cell.trim(), type: partType(whole.type, cell.trim().slice(whole.name.length + 1)) }]
  })
}

function partType(type: NeededInput['type'], path: string): NeededInput['type'] {
  const [first = '', ...rest] = path.split('.')
  const found = typeof type === 'object' && 'context' in type ? (type.context[first] ?? 'Any') : 'Any'
  return rest.length === 0 ? found : partType(found, rest.join('.'))
}

function emptyFacts(headings: readonly string[], columns: readonly Column[], inputs: readonly NeededInput[]): GivenFacts {
  const has = (name: string) => columns.some((column) => column.name === name || column.name.startsWith(`${name}.`))
  return {
    rows: [],
    columns: Object.fromEntries(columns.map((column) => [column.name, []])),
    shown: { headings: headings.map((heading) => heading.trim()), cells: [] },
    absent: inputs.filter((input) => !has(input.name)).map((input) => input.name),
    unreadable: [],
  }
}

function addRow(facts: GivenFacts, columns: readonly Column[], { row, cells }: { row: number; cells: readonly string[] }): void {
  facts.rows.push(row)
  facts.shown.cells.push(facts.shown.headings.map((_, at) => cells[at] ?? ''))
  for (const column of columns) {
    const cell = cells[column.at] ?? ''
    put(facts, column, { row, value: readCell(cell, column.type), cell })
  }
}

function put(facts: GivenFacts, { name, type }: Column, found: { row: number; value: Value | undefined; cell: string }): void {
  facts.columns[name]?.push(found.value ?? null)
  if (found.value !== undefined || facts.unreadable.length >= mostRemarks) return
  facts.unreadable.push({ row: found.row, fact: name, cell: found.cell.slice(0, 40), type: typeof type === 'string' ? type : 'list' })
}

type JsonObject = Readonly<Record<string, Json>>

function readJsonFacts(path: string, inputs: readonly NeededInput[]): GivenFacts {
  const megabytes = Math.ceil(statSync(path).size / 1024 ** 2)
  if (statSync(path).size > mostJsonBytes) throw decideErrors.tooLarge({ megabytes, limit: mostJsonBytes / 1024 ** 2 })
  const records = parseRecords(decodeText(readFileSync(path)).replace(/^\ufeff/, ''))
  if (records.length === 0) throw decideErrors.noFacts({ names: inputs.map((input) => input.name).join('、') })
  const headings = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const columns = columnsOf(headings, inputs)
  const facts = emptyFacts(headings, columns, inputs)
  for (const [place, record] of records.entries()) {
    facts.rows.push(place + 1)
    facts.shown.cells.push(headings.map((heading) => textOf(record[heading])))
    for (const column of columns) {
      const json = record[headings[column.at] ?? ''] ?? null
      put(facts, column, { row: place + 1, value: readJsonFact(json, column.type), cell: textOf(json) })
    }
  }
  return facts
}

function parseRecords(text: string): JsonObject[] {
  let parsed: Json
  try {
    // Safe: what JSON.parse gives is Json.
    parsed = JSON.parse(text) as Json
  } catch (fault) {
    throw decideErrors.notJson({ reason: fault instanceof Error ? fault.message.slice(0, 200) : '' })
  }
  const list = Array.isArray(parsed) ? parsed : [parsed]
  if (!list.every(isObject)) throw decideErrors.notJson({ reason: '应为对象的列表 · a list of objects is expected' })
  return list
}

function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function textOf(json: Json | undefined): string {
  return json === undefined || json === null ? '' : typeof json === 'string' ? json : JSON.stringify(json)
}
