import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { grantArea, grantCounty, grantSystem } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { drawn, isFull } from '../../../../test/chance.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import type { RecordItem } from '../rules/records.ts'
import type { Template } from '../rules/template.ts'
import { exportRecords } from './export-records.ts'
import { applyImport, listImportRows, stagePaste } from './imports.ts'
import { runMigration, startMigration } from './migrate-records.ts'
import { moveRecord } from './move-record.ts'
import { printRecord, printRecords } from './print-records.ts'
import { readRecord, searchRecords } from './read-records.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { publishTemplate, saveDraft } from './templates.ts'

// What every shipped ledger must do, walked over all of them with the sample beside it (policy/samples/<pack>/<name>.json): `rows` as they are pasted,
// `bad` the rows (from 1, the header being row 1) that are refused, with the columns that their problems name. In cells stand `{村}` `{乡镇}` `{户编号}`
// `{身份证号}` `{单位}` `{今天}` and `{台账:pack.name}` for the title of the first record of another ledger.
const world = openTestWorld()
let county: GivenCounty
let home: Awaited<ReturnType<typeof givenHousehold>>
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const roles = ['county-data-officer', 'department-clerk']
const officer = (id = 'test:county') => world.as(grantCounty(county.countyCode), { id, name: '县经办人', roles })
const unit = '测试单位'

beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  home = await givenHousehold(officer(), world.vault, { areaPath: `${county.villages[0]?.path}01.`, members: [{ name: '测试户主' }] })
  await inTransaction(officer(), (db) =>
    sql`INSERT INTO identity.organisation (county_code, organisation_id, kind, name, area_path)
        VALUES (${county.countyCode}, ${makeId()}, 'firm', ${unit}, ${county.countyPath})`.execute(db),
  )
})

interface Sample {
  rows: string[][]
  bad: Record<string, string[]>
}
const sampleFile = (key: string) => new URL(`../policy/samples/${key.replace('.', '/')}.json`, import.meta.url)
const sampleOf = (key: string): Sample =>
  // Safe: read by this test alone, which fails where the shape is another.
  JSON.parse(readFileSync(sampleFile(key), 'utf8')) as Sample

const needsOf = (template: Template) =>
  template.fields.flatMap((field) => (field.kind === 'record' && field.of !== undefined && field.of !== template.key ? [field.of] : []))

/** Ledgers that others link to come first. */
function inOrder(): Template[] {
  const sorted: Template[] = []
  for (
    let left = [...shippedTemplates().values()].flatMap((versions) => versions.slice(-1).map((one) => one.template));
    left.length > 0;
  ) {
    const ready = left.filter((one) => needsOf(one).every((key) => !left.some((other) => other.key === key)))
    sorted.push(...(ready.length === 0 ? left : ready))
    left = ready.length === 0 ? [] : left.filter((one) => !ready.includes(one))
  }
  return sorted
}

/** All of them in test:full; else the generic ones and some that are drawn, with what they link to. */
function walked(): Template[] {
  const all = inOrder()
  const keys = new Set(drawn('shipped ledgers', 12, all).map((one) => one.key))
  for (const one of [...all].reverse()) if (keys.has(one.key)) for (const key of needsOf(one)) keys.add(key)
  return all.filter((one) => keys.has(one.key) || one.key.startsWith('generic.'))
}

const titles = new Map<string, string>()
const fill = (cell: string): string =>
  cell
    .replace('{村}', county.villages[0]?.name ?? '')
    .replace('{乡镇}', county.townships[0]?.name ?? '')
    .replace('{户编号}', home.householdNo)
    .replace('{身份证号}', home.persons[0]?.idNumber ?? '')
    .replace('{单位}', unit)
    .replace('{今天}', '2023-12-18')
    .replace(/\{台账:([\w.-]+)\}/, (_whole, key: string) => titles.get(key) ?? '')

async function imported(template: Template): Promise<RecordItem[]> {
  const { key } = template
  const sample = sampleOf(key)
  const dry = await stagePaste(officer(), deps(), { templateKey: key, rows: sample.rows.map((row) => row.map(fill)) })
  const bad = (await listImportRows(officer(), { templateKey: key, importId: dry.importId, outcome: 'bad', limit: 200 })).items
  const said = bad.map((row) => `${row.row} ${row.problems.map((one) => `${one.label ?? ''} ${one.said.zh}`).join('; ')}`)
  expect(
    bad.map((row) => String(row.row)),
    said.join('\n'),
  ).toEqual(Object.keys(sample.bad))
  for (const row of bad)
    for (const column of sample.bad[String(row.row)] ?? []) expect(said.find((line) => line.startsWith(`${row.row} `))).toContain(column)
  expect(dry.columns.filter((one) => one.field === undefined).map((one) => one.label)).toEqual([])
  expect(dry.counts.new).toBe(sample.rows.length - 1 - bad.length)
  await applyImport(officer(), deps(), { templateKey: key, importId: dry.importId })
  const { items } = await searchRecords(officer(), {
    templateKey: key,
    fields: [],
    importId: dry.importId,
    limit: 200,
    sort: { by: 'made', descending: false },
  })
  titles.set(key, items[0]?.title ?? '')
  return items
}

