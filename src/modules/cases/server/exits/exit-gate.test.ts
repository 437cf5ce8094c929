import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { instantOf, readDay } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { givenPublished } from '#modules/policies/server/given.ts'
import { givenEmptyCounty, givenHousehold, type GivenHousehold } from '#modules/registry/server/given.ts'
import { givenAuthorisation, givenLead, givenRun } from '#modules/screening/server/given.ts'
import { openTestWorld, rolledBack } from '../../../../../test/database.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import type { CaseStep } from '../../rules/case-steps.ts'
import type { CheckNote } from '../../rules/exits/check-requests.ts'
import { missingFor } from '../act-on-case.ts'
import { insertMeasure, insertVisit } from '../case-parts-store.ts'
import { termsOf } from '../case-terms.ts'
import { exportChecks, readCheckWork } from './check-list.ts'
import { judgeChecks, takeChecks } from './check-many.ts'
import { answerCheck, noteChecks, readChecks, withdrawCheck } from './check-sheet.ts'
import { readExitGate } from './exit-gate.ts'
import { readUnstable } from './exit-unstable.ts'
import { givenCaseAt } from '../given.ts'
import { calculateIncome, readCalculation } from '../income/income-calculate.ts'
import { addIncomeLines, readIncomeSheet } from '../income/income-sheet.ts'

const world = openTestWorld()
const county = '990301'
const village = `99.9903.${county}.990301101.990301101201.`
const decided = { decision: '2023-05-20' } as const
const officer = () => world.as(grantCounty(county), { id: 'officer', roles: ['county-data-officer'] })
const on = <Ctx extends Context>(ctx: Ctx, day: string): Ctx => {
  const today = readDay(day)
  if (today === undefined) throw new Error(day)
  return { ...ctx, today, now: instantOf(Date.parse(`${day}T02:00:00Z`)) }
}
type Within = Context & { db: Db }

let home: GivenHousehold
beforeAll(async () => {
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county, name: '青禾县' })
  const line = {
    name: '监测范围收入线',
    en: 'Income line of monitoring',
    unit: '元/人·年',
    decimals: 2,
    value: 7500,
    latitude: 'free',
    note: '测试',
  }
  const content = JSON.stringify({ values: [line] })
  await givenPublished(world.as(grantSystem(county, 'test')), { key: 'cases.income-line', effectiveFrom: '2023-01-01', content })
  home = await given()
})

function given(facts: Record<string, string | number | boolean> = {}): Promise<GivenHousehold> {
  const insured = { residentMedicalInsurance: true }
  return givenHousehold(world.as(grantSystem(county, 'test')), world.vault, {
    areaPath: `${village}01.`,
    facts: { dangerousHouse: false, safeWater: true, waterDifficult: false, ...facts },
    members: [
      { name: '单有田', bornOn: '1975-03-01', labourSkill: '普通劳动力', facts: insured },
      { name: '单老幺', bornOn: '1950-06-01', labourSkill: '无劳动力', facts: insured },
    ],
  })
}

const caseAt = (ctx: Context, step: CaseStep, household = home) =>
  givenCaseAt(ctx, { householdId: household.householdId, step, onDays: decided, risks: ['因病'] })

async function wages(ctx: Within, yuan: number, household = home): Promise<void> {
  const line = { item: '务工收入', personId: null, monthFrom: '202212', monthTo: '202311', fen: yuan * 100, evidenceId: null }
  const lines = [{ ...line, source: 'wage-slip' as const, sourceNote: '' }]
  await addIncomeLines(ctx, { householdId: household.householdId, input: { lines } })
  await calculateIncome(ctx, { householdId: household.householdId, input: { purpose: 'elimination' } })
}

async function help(ctx: Within, file: CaseFile): Promise<void> {
  const measure = { risk: '因病', category: '健康帮扶', content: '大病救助', startedOn: '2023-06-01' }
  await insertMeasure(ctx.db, ctx, { file, measure })
}

const open = async (ctx: Within, caseId: string) =>
  (await readExitGate(ctx, { caseId })).items.filter(({ state }) => state !== 'met').map(({ state, word }) => `${state} ${word}`)

async function missing(ctx: Within, file: CaseFile, action: 'start-exit' | 'pass', mode?: 'helped' | 'natural') {
  const terms = await termsOf(ctx, { areaPath: file.areaPath, asOf: ctx.today })
  const found = await missingFor(ctx, { file, action, terms, mode })
  return found.filter(({ code }) => code.startsWith('exit.')).map(({ code, blocks }) => `${blocks ? 'blocks' : 'warns'} ${code}`)
}

