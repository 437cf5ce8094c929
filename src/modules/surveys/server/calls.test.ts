import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { actingAs, givenCounty, givenUser, type GivenCounty, type GivenUser } from '#modules/identity/server/given.ts'
import { givenHousehold, type GivenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import type { CampaignRecord, TargetRecord } from '../rules/survey-records.ts'
import { campaignStates, nextCampaignStates } from '../rules/campaign-states.ts'
import { callOutcomes, nextTargetStates, targetStates } from '../rules/target-states.ts'
import { assignTargets } from './assign-targets.ts'
import { readCallSheet, readMine, showPhone } from './call-sheet.ts'
import { draftCampaign } from './draft-campaign.ts'
import { correctAnswers, finishCall, takeUpAgain } from './finish-call.ts'
import { freezePopulation, previewPopulation } from './freeze-population.ts'
import { contentAnswers, givenCampaign } from './given.ts'
import { importAnswers } from './import-answers.ts'
import { moveCampaign } from './move-campaign.ts'
import { DraftCampaign } from '../rules/survey-requests.ts'
import { readCampaign, readProblems, readTargets } from './read-lists.ts'
import { readProgress, readRoundDifference } from './read-progress.ts'

const world = openTestWorld()
let county: GivenCounty
let officer: Context
let caller: GivenUser
let other: GivenUser
let cadre: GivenUser
let households: GivenHousehold[]
const clock = () => testNowMs

beforeAll(async () => {
  county = await givenCounty(world.database, { clock })
  const user = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, clock })
  officer = actingAs(user, world.as(grantCounty(county.countyCode)))
  caller = await givenUser(world.database, { role: 'department-clerk', areaPath: county.countyPath, name: '来电甲', clock })
  other = await givenUser(world.database, { role: 'department-clerk', areaPath: county.countyPath, name: '来电乙', clock })
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: county.villages[0]?.path ?? '', clock })
  households = []
  for (let at = 0; at < 8; at += 1)
    households.push(
      await givenHousehold(officer, world.vault, {
        areaPath: county.villages[at % 4]?.path ?? '',
        type: at < 6 ? '脱贫户' : '一般农户',
        phone: `1540001000${at}`,
        facts: { mainPovertyCause: '缺技术' },
        members: [
          { name: `户主${at}`, phone: `1640001000${at}`, monthlyIncomeFen: 300_000, facts: { workPlace: '本县' } },
          { name: `家人${at}` },
        ],
      }),
    )
})

const as = (user: GivenUser) => actingAs(user, world.as(grantCounty(county.countyCode)))
const deps = () => ({ vault: world.vault })
const answers = (more: object = {}) => ({ ...contentAnswers, ...more }) as never // Safe: as a form sends it.
const filter = DraftCampaign.shape.filter.parse({ registered: true })
async function given(more: Parameters<typeof givenCampaign>[1] = {}): Promise<{ campaign: CampaignRecord; targets: TargetRecord[] }> {
  const campaign = await givenCampaign(officer, { filter, callers: [caller.userId], ...more })
  return { campaign, targets: (await readTargets(officer, campaign.campaignId, {})).items }
}
const answered = (target: TargetRecord | undefined, more: object = {}) => ({
  targetId: target?.targetId ?? '',
  input: { revision: target?.revision ?? 0, outcome: 'answered' as const, answers: answers(more), note: '' },
})

