import { emptyGrid, type Book, type Cell, type Grid } from '../corpus/book.ts'
import { pick, type Chance } from '../chance.ts'

/** Texts that have broken readers, databases or spreadsheets before. */
export const evilTexts: readonly string[] = [
  '\0',
  '张\0三',
  '\uD800',
  'a\uDFFFb',
  '\\N',
  '\\.',
  'a\tb\nc\rd',
  '"',
  "'; DROP TABLE registry.person; --",
  '=HYPERLINK("http://a/b","x")',
  '@SUM(1)',
  '\u202e户主',
  '😀'.repeat(300),
  '__proto__',
  'constructor',
  '1e999',
  'NaN',
  '-Infinity',
  '9'.repeat(400),
  '−１２３．４５',
  '\uFFFF\uFFFE',
  '0x1F',
  '2026-02-30',
  '0000-00-00',
  '99999999',
  '{"a":1}',
  '长'.repeat(40_000),
  ' ',
  '\u00a0\u200b\ufeff',
]

export type SpoilBook = (book: Book, chance: Chance) => void

const gridOf = (book: Book, chance: Chance): Grid => pick(chance, book.grids)
const rowOf = (grid: Grid, chance: Chance): Cell[] => grid.rows[chance(Math.max(1, grid.rows.length))] ?? []
const isId = (cell: Cell): cell is string => typeof cell === 'string' && /^\d{17}[\dX]$/.test(cell)
const isLong = (cell: Cell): cell is string => typeof cell === 'string' && /^\d{12,18}$/.test(cell)
const headerOf = (grid: Grid): Cell[] => grid.rows.find((row) => row.filter((cell) => cell !== '').length > 4) ?? []

function eachCell(book: Book, change: (cell: Cell, row: number) => Cell): void {
  for (const grid of book.grids) grid.rows = grid.rows.map((row, at) => row.map((cell) => change(cell, at)))
}

