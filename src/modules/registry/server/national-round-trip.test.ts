import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { openSheetFile, readSheets } from '#kernel/server/sheets/index.ts'
import { generateCounty } from '#modules/demo/server/index.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { HouseholdId, PersonId } from '../contract.ts'
import type { NationalChange } from '../rules/national-records.ts'
import { decideCorrection, proposeCorrection } from './correct-register.ts'
import { decideMissing } from './import/decide-missing.ts'
import { givenEmptyCounty } from './import/given.ts'
import { importFiles } from './import/import-files.ts'
import { inspectFile } from './import/inspect-file.ts'
import { listDifferences } from './import/result-store.ts'
import { HouseholdEventCommand } from '../rules/household-event-requests.ts'
import { askHouseholdEvent, undoHouseholdEvent } from './household-events.ts'
import { exportNationalChanges } from './national-workbook.ts'
import { getNationalOverview, listNationalChanges, markNationalChange } from './national-changes.ts'
import { compareRegister } from './national-compare.ts'
import { insertRun } from './national-run-store.ts'

const world = openTestWorld()
const deps = () => ({ vault: world.vault })
const files = new Map<string, string>()
let ctx: Context
/** Households of the monitoring export with several members, the head first. */
let homes: { household: string; householdNo: string; persons: { id: string; no: string; name: string }[] }[]

async function bring(path: string, asOf: string): Promise<string> {
  const done = await importFiles(ctx, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths: [path], asOf })
  expect(done.files.map((file) => [file.error, file.batch?.state])).toEqual([[undefined, 'applied']])
  return done.files[0]?.batch?.batchId ?? ''
}

/** The file again with other cells: by person or household number, label and new text; `null` leaves the person out. */
async function rewritten(
  kind: string,
  name: string,
  edits: Readonly<Record<string, Readonly<Record<string, string>> | null>>,
): Promise<string> {
  const rows: (readonly string[])[] = []
  for await (const block of readSheets(await openSheetFile({ path: files.get(kind) ?? '' })))
    rows.push(...block.rows.map((row) => row.cells.map(String)))
  const header = rows.find((cells) => cells.includes('人编号')) ?? []
  const kept = rows.slice(rows.indexOf(header) + 1).flatMap((cells) => {
    const [person, household] = ['人编号', '户编号'].map((label) => cells[header.indexOf(label)] ?? '')
    if (edits[person ?? ''] === null) return []
    const changed = { ...edits[household ?? ''], ...edits[person ?? ''] }
    return [header.map((label, at) => changed[label] ?? cells[at] ?? '')]
  })
  const path = join(world.directory, name)
  writeFileSync(path, `${[header, ...kept].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n')}\n`)
  return path
}

async function compare(): Promise<void> {
  const runId = makeId()
  // An import may have asked for a comparison, which no job runner of this test takes up.
  await inTransaction(ctx, (db) =>
    sql`UPDATE registry.national_run SET state = 'failed' WHERE county_code = ${ctx.scope.countyCode} AND state = 'running'`.execute(db),
  )
  await inTransaction(ctx, (db) => insertRun(db, ctx, runId))
  await compareRegister(ctx, { runId, vault: world.vault, check: () => undefined })
}

async function list(state: NationalChange['state'] = 'open'): Promise<NationalChange[]> {
  return (await listNationalChanges(ctx, { state, limit: 200 }, deps())).items
}

const shown = (rows: readonly NationalChange[]) =>
  rows.map((one) => [one.personNo ?? one.householdNo, one.action, one.field, one.why].join(' ')).sort()

async function correct(given: { household: string; person?: string; field: string; newValue: string }): Promise<void> {
  const { household, person, field, newValue } = given
  const householdId = HouseholdId.parse(household)
  const about = person === undefined ? {} : { personId: PersonId.parse(person) }
  const proposed = await proposeCorrection(ctx, { householdId, ...about, field, newValue, source: '入户走访' }, deps())
  await decideCorrection(ctx, proposed.correctionId, { revision: proposed.revision, decision: 'apply', deps: deps() })
}

