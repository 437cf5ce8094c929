import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { readBytes } from '../../../../test/sheet-files.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from '#modules/identity/server/given.ts'
import { givenHousehold, type GivenHousehold } from '#modules/registry/server/given.ts'
import type { Finding } from '../contract.ts'
import { decideException } from './exception-decide.ts'
import { readExceptions } from './exception-read.ts'
import { followExceptions } from './exception-store.ts'
import { answerFinding } from './finding-answer.ts'
import { mendFinding } from './finding-mend.ts'
import { readFinding, readFindingCounts, readFindings } from './finding-read.ts'
import { saveStaged, stageFindings, type CheckedPart, type SavedFindings } from './finding-save-store.ts'
import { insertRun, saveRun } from './worklist-run-store.ts'
import { sendFindings } from './finding-send.ts'
import { readOverview } from './worklist-overview.ts'
import { exportWorklist } from './worklist-sheet.ts'

const world = openTestWorld()
let county: GivenCounty
let people: { county: GivenUser; other: GivenUser; township: GivenUser; village: GivenUser; far: GivenUser }
let home: GivenHousehold
let neighbour: GivenHousehold
let farHome: GivenHousehold

const deps = () => ({ vault: world.vault })
const as = (user: GivenUser) => world.as(user.scope, user.caller)
const asSystem = (ctx: Context & { db: Db }): Context & { db: Db } => ({ ...ctx, scope: grantSystem(county.countyCode, 'test') })
const villagePath = (index: number) => county.villages[index]?.path ?? ''

beforeAll(async () => {
  county = await givenCounty(world.database)
  const user = (role: 'county-data-officer' | 'township-officer' | 'village-cadre', areaPath: string) =>
    givenUser(world.database, { role, areaPath })
  people = {
    county: await user('county-data-officer', county.countyPath),
    other: await user('county-data-officer', county.countyPath),
    township: await user('township-officer', county.townships[0]?.path ?? ''),
    village: await user('village-cadre', villagePath(0)),
    far: await user('township-officer', county.townships[1]?.path ?? ''),
  }
  const live = (index: number, members: { name: string; relation?: string; sex?: 'male' | 'female' }[]) =>
    givenHousehold(as(people.county), world.vault, {
      areaPath: `${villagePath(index)}01.`,
      village: county.villages[index]?.name ?? '',
      members,
    })
  home = await live(0, [{ name: '龚满堂' }, { name: '龚小禾', relation: '之女' }])
  neighbour = await live(1, [{ name: '傅桂香' }])
  farHome = await live(2, [{ name: '雷正兴' }])
})

const about = (given: GivenHousehold, index: number, change: Partial<Finding> = {}): Finding => ({
  rule: 'Q006',
  severity: 'warning',
  subject: 'person',
  subjectId: given.persons[0]?.personId ?? '',
  householdId: given.householdId,
  personId: given.persons[0]?.personId ?? '',
  areaPath: `${villagePath(index)}01.`,
  seen: { sex: '女' },
  ...change,
})

/** Inside a transaction of the county that is rolled back; saves what a check would have found, as the system. */
async function check(ctx: Context & { db: Db }, findings: readonly Finding[], part: Partial<CheckedPart> = {}): Promise<SavedFindings> {
  const runId = makeId()
  const system = asSystem(ctx)
  await sql`SET LOCAL ROLE app_system`.execute(ctx.db)
  const kind = part.householdIds === undefined ? 'whole' : 'part'
  await insertRun(ctx.db, system, { runId, kind, asOf: ctx.today, rulesVersion: 'test' })
  await stageFindings(ctx.db, system, { runId, findings })
  const saved = await saveStaged(ctx.db, system, { runId, rules: ['Q006', 'Q028'], ...part })
  await followExceptions(ctx.db, system)
  const summary = { asOf: ctx.today, households: 0, persons: 0, villages: 0, ran: {}, notRun: [], registerRevision: 0 }
  await saveRun(ctx.db, system, { runId, summary, saved, finishedAt: ctx.now })
  await sql`SET LOCAL ROLE app_county`.execute(ctx.db)
  return saved
}

const todo = async (ctx: Context) => (await readFindings(ctx, { state: 'todo' }, deps())).items