/** Ways to spoil a workbook before it is written. */
export const bookSpoilers: Readonly<Record<string, SpoilBook>> = {
  idsAsNumbers: (book, chance) => {
    const every = chance(3) + 1
    eachCell(book, (cell, row) =>
      isId(cell) && row % every === 0 ? { number: Number(cell.slice(0, 15).padEnd(18, '0')), look: 'whole' } : cell,
    )
  },
  idsScientific: (book) => eachCell(book, (cell) => (isId(cell) ? `${cell.slice(0, 1)}.${cell.slice(1, 6)}E+17` : cell)),
  idsWide: (book) =>
    eachCell(book, (cell) => (isId(cell) ? cell.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)) : cell)),
  idsOf15: (book) => eachCell(book, (cell) => (isId(cell) ? cell.slice(0, 6) + cell.slice(8, 17) : cell)),
  idsSwapped: (book, chance) => eachCell(book, (cell) => (isId(cell) && chance(3) === 0 ? cell.slice(0, 17) + String(chance(10)) : cell)),
  numbersCut: (book, chance) => eachCell(book, (cell) => (isLong(cell) && chance(4) === 0 ? cell.slice(0, chance(cell.length)) : cell)),
  numbersAlike: (book, chance) => {
    const one = pick(chance, ['990301', '0', '-1', '1e17', '９９０３'])
    eachCell(book, (cell) => (isLong(cell) && chance(6) === 0 ? one : cell))
  },
  evilCell: (book, chance) => {
    for (let times = chance(6) + 1; times > 0; times -= 1) {
      const row = rowOf(gridOf(book, chance), chance)
      row[chance(Math.max(1, row.length))] = pick(chance, evilTexts)
    }
  },
  evilColumn: (book, chance) => {
    const grid = gridOf(book, chance)
    const column = chance(Math.max(1, headerOf(grid).length))
    const text = pick(chance, evilTexts)
    for (const row of grid.rows.slice(grid.rows.indexOf(headerOf(grid)) + 1)) if (row.length > column) row[column] = text
  },
  evilLabel: (book, chance) => {
    const header = headerOf(gridOf(book, chance))
    header[chance(Math.max(1, header.length))] = pick(chance, evilTexts)
  },
  sameLabels: (book, chance) => {
    const header = headerOf(gridOf(book, chance))
    header[chance(Math.max(1, header.length))] = header[chance(Math.max(1, header.length))] ?? ''
  },
  labelsSwapped: (book, chance) => {
    const header = headerOf(gridOf(book, chance))
    const [one, other] = [chance(Math.max(1, header.length)), chance(Math.max(1, header.length))]
    ;[header[one], header[other]] = [header[other] ?? '', header[one] ?? '']
  },
  columnGone: (book, chance) => {
    const column = chance(20)
    for (const grid of book.grids) grid.rows = grid.rows.map((row) => row.filter((_, at) => at !== column))
  },
  columnTwice: (book, chance) => {
    const column = chance(20)
    for (const grid of book.grids) grid.rows = grid.rows.map((row) => [...row, row[column] ?? ''])
  },
  rowsSlipped: (book, chance) => {
    for (const grid of book.grids) grid.rows = grid.rows.map((row) => (chance(4) === 0 ? ['', ...row] : row))
  },
  rowsTwice: (book, chance) => {
    for (const grid of book.grids) grid.rows = grid.rows.flatMap((row) => (chance(3) === 0 ? [row, [...row]] : [row]))
  },
  rowsShuffled: (book, chance) => {
    for (const grid of book.grids) grid.rows = [...grid.rows].sort(() => chance(3) - 1)
  },
  headerAgain: (book, chance) => {
    const grid = gridOf(book, chance)
    grid.rows.splice(chance(grid.rows.length), 0, [...headerOf(grid)])
  },
  titlesAbove: (book, chance) => {
    const grid = gridOf(book, chance)
    grid.rows.unshift(...Array.from({ length: chance(40) }, (_, at) => (at % 2 === 0 ? ['填报单位：示例'] : [])))
  },
  widest: (book, chance) => {
    rowOf(gridOf(book, chance), chance)[pick(chance, [16_383, 16_384, 300])] = '远'
    for (const grid of book.grids) grid.rows = grid.rows.map((row) => Array.from(row, (cell) => cell ?? ''))
  },
  hiddenSheet: (book) => {
    for (const grid of book.grids) grid.hidden = true
  },
  hiddenParts: (book, chance) => {
    for (const grid of book.grids) {
      grid.hiddenRows = grid.rows.flatMap((_, at) => (chance(3) === 0 ? [at] : []))
      grid.hiddenColumns = [chance(20), chance(20)]
    }
  },
  sheetsAlike: (book, chance) => {
    const grid = gridOf(book, chance)
    book.grids.push({ ...grid, name: pick(chance, [grid.name, '', 'a'.repeat(31), '../x', '历史[1]:*?']) })
  },
  emptySheets: (book) => book.grids.unshift(emptyGrid('封面'), emptyGrid('空')),
  nothing: (book) => {
    for (const grid of book.grids) grid.rows = []
  },
  onlyHeader: (book) => {
    for (const grid of book.grids) grid.rows = grid.rows.slice(0, grid.rows.indexOf(headerOf(grid)) + 1)
  },
  epoch1904: (book, chance) => {
    book.date1904 = true
    eachCell(book, (cell) =>
      typeof cell === 'string' && /^\d{4}-?\d\d-?\d\d$/.test(cell) ? { number: chance(60_000), look: 'day' } : cell,
    )
  },
  absurdDays: (book, chance) =>
    eachCell(book, (cell) =>
      typeof cell === 'string' && /^\d{4}-?\d\d-?\d\d$/.test(cell) && chance(3) === 0
        ? pick(chance, [2_958_466, -1, 1e15, '0001-01-01', '9999-12-31', '2026年13月40日'])
        : cell,
    ),
  formulas: (book, chance) =>
    eachCell(book, (cell) =>
      typeof cell === 'string' && chance(5) === 0
        ? { formula: pick(chance, ['A1&B1', '1/0', 'WEBSERVICE("http://a/")', '']), value: cell }
        : cell,
    ),
  merged: (book, chance) => {
    gridOf(book, chance).merges.push([0, 0, pick(chance, [3, 1_048_575]), pick(chance, [4, 16_383])])
  },
  emptyCells: (book, chance) => eachCell(book, (cell) => (chance(6) === 0 ? '' : cell)),
}