beforeAll(async () => {
  const out = join(world.directory, 'county')
  const { county } = await generateCounty({ households: 200, seed: 'round-trip', out, months: 1 })
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  ctx = world.as(grantSystem(county.code, 'test'), { roles: ['county-data-officer'] })
  for (const part of ['registry', 'national'])
    for (const fileName of readdirSync(join(out, part))) {
      const path = join(out, part, fileName)
      files.set((await inspectFile({ path, fileName })).kind, path)
    }
  for (const kind of ['village', 'register', 'monitoring', 'building', 'work', 'planned-work'])
    await bring(files.get(kind) ?? '', '2023-11-01')
  const found = await inTransaction(ctx, (db) =>
    sql<(typeof homes)[number]>`
      SELECT h.household_id AS household, h.household_no AS "householdNo",
        (SELECT jsonb_agg(jsonb_build_object('id', p.person_id, 'no', p.person_no, 'name', p.name) ORDER BY p.is_head DESC, p.person_no)
         FROM registry.person p WHERE p.county_code = h.county_code AND p.household_id = h.household_id) AS persons
      FROM registry.household h WHERE h.county_code = ${county.code} AND h.sources ? 'monitoring' ORDER BY h.household_no`.execute(db),
  )
  homes = found.rows.filter((home) => home.persons.length > 1).slice(0, 5)
}, 240_000)

it('a round trip: what was corrected, left and joined is to be entered, and the next export settles it', { timeout: 240_000 }, async () => {
  await compare()
  const [one, two] = homes
  if (one === undefined || two === undefined) throw new Error('the generated county has too few monitored households')
  expect(await list()).toEqual([])
  const [head, member] = one.persons
  const [otherHead, leaver] = two.persons
  if (head === undefined || member === undefined || otherHead === undefined || leaver === undefined) throw new Error('persons')

  await correct({ household: one.household, person: member.id, field: 'name', newValue: '曾改名' })
  await correct({ household: one.household, person: head.id, field: 'healthStatus', newValue: '残疾' })
  await correct({ household: one.household, field: 'cultivatedLandMu', newValue: '91.5' })
  const name = `${member.no} change-value name corrected`
  const health = `${head.no} change-value healthStatus corrected`
  const land = `${one.householdNo} change-value cultivatedLandMu corrected`
  const left = `${leaver.no} remove-person  left`
  const corrected = [name, health, land].toSorted()
  expect(shown(await list())).toEqual(corrected) // at once, without another comparison
  await compare()
  expect(shown(await list())).toEqual(corrected)

  const batch = await bring(await rewritten('register', '底册2.csv', { [leaver.no]: null }), '2023-11-10')
  const missing = await inTransaction(ctx, (db) => listDifferences(db, ctx, { batchId: batch, status: 'missing', after: 0, limit: 10 }))
  await decideMissing(ctx, batch, { differenceNos: missing.map((row) => row.differenceNo), decision: 'left' })
  await compare()
  expect(shown(await list())).toEqual([...corrected, left].toSorted())

  const workbook = await exportNationalChanges(ctx, { filter: { state: 'open' }, purpose: '录入系统' }, deps())
  const lines = await readWorkbook(workbook.body)
  expect(lines.get('修改信息')?.find((cells) => cells.includes(member.no))).toEqual(
    expect.arrayContaining(['姓名', member.name, '曾改名', '我方已纠错']),
  )
  expect(lines.get('减少人员')?.find((cells) => cells.includes(leaver.no))).toEqual(expect.arrayContaining(['人已不在本户']))

  for (const change of await list())
    await markNationalChange(ctx, change.changeId, { revision: change.revision, to: 'entered', deps: deps() })
  expect(await list()).toEqual([])
  await compare()
  expect(shown(await list('entered'))).toEqual([...corrected, left].toSorted())

  // The next export: one correction was mistyped, one was forgotten, the others are there.
  const typed = { [member.no]: { 姓名: '曾改名' }, [head.no]: { 健康状况: '长期慢性病' }, [leaver.no]: null }
  await bring(await rewritten('monitoring', '监测对象信息2.csv', typed), '2023-12-18')
  await compare()
  expect(shown(await list('settled'))).toEqual([name, left].toSorted())
  expect(shown(await list())).toEqual([health, land].toSorted())
  expect((await list()).map((change) => change.reopenedOn)).toEqual(['2023-12-18', '2023-12-18'])

  const right = {
    [member.no]: { 姓名: '曾改名' },
    [head.no]: { 健康状况: '残疾' },
    [one.householdNo]: { '耕地面积（亩）': '91.50' },
    [leaver.no]: null,
  }
  await bring(await rewritten('monitoring', '监测对象信息3.csv', right), '2023-12-19')
  await compare()
  expect(await list()).toEqual([])
  expect((await getNationalOverview(ctx)).states).toEqual({ open: 0, entered: 0, settled: 4 })
})