describe('a check', () => {
  it('tells new from still there, gone, and back again, and counts how often it came back', () =>
    rolledBack(as(people.county), async (ctx) => {
      const [one, two] = [about(home, 0), about(neighbour, 1, { rule: 'Q028', severity: 'error', seen: { healthStatus: '' } })]
      expect(await check(ctx, [one, two, one])).toEqual({ new: 2, still: 0, gone: 0, back: 0 })
      expect(await check(ctx, [one, two])).toEqual({ new: 0, still: 2, gone: 0, back: 0 })
      expect(await check(ctx, [two])).toEqual({ new: 0, still: 1, gone: 1, back: 0 })
      expect((await todo(ctx)).map((card) => card.rule)).toEqual(['Q028'])
      expect(await check(ctx, [one, two])).toEqual({ new: 0, still: 1, gone: 0, back: 1 })
      const [grave, back] = await todo(ctx)
      expect([grave?.severity, back?.rule, back?.recurrence, back?.personName]).toEqual(['error', 'Q006', 1, '龚满堂'])
      const file = await readFinding(ctx, back?.findingId ?? '', deps())
      expect(file.events.map((event) => event.kind)).toEqual(['back', 'gone'])
      expect((await readFindingCounts(ctx, { back: 'true' }, deps())).total).toBe(1)
    }))

  it('leaves findings of rules that did not run, and of households that were not looked at', () =>
    rolledBack(as(people.county), async (ctx) => {
      const both = [about(home, 0), about(neighbour, 1)]
      await check(ctx, both)
      expect(await check(ctx, [], { rules: ['Q028'] })).toEqual({ new: 0, still: 0, gone: 0, back: 0 })
      const part = { householdIds: [home.householdId], householdRules: ['Q006'] }
      expect(await check(ctx, [], part)).toEqual({ new: 0, still: 0, gone: 1, back: 0 })
      expect((await todo(ctx)).map((card) => card.household?.headName)).toEqual(['傅桂香'])
      expect(await check(ctx, [], { householdIds: [home.householdId], householdRules: [] })).toMatchObject({ gone: 1 })
    }))
})

describe('the way of a finding', () => {
  it('goes to the village with a due day, or to the township where nobody has an account, and is answered', () =>
    rolledBack(as(people.county), async (ctx) => {
      await check(ctx, [about(home, 0), about(neighbour, 1)])
      const planned = await sendFindings(ctx, { filter: {}, isDryRun: true }, deps())
      expect(planned.receivers.map(({ count, fallsToTownship }) => [count, fallsToTownship])).toEqual([
        [1, true],
        [1, false],
      ])
      expect((await todo(ctx)).every((card) => card.state === 'open')).toBe(true)
      const sent = await sendFindings(ctx, { filter: {}, isDryRun: false, note: '月底前改好' }, deps())
      expect([sent.dueOn, sent.refused]).toEqual(['2024-01-02', []]) // ten working days after 2023-12-18, New Year's Day between them
      for (const today of ['2024-01-02', '2024-01-03'] as (typeof ctx.today)[]) {
        const late = (await todo({ ...ctx, today })).filter((one) => one.isOverdue).length
        expect([late, (await readFindingCounts({ ...ctx, today }, {}, deps())).overdue]).toEqual(
          Array(2).fill(today > '2024-01-02' ? 2 : 0),
        )
      }
      const again = await sendFindings(ctx, { filter: {}, isDryRun: false }, deps())
      expect(again.refused.map((one) => one.reason)).toEqual(['already-with-them', 'already-with-them'])
      const card = (await todo(ctx)).find((one) => one.household?.householdId === home.householdId)
      const answered = await answerFinding(
        { ...ctx, caller: { ...people.village.caller } },
        { findingId: card?.findingId ?? '', input: { revision: card?.revision ?? 0, answer: 'fixed-elsewhere', note: '已在国网改' } },
        deps(),
      )
      expect([answered.answer, answered.isStillThere, answered.isOverdue]).toEqual(['fixed-elsewhere', false, false])
      const later = { ...ctx, now: '2023-12-20T01:00:00.000Z' as typeof ctx.now }
      await check(later, [about(home, 0), about(neighbour, 1)])
      expect((await readFinding(ctx, answered.findingId, deps())).isStillThere).toBe(true)
      expect((await readFindingCounts(ctx, {}, deps())).answered).toBe(1)
    }))

  it('refuses what was read before somebody else acted', () =>
    rolledBack(as(people.county), async (ctx) => {
      await check(ctx, [about(home, 0)])
      const [card] = await todo(ctx)
      await sendFindings(ctx, { findingIds: [card?.findingId ?? ''], isDryRun: false }, deps())
      const input = { revision: card?.revision ?? 0, answer: 'fixed-elsewhere' } as const
      await expect(answerFinding(ctx, { findingId: card?.findingId ?? '', input }, deps())).rejects.toMatchObject({
        code: 'quality.finding-changed',
      })
    }))

  it('proposes what the identity number states as a correction, once', () =>
    rolledBack(as(people.county), async (ctx) => {
      const stated = Number(home.persons[0]?.idNumber[16]) % 2 === 1 ? '男' : '女'
      await check(ctx, [about(home, 0, { seen: { sex: stated === '男' ? '女' : '男' } })])
      const [card] = await todo(ctx)
      const file = await readFinding(ctx, card?.findingId ?? '', deps())
      const at = file.fixes.findIndex((fix) => !fix.isAlreadySo)
      expect(at).toBeGreaterThanOrEqual(0)
      expect(JSON.stringify(file)).not.toContain(home.persons[0]?.idNumber)
      const mended = await mendFinding(ctx, { findingId: file.findingId, input: { revision: file.revision, change: at } }, deps())
      expect(mended.correctionId).not.toBeNull()
      expect(mended.events[0]?.kind).toBe('proposed')
      const twice = { findingId: file.findingId, input: { revision: mended.revision, change: at } }
      await expect(mendFinding(ctx, twice, deps())).rejects.toMatchObject({ code: 'registry.already-proposed' })
    }))
})

