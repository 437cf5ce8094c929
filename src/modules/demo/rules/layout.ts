import { listForms, type ListForm, type ListName } from '../policy/lists.ts'
import { county } from '../policy/places.ts'
import type { Random } from './random.ts'

/** How one department writes one list, for all months. */
export interface Layout {
  list: ListName
  file: string
  format: 'csv' | 'xlsx' | 'xls'
  encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'gb18030'
  delimiter: ',' | '\t'
  lineEnd: '\r\n' | '\n'
  titles: string[]
  columns: { key: string; label: string }[]
  /** Keys under a joint label in a header of two rows. */
  over: { label: string; keys: readonly string[] } | undefined
  sheet: string
  /** A sheet per school or township. */
  split: boolean
  cover: boolean
  hiddenSheet: boolean
  total: boolean
  notes: boolean
  sharedStrings: boolean
  /** Share of identity numbers typed as numbers (workbooks only). */
  numberIds: number
  dateStyle: '-' | '/' | '.' | '' | '年'
  /** Township and village in two columns, or inside an address column. */
  place: 'cells' | 'address'
}

const cellPlaces: readonly ListName[] = ['medical', 'dibao', 'housing']

/** Draws the layout of a list; another seed writes other files. `formats` says which formats are still free to use. */
export function drawLayout(random: Random, list: ListName, forced: { legacy: boolean; numberIds: boolean }): Layout {
  const form = listForms[list]
  const format = forced.legacy ? 'xls' : forced.numberIds || list === 'education' || random.chance(0.62) ? 'xlsx' : 'csv'
  const book = format !== 'csv'
  const place = cellPlaces.includes(list) && random.chance(0.3) ? 'address' : 'cells'
  const over = book && form.over !== undefined && random.chance(0.6) ? form.over : undefined
  const delimiter = random.chance(0.7) ? ',' : '\t'
  return {
    list,
    file: `${random.pick(form.files)}.${format === 'csv' && delimiter === '\t' && random.chance(0.5) ? 'txt' : format}`,
    format,
    encoding: random.pick(['utf-8', 'utf-8-bom', 'utf-16le', 'gb18030', 'gb18030'] as const),
    delimiter,
    lineEnd: random.chance(0.7) ? '\r\n' : '\n',
    titles: drawTitles(random, form, book),
    columns: drawColumns(random, form, { over, place }),
    over,
    sheet: random.pick(form.sheets),
    split: list === 'education' || (format === 'xlsx' && cellPlaces.includes(list) && random.chance(0.25)),
    cover: format === 'xlsx' && random.chance(0.25),
    hiddenSheet: format === 'xlsx' && random.chance(0.25),
    total: form.totalled !== undefined && random.chance(0.8),
    notes: book && random.chance(0.3),
    sharedStrings: random.chance(0.6),
    numberIds: forced.numberIds ? random.between(50, 85) / 100 : 0,
    dateStyle: random.pick(['-', '-', '/', '.', '', '年'] as const),
    place,
  }
}

function drawTitles(random: Random, form: ListForm, book: boolean): string[] {
  const count = book
    ? random.weighted([[0, 25] as const, [1, 30] as const, [2, 20] as const, [3, 15] as const, [4, 10] as const])
    : random.chance(0.2)
      ? 1
      : 0
  const lines = [random.pick(form.titles).replace('{county}', county.county), '统计时间：{month}', '填报单位：示例单位', '']
  return lines.slice(0, count)
}

function drawColumns(random: Random, form: ListForm, drawn: { over: Layout['over']; place: Layout['place'] }): Layout['columns'] {
  const kept = Object.entries(form.columns).flatMap(([key, labels]) => {
    const optional = key.endsWith('?')
    if (optional && random.chance(0.35)) return []
    return [{ key: optional ? key.slice(0, -1) : key, label: random.pick(labels.split('|')) }]
  })
  const placed =
    drawn.place === 'cells'
      ? kept
      : kept.flatMap((column) =>
          column.key === 'village'
            ? []
            : column.key === 'township'
              ? [{ key: 'address', label: random.pick(['家庭住址', '户籍地址', '住址']) }]
              : [column],
        )
  if (drawn.over === undefined) return random.chance(0.5) ? placed : swapSome(random, placed)
  const over = drawn.over
  const isUnder = (column: { key: string }): boolean => over.keys.includes(column.key)
  const before = placed.filter((column) => !isUnder(column))
  const cut = Math.max(1, random.between(before.length - 2, before.length))
  return [...before.slice(0, cut), ...placed.filter(isUnder), ...before.slice(cut)]
}

/** A serial number stays first; two to four other columns change places. */
function swapSome(random: Random, columns: Layout['columns']): Layout['columns'] {
  const fixed = columns[0]?.key === 'serial' ? columns.slice(0, 1) : []
  const rest = columns.slice(fixed.length)
  const cut = random.between(1, Math.max(1, rest.length - 1))
  return random.chance(0.5) ? [...fixed, ...rest.slice(cut), ...rest.slice(0, cut)] : [...fixed, ...random.shuffled(rest)]
}
