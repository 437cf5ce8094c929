import { createReadStream, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Context } from '../../src/kernel/server/caller/index.ts'
import { writeWorkbook } from '../../src/kernel/server/sheets/index.ts'
import { makeId } from '../../src/kernel/pure/ids/index.ts'
import type { FieldValue, RecordRecord } from '../../src/modules/ledgers/rules/records.ts'
import type { Field, Template } from '../../src/modules/ledgers/rules/template.ts'
import { applyImport, listImportRows, stageFile } from '../../src/modules/ledgers/server/imports.ts'
import { currentVersion } from '../../src/modules/ledgers/server/open-ledger.ts'
import { readRecord, searchRecords } from '../../src/modules/ledgers/server/read-records.ts'
import type { LedgerDeps } from '../../src/modules/ledgers/server/work-out.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'

/**
 * What a list of a ledger looks like (policy/samples/<pack>/<name>.json): `rows` with the header first, `bad` the rows (from 1, the header being row 1) that
 * are refused, with the columns that their problems name. In cells stand `{村}` `{乡镇}` `{户编号}` `{身份证号}` `{单位}` `{今天}` and
 * `{台账:pack.name}` for the title of the first record of another ledger.
 */
export interface Sample {
  readonly rows: readonly (readonly string[])[]
  readonly bad: Readonly<Record<string, readonly string[]>>
}
/** The good rows of a sample as records. */
export interface Imported {
  readonly template: Template
  readonly records: readonly RecordRecord[]
}

const fileOf = (key: string) => new URL(`../../src/modules/ledgers/policy/samples/${key.replace('.', '/')}.json`, import.meta.url)

/** Whether a ledger has a sample. */
export const hasSample = (key: string): boolean => existsSync(fileOf(key))

/** The sample of a ledger. */
export function sampleOf(key: string): Sample {
  // Safe: read by tests alone, which fail where the shape is another.
  return JSON.parse(readFileSync(fileOf(key), 'utf8')) as Sample
}

/** Title and unit stand above the header, an empty line before the last row: the row of the file in which a row of the sample stands. */
const rowInFile = (sampleRow: number, rows: number): number => sampleRow + 2 + (sampleRow === rows ? 1 : 0)

/** Imports a sample as the workbook that a department sends, and holds the answer against the sample: which rows are bad, and what the good ones say. */
export async function importSample(
  ctx: Context,
  deps: LedgerDeps,
  given: { templateKey: string; fill: (cell: string) => string; directory: string },
): Promise<Imported> {
  const { templateKey } = given
  const sample = sampleOf(templateKey)
  const rows = sample.rows.map((row) => row.map(given.fill))
  const { open } = await inTransaction(ctx, (db) => currentVersion({ ...ctx, db }, templateKey))
  const path = join(given.directory, `${makeId()}.xlsx`)
  await writeSample(path, { name: open.template.name.zh, rows })
  const stream = createReadStream(path)
  const dry = await stageFile(ctx, deps, { templateKey, stream, fileName: `${open.template.name.zh}.xlsx` })
  rmSync(path)
  await expectBad(ctx, { templateKey, importId: dry.importId, sample })
  expect(
    dry.columns.filter((one) => one.field === undefined).map((one) => one.label),
    'columns that nothing reads',
  ).toEqual([])
  const good = rows.filter((_, at) => at > 0 && sample.bad[String(at + 1)] === undefined)
  expect(dry.counts, templateKey).toEqual({
    read: rows.length - 1,
    bad: Object.keys(sample.bad).length,
    new: good.length,
    changed: 0,
    same: 0,
  })
  await applyImport(ctx, deps, { templateKey, importId: dry.importId })
  const search = { templateKey, fields: [], importId: dry.importId, limit: 200, sort: { by: 'made', descending: false } }
  const { items } = await searchRecords(ctx, search)
  expect(items.length, templateKey).toBe(good.length)
  const records: RecordRecord[] = []
  for (const item of items) records.push(await readRecord(ctx, { templateKey, recordId: item.recordId }))
  const fields = dry.columns.map((one) => open.fields.get(one.field ?? ''))
  expectSaid(records, { good, fields })
  return { template: open.template, records }
}