describe('an exception', () => {
  const asking = { answer: 'right-as-is', reason: '老人确实没有办证', covers: 'household' } as const

  async function asked(ctx: Context & { db: Db }): Promise<{ findingId: string; exceptionId: string }> {
    await check(ctx, [about(home, 0)])
    const [card] = await todo(ctx)
    const findingId = card?.findingId ?? ''
    const caller = people.village.caller
    const file = await answerFinding({ ...ctx, caller }, { findingId, input: { revision: card?.revision ?? 0, ...asking } }, deps())
    return { findingId, exceptionId: file.exceptions[0]?.exceptionId ?? '' }
  }

  it('is granted by the county, covers findings to come of the household, expires, and the findings are open again', () =>
    rolledBack(as(people.county), async (ctx) => {
      const { findingId, exceptionId } = await asked(ctx)
      expect((await readFindingCounts(ctx, {}, deps())).asked).toBe(1)
      const input = { revision: 1, decision: 'grant', untilOn: '2024-06-30' } as const
      expect(await decideException(ctx, { exceptionId, input })).toMatchObject({ state: 'granted', untilOn: '2024-06-30' })
      expect((await readFinding(ctx, findingId, deps())).state).toBe('excepted')
      const child = about(home, 0, { subjectId: home.persons[1]?.personId ?? '', personId: home.persons[1]?.personId ?? '' })
      expect(await check(ctx, [about(home, 0), child])).toMatchObject({ new: 1, still: 1 })
      expect(await todo(ctx)).toEqual([])
      const later = { ...ctx, today: '2024-07-01' as typeof ctx.today }
      expect(await followExceptions(ctx.db, later)).toEqual({ reopened: 2, covered: 0 })
      expect((await todo(ctx)).length).toBe(2)
      expect((await readExceptions(ctx, { limit: 50 })).counts).toEqual({ expired: 1 })
    }))

  it('is never granted by whoever asked: the program and the database say so', () =>
    rolledBack(as(people.county), async (ctx) => {
      const { exceptionId } = await asked(ctx)
      const asker = { ...ctx, caller: { ...people.county.caller, id: people.village.caller.id ?? '' } as typeof ctx.caller }
      const input = { revision: 1, decision: 'grant', untilOn: '2024-06-30' } as const
      await expect(decideException(asker, { exceptionId, input })).rejects.toMatchObject({ code: 'quality.exception-refused' })
      const around = sql`UPDATE quality.exception SET state = 'granted', decided_by = asked_by, decided_at = now(), until_on = '2024-06-30'
        WHERE exception_id = ${exceptionId}`
      await expect(inTransaction(ctx, (db) => around.execute(db))).rejects.toMatchObject({ constraint: 'exception_four_eyes' })
      const endless = sql`UPDATE quality.exception SET state = 'granted', decided_by = 'somebody', decided_at = now() WHERE exception_id = ${exceptionId}`
      await expect(inTransaction(ctx, (db) => endless.execute(db))).rejects.toMatchObject({ constraint: 'exception_expires' })
    }))

  it('that is refused leaves the finding to be mended, with the reason', () =>
    rolledBack(as(people.county), async (ctx) => {
      const { findingId, exceptionId } = await asked(ctx)
      const input = { revision: 1, decision: 'refuse', note: '可以补办' } as const
      await expect(decideException(ctx, { exceptionId, input: { ...input, note: '否' } })).rejects.toMatchObject({
        code: 'quality.exception-refused',
      })
      await decideException(ctx, { exceptionId, input })
      const file = await readFinding(ctx, findingId, deps())
      expect([file.state, file.answer, file.events[0]?.kind, file.events[0]?.note]).toEqual(['open', null, 'refused', '可以补办'])
    }))

  it('that nobody has decided ends by itself when the finding is gone', () =>
    rolledBack(as(people.county), async (ctx) => {
      await asked(ctx)
      await check(ctx, [])
      expect((await readExceptions(ctx, { limit: 50 })).counts).toEqual({ ended: 1 })
    }))
})