describe('the gate of elimination of a case', () => {
  it('names exactly what is missing, and opens when it is there', () =>
    rolledBack(officer(), async (ctx) => {
      const file = await caseAt(ctx, 'tracking')
      expect(await open(ctx, file.caseId)).toEqual(['not-met measures.not-met', 'unknown income.none', 'unknown stable.none'])
      await help(ctx, file)
      await wages(ctx, 14_999)
      expect(await open(ctx, file.caseId)).toEqual(['not-met income.not-met', 'not-met stable.not-met'])
      await wages(ctx, 2)
      const gate = await readExitGate(ctx, { caseId: file.caseId })
      expect([gate.isThrough, gate.items.find(({ name }) => name === 'income')?.details]).toEqual([
        true,
        { found: '7500.50', needed: '7500.00', to: '2023-11-30' },
      ])
      expect(await missing(ctx, file, 'start-exit')).toEqual([])
    }))

  it('warns of a missing measure until somebody says how the risk went away, and blocks a helped elimination', () =>
    rolledBack(officer(), async (ctx) => {
      const file = await caseAt(ctx, 'exit-decision')
      await wages(ctx, 40_000)
      expect(await missing(ctx, file, 'pass')).toEqual(['warns exit.measures.not-met'])
      expect(await missing(ctx, file, 'pass', 'helped')).toEqual(['blocks exit.measures.not-met'])
      expect(await missing(ctx, file, 'pass', 'natural')).toEqual([])
      expect(await missing(on(ctx, '2023-11-19'), file, 'pass', 'natural')).toEqual(['blocks exit.months.not-met'])
    }))

  it('is told at the review without stopping it, and asked nowhere else', () =>
    rolledBack(officer(), async (ctx) => {
      const file = await caseAt(ctx, 'exit-review')
      expect(await missing(ctx, file, 'pass')).toEqual(['warns exit.measures.not-met', 'warns exit.income.none', 'warns exit.stable.none'])
      expect(await missing(ctx, { ...file, step: 'exit-notice' }, 'pass')).toEqual([])
    }))

  it('sees lines that changed since, a new lead, a worse visit, and a household without labour', () =>
    rolledBack(officer(), async (ctx) => {
      const file = await caseAt(ctx, 'tracking')
      await help(ctx, file)
      await wages(ctx, 40_000)
      const month = '202311'
      await givenLead(ctx, { runId: await givenRun(ctx, month), month, householdId: home.householdId, areaPath: `${village}01.` })
      const visit = { visitedOn: '2023-12-10', method: 'home' as const, visitors: ['甲', '乙'], finding: 'worse' as const, note: '' }
      await insertVisit(ctx.db, ctx, { file, visit })
      expect(await open(ctx, file.caseId)).toEqual(['not-met new-risk.lead', 'not-met new-risk.visit'])
      const line = { item: '种植业支出', personId: null, monthFrom: '202301', monthTo: '202301', fen: 1, evidenceId: null }
      await addIncomeLines(ctx, { householdId: home.householdId, input: { lines: [{ ...line, source: 'said', sourceNote: '' }] } })
      expect((await open(ctx, file.caseId)).slice(0, 2)).toEqual(['unknown income.stale', 'unknown stable.stale'])
      const old = await given({ noLaborHousehold: true, safeWater: false })
      const other = await caseAt(ctx, 'tracking', old)
      expect(await open(ctx, other.caseId)).toEqual(expect.arrayContaining(['not-met labour.not-met', 'not-met safeguards.not-met']))
    }))

  it('lists eliminations whose facts fell below it, with the reasons', () =>
    rolledBack(officer(), async (ctx) => {
      const well = await caseAt(ctx, 'follow-up')
      const fallen = await given({ netIncomePerCapita: 700_000, safeWater: false })
      const file = await caseAt(ctx, 'follow-up', fallen)
      const { items } = await readUnstable(ctx, {})
      expect(items.map(({ caseId }) => caseId)).toEqual([file.caseId])
      expect(items[0]?.reasons).toEqual([
        { reason: 'income', details: { found: '7000.00', needed: '7500.00', on: '2023-12-18' } },
        { reason: 'safeguard', details: { safeguard: '饮水安全' } },
      ])
      const month = '202311'
      const later = on(ctx, '2023-12-20')
      await givenLead(later, { runId: await givenRun(ctx, month), month, householdId: home.householdId, areaPath: `${village}01.` })
      expect((await readUnstable(later, {})).items.find(({ caseId }) => caseId === well.caseId)?.reasons).toEqual([
        { reason: 'lead', details: { on: '2023-12-20' } },
      ])
    }))
})

