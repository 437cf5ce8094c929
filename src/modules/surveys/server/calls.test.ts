import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { grantArea, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { actingAs } from '#modules/identity/server/given.ts'
import { campaignStates, nextCampaignStates } from '../rules/campaign-states.ts'
import { callOutcomes, nextTargetStates, targetStates } from '../rules/target-states.ts'
import { assignTargets } from './assign-targets.ts'
import { readCallSheet, readMine, showPhone } from './call-sheet.ts'
import { draftCampaign } from './draft-campaign.ts'
import { finishCall, takeUpAgain } from './finish-call.ts'
import { freezePopulation, previewPopulation } from './freeze-population.ts'
import { DraftCampaign } from '../rules/survey-requests.ts'
import { readTargets } from './read-lists.ts'
import { readProgress } from './read-progress.ts'
import { answered, answersWith, openSurveyWorld, registeredOnly } from '../../../../test/survey-world.ts'

const open = openSurveyWorld()
const deps = () => ({ vault: open().world.vault })

describe('states', () => {
  it('follow each other in the database as in the rules', async () => {
    const said = await inTransaction(open().officer, async (db) => {
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
    const { targets } = await open().given()
    const [target] = targets
    const write = (to: string) =>
      inTransaction(open().officer, async (db) => {
        // As the database would have it, without the guard of the way there.
        const answer = (word: string) =>
          word === 'answered' ? sql`answered_at = now(), conclusion = 'clean'` : sql`answered_at = NULL, conclusion = NULL`
        const at = sql`county_code = ${open().county.countyCode} AND target_id = ${target?.targetId ?? ''}::uuid`
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
    const nos = [open().households[6]?.householdNo ?? '', open().households[6]?.householdNo ?? '', 'X999999']
    const drafted = await draftCampaign(
      open().officer,
      DraftCampaign.parse({
        kind: 'phone',
        name: '电话调查',
        formKey: 'phone-survey',
        startsOn: '2023-12-18',
        endsOn: '2023-12-31',
        filter: registeredOnly,
      }),
    )
    const preview = await previewPopulation(open().officer, drafted.campaignId, { householdNos: nos })
    expect(preview).toMatchObject({ behind: 7, households: 7, persons: 14, unknown: ['X999999'], twice: 1 })
    const { campaign } = await freezePopulation(open().officer, drafted.campaignId, { revision: 1, householdNos: nos })
    expect(campaign).toMatchObject({ state: 'frozen', filter: { named: { count: 2 } } })
    await expect(freezePopulation(open().officer, drafted.campaignId, { revision: 2, householdNos: [] })).rejects.toMatchObject({
      code: 'surveys.frozen',
    })
    const late = inTransaction(open().officer, (db) =>
      sql`INSERT INTO surveys.target (county_code, target_id, campaign_id, seq, household_id, area_path, frozen_path, township, village, persons)
        SELECT county_code, gen_random_uuid(), campaign_id, 99, gen_random_uuid(), area_path, area_path, '', '', 1 FROM surveys.target
        WHERE campaign_id = ${drafted.campaignId}::uuid LIMIT 1`.execute(db),
    )
    await expect(late).rejects.toMatchObject({ code: 'BF782' })
  })

  it('is drawn by the seed from every township', async () => {
    const draw = async (seed: string) => (await open().given({ sampleSize: 2, seed, isOpen: false })).targets.map((one) => one.householdNo)
    const once = await draw('seed-1')
    expect(once).toHaveLength(2)
    expect(await draw('seed-1')).toEqual(once)
    const { targets } = await open().given({ sampleSize: 2, seed: 'seed-1', isOpen: false })
    expect(new Set(targets.map((one) => one.township)).size).toBe(1) // the given households name one township, their paths two
  })
})

describe('calls', () => {
  it('leave a household with one answer, whoever comes second looks again', async () => {
    const { targets } = await open().given()
    const [target] = targets
    const tries = await Promise.allSettled([
      finishCall(open().as(open().caller), deps(), answered(target)),
      finishCall(open().officer, deps(), answered(target)),
    ])
    const lost = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(lost).toHaveLength(1)
    expect(lost[0]).toMatchObject({ code: expect.stringMatching(/^surveys\.(changed|wrong-state)$/) })
    const sheet = await readCallSheet(open().officer, deps(), target?.targetId ?? '')
    expect(sheet.responses).toHaveLength(1)
    expect(sheet.calls).toHaveLength(1)
  })

  it('that came to nothing are tried again, counted, and taken up again by hand', async () => {
    const { campaign, targets } = await open().given()
    const targetId = targets[0]?.targetId ?? ''
    const ctx = open().as(open().caller)
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
    const progress = await readProgress(open().officer, campaign.campaignId, undefined)
    expect(progress.sum).toMatchObject({ targets: 6, recorded: 1, answered: 0, without: 1, calls: 3 })
    expect(progress.coverage).toEqual({ recorded: '16.67', reached: '0.00' })
    expect((await readTargets(open().officer, campaign.campaignId, { unanswered: 'true' })).items).toHaveLength(6)
    await takeUpAgain(ctx, { targetId, input: { revision: sheet.target.revision, reason: '村里给了新号码' } })
    expect((await readMine(ctx, { campaignId: campaign.campaignId })).items[0]).toMatchObject({ targetId, state: 'retry', isDue: true })
  })

  it.each(callOutcomes)('by somebody to whom the household was not given are refused (%s)', async (outcome) => {
    const { targets } = await open().given()
    const [target] = targets
    const input = { revision: target?.revision ?? 0, outcome, note: '', ...(outcome === 'answered' ? { answers: answersWith() } : {}) }
    const call = (ctx: Context) => finishCall(ctx, deps(), { targetId: target?.targetId ?? '', input })
    await expect(call(open().as(open().other))).rejects.toMatchObject({ code: 'surveys.not-found' })
    await expect(
      call(actingAs(open().cadre, open().world.as(grantArea(open().county.countyCode, open().county.villages[1]?.path ?? '')))),
    ).rejects.toMatchObject({
      status: expect.toSatisfy((status: number) => status === 422 || status === 404),
    })
  })

  it('need every answer of the form, and name what is missing', async () => {
    const { targets } = await open().given()
    await expect(
      finishCall(open().as(open().caller), deps(), answered(targets[0], { housing: undefined, trouble: ['none', 'job'] })),
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
    const { campaign, targets } = await open().given()
    const target = targets[0]
    const known = open().households.find((one) => one.householdNo === target?.householdNo)
    const value = await showPhone(open().as(open().caller), deps(), {
      targetId: target?.targetId ?? '',
      personId: known?.persons[0]?.personId,
    })
    expect(value).toEqual({ value: known?.persons[0]?.phone })
    const looks = await inTransaction(open().officer, (db) =>
      sql<{ reason: string }>`SELECT reason FROM registry.reveal WHERE caller_id = ${open().caller.userId}`.execute(db),
    )
    expect(looks.rows.map((row) => row.reason)).toContain(`电话调查 ${campaign.campaignNo}`)
    await expect(
      showPhone(open().as(open().other), deps(), { targetId: target?.targetId ?? '', personId: undefined }),
    ).rejects.toMatchObject({
      status: 404,
    })
  })

  it('are taken over by another caller, and by none outside his area', async () => {
    const { campaign, targets } = await open().given()
    await assignTargets(open().officer, campaign.campaignId, { targetIds: [], from: open().caller.userId, to: open().other.userId })
    expect((await readMine(open().as(open().caller), { campaignId: campaign.campaignId })).items).toEqual([])
    expect((await readMine(open().as(open().other), { campaignId: campaign.campaignId })).items).toHaveLength(6)
    const elsewhere = targets.find((one) => one.village !== '') ? targets.map((one) => one.targetId) : []
    await expect(
      assignTargets(open().officer, campaign.campaignId, { targetIds: elsewhere, to: open().cadre.userId }),
    ).rejects.toMatchObject({
      code: 'surveys.no-caller',
    })
  })
})