describe('states', () => {
  it('follow each other in the database as in the rules', async () => {
    const said = await inTransaction(officer, async (db) => {
      const of = async (name: string, state: string) =>
        (await sql<{ next: string[] }>`SELECT ${sql.raw(`surveys.next_${name}_states`)}(${state}) AS next`.execute(db)).rows[0]?.next ?? []
      const target: Record<string, string[]> = {}
      for (const state of targetStates) target[state] = await of('target', state)
      const campaign: Record<string, string[]> = {}
      for (const state of campaignStates) campaign[state] = await of('campaign', state)
      return { target, campaign }
    })
    expect(said).toEqual({ target: nextTargetStates, campaign: nextCampaignStates })
  })

  it.each(targetStates)('refuse every move from %s that is none', async (state) => {
    const { targets } = await given()
    const [target] = targets
    const write = (to: string) =>
      inTransaction(officer, async (db) => {
        // As the database would have it, without the guard of the way there.
        const answer = (word: string) =>
          word === 'answered' ? sql`answered_at = now(), conclusion = 'clean'` : sql`answered_at = NULL, conclusion = NULL`
        const at = sql`county_code = ${county.countyCode} AND target_id = ${target?.targetId ?? ''}::uuid`
        if (state !== 'waiting') await sql`UPDATE surveys.target SET state = ${state}, ${answer(state)} WHERE ${at}`.execute(db)
        await sql`UPDATE surveys.target SET state = ${to}, attempts = attempts + 1, ${answer(to)} WHERE ${at}`.execute(db)
        throw new Error('done')
      }).catch((fault: unknown) => (fault instanceof Error && 'code' in fault ? fault.code : 'done'))
    for (const to of targetStates) {
      const allowed: readonly string[] = nextTargetStates[state]
      expect([to, await write(to)]).toEqual([to, allowed.includes(to) ? 'done' : 'BF784'])
    }
  })
})

describe('a population', () => {
  it('is frozen once: who comes later is not asked, who is named twice is asked once, an unknown number is named', async () => {
    const nos = [households[6]?.householdNo ?? '', households[6]?.householdNo ?? '', 'X999999']
    const drafted = await draftCampaign(
      officer,
      DraftCampaign.parse({
        kind: 'phone',
        name: '电话调查',
        formKey: 'phone-survey',
        startsOn: '2023-12-18',
        endsOn: '2023-12-31',
        filter,
      }),
    )
    const preview = await previewPopulation(officer, drafted.campaignId, { householdNos: nos })
    expect(preview).toMatchObject({ behind: 7, households: 7, persons: 14, unknown: ['X999999'], twice: 1 })
    const { campaign } = await freezePopulation(officer, drafted.campaignId, { revision: 1, householdNos: nos })
    expect(campaign).toMatchObject({ state: 'frozen', filter: { named: { count: 2 } } })
    await expect(freezePopulation(officer, drafted.campaignId, { revision: 2, householdNos: [] })).rejects.toMatchObject({
      code: 'surveys.frozen',
    })
    const late = inTransaction(officer, (db) =>
      sql`INSERT INTO surveys.target (county_code, target_id, campaign_id, seq, household_id, area_path, frozen_path, township, village, persons)
        SELECT county_code, gen_random_uuid(), campaign_id, 99, gen_random_uuid(), area_path, area_path, '', '', 1 FROM surveys.target
        WHERE campaign_id = ${drafted.campaignId}::uuid LIMIT 1`.execute(db),
    )
    await expect(late).rejects.toMatchObject({ code: 'BF782' })
  })

  it('is drawn by the seed from every township', async () => {
    const draw = async (seed: string) => (await given({ sampleSize: 2, seed, isOpen: false })).targets.map((one) => one.householdNo)
    const once = await draw('seed-1')
    expect(once).toHaveLength(2)
    expect(await draw('seed-1')).toEqual(once)
    const { targets } = await given({ sampleSize: 2, seed: 'seed-1', isOpen: false })
    expect(new Set(targets.map((one) => one.township)).size).toBe(1) // the given households name one township, their paths two
  })
})

