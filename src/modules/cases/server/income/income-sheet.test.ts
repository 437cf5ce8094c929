import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { grantArea, grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { instantOf, readDay } from '#kernel/pure/time/index.ts'
import { givenEmptyCounty, givenHousehold, type GivenHousehold } from '#modules/registry/server/given.ts'
import { givenRun } from '#modules/screening/server/given.ts'
import { openTestWorld, rolledBack } from '../../../../../test/database.ts'
import type { NewIncomeLine } from '../../rules/income/income-requests.ts'
import { calculateIncome, readCalculation } from './income-calculate.ts'
import { addIncomeLines, readIncomeSheet, takeOverIncome, withdrawIncomeLine } from './income-sheet.ts'

// The clock stands at 2023-12-18: identification counts 2022-12 to 2023-11.
const world = openTestWorld()
const county = '990301'
const village = `99.9903.${county}.990301101.990301101201.`
const elsewhere = `99.9903.${county}.990301102.990301102201.`
const officer = (day?: string): Context => {
  const ctx = world.as(grantArea(county, village), { roles: ['village-cadre'] })
  const today = day === undefined ? undefined : readDay(day)
  return today === undefined ? ctx : { ...ctx, today, now: instantOf(Date.parse(`${today}T01:00:00Z`)) }
}

let home: GivenHousehold
beforeAll(async () => {
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county, name: '青禾县' })
  const ctx = world.as(grantSystem(county, 'test'))
  home = await givenHousehold(ctx, world.vault, {
    areaPath: `${village}01.`,
    facts: { wageMigrant: 1_800_000, wageIncome: 1_800_000, transferDibao: 300_000, businessIncome: 250_000, memberCount: 2 },
    members: [{ name: '单有田' }, { name: '单小禾', relation: '之子' }],
  })
  const run = await givenRun(ctx, '202310')
  await matched(run, { list: 'dibao', month: '202310', facts: { total: '250.50', insured: '2' }, row: 4 })
  await matched(run, { list: 'medical', month: '202310', facts: { selfPaid: '3000.00' }, row: 9 })
  await matched(run, { list: 'medical', month: '202310', facts: { selfPaid: '200.00' }, row: 12 })
})

async function matched(runId: string, given: { list: string; month: string; facts: Record<string, string>; row: number }): Promise<void> {
  const ctx = world.as(grantCounty(county))
  const [person] = home.persons
  await inTransaction(ctx, (db) =>
    sql`INSERT INTO screening.receipt (county_code, receipt_id, run_id, list, file_name, file_hash, bytes, received_at)
        VALUES (${county}, ${makeId().replaceAll('-', '')}, ${runId}::uuid, ${given.list}, '清单.xlsx', ${'0'.repeat(64)}, 1, now())`.execute(
      db,
    ),
  )
  await inTransaction(ctx, (db) =>
    sql`INSERT INTO screening.matched_row (county_code, matched_row_id, run_id, month, list, receipt_id, sheet, row_no, household_id, person_id, area_path,
          class, cause, row_key, rest, facts)
        SELECT ${county}, ${makeId()}, ${runId}::uuid, ${given.month}, ${given.list}, receipt_id, '表', ${given.row}, ${home.householdId}::uuid,
          ${person?.personId ?? null}::uuid, ${`${village}01.`}, 'exact', '', '0', ${String(given.row)}, ${JSON.stringify(given.facts)}::jsonb
        FROM screening.receipt WHERE county_code = ${county} AND run_id = ${runId}::uuid AND list = ${given.list} LIMIT 1`.execute(db),
  )
}

const wage = (fen: number, more: Partial<NewIncomeLine> = {}): NewIncomeLine => ({
  item: '务工收入',
  personId: null,
  monthFrom: '202301',
  monthTo: '202306',
  fen,
  source: 'wage-slip',
  sourceNote: '',
  evidenceId: null,
  ...more,
})
const sheetOf = (ctx: Context, householdId = home.householdId) => readIncomeSheet(ctx, { householdId, purpose: 'identification' })
const add = (ctx: Context, lines: NewIncomeLine[]) => addIncomeLines(ctx, { householdId: home.householdId, input: { lines } })