describe('the list of a village on paper', () => {
  it('is a sheet in the official look with the whole numbers hidden, and stands in the records of exports', () =>
    rolledBack(as(people.county), async (ctx) => {
      await check(ctx, [about(home, 0), about(neighbour, 1)])
      const wanted = { area: villagePath(0), purpose: '下村核改' }
      const { fileName, body } = await exportWorklist(ctx, wanted, { filesDirectory: world.directory })
      const { cells } = await readBytes(await buffer(body as Readable)) // Safe: an export is a stream
      expect(fileName).toMatch(/^数据质量清单_.*\.xlsx$/)
      expect(cells[0]?.[0]).toBe(`${county.villages[0]?.name ?? ''}数据质量核改清单`)
      expect(cells[2]).toContain('怎么改')
      expect([cells[3]?.[2], cells.length]).toEqual([home.householdNo, 6])
      expect(cells.at(-2)?.[0]).toMatch(/^共 1 行　导出人：.*　用途：下村核改$/)
      const records = await sql`SELECT list, purpose, rows, is_masked FROM registry.export_record`.execute(ctx.db)
      expect(records.rows).toEqual([{ list: 'quality.worklist', purpose: '下村核改', rows: 1, is_masked: true }])
    }))
})

describe('scope', () => {
  it('shows a township its villages and a village its own, by list, counts, overview and search', async () => {
    const runId = makeId()
    const system = { ...as(people.county), scope: grantSystem(county.countyCode, 'test') }
    await inTransaction(system, async (db) => {
      await stageFindings(db, system, { runId, findings: [about(home, 0), about(neighbour, 1), about(farHome, 2)] })
      await saveStaged(db, system, { runId, rules: ['Q006'] })
    })
    const seen = async (user: GivenUser) => {
      const ctx = as(user)
      const list = await readFindings(ctx, {}, deps())
      const overview = await readOverview(ctx, undefined)
      const found = await readFindings(ctx, { text: '雷正兴' }, deps())
      const counts = await readFindingCounts(ctx, {}, deps())
      return [list.items.length, counts.total, overview.sum.total, overview.places.length, found.total]
    }
    expect(await seen(people.county)).toEqual([3, 3, 3, 2, 1])
    expect(await seen(people.township)).toEqual([2, 2, 2, 2, 0])
    expect(await seen(people.village)).toEqual([1, 1, 1, 1, 0])
    expect(await seen(people.far)).toEqual([1, 1, 1, 2, 1])
    await expect(readOverview(as(people.township), villagePath(2))).rejects.toMatchObject({ code: 'http.not-found' })
  })
})
