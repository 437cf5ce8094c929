import { readFileSync } from 'node:fs'
import { listNames, type ListName } from '../../src/modules/demo/policy/lists.ts'
import { DemoPolicy } from '../../src/modules/demo/policy/policy.ts'
import { makeVillages } from '../../src/modules/demo/rules/areas.ts'
import type { Entry } from '../../src/modules/demo/rules/entry.ts'
import { makeHouseholds, nothingGiven } from '../../src/modules/demo/rules/people.ts'
import { randomFrom } from '../../src/modules/demo/rules/random.ts'
import { writeLists } from '../../src/modules/demo/server/write-lists.ts'
import type { CorpusCase, CorpusFile, FileFormat, TableTruth } from './book.ts'
import { drawFacts, type Facts } from './facts.ts'
import { layOut } from './lay-out.ts'
import { factsOf, mixedShapes } from './mixed.ts'
import { fillText, type Shape } from './shape.ts'
import { endingOf, writeBook } from './write-book.ts'
import { writtenShapes } from './written/index.ts'

const months = ['202603', '202604'] as const

/**
 * The corpus of ugly sheets: half of its shapes written down by hand, half put together by changes over the lists of an invented county.
 * Deterministic: the same bytes in every run. Nothing of it lies in the repository.
 */
export async function makeCorpus(): Promise<CorpusCase[]> {
  const county = await countyFacts()
  return [
    ...writtenShapes.map((shape) => makeCase(shape, 'written', (month) => drawnFacts(shape, month))),
    ...mixedShapes().map((shape) => makeCase(shape, 'mixed', (month) => county(shape, month))),
  ]
}

function makeCase(shape: Shape, origin: CorpusCase['origin'], factsFor: (month: string) => Facts[]): CorpusCase {
  const made = months.map((month) => makeFile(shape, month, inOrder(shape, factsFor(month))))
  const [first, second] = made
  if (first === undefined || second === undefined) throw new RangeError('corpus: two months are made')
  const features = Object.keys(shape).filter((key) => !['name', 'list', 'file', 'format', 'columns', 'rows', 'sheet'].includes(key))
  return {
    name: shape.name,
    origin,
    list: shape.list,
    sender: `sender of ${shape.name}`,
    format: shape.format,
    features,
    months: [first, second],
  }
}

/** Rows of one township stand together where the shape needs it. */
function inOrder(shape: Shape, facts: Facts[]): Facts[] {
  const placed = shape.mergedDown !== undefined || shape.parts !== undefined || shape.total?.startsWith('parts') === true
  const townshipOf = (row: Facts): string => (row['township'] !== undefined && 'text' in row['township'] ? row['township'].text : '')
  return placed
    ? [...facts].sort((one, other) => (townshipOf(one) < townshipOf(other) ? -1 : townshipOf(one) > townshipOf(other) ? 1 : 0))
    : facts
}

function drawnFacts(shape: Shape, month: string): Facts[] {
  const random = randomFrom(`corpus/${shape.name}/${month}`)
  const number = month === months[0] ? 0 : 200
  return Array.from({ length: shape.rows ?? 12 }, (_, at) => drawFacts(random, shape.list, month, number + at))
}

function makeFile(shape: Shape, month: string, facts: readonly Facts[]): CorpusFile {
  const random = randomFrom(`corpus/layout/${shape.name}`)
  const { book, tables } = layOut(shape, month, facts, random)
  const bytes = writeBook(book, shape.format)
  return { name: `${fillText(shape.file, month)}.${endingOf(shape.format)}`, month, bytes, tables: physical(tables, shape.format, bytes) }
}

/** In separated text rows are lines: a label with a line break takes two, and Excel's `sep=` line is the first. */
function physical(tables: TableTruth[], format: FileFormat, bytes: Buffer): TableTruth[] {
  // A page of tables has no sheets with names.
  if (format.startsWith('html')) return tables.map((table) => ({ ...table, sheet: '' }))
  if (!/^(csv|tsv|semicolon)/.test(format)) return tables
  // Line breaks and quotes are the same bytes in GB18030; the second byte of a character is never one of them.
  const text = bytes.toString(format.endsWith('utf16') ? 'utf16le' : 'latin1')
  const lines: number[] = []
  let line = 1
  let begins = true
  let quoted = false
  for (const sign of text) {
    if (begins) lines.push(line)
    begins = false
    if (sign === '"') quoted = !quoted
    if (sign !== '\n') continue
    line += 1
    begins = !quoted
  }
  const shift = format === 'csv-sep' ? 1 : 0
  const lineOf = (row: number): number => lines[row - 1 + shift] ?? 0
  return tables.map((table) => ({
    ...table,
    sheet: '',
    headerRows: [lineOf(table.headerRows[0]), lineOf(table.headerRows[1])],
    rows: table.rows.map((row) => ({ ...row, row: lineOf(row.row) })),
  }))
}

/** The lists of an invented county of 300 households, dense enough that every list has rows. */
async function countyFacts(): Promise<(shape: Shape, month: string) => Facts[]> {
  const file = new URL('../../src/modules/demo/policy/2026-01-01.json', import.meta.url)
  const baseline = DemoPolicy.parse(JSON.parse(readFileSync(file, 'utf8')))
  const rowsPerThousand = Object.fromEntries(Object.entries(baseline.rowsPerThousand).map(([list, rows]) => [list, Math.max(rows, 150)]))
  const policy = { ...baseline, rowsPerThousand, year: 2026 }
  const seed = 'corpus'
  const villages = makeVillages(randomFrom(`${seed}/areas`), 300)
  const given = nothingGiven()
  const households = makeHouseholds({ seed, villages, policy, given })
  const entries = new Map<string, readonly Entry[]>()
  // Nothing is written: only the rows are wanted, each sheet has its own look here.
  for await (const month of writeLists({ seed, months, policy, households, taken: given.idNumbers, place: () => Promise.resolve() }))
    for (const list of month)
      entries.set(
        `${list.list} ${list.month}`,
        list.placed.flatMap((placed) => placed.entry ?? []),
      )
  return ({ list, rows = 14, name }, month) => {
    if (!isListName(list)) throw new RangeError(`corpus: the county has no list ${list}`)
    const drawn = randomFrom(`corpus/rows/${name}/${month}`).shuffled(entries.get(`${list} ${month}`) ?? [])
    return drawn.slice(0, rows).map((entry) => factsOf(entry, month))
  }
}

function isListName(list: string): list is ListName {
  return listNames.some((name) => name === list)
}