describe('calls', () => {
  it('leave a household with one answer, whoever comes second looks again', async () => {
    const { targets } = await given()
    const [target] = targets
    const tries = await Promise.allSettled([
      finishCall(as(caller), deps(), answered(target)),
      finishCall(officer, deps(), answered(target)),
    ])
    const lost = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(lost).toHaveLength(1)
    expect(lost[0]).toMatchObject({ code: expect.stringMatching(/^surveys\.(changed|wrong-state)$/) })
    const sheet = await readCallSheet(officer, deps(), target?.targetId ?? '')
    expect(sheet.responses).toHaveLength(1)
    expect(sheet.calls).toHaveLength(1)
  })

  it('that came to nothing are tried again, counted, and taken up again by hand', async () => {
    const { campaign, targets } = await given()
    const targetId = targets[0]?.targetId ?? ''
    const ctx = as(caller)
    for (let turn = 0; turn < 3; turn += 1) {
      const { target } = await readCallSheet(ctx, deps(), targetId)
      await finishCall(ctx, deps(), {
        targetId,
        input: { revision: target.revision, outcome: 'no-answer', note: turn === 0 ? '住院了' : '' },
      })
    }
    const sheet = await readCallSheet(ctx, deps(), targetId)
    expect(sheet.target).toMatchObject({ state: 'unreached', attempts: 3 })
    expect(sheet.calls.map((call) => call.note)).toEqual(['住院了', '', ''])
    const progress = await readProgress(officer, campaign.campaignId, undefined)
    expect(progress.sum).toMatchObject({ targets: 6, recorded: 1, answered: 0, without: 1, calls: 3 })
    expect(progress.coverage).toEqual({ recorded: '16.67', reached: '0.00' })
    expect((await readTargets(officer, campaign.campaignId, { unanswered: 'true' })).items).toHaveLength(6)
    await takeUpAgain(ctx, { targetId, input: { revision: sheet.target.revision, reason: '村里给了新号码' } })
    expect((await readMine(ctx, { campaignId: campaign.campaignId })).items[0]).toMatchObject({ targetId, state: 'retry', isDue: true })
  })

  it.each(callOutcomes)('by somebody to whom the household was not given are refused (%s)', async (outcome) => {
    const { targets } = await given()
    const [target] = targets
    const input = { revision: target?.revision ?? 0, outcome, note: '', ...(outcome === 'answered' ? { answers: answers() } : {}) }
    const call = (ctx: Context) => finishCall(ctx, deps(), { targetId: target?.targetId ?? '', input })
    await expect(call(as(other))).rejects.toMatchObject({ code: 'surveys.not-found' })
    await expect(call(actingAs(cadre, world.as(grantArea(county.countyCode, county.villages[1]?.path ?? ''))))).rejects.toMatchObject({
      status: expect.toSatisfy((status: number) => status === 422 || status === 404),
    })
  })

  it('need every answer of the form, and name what is missing', async () => {
    const { targets } = await given()
    await expect(
      finishCall(as(caller), deps(), answered(targets[0], { housing: undefined, trouble: ['none', 'job'] })),
    ).rejects.toMatchObject({
      code: 'surveys.answers-refused',
      details: {
        faults: [
          { at: 'housing', why: 'needed' },
          { at: 'trouble', why: 'check' },
        ],
      },
    })
  })

  it('show the telephone through the register’s reveal, with the campaign as reason', async () => {
    const { campaign, targets } = await given()
    const target = targets[0]
    const known = households.find((one) => one.householdNo === target?.householdNo)
    const value = await showPhone(as(caller), deps(), { targetId: target?.targetId ?? '', personId: known?.persons[0]?.personId })
    expect(value).toEqual({ value: known?.persons[0]?.phone })
    const looks = await inTransaction(officer, (db) =>
      sql<{ reason: string }>`SELECT reason FROM registry.reveal WHERE caller_id = ${caller.userId}`.execute(db),
    )
    expect(looks.rows.map((row) => row.reason)).toContain(`电话调查 ${campaign.campaignNo}`)
    await expect(showPhone(as(other), deps(), { targetId: target?.targetId ?? '', personId: undefined })).rejects.toMatchObject({
      status: 404,
    })
  })

  it('are taken over by another caller, and by none outside his area', async () => {
    const { campaign, targets } = await given()
    await assignTargets(officer, campaign.campaignId, { targetIds: [], from: caller.userId, to: other.userId })
    expect((await readMine(as(caller), { campaignId: campaign.campaignId })).items).toEqual([])
    expect((await readMine(as(other), { campaignId: campaign.campaignId })).items).toHaveLength(6)
    const elsewhere = targets.find((one) => one.village !== '') ? targets.map((one) => one.targetId) : []
    await expect(assignTargets(officer, campaign.campaignId, { targetIds: elsewhere, to: cadre.userId })).rejects.toMatchObject({
      code: 'surveys.no-caller',
    })
  })
})

