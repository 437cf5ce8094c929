import type { Book, FileFormat } from '../corpus/book.ts'
import { endingOf, writeBook } from '../corpus/write-book.ts'
import { pick, type Chance } from '../chance.ts'
import type { Seed } from './seeds.ts'
import { bookSpoilers } from './spoil-book.ts'
import { byteSpoilers, directorySpoilers, entrySpoilers, looksLikeZip, spoilParts } from './spoil-bytes.ts'

/** A spoilt file, and how it came about. */
export interface Spoilt {
  fileName: string
  bytes: Buffer
  how: string[]
}

/** Names that may reach the importer; one with a NUL is refused at the door of the server. */
const names = ['../../x.xlsx', `${'名'.repeat(300)}.xlsx`, '\uD800.csv', '农户信息', '.xlsx', 'CON.xls', '\u202excl.slx', '-rf.csv']

/** Spoils a good file in one to three ways. */
export function spoil(seed: Seed, countyCode: string, chance: Chance): Spoilt {
  const how = [seed.name]
  const choose = <Way>(ways: Readonly<Record<string, Way>>): Way => {
    const name = pick(chance, Object.keys(ways))
    how.push(name)
    const way = ways[name]
    if (way === undefined) throw new RangeError(name)
    return way
  }
  let bytes: Buffer
  if ('bytes' in seed) bytes = seed.bytes
  else {
    const book = seed.makeBook(countyCode)
    for (let times = chance(3); times > 0; times -= 1) choose(bookSpoilers)(book, chance)
    const format = formatOf(seed.format, chance, how)
    // The writer of old workbooks holds its texts in one record.
    bytes = writeBook(book, format === 'xls' && textLength(book) > 25_000 ? 'xlsx' : format)
  }
  const isZip = looksLikeZip(bytes)
  const kind = chance(10)
  if (isZip && kind < 4) bytes = spoilParts(bytes, (entries) => choose(entrySpoilers)(entries, chance))
  if (isZip && kind === 4) bytes = choose(directorySpoilers)(bytes, chance)
  if (kind === 5 || (kind < 4 && !isZip && how.length < 2)) bytes = choose(byteSpoilers)(bytes, chance)
  return { fileName: nameOf(seed, chance, how), bytes, how }
}

function textLength(book: Book): number {
  const cells = book.grids.flatMap((grid) => grid.rows.flat())
  return cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 0), 0)
}

/** Now and then another program's bytes under the same name. */
function formatOf(format: FileFormat, chance: Chance, how: string[]): FileFormat {
  if (chance(12) !== 0) return format
  const other = pick(chance, ['xls', 'html-utf8', 'spreadsheetml', 'csv-utf16', 'xlsx'] as const)
  how.push(`written as ${other}`)
  return other
}

function nameOf(seed: Seed, chance: Chance, how: string[]): string {
  if (chance(15) !== 0) return `${seed.fileName}.${endingOf(seed.format)}`
  const name = pick(chance, names)
  how.push(`named ${JSON.stringify(name).slice(0, 20)}`)
  return name
}
