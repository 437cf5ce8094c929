import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { inTransaction } from '#kernel/server/database/index.ts'
import { readCallSheet } from './call-sheet.ts'
import { correctAnswers, finishCall } from './finish-call.ts'
import { contentAnswers } from './given.ts'
import { importAnswers } from './import-answers.ts'
import { moveCampaign } from './move-campaign.ts'
import { DraftCampaign } from '../rules/survey-requests.ts'
import { readCampaign, readProblems } from './read-lists.ts'
import { readProgress, readRoundDifference } from './read-progress.ts'
import { answered, answersWith, openSurveyWorld } from '../../../../test/survey-world.ts'

const open = openSurveyWorld()
const deps = () => ({ vault: open().world.vault })

describe('answers', () => {
  it('correct the register at once where policy says so, else wait; a corrected answer withdraws what no longer follows', async () => {
    const { campaign, targets } = await open().given()
    const target = targets[1]
    const known = open().households.find((one) => one.householdNo === target?.householdNo)
    const personId = known?.persons[0]?.personId
    const done = await finishCall(
      open().as(open().caller),
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
    const sheet = await readCallSheet(open().officer, deps(), target?.targetId ?? '')
    expect(sheet.registered['cause']).toEqual([{ personId: undefined, value: '因病' }])
    expect(sheet.responses[0]?.answers['remark']).toBe('老伴长期吃药')
    const stored = await inTransaction(open().officer, (db) =>
      sql<{ all: string }>`SELECT string_agg(answers::text, ' ') AS all FROM surveys.response`.execute(db),
    )
    expect(stored.rows[0]?.all).not.toContain('吃药')
    await correctAnswers(open().as(open().caller), deps(), {
      targetId: target?.targetId ?? '',
      input: {
        revision: sheet.target.revision,
        reason: '回拨后更正',
        answers: answersWith({ cause: { said: 'same' }, housing: 'done', knows_helper: 'no' }),
      },
    })
    const problems = (await readProblems(open().officer, campaign.campaignId, {})).items
    expect(problems.map((one) => [one.source, one.class])).toEqual([
      ['correction', '主要致贫原因'],
      ['correction', '务工月收入'],
      ['correction', '与户主关系'],
      ['satisfaction', '结对帮扶'],
    ])
    expect((await readProblems(open().officer, campaign.campaignId, { withdrawn: 'true' })).items).toHaveLength(1)
    const after = await readCallSheet(open().officer, deps(), target?.targetId ?? '')
    expect(after.responses.map((one) => one.version)).toEqual([2, 1])
    const progress = await readProgress(open().officer, campaign.campaignId, undefined)
    expect(progress.imbalance).toEqual([])
    expect(progress.rates.find((rate) => rate.question === 'knows_helper')).toMatchObject({ positive: 0, base: 1, percent: '0.00' })
    expect(progress.risks).toBe(1)
  })

  it('come from a sheet, bad rows are named and stop no other', async () => {
    const { campaign, targets } = await open().given({ callers: [] })
    const form = (await readCallSheet(open().officer, deps(), targets[0]?.targetId ?? '')).form
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
    const dry = await importAnswers(open().officer, deps(), { campaignId: campaign.campaignId, input: { rows, isDryRun: true } })
    const wet = await importAnswers(open().officer, deps(), { campaignId: campaign.campaignId, input: { rows, isDryRun: false } })
    expect({ ...wet, isDryRun: true }).toEqual(dry)
    expect(wet).toMatchObject({ read: 4, taken: 1 })
    expect(wet.refused.map((one) => [one.row, one.problems[0]?.why])).toEqual([
      [3, 'no-household'],
      [4, 'option'],
      [5, 'twice'],
    ])
  })

  it('are not taken after the close, also when it comes at the same moment', async () => {
    const { campaign, targets } = await open().given()
    const { revision } = await readCampaign(open().officer, campaign.campaignId)
    await expect(moveCampaign(open().officer, campaign.campaignId, { revision, to: 'closed' })).rejects.toMatchObject({
      code: 'surveys.still-open',
    })
    const close = moveCampaign(open().officer, campaign.campaignId, { revision, to: 'closed', reason: '时间已到' })
    const calls = targets.map((target) => finishCall(open().as(open().caller), deps(), answered(target)))
    const [, ...done] = await Promise.allSettled([close, ...calls])
    const taken = done.filter((one) => one.status === 'fulfilled').length
    const { sum } = await readProgress(open().officer, campaign.campaignId, undefined)
    expect(sum.answered).toBe(taken)
    await expect(finishCall(open().as(open().caller), deps(), answered(targets[0]))).rejects.toMatchObject({ code: 'surveys.not-open' })
  })

  it('of a look-back stand beside those of the first round', async () => {
    const first = await open().given()
    await finishCall(open().as(open().caller), deps(), answered(first.targets[0], { water: 'not-done' }))
    await finishCall(open().as(open().caller), deps(), answered(first.targets[1]))
    const again = await open().given({ kind: 'look-back', againOf: first.campaign.campaignId })
    expect(again.campaign).toMatchObject({ roundNo: 2, draw: 'again', seriesId: first.campaign.seriesId })
    expect(again.targets.map((one) => one.householdNo)).toEqual(first.targets.map((one) => one.householdNo))
    expect((await readCallSheet(open().as(open().caller), deps(), again.targets[0]?.targetId ?? '')).before?.answers['water']).toBe(
      'not-done',
    )
    await finishCall(open().as(open().caller), deps(), answered(again.targets[0]))
    await finishCall(open().as(open().caller), deps(), answered(again.targets[1], { work: 'not-done' }))
    const difference = await readRoundDifference(open().officer, again.campaign.campaignId)
    expect(difference).toMatchObject({ both: 2, onlyBefore: 0, onlyNow: 0 })
    expect(difference?.questions.find((one) => one.question === 'water')).toMatchObject({ same: 1, changed: 1, solved: 1, fresh: 0 })
    expect(difference?.questions.find((one) => one.question === 'work')).toMatchObject({ same: 1, changed: 1, solved: 0, fresh: 1 })
  })
})

describe('a check of villages', () => {
  it('asks each village once, and its problems have no household', async () => {
    const { campaign, targets } = await open().given({
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
    expect(await finishCall(open().as(open().caller), deps(), { targetId: targets[0]?.targetId ?? '', input })).toMatchObject({
      conclusion: 'problems',
      problems: 1,
    })
    expect((await readProblems(open().officer, campaign.campaignId, {})).items[0]).toMatchObject({
      source: 'other',
      class: '基础资料',
      householdId: undefined,
    })
  })
})
