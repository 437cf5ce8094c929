import { fullMonthsBetween, readDay } from '#kernel/pure/time/index.ts'
import { listForms } from '../policy/lists.ts'
import { county } from '../policy/places.ts'
import type { Entry } from './entry.ts'
import type { Layout } from './layout.ts'
import { lastDay } from './months.ts'
import type { Random } from './random.ts'
import type { Cell, Sheet } from './sheet.ts'

/** Where a row stands in the file. `entry` is absent for totals, notes and rows of hidden sheets. `sheet` is empty for text files. */
export interface Placed {
  entry: Entry | undefined
  sheet: string
  row: number
}

/** A list of a month as its department writes it. */
export interface Rendered {
  sheets: (Sheet & { rows: Cell[][] })[]
  placed: Placed[]
}

/** Writes the rows of one list and month in the department's layout and says where each came to stand. */
export function renderList(random: Random, layout: Layout, list: { entries: readonly Entry[]; month: string }): Rendered {
  const rendered: Rendered = { sheets: [], placed: [] }
  if (layout.cover) rendered.sheets.push(coverSheet(layout, list.month))
  const parts = layout.split ? [...new Set(list.entries.map((entry) => entry.part))].sort() : [layout.sheet]
  for (const part of parts.length === 0 ? [layout.sheet] : parts) {
    const own = list.entries.filter((entry) => !layout.split || entry.part === part)
    const rows = [...own, ...own.flatMap((entry) => Array.from({ length: entry.copies - 1 }, () => entry))]
    const sheet = renderSheet(random, { layout, rows, month: list.month, name: part.replace('{month}', monthInWords(list.month)) })
    rendered.sheets.push(sheet.sheet)
    rendered.placed.push(...sheet.placed)
  }
  if (layout.hiddenSheet) {
    rendered.sheets.push(hiddenSheet(layout))
    rendered.placed.push({ entry: undefined, sheet: '历史数据', row: 2 })
  }
  return rendered
}

interface SheetPlan {
  layout: Layout
  rows: readonly Entry[]
  month: string
  name: string
}

function renderSheet(random: Random, plan: SheetPlan): { sheet: Rendered['sheets'][number]; placed: Placed[] } {
  const { layout, month } = plan
  const name = layout.format === 'csv' ? '' : plan.name
  const titles = layout.titles.map((line) => [line.replace('{month}', monthInWords(month))])
  const rows: Cell[][] = [...titles, ...headerRows(layout)]
  const placed: Placed[] = []
  for (const [at, entry] of plan.rows.entries()) {
    rows.push(layout.columns.map(({ key }) => cellOf(random, key, { entry, layout, month, serial: at + 1 })))
    placed.push({ entry, sheet: name, row: rows.length })
  }
  const last: Cell[][] = []
  if (layout.total) last.push(totalRow(layout, plan.rows))
  if (layout.notes) last.push(['注：本表由示例单位填报，数据截至当月末。'], ['填表人：示例　　审核人：示例'])
  for (const row of last) {
    rows.push(row)
    placed.push({ entry: undefined, sheet: name, row: rows.length })
  }
  return { sheet: { name: plan.name, sharedStrings: layout.sharedStrings, merges: mergesOf(layout), rows }, placed }
}

function headerRows(layout: Layout): Cell[][] {
  const { over, columns } = layout
  const labels = columns.map((column) => column.label)
  if (over === undefined) return [labels]
  const under = columns.map((column) => over.keys.includes(column.key))
  const first = under.indexOf(true)
  return [
    labels.map((label, at) => (at === first ? over.label : under[at] === true ? '' : label)),
    labels.map((label, at) => (under[at] === true ? label : '')),
  ]
}

function mergesOf(layout: Layout): [string, string][] {
  const { over, columns, titles } = layout
  const letter = (index: number): string => String.fromCharCode(65 + index)
  const last = letter(columns.length - 1)
  const merges = titles.flatMap((line, at): [string, string][] => (line === '' ? [] : [[`A${at + 1}`, `${last}${at + 1}`]]))
  if (over === undefined) return merges
  const row = titles.length + 1
  const under = columns.flatMap((column, at) => (over.keys.includes(column.key) ? [at] : []))
  const beside = columns.flatMap((_, at): [string, string][] =>
    under.includes(at) ? [] : [[`${letter(at)}${row}`, `${letter(at)}${row + 1}`]],
  )
  return [...merges, [`${letter(under[0] ?? 0)}${row}`, `${letter(under[under.length - 1] ?? 0)}${row}`], ...beside]
}