async function writeSample(path: string, { name, rows }: { name: string; rows: readonly (readonly string[])[] }): Promise<void> {
  const [header = [], ...body] = rows
  const last = body.length - 1
  const sheet = {
    name,
    title: `青禾县${name}登记表`,
    subtitle: '填报单位：青禾县　　　填报日期：2023年12月18日　　　单位：元、户、人',
    columns: header.map((label) => ({ label })),
    rows: body.flatMap((row, at) => (at === last ? [header.map(() => ''), row] : [row])),
    footer: () => ['填报人：测试员　　审核人：测试员乙'],
  }
  await writeWorkbook({ target: path, sheets: [sheet] })
}

/** The bad rows are exactly those of the sample; each problem names its column and says a sentence in both languages. */
async function expectBad(ctx: Context, { templateKey, importId, sample }: { templateKey: string; importId: string; sample: Sample }) {
  const { items } = await listImportRows(ctx, { templateKey, importId, outcome: 'bad', limit: 200 })
  const said = items.map((row) => `${row.row} ${row.problems.map((one) => `${one.label ?? ''} ${one.said.zh}`).join('; ')}`)
  const wanted = Object.keys(sample.bad).map((row) => rowInFile(Number(row), sample.rows.length))
  expect(
    items.map((row) => row.row),
    `${templateKey}: ${said.join('\n')}`,
  ).toEqual(wanted)
  for (const [row, columns] of Object.entries(sample.bad)) {
    const item = items.find((one) => one.row === rowInFile(Number(row), sample.rows.length))
    const refusals = item?.problems.filter((one) => one.level === 'refuse') ?? []
    expect(refusals.length, templateKey).toBeGreaterThan(0)
    for (const one of refusals) expect([one.said.zh.length > 3, one.said.en.length > 3], templateKey).toEqual([true, true])
    const named = refusals.map((one) => `${one.label ?? ''} ${one.said.zh}`).join('; ')
    for (const column of columns) expect(named, `${templateKey} row ${row}`).toContain(column)
  }
}

/** Every cell of a good row stands in its record, read here by other means than there. */
function expectSaid(records: readonly RecordRecord[], given: { good: readonly string[][]; fields: readonly (Field | undefined)[] }): void {
  for (const [at, record] of records.entries())
    for (const [column, field] of given.fields.entries()) {
      const cell = given.good[at]?.[column]?.trim() ?? ''
      if (field === undefined || cell === '') continue
      const value = record.values[field.key]
      // What the record hides is not kept.
      if (value === undefined && field.visibleWhen !== undefined) continue
      expect(saysSame(field, value, cell), `${record.template.key} ${field.name.zh}: ${cell} → ${JSON.stringify(value)}`).toBe(true)
    }
}

function saysSame(field: Field, value: FieldValue | undefined, cell: string): boolean {
  if (value === null || value === undefined) return false
  if (typeof value === 'object' && 'masked' in value) return value.masked.includes('*') && value.masked !== cell
  const same = sameBy[field.kind]
  return same === undefined ? typeof value !== 'string' || oneBlank(value) === oneBlank(cell) : same(value, cell, field)
}

const oneBlank = (text: string): string => text.replaceAll(/\s+/g, ' ')
const nameOf = (field: Field, key: unknown): string => field.choices?.find((one) => one.key === key)?.name.zh ?? ''
const sorted = (texts: readonly string[]): string => [...texts].sort((one, other) => (one < other ? -1 : 1)).join()
type Same = (value: NonNullable<FieldValue>, cell: string, field: Field) => boolean
const sameNumber: Same = (value, cell, field) => Number(value) === Number(cell.replaceAll(/[,，元]/g, '').replace(field.unit ?? '元', ''))
const sameName: Same = (value, cell) => typeof value === 'object' && 'name' in value && value.name === cell
/** A household or person is written as a number and kept with the name. */
const hasName: Same = (value, cell) => typeof value === 'object' && 'name' in value && value.name !== '' && value.name !== cell
const sameBy: Readonly<Partial<Record<Field['kind'], Same>>> = {
  number: sameNumber,
  money: sameNumber,
  choice: (value, cell, field) => nameOf(field, value) === cell,
  choices: (value, cell, field) =>
    Array.isArray(value) && sorted(value.map((key) => nameOf(field, key))) === sorted(cell.split(/[、,，;；]/)),
  'yes-no': (value, cell) => value === ['是', '有', '已', '√'].includes(cell),
  date: (value, cell) => typeof value === 'string' && Date.parse(value) === Date.parse(cell.replaceAll(/年|月/g, '-').replace('日', '')),
  month: (value, cell) => typeof value === 'string' && value.startsWith(cell.slice(0, 4)),
  household: hasName,
  person: hasName,
  organisation: sameName,
  area: sameName,
  record: sameName,
}