describe('the income sheet of a household', () => {
  it('is computed over twelve full months before this one, per person', () =>
    rolledBack(officer(), async (ctx) => {
      await add(ctx, [wage(1_200_000), wage(90_000, { item: '种植业支出' }), wage(500, { monthFrom: '202312', monthTo: '202312' })])
      const { period, result, members } = await sheetOf(ctx)
      expect(period).toEqual({ from: '2022-12-01', to: '2023-11-30' })
      expect(members.map(({ name }) => name)).toEqual(['单有田', '单小禾'])
      expect(result.rural).toMatchObject({ wages: 1_200_000, expenses: 90_000, net: 1_110_000, perPerson: 555_000 })
    }))

  it('proposes what lists and the register have, and takes each over once', () =>
    rolledBack(officer(), async (ctx) => {
      const { proposals } = await sheetOf(ctx)
      const shown = proposals.map(({ item, fen, monthFrom, monthTo, overlaps }) => [item, fen, monthFrom, monthTo, overlaps])
      expect(shown).toEqual([
        ['低保金', 25_050, '202310', '202310', false],
        ['住院自付', 320_000, '202301', '202310', false],
        ['务工收入', 1_800_000, '202210', '202309', false],
        // The total of wages is not proposed beside its part; a total without parts is.
        ['其他生产经营性收入', 250_000, '202210', '202309', false],
        ['低保金', 300_000, '202210', '202309', false],
      ])
      const refs = proposals.map(({ ref }) => ref)
      const take = () => takeOverIncome(ctx, { householdId: home.householdId, input: { refs } })
      expect([await take(), await take()]).toEqual([
        { added: 5, replaced: 0 },
        { added: 0, replaced: 0 },
      ])
      expect(new Set((await sheetOf(ctx)).proposals.map(({ state }) => state))).toEqual(new Set(['taken']))
    }))

  it('replaces an amount that has grown within the year', () =>
    rolledBack(officer(), async (ctx) => {
      const first = (await sheetOf(ctx)).proposals.find(({ from }) => from === 'medical')
      await takeOverIncome(ctx, { householdId: home.householdId, input: { refs: [first?.ref ?? ''] } })
      const grown = { ...first, ref: (first?.ref ?? '').replace(':202310', ':202309'), fen: 310_000 }
      const [line] = (await sheetOf(ctx)).lines
      await withdrawIncomeLine(ctx, { lineId: line?.lineId ?? '', reason: '改成上个月的' })
      await sql`INSERT INTO cases.income_line (county_code, income_line_id, household_id, area_path, item, month_from, month_to, amount_fen, source, source_ref,
          noted_by, noted_name, noted_at)
        VALUES (${county}, ${makeId()}, ${home.householdId}::uuid, ${`${village}01.`}, '住院自付', '202301', '202309', ${grown.fen}, 'list', ${grown.ref},
          'x', '测试员', now())`.execute(ctx.db)
      const again = (await sheetOf(ctx)).proposals.find(({ from }) => from === 'medical')
      expect(again).toMatchObject({ state: 'changed', fen: 320_000 })
      expect(await takeOverIncome(ctx, { householdId: home.householdId, input: { refs: [again?.ref ?? ''] } })).toEqual({
        added: 1,
        replaced: 1,
      })
      const held = (await sheetOf(ctx)).lines.filter(({ withdrawn }) => withdrawn === null)
      expect(held.map(({ fen, monthTo }) => [fen, monthTo])).toEqual([[320_000, '202310']])
    }))

  it('keeps a number so that it comes out again, whatever is withdrawn or added later', () =>
    rolledBack(officer(), async (ctx) => {
      await add(ctx, [wage(1_200_001), wage(55_555, { item: '住院自付', personId: home.persons[1]?.personId ?? null })])
      const [, son] = home.persons
      const persons = home.persons.filter((one) => one !== son).map(({ personId }) => personId)
      const kept = await calculateIncome(ctx, { householdId: home.householdId, input: { purpose: 'identification', persons } })
      expect(kept).toMatchObject({ persons: 1, netFen: 1_200_001, perPersonFen: 1_200_001, referencePerPersonFen: 1_200_001 })
      const [line] = (await sheetOf(ctx)).lines.filter(({ item }) => item === '务工收入')
      await withdrawIncomeLine(ctx, { lineId: line?.lineId ?? '', reason: '工资单是别人的' })
      const later = { ...ctx, ...officer('2024-06-30'), db: ctx.db }
      await add(later, [wage(7)])
      const record = await readCalculation(later, kept.calculationId)
      expect(record.replay).toMatchObject({ isSame: true, netFen: 1_200_001 })
      expect(record.lines.map(({ item, withdrawn }) => [item, withdrawn?.reason])).toEqual([['务工收入', '工资单是别人的']])
      expect((await sheetOf(later)).leftOut).toEqual([son?.personId])
    }))

  it('knows no such item, nobody else’s members, and no month to come', () =>
    rolledBack(officer(), async (ctx) => {
      await expect(add(ctx, [wage(1, { item: '彩票' })])).rejects.toMatchObject({
        code: 'cases.unknown-item',
        details: { item: '彩票', row: 1 },
      })
      await expect(add(ctx, [wage(1), wage(1, { personId: makeId() })])).rejects.toMatchObject({
        code: 'cases.not-a-member',
        details: { row: 2 },
      })
      await expect(add(ctx, [wage(1, { monthTo: '202401' })])).rejects.toMatchObject({ code: 'cases.month-ahead' })
    }))

  it('is not there for another village, and a line is withdrawn once', () =>
    rolledBack(officer(), async (ctx) => {
      await add(ctx, [wage(5)])
      const [line] = (await sheetOf(ctx)).lines
      const stranger = world.as(grantArea(county, elsewhere), { roles: ['village-cadre'] })
      await expect(sheetOf(stranger)).rejects.toMatchObject({ code: 'http.not-found' })
      const withdraw = () => withdrawIncomeLine(ctx, { lineId: line?.lineId ?? '', reason: '登错了户' })
      await withdraw()
      await expect(withdraw()).rejects.toMatchObject({ code: 'http.not-found' })
    }))
})