interface CellPlan {
  entry: Entry
  layout: Layout
  month: string
  serial: number
}

function cellOf(random: Random, key: string, plan: CellPlan): Cell {
  const { entry, layout, month } = plan
  const { subject, written, values } = entry
  if (key === 'serial') return numeric(layout, plan.serial)
  if (key === 'id') return written.idCell
  if (key === 'name') return written.nameCell
  if (key === 'township' || key === 'village' || key === 'group' || key === 'phone') return subject[key]
  if (key === 'address') return addressOf(entry)
  if (key === 'guardian') return subject.person?.household.members[0]?.name ?? ''
  if (key === 'months') return numeric(layout, monthsSince(String(values.lostOn), month))
  if (key === 'asOf') return writeDay(lastDay(month), layout.dateStyle)
  const value = values[key] ?? ''
  if (entry.list === 'bank' && typeof value === 'number')
    return key === 'days' ? random.pick([String(value), ` ${value} `, `${value}天`]) : writeMoney(random, value)
  if (typeof value === 'number') return layout.format === 'csv' && entry.list === 'medical' ? value.toFixed(2) : numeric(layout, value)
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? writeDay(value, layout.dateStyle) : value
}

/** An address written short or long; the same for every copy of a row, which must stay identical. */
function addressOf({ key, subject }: Entry): string {
  if (subject.village === '外县') return '外县'
  const prefixes = [county.county, '', county.prefecture + county.county]
  return `${prefixes[key.charCodeAt(key.length - 2) % 3] ?? ''}${subject.township}${subject.village}${subject.group}`
}

/** Full months from the loss of work to the end of the list's month. */
export function monthsSince(lostOn: string, month: string): number {
  const [from, to] = [readDay(lostOn), readDay(lastDay(month))]
  return from === undefined || to === undefined ? 0 : Math.max(0, fullMonthsBetween(from, to))
}

function numeric(layout: Layout, value: number): Cell {
  return layout.format === 'csv' ? String(value) : value
}

function writeMoney(random: Random, value: number): string {
  const plain = value.toFixed(2)
  const commas = plain.replace(/\B(?=(\d{3})+\.)/g, ',')
  return random.pick([plain, commas, `${plain.replace(/\.00$/, '')}元`, `${value / 10_000}万元`])
}

function writeDay(day: string, style: Layout['dateStyle']): string {
  const [year = '', month = '', date = ''] = day.split('-')
  if (style === '年') return `${year}年${Number(month)}月${Number(date)}日`
  if (style === '.') return `${year}.${Number(month)}.${Number(date)}`
  return [year, month, date].join(style)
}

function totalRow(layout: Layout, entries: readonly Entry[]): Cell[] {
  const summed = listForms[layout.list].business
  const sumOf = (key: string): number => entries.reduce((sum, entry) => sum + Number(entry.values[key] ?? 0) * entry.copies, 0)
  return layout.columns.map(({ key }, at) =>
    at === 0 ? '合计' : summed.includes(key) ? numeric(layout, Math.round(sumOf(key) * 100) / 100) : '',
  )
}

function coverSheet(layout: Layout, month: string): Rendered['sheets'][number] {
  return {
    name: '封面',
    sharedStrings: layout.sharedStrings,
    rows: [[], [`${county.county}数据报送（示例）`], [`所属月份：${monthInWords(month)}`], ['本表为模拟数据']],
  }
}

function hiddenSheet(layout: Layout): Rendered['sheets'][number] {
  const marked = layout.columns.find(({ key }) => key === 'name')?.key ?? layout.columns[0]?.key
  const old = layout.columns.map(({ key }): Cell => (key === marked ? '旧数据' : ''))
  return { name: '历史数据', hidden: true, sharedStrings: layout.sharedStrings, rows: [layout.columns.map((column) => column.label), old] }
}

function monthInWords(month: string): string {
  return `${month.slice(0, 4)}年${Number(month.slice(4))}月`
}
