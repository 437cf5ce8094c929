import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { writeFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { makeId } from '../../src/kernel/pure/ids/index.ts'
import type { Download } from '../../src/kernel/server/http/index.ts'
import { openSheetFile, readSheets } from '../../src/kernel/server/sheets/index.ts'
import { keyGroupOf } from '../../src/modules/ledgers/rules/field-kinds.ts'
import type { OpenTemplate } from '../../src/modules/ledgers/rules/open-template.ts'
import type { FieldValue, RecordItem, RecordRecord } from '../../src/modules/ledgers/rules/records.ts'
import type { Field } from '../../src/modules/ledgers/rules/template.ts'
import { exportRecords } from '../../src/modules/ledgers/server/export-records.ts'
import { printRecord, printRecords } from '../../src/modules/ledgers/server/print-records.ts'
import { searchRecords } from '../../src/modules/ledgers/server/read-records.ts'
import type { LedgerDeps } from '../../src/modules/ledgers/server/work-out.ts'
import { textOf as textOfAnswer } from '../access/unpack.ts'
import type { Inside } from './walker.ts'

/** What an order compares of a record; undefined stands last. */
function orderOf(open: OpenTemplate, by: string): (item: RecordItem) => Buffer | number | undefined {
  const text = (value: string | undefined) => (value === undefined ? undefined : Buffer.from(value))
  if (by === 'no') return (item) => text(item.recordNo)
  if (by === 'state') return (item) => text(item.state)
  if (by === 'area') return (item) => text(item.areaPath)
  if (by === 'title') return (item) => text(item.title)
  if (by === 'due')
    return (item) => (open.states.get(item.state)?.settled === true || item.dueOn === undefined ? undefined : Date.parse(item.dueOn))
  const kind = open.fields.get(by)?.kind
  const isNumber = kind === 'number' || kind === 'money'
  return (item) => {
    const value: FieldValue | undefined = item.values[by]
    if (typeof value === 'boolean') return text(String(value))
    if (typeof value === 'string') return isNumber ? Number(value) : text(value)
    return typeof value === 'object' && value !== null && 'id' in value ? text(value.id) : undefined
  }
}

function isInOrder(one: Buffer | number | undefined, other: Buffer | number | undefined, descending: boolean): boolean {
  if (other === undefined) return true
  if (one === undefined) return false
  const order = Buffer.isBuffer(one) && Buffer.isBuffer(other) ? Buffer.compare(one, other) : Number(one) - Number(other)
  return descending ? order >= 0 : order <= 0
}

/** Each order that is offered has all records, in that order, what is empty last; also page by page. Returns how many orders. */
export async function expectOrders(ctx: Inside, open: OpenTemplate, records: readonly RecordRecord[]): Promise<number> {
  const templateKey = open.template.key
  const offered = open.template.list.offered.filter((key) => open.keys[key] !== undefined)
  const missing = open.template.list.offered.filter((key) => keyGroupOf(open.fields.get(key)?.kind ?? 'photo') === undefined)
  expect(missing, `${templateKey} offers what cannot be sorted by`).toEqual([])
  const all = records.map((one) => one.recordId).sort()
  for (const [at, by] of [...offered, 'no', 'state', 'area', 'title', 'due'].entries()) {
    const sort = { by, descending: at % 2 === 1 }
    const items: RecordItem[] = []
    for (let after: string | undefined; ; ) {
      const page = await searchRecords(ctx, { templateKey, fields: [], limit: 7, sort, ...(after === undefined ? {} : { after }) })
      items.push(...page.items)
      after = page.next
      if (after === undefined) break
    }
    expect(items.map((item) => item.recordId).sort(), `${templateKey} by ${by}`).toEqual(all)
    const order = orderOf(open, by)
    const wrong = items.slice(1).filter((item, no) => !isInOrder(order(items[no] ?? item), order(item), sort.descending))
    expect(
      wrong.map((item) => item.title),
      `${templateKey} by ${by}`,
    ).toEqual([])
  }
  return offered.length + 5
}

const bytesOf = ({ body }: Download): Promise<Buffer> | Buffer => (Buffer.isBuffer(body) ? body : buffer(body))

/** A value as it is read in a cell, written here anew. */
function shown(field: Field, value: FieldValue | undefined): string | undefined {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  const nameOf = (key: unknown) => field.choices?.find((one) => one.key === key)?.name.zh ?? ''
  if (field.kind === 'choice') return nameOf(value)
  if (field.kind === 'choices') return Array.isArray(value) ? value.map(nameOf).join('、') : ''
  if (field.kind === 'month' && typeof value === 'string') return `${value.slice(0, 4)}年${Number(value.slice(5))}月`
  if (typeof value === 'string') return value
  if ('masked' in value) return value.masked
  return 'name' in value ? value.name : undefined
}

async function readBack(file: Buffer, directory: string): Promise<string[][]> {
  const path = join(directory, `${makeId()}.xlsx`)
  writeFileSync(path, file)
  const rows: string[][] = []
  for await (const block of readSheets(await openSheetFile({ path, originalName: 'export.xlsx' })))
    for (const row of block.rows) rows.push([...row.cells].map((cell) => cell ?? ''))
  rmSync(path)
  return rows
}

/** The workbook that goes out has every record once, each cell as the record says it, and nothing sensitive whole. */
export async function expectExport(
  ctx: Inside,
  deps: LedgerDeps,
  given: { open: OpenTemplate; records: readonly RecordRecord[]; secrets: readonly string[] },
): Promise<void> {
  const { open, records } = given
  const templateKey = open.template.key
  const made = await exportRecords(ctx, deps, { templateKey, fields: [], purpose: '核对台账', format: 'xlsx' })
  expect(made.fileName, templateKey).toContain(open.template.name.zh)
  const rows = await readBack(await bytesOf(made), deps.filesDirectory)
  const head = rows.findIndex((row) => row.includes('编号') && row.includes('状态'))
  const header = rows[head] ?? []
  const fields = open.template.fields.map(
    (field) => [field, field.unit === undefined ? field.name.zh : `${field.name.zh}（${field.unit}）`] as const,
  )
  for (const [, label] of fields) expect(header, templateKey).toContain(label)
  const body = rows.slice(head + 1, head + 1 + records.length)
  const written = body.map((row) => [row[1], ...fields.map(([, label]) => row[header.indexOf(label, 4)] ?? '')].join('\t'))
  const wanted = records.map((record) => [
    open.states.get(record.state)?.name.zh ?? '',
    ...fields.map(([field]) => shown(field, record.values[field.key])),
  ])
  // Tables and places have words of their own; where one cannot be said here it is taken as written.
  const left = [...written]
  for (const cells of wanted) {
    const at = left.findIndex((line) => line.split('\t').every((cell, no) => cells[no] === undefined || isSameCell(cell, cells[no])))
    expect(at, `${templateKey} ${cells.join(' ')} is not among\n${left.join('\n')}`).toBeGreaterThanOrEqual(0)
    left.splice(at, 1)
  }
  const everything = rows.map((row) => row.join('\t')).join('\n')
  for (const secret of given.secrets) expect(everything.includes(secret), `${templateKey} shows ${secret.slice(0, 3)}…`).toBe(false)
}

/** A cell that would be a formula is neutralised with an apostrophe; blanks at its ends are gone. */
const isSameCell = (cell: string, wanted: string): boolean =>
  cell.replace(/^'/, '').replaceAll(/\s+/g, ' ').trim() === wanted.replaceAll(/\s+/g, ' ').trim() || /^[[{]/.test(wanted)

const unescaped = (xml: string): string =>
  xml
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

/** The sheet of a record has its title, number, state and values; the list has its columns and records. With `pdf`, both as PDF as well. */
export async function expectPrints(
  ctx: Inside,
  deps: LedgerDeps,
  given: { open: OpenTemplate; record: RecordRecord; secrets: readonly string[]; pdf: boolean },
): Promise<void> {
  const { open, record } = given
  const { key: templateKey, print } = open.template
  const { recordId } = record
  const sheet = await printed(await printRecord(ctx, { templateKey, recordId, format: 'docx' }))
  const values = print.sheet.flatMap((key) => {
    const field = open.fields.get(key)
    const text = field === undefined || ['table', 'long-text', 'place'].includes(field.kind) ? undefined : shown(field, record.values[key])
    return [field?.name.zh ?? '', ...(text === undefined || text.length > 60 ? [] : [text])]
  })
  for (const text of [print.title.zh, record.recordNo ?? '', open.states.get(record.state)?.name.zh ?? '', ...values])
    expect(sheet.includes(text), `${templateKey}: the sheet has no ${text}`).toBe(true)
  const list = await printed(await printRecords(ctx, { templateKey, fields: [], format: 'docx' }))
  for (const text of [open.template.name.zh, ...print.list.map((key) => open.fields.get(key)?.name.zh ?? '')])
    expect(list.includes(text), `${templateKey}: the list has no ${text}`).toBe(true)
  for (const secret of given.secrets)
    expect(
      [sheet, list].some((paper) => paper.includes(secret)),
      `${templateKey} prints a secret`,
    ).toBe(false)
  if (!given.pdf) return
  for (const made of [
    await printRecord(ctx, { templateKey, recordId, format: 'pdf' }),
    await printRecords(ctx, { templateKey, fields: [], format: 'pdf' }),
  ]) {
    const bytes = await bytesOf(made)
    expect([bytes.subarray(0, 5).toString('latin1'), bytes.length > 2000], templateKey).toEqual(['%PDF-', true])
  }
}

async function printed(made: Download): Promise<string> {
  const rawPayload = await bytesOf(made)
  expect(Readable.from([rawPayload]).readable && rawPayload.subarray(0, 2).toString('latin1')).toBe('PK')
  return unescaped(await textOfAnswer({ statusCode: 200, headers: {}, rawPayload }))
}