/** Every move from where a record stands is done, or refused with sentences; a role that may not is told so. */
async function walkMoves(template: Template, item: RecordItem): Promise<void> {
  for (const move of template.moves ?? []) {
    const fault = await moveRecord(officer('test:mover'), deps(), {
      templateKey: template.key,
      recordId: item.recordId,
      move: move.key,
      revision: item.revision,
      values: {},
      reason: '按程序办理',
    }).then(
      () => undefined,
      (error: { code?: string; message?: string; details?: { problems?: { said: { zh: string } }[] } }) => error,
    )
    const isNamed =
      fault === undefined ||
      fault.code === 'ledgers.changed-meanwhile' ||
      (fault.code === 'ledgers.may-not-move' && (fault.details?.problems ?? []).every((one) => one.said.zh !== ''))
    expect(isNamed, `${template.key} ${move.key}: ${fault?.code ?? fault?.message ?? ''}`).toBe(true)
  }
}

async function toNextVersion(template: Template): Promise<void> {
  const { version: _, ...rest } = template
  const next: Template = {
    ...rest,
    fields: [...rest.fields, { key: 'added-later', name: { zh: '后来加的栏', en: 'Added later' }, kind: 'text' }],
  }
  const { revision, problems } = await saveDraft(officer(), { templateKey: template.key, template: next })
  expect(problems, template.key).toEqual([])
  const { version } = await publishTemplate(officer(), { templateKey: template.key, revision })
  const { migrationId } = await startMigration(officer(), { templateKey: template.key, version })
  await runMigration(world.as(grantSystem(county.countyCode, 'test')), deps(), { migrationId, check: () => undefined })
}

describe('every shipped ledger', () => {
  it('has a sample with two bad rows, at least five fields, and takes the sample as it says', async () => {
    for (const { key, fields } of inOrder()) {
      expect(Object.keys(sampleOf(key).bad).length, key).toBeGreaterThanOrEqual(2)
      expect(fields.length, key).toBeGreaterThanOrEqual(5)
    }
    for (const template of walked()) {
      const items = await imported(template)
      expect(items.length, template.key).toBeGreaterThan(0)
      const elsewhere = world.as(grantArea(county.countyCode, county.villages[3]?.path ?? ''), { roles })
      expect((await searchRecords(elsewhere, { templateKey: template.key, fields: [], limit: 5 })).items, template.key).toEqual([])
      const [first] = items
      if (first === undefined) continue
      const before = await readRecord(officer(), { templateKey: template.key, recordId: first.recordId })
      expect(before.deadlines.every((one) => /^\d{4}-\d{2}-\d{2}$/.test(one.on))).toBe(true)
      await toNextVersion(template)
      const after = await readRecord(officer(), { templateKey: template.key, recordId: first.recordId })
      expect([after.version > before.version, after.values], template.key).toEqual([true, before.values])
      const last = items[items.length - 1]
      if (last !== undefined) await walkMoves(template, { ...last, revision: 2 })
    }
  })

  it('goes out as a file and on paper', async () => {
    const all = walked()
    // Printing runs in a program of its own: all of them in test:full, one here.
    for (const [at, template] of all.entries()) {
      const templateKey = template.key
      const made = await exportRecords(officer(), deps(), { templateKey, fields: [], purpose: '核对台账', format: 'csv' })
      expect(made.fileName, templateKey).toContain(template.name.zh)
      if (!isFull && at !== 0) continue
      const [first] = (await searchRecords(officer(), { templateKey, fields: [], limit: 1 })).items
      if (first !== undefined)
        expect(Buffer.isBuffer((await printRecord(officer(), { templateKey, recordId: first.recordId, format: 'docx' })).body)).toBe(true)
      expect(Buffer.isBuffer((await printRecords(officer(), { templateKey, fields: [], format: 'docx' })).body)).toBe(true)
    }
  })
})