describe('the department check', () => {
  const note = (household: GivenHousehold, at: number, department: string, more: Partial<CheckNote> = {}): CheckNote => ({
    personId: household.persons[at]?.personId ?? '',
    department,
    requestedOn: '2023-12-01',
    cameOn: '2023-12-05',
    result: 'nothing',
    word: null,
    what: null,
    ...more,
  })
  const all = (household: GivenHousehold, departments: readonly string[]) =>
    departments.flatMap((department) => household.persons.map((_, at) => note(household, at, department)))

  it('asks every department about every adult, and a written reason for what was found', () =>
    rolledBack(officer(), async (ctx) => {
      const { caseId } = await caseAt(ctx, 'check')
      const before = await readChecks(ctx, caseId)
      expect(before.missing).toHaveLength(before.departments.length)
      expect(before.missing[0]).toMatchObject({ code: 'check.department', details: { department: '公安', people: 2 } })
      expect(before.advice).toBeNull()
      const car = note(home, 0, '公安', { result: 'found', word: '有小型汽车', what: '名下小型汽车1辆' })
      const rest = all(home, before.departments).filter((one) => !(one.department === '公安' && one.personId === car.personId))
      expect(await noteChecks(ctx, { caseId, notes: [car, ...rest] })).toEqual({ noted: 18, kept: 0 })
      const flagged = await readChecks(ctx, caseId)
      expect(flagged.missing).toEqual([
        { code: 'check.flag', blocks: true, details: { department: '公安', name: '单有田', what: '有小型汽车' } },
      ])
      expect(flagged.advice).toEqual(['请书面说明：家中有小型汽车'])
      const caseCheckId = flagged.checks.find(({ result }) => result === 'found')?.caseCheckId ?? ''
      const input = { answer: 'does-not-speak-against' as const, reason: '车已报废，正在注销' }
      await answerCheck(ctx, { caseCheckId, input })
      expect((await readChecks(ctx, caseId)).missing).toEqual([])
      await expect(answerCheck(ctx, { caseCheckId, input })).rejects.toMatchObject({ code: 'cases.nothing-to-answer' })
    }))

  it('fills in what was only asked, keeps what came, and lets a mistake be withdrawn', () =>
    rolledBack(officer(), async (ctx) => {
      const { caseId } = await caseAt(ctx, 'visit')
      const asked = note(home, 0, '银行', { cameOn: null, result: null })
      expect(await noteChecks(ctx, { caseId, notes: [asked] })).toEqual({ noted: 1, kept: 0 })
      const found = note(home, 0, '银行', { result: 'found', what: '存款较多', word: '存款超限' })
      expect(await noteChecks(ctx, { caseId, notes: [found] })).toEqual({ noted: 1, kept: 0 })
      expect(await noteChecks(ctx, { caseId, notes: [note(home, 0, '银行')] })).toEqual({ noted: 0, kept: 1 })
      const [check] = (await readChecks(ctx, caseId)).checks
      await withdrawCheck(ctx, { caseCheckId: check?.caseCheckId ?? '', reason: '查错了人' })
      expect(await noteChecks(ctx, { caseId, notes: [note(home, 0, '银行')] })).toEqual({ noted: 1, kept: 0 })
    }))

  it('refuses half a result, strangers, other departments and days to come', () =>
    rolledBack(officer(), async (ctx) => {
      const { caseId } = await caseAt(ctx, 'check')
      const refused = (more: Partial<CheckNote>, department = '税务') =>
        expect(noteChecks(ctx, { caseId, notes: [note(home, 0, department, more)] })).rejects
      await refused({ result: 'found' }).toMatchObject({ code: 'cases.check-incomplete', details: { row: 1 } })
      await refused({ cameOn: null }).toMatchObject({ code: 'cases.check-incomplete' })
      await refused({ personId: makeId() }).toMatchObject({ code: 'cases.not-a-member' })
      await refused({ cameOn: '2023-12-19' }).toMatchObject({ code: 'cases.check-day' })
      await refused({}, '气象').toMatchObject({ code: 'cases.unknown-department' })
      await refused({ result: 'found', what: '彩票', word: '中奖' }).toMatchObject({ code: 'cases.unknown-flag' })
    }))

  it('goes out to a department as a list, and comes back for many at once or not at all', () =>
    rolledBack(officer(), async (ctx) => {
      const deps = { vault: world.vault, filesDirectory: join(world.directory, 'files') }
      const file = await caseAt(ctx, 'check')
      const [department = ''] = (await readChecks(ctx, file.caseId)).departments
      const work = async () => (await readCheckWork(ctx, deps)).items.find((one) => one.department === department)
      expect(await work()).toMatchObject({ people: 2, cases: 1, unauthorised: 2, askedSince: null })
      const [first] = home.persons
      const personId = first?.personId ?? ''
      await givenAuthorisation(ctx, { areaPath: `${village}01.`, householdId: home.householdId, personId, paper: '1' })
      const sent = await exportChecks(ctx, { department, purpose: '信息比对', format: 'csv' }, deps)
      expect(Buffer.isBuffer(sent.body) ? '' : await textOf(sent.body)).toContain(`单有田,${first?.idNumber},${department},,`)
      expect(await work()).toMatchObject({ people: 2, unauthorised: 0, askedSince: ctx.today })
      const row = { name: '单有田', idNumber: first?.idNumber ?? '', department, result: '无', remark: '' }
      const back = { department, cameOn: ctx.today, rows: [row, { ...row, name: '单老幺', idNumber: '', result: '有', remark: '' }] }
      expect((await judgeChecks(ctx, deps, back)).items).toMatchObject([{ state: 'ready' }, { state: 'bad', problem: 'no-remark' }])
      expect(await takeChecks(ctx, deps, back).catch((fault: unknown) => fault)).toMatchObject({
        code: 'cases.check-rows-bad',
        details: { rows: [{ row: 2, column: 'remark' }] },
      })
      const whole = { ...back, rows: back.rows.map((one) => (one.result === '有' ? { ...one, remark: '名下小型汽车一辆' } : one)) }
      expect(await takeChecks(ctx, deps, whole)).toEqual({ noted: 2, kept: 0, cases: 1 })
      expect(await takeChecks(ctx, deps, whole)).toEqual({ noted: 0, kept: 2, cases: 0 })
      expect(await work()).toBeUndefined()
    }))

  it('asks nobody about a household on the allowance, and nothing of a case that is decided', () =>
    rolledBack(officer(), async (ctx) => {
      const poor = await givenHousehold(world.as(grantSystem(county, 'test')), world.vault, {
        areaPath: `${village}01.`,
        members: [{ name: '单低保', facts: { dibaoStatus: '农村低保' } }],
      })
      const file = await caseAt(ctx, 'check', poor)
      expect(await readChecks(ctx, file.caseId)).toMatchObject({ isExempt: true, missing: [] })
      const decidedCase = await caseAt(ctx, 'tracking')
      await expect(noteChecks(ctx, { caseId: decidedCase.caseId, notes: [note(home, 0, '税务')] })).rejects.toMatchObject({
        code: 'cases.check-closed',
      })
      const stranger = world.as(grantArea(county, `99.9903.${county}.990301102.`), { roles: ['township-officer'] })
      await expect(readChecks(stranger, file.caseId)).rejects.toMatchObject({ code: 'http.not-found' })
    }))
})

