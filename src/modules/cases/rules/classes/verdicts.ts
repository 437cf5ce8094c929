import type { Facts } from '#kernel/pure/decisions/index.ts'
import { readDate } from '#kernel/pure/expressions/index.ts'
import { pickRecords } from './columns.ts'
import { countWords, type ClassCounts } from './count-classes.ts'
import { classColumns, judgeHouseholds, type ClassColumn, type JudgedColumn, type JudgingTable } from './judge-households.ts'

/** The tables of one area: of the county, or of a township that has a version of its own. */
export interface TablesOfArea {
  readonly areaPath: string
  readonly tables: readonly JudgingTable[]
  /** What stands for these tables and facts in what is kept. */
  readonly basis: string
  readonly factNames: readonly string[]
}

/** What all tables say of all households, each judged by the tables of its nearest area. */
export interface Verdicts {
  readonly count: number
  readonly columns: Readonly<Record<ClassColumn, { readonly words: readonly string[]; readonly codes: Int32Array }>>
  /** Place in `areas` of the tables by which a household was judged. */
  readonly areaOf: Uint16Array
  readonly areas: readonly TablesOfArea[]
  /** Rows that fired, one entry per table between `;`. */
  rowsOf(record: number): string
  /** `column:fact`, for want of which a column is undecided; `undefined`: nothing is. */
  missingOf(record: number): string[] | undefined
}

interface Judged {
  readonly area: TablesOfArea
  /** Place of a household among those of its area. */
  readonly columns: readonly JudgedColumn[]
}

/** Judges all households. `areas` are the county first, then areas below it, each after those that hold it. */
export function judgeAll(
  areas: readonly TablesOfArea[],
  subjects: { count: number; areaPaths: readonly string[]; facts: Facts; asOf: string },
): Verdicts {
  const { count, areaPaths, facts, asOf } = subjects
  const today = readDate(asOf)
  const areaOf = new Uint16Array(count)
  if (areas.length > 1) for (let record = 0; record < count; record += 1) areaOf[record] = nearest(areas, areaPaths[record] ?? '')
  const placeOf = new Int32Array(count)
  const judged = areas.map((area, at): Judged => {
    const places = areas.length === 1 ? undefined : recordsOf(areaOf, at)
    for (const [place, record] of places?.entries() ?? []) placeOf[record] = place
    const own = places === undefined ? facts : pickRecords(facts, places)
    return { area, columns: area.tables.map((table) => judgeHouseholds(table, { facts: own, count: places?.length ?? count, today })) }
  })
  const at = areas.length === 1 ? (record: number) => record : (record: number) => placeOf[record] ?? 0
  const columnsAt = (record: number) => judged[areaOf[record] ?? 0]?.columns ?? []
  return {
    count,
    areas,
    areaOf,
    columns: mergeColumns(judged, { count, areaOf, at }),
    rowsOf: (record) => {
      let text = ''
      for (const [table, column] of columnsAt(record).entries()) text += (table === 0 ? '' : ';') + column.rowsOf(at(record))
      return text
    },
    missingOf: (record) => {
      let missing: string[] | undefined
      for (const column of columnsAt(record))
        for (const fact of column.missing.get(at(record)) ?? []) (missing ??= []).push(`${column.column}:${fact}`)
      return missing
    },
  }
}

function nearest(areas: readonly TablesOfArea[], path: string): number {
  for (let at = areas.length - 1; at > 0; at -= 1) if (path.startsWith(areas[at]?.areaPath ?? ' ')) return at
  return 0
}

function recordsOf(areaOf: Uint16Array, wanted: number): Int32Array {
  const places: number[] = []
  for (const [record, area] of areaOf.entries()) if (area === wanted) places.push(record)
  return Int32Array.from(places)
}

/** One list of words for each column, whichever area judged. */
function mergeColumns(
  judged: readonly Judged[],
  { count, areaOf, at }: { count: number; areaOf: Uint16Array; at: (record: number) => number },
): Verdicts['columns'] {
  const columns = classColumns.map((name) => {
    const parts = judged.map(({ columns: own }) => own.find((column) => column.column === name))
    const [only] = parts
    if (parts.length === 1 && only !== undefined) return [name, { words: only.words, codes: only.codes }] as const
    const words = [...new Set(parts.flatMap((part) => part?.words ?? []))]
    const maps = parts.map((part) => part?.words.map((word) => words.indexOf(word)) ?? [])
    const codes = new Int32Array(count).fill(-1)
    for (let record = 0; record < count; record += 1) {
      const area = areaOf[record] ?? 0
      codes[record] = maps[area]?.[parts[area]?.codes[at(record)] ?? -1] ?? -1
    }
    return [name, { words, codes }] as const
  })
  // Safe: there is one entry for each name of the list.
  return Object.fromEntries(columns) as Record<ClassColumn, { words: string[]; codes: Int32Array }>
}

/** Counts of every column. */
export function countVerdicts({ columns }: Verdicts): Record<ClassColumn, ClassCounts> {
  const counts = classColumns.map((name) => [name, countWords(columns[name].words, columns[name].codes)] as const)
  // Safe: as above.
  return Object.fromEntries(counts) as Record<ClassColumn, ClassCounts>
}