describe('answers', () => {
  it('correct the register at once where policy says so, else wait; a corrected answer withdraws what no longer follows', async () => {
    const { campaign, targets } = await given()
    const target = targets[1]
    const known = households.find((one) => one.householdNo === target?.householdNo)
    const personId = known?.persons[0]?.personId
    const done = await finishCall(
      as(caller),
      deps(),
      answered(target, {
        cause: { said: 'different', values: [{ value: '因病' }] },
        wage: { said: 'different', values: [{ personId, value: '3200' }] },
        relation: { said: 'different', values: [{ personId: known?.persons[1]?.personId, value: '配偶' }] },
        housing: 'not-done',
        knows_helper: 'no',
        trouble: ['illness'],
        remark: '老伴长期吃药',
      }),
    )
    expect(done).toMatchObject({ state: 'answered', conclusion: 'risk', corrections: { applied: 2, proposed: 1, known: 0 }, problems: 5 })
    const sheet = await readCallSheet(officer, deps(), target?.targetId ?? '')
    expect(sheet.registered['cause']).toEqual([{ personId: undefined, value: '因病' }])
    expect(sheet.responses[0]?.answers['remark']).toBe('老伴长期吃药')
    const stored = await inTransaction(officer, (db) =>
      sql<{ all: string }>`SELECT string_agg(answers::text, ' ') AS all FROM surveys.response`.execute(db),
    )
    expect(stored.rows[0]?.all).not.toContain('吃药')
    await correctAnswers(as(caller), deps(), {
      targetId: target?.targetId ?? '',
      input: {
        revision: sheet.target.revision,
        reason: '回拨后更正',
        answers: answers({ cause: { said: 'same' }, housing: 'done', knows_helper: 'no' }),
      },
    })
    const problems = (await readProblems(officer, campaign.campaignId, {})).items
    expect(problems.map((one) => [one.source, one.class])).toEqual([
      ['correction', '主要致贫原因'],
      ['correction', '务工月收入'],
      ['correction', '与户主关系'],
      ['satisfaction', '结对帮扶'],
    ])
    expect((await readProblems(officer, campaign.campaignId, { withdrawn: 'true' })).items).toHaveLength(1)
    const after = await readCallSheet(officer, deps(), target?.targetId ?? '')
    expect(after.responses.map((one) => one.version)).toEqual([2, 1])
    const progress = await readProgress(officer, campaign.campaignId, undefined)
    expect(progress.imbalance).toEqual([])
    expect(progress.rates.find((rate) => rate.question === 'knows_helper')).toMatchObject({ positive: 0, base: 1, percent: '0.00' })
    expect(progress.risks).toBe(1)
  })

  it('come from a sheet, bad rows are named and stop no other', async () => {
    const { campaign, targets } = await given({ callers: [] })
    const form = (await readCallSheet(officer, deps(), targets[0]?.targetId ?? '')).form
    const asks = form.questions.filter((question) => question.key in contentAnswers)
    const row = (no: string, mend: Record<string, string> = {}) => [
      no,
      ...asks.map(
        (question) =>
          mend[question.key] ??
          (question.type === 'yes-no'
            ? '是'
            : question.key === 'safety_net'
              ? '不需要'
              : 'options' in question
                ? (question.options[0]?.zh ?? '')
                : ''),
      ),
    ]
    const rows = [
      ['户编号', ...asks.map((question) => question.zh)],
      row(targets[0]?.householdNo ?? ''),
      row('X1'),
      row(targets[1]?.householdNo ?? '', { water: '不知道啊' }),
      row(targets[0]?.householdNo ?? ''),
    ]
    const dry = await importAnswers(officer, deps(), { campaignId: campaign.campaignId, input: { rows, isDryRun: true } })
    const wet = await importAnswers(officer, deps(), { campaignId: campaign.campaignId, input: { rows, isDryRun: false } })
    expect({ ...wet, isDryRun: true }).toEqual(dry)
    expect(wet).toMatchObject({ read: 4, taken: 1 })
    expect(wet.refused.map((one) => [one.row, one.problems[0]?.why])).toEqual([
      [3, 'no-household'],
      [4, 'option'],
      [5, 'twice'],
    ])
  })

  it('are not taken after the close, also when it comes at the same moment', async () => {
    const { campaign, targets } = await given()
    const { revision } = await readCampaign(officer, campaign.campaignId)
    await expect(moveCampaign(officer, campaign.campaignId, { revision, to: 'closed' })).rejects.toMatchObject({
      code: 'surveys.still-open',
    })
    const close = moveCampaign(officer, campaign.campaignId, { revision, to: 'closed', reason: '时间已到' })
    const calls = targets.map((target) => finishCall(as(caller), deps(), answered(target)))
    const [, ...done] = await Promise.allSettled([close, ...calls])
    const taken = done.filter((one) => one.status === 'fulfilled').length
    const { sum } = await readProgress(officer, campaign.campaignId, undefined)
    expect(sum.answered).toBe(taken)
    await expect(finishCall(as(caller), deps(), answered(targets[0]))).rejects.toMatchObject({ code: 'surveys.not-open' })
  })

  it('of a look-back stand beside those of the first round', async () => {
    const first = await given()
    await finishCall(as(caller), deps(), answered(first.targets[0], { water: 'not-done' }))
    await finishCall(as(caller), deps(), answered(first.targets[1]))
    const again = await given({ kind: 'look-back', againOf: first.campaign.campaignId })
    expect(again.campaign).toMatchObject({ roundNo: 2, draw: 'again', seriesId: first.campaign.seriesId })
    expect(again.targets.map((one) => one.householdNo)).toEqual(first.targets.map((one) => one.householdNo))
    expect((await readCallSheet(as(caller), deps(), again.targets[0]?.targetId ?? '')).before?.answers['water']).toBe('not-done')
    await finishCall(as(caller), deps(), answered(again.targets[0]))
    await finishCall(as(caller), deps(), answered(again.targets[1], { work: 'not-done' }))
    const difference = await readRoundDifference(officer, again.campaign.campaignId)
    expect(difference).toMatchObject({ both: 2, onlyBefore: 0, onlyNow: 0 })
    expect(difference?.questions.find((one) => one.question === 'water')).toMatchObject({ same: 1, changed: 1, solved: 1, fresh: 0 })
    expect(difference?.questions.find((one) => one.question === 'work')).toMatchObject({ same: 1, changed: 1, solved: 0, fresh: 1 })
  })
})

describe('a check of villages', () => {
  it('asks each village once, and its problems have no household', async () => {
    const { campaign, targets } = await given({
      kind: 'three-checks',
      subject: 'village',
      way: 'visit',
      formKey: 'village-check',
      filter: DraftCampaign.shape.filter.parse({}),
    })
    expect(targets).toHaveLength(4)
    const input = {
      revision: targets[0]?.revision ?? 0,
      outcome: 'answered' as const,
      note: '',
      answers: { files: 'no', files_missing: 3, monitor: 'yes', public: 'yes' },
    }
    expect(await finishCall(as(caller), deps(), { targetId: targets[0]?.targetId ?? '', input })).toMatchObject({
      conclusion: 'problems',
      problems: 1,
    })
    expect((await readProblems(officer, campaign.campaignId, {})).items[0]).toMatchObject({
      source: 'other',
      class: '基础资料',
      householdId: undefined,
    })
  })
})