describe('a kept number', () => {
  it('comes out again by the policy of its day, whatever is published for that day later', () =>
    rolledBack(officer(), async (ctx) => {
      await wages(ctx, 20_000)
      const kept = await calculateIncome(ctx, { householdId: home.householdId, input: { purpose: 'identification' } })
      const [share] = [{ name: '低保口径就业成本扣减比例', en: 'Share', unit: '%', decimals: 2, value: 20, latitude: 'free', note: '测试' }]
      const content = JSON.stringify({ values: [share] })
      const later = on(ctx, '2024-03-01')
      await givenPublished(later, { key: 'cases.income-views', effectiveFrom: '2023-01-01', content })
      expect((await readCalculation(later, kept.calculationId)).replay.isSame).toBe(true)
      const sheet = await readIncomeSheet(later, { householdId: home.householdId, purpose: 'identification' })
      expect([sheet.terms.workCost, sheet.result.civil.workCost]).toEqual([2000, 300_000])
    }))
})

describe('the verification visit', () => {
  it('needs an income sheet for the period of identification, as it stands', () =>
    rolledBack(officer(), async (ctx) => {
      const file = await caseAt(ctx, 'visit')
      const codes = async () => {
        const terms = await termsOf(ctx, { areaPath: file.areaPath, asOf: ctx.today })
        return (await missingFor(ctx, { file, action: 'pass', terms })).map(({ code }) => code).filter((code) => code.startsWith('income'))
      }
      expect(await codes()).toEqual(['income.none'])
      await wages(ctx, 1000)
      expect(await codes()).toEqual(['income.none'])
      await calculateIncome(ctx, { householdId: home.householdId, input: { purpose: 'identification' } })
      expect(await codes()).toEqual([])
      await wages(ctx, 1)
      expect(await codes()).toEqual(['income.stale'])
    }))
})