it('a round trip of households: split, merged, moved, missing there; at once, without another comparison, and gone with the undo', {
  timeout: 240_000,
}, async () => {
  const [, , three, four, five] = homes
  if (three === undefined || four === undefined || five === undefined)
    throw new Error('the generated county has too few monitored households')
  const before = shown(await list())
  const son = three.persons.at(-1)
  const did = async (given: object) =>
    askHouseholdEvent(
      ctx,
      { command: HouseholdEventCommand.parse({ on: '2023-12-10', reason: '村里核实过', ...given }), isReport: false },
      deps(),
    )
  const split = await did({ kind: 'split', householdId: three.household, members: [son?.id], newHeadId: son?.id })
  const listed = async () => shown(await list()).filter((one) => !before.includes(one))
  const begun = (await list()).find((one) => one.action === 'add-household')
  expect(begun).toMatchObject({ householdId: split.otherId, why: 'begun', name: son?.name })
  expect(await listed()).toContain(`${son?.no ?? ''} move-person householdNo moved`)

  const relations = Object.fromEntries(four.persons.map((person) => [person.id, '其他']))
  const merge = await did({ kind: 'merge', householdId: three.household, otherId: four.household, relations })
  const moved = four.persons.map((person) => `${person.no} move-person householdNo moved`)
  expect(await listed()).toEqual(expect.arrayContaining([`${four.householdNo} remove-household  closed`, ...moved]))
  expect((await list()).find((one) => one.personNo === four.persons[0]?.no && one.action === 'move-person')).toMatchObject({
    system: four.householdNo,
    ours: three.householdNo,
  })

  const elsewhere = await anotherVillage(five.household)
  const move = await did({ kind: 'move', householdId: five.household, areaPath: elsewhere })
  expect(await listed()).toContain(`${five.householdNo} change-place place corrected`)
  const lines = await readWorkbook((await exportNationalChanges(ctx, { filter: { state: 'open' }, purpose: '录入系统' }, deps())).body)
  expect(lines.get('减少整户')?.find((cells) => cells.includes(four.householdNo))).toContain('我方已销户（并户或无人）')
  expect(lines.get('新增整户')?.find((cells) => cells.includes(begun?.householdNo ?? ''))).toContain('我方新立户（分户）')
  expect(lines.get('人员转户')?.find((cells) => cells.includes(son?.no ?? ''))).toEqual(
    expect.arrayContaining([three.householdNo, begun?.householdNo]),
  )
  expect(
    lines
      .get('修改村组')
      ?.find((cells) => cells.includes(five.householdNo))
      ?.join(),
  ).toContain('家庭变更：村里核实过')

  for (const { eventId } of [move, merge, split]) await undoHouseholdEvent(ctx, eventId, { reason: '登错了户', deps: deps() })
  expect(shown(await list())).toEqual(before)

  const gone = Object.fromEntries(five.persons.map((person) => [person.no, null]))
  await bring(await rewritten('monitoring', '监测对象信息4.csv', gone), '2023-12-20')
  await compare()
  const ofFive = (await list()).filter((one) => one.householdId === five.household)
  expect(shown(ofFive)).toEqual([`${five.householdNo} add-household  only-ours`])
})

async function anotherVillage(householdId: string): Promise<string> {
  return inTransaction(ctx, async (db) => {
    const found = await sql<{ path: string }>`
      SELECT o.area_path AS path FROM registry.household h JOIN registry.household o ON o.county_code = h.county_code AND o.village <> h.village
      WHERE h.county_code = ${ctx.scope.countyCode} AND h.household_id = ${householdId}::uuid ORDER BY o.household_no LIMIT 1`.execute(db)
    return found.rows[0]?.path ?? ''
  })
}

async function readWorkbook(body: unknown): Promise<Map<string, string[][]>> {
  const path = join(world.directory, `${makeId()}.xlsx`)
  writeFileSync(path, Buffer.isBuffer(body) ? body : Buffer.alloc(0))
  const lines = new Map<string, string[][]>()
  for await (const block of readSheets(await openSheetFile({ path })))
    lines.set(block.sheet, [...(lines.get(block.sheet) ?? []), ...block.rows.map((row) => row.cells.map(String))])
  return lines
}
