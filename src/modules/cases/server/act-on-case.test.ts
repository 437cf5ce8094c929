import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld } from '../../../../test/database.ts'
import type { CaseFile } from '../rules/case-records.ts'
import { actOnCase, actOnCases } from './act-on-case.ts'
import { addMeasure, addVisit } from './case-parts.ts'
import { readCase, readCases } from './case-read.ts'
import { insertEvent, saveCase } from './case-store.ts'
import { givenCaseAt } from './given.ts'
import { openCase } from './open-case.ts'

const world = openTestWorld()
const county = '990301'
const township = `99.9903.${county}.990301101.`
const village = `${township}990301101201.`
const officer = (id = 'test:county') => world.as(grantCounty(county), { id, name: '县审定人', roles: ['county-data-officer'] })
const reviewer = () => world.as(grantArea(county, township), { id: 'test:township', name: '乡镇审核人', roles: ['township-officer'] })
const cadre = () => world.as(grantArea(county, village), { id: 'test:village', name: '村干部', roles: ['village-cadre'] })

const household = async () =>
  (await givenHousehold(officer(), world.vault, { areaPath: `${village}01.`, members: [{ name: '测试户主' }] })).householdId
const caseAt = async (step: Parameters<typeof givenCaseAt>[1]['step']) =>
  givenCaseAt(officer('test:opener'), { householdId: await household(), step })
const refusedWith = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (fault: { code?: string; details?: { reason?: string } }) => [fault.code, fault.details?.reason].filter(Boolean).join(' '),
  )

describe('a case', () => {
  it('is opened once for a household, at the township, with number, event and audit', async () => {
    const householdId = await household()
    const file = await openCase(cadre(), { householdId, source: 'visit', note: '户主住院' })
    expect(file).toMatchObject({ step: 'assessment', state: 'open', heldBy: township, round: 1, revision: 1, openedOn: '2023-12-18' })
    expect(file.caseNo).toMatch(/^2023-\d{6}$/)
    expect(await refusedWith(openCase(officer(), { householdId, source: 'hotline' }))).toBe('cases.case-open')
    const acts = await inTransaction(officer(), (db) =>
      sql<{ did: string }>`SELECT did FROM kernel.audit WHERE object_kind = 'cases.case' AND object_id = ${file.caseId}`.execute(db),
    )
    expect(acts.rows).toEqual([{ did: 'cases.case.open' }])
  })

  it('is acted on by who holds it; the offices above may take it over, nobody else', async () => {
    const file = await caseAt('review')
    const pass = { revision: file.revision, action: 'pass', opinion: '同意上报' } as const
    expect(await refusedWith(actOnCase(cadre(), { caseId: file.caseId, act: pass }))).toBe('cases.move-refused not-yours')
    expect(await refusedWith(actOnCase(officer(), { caseId: file.caseId, act: pass }))).toBe('cases.move-refused not-yours')
    const back = { revision: file.revision, action: 'return', to: 'appraisal', reason: '到会人数不够' } as const
    expect(await actOnCase(officer(), { caseId: file.caseId, act: back })).toMatchObject({ step: 'appraisal', heldBy: village })
  })

  it('says what is missing before anybody presses, and refuses without it', async () => {
    const file = await caseAt('visit')
    const { next } = await readCase(cadre(), file.caseId)
    const codes = next.find(({ action }) => action === 'pass')?.missing.map(({ code }) => code)
    expect(codes).toContain('visit.none')
    expect(await refusedWith(actOnCase(cadre(), { caseId: file.caseId, act: { revision: file.revision, action: 'pass' } }))).toBe(
      'cases.missing',
    )
    await addVisit(cadre(), {
      caseId: file.caseId,
      visit: { visitedOn: '2023-12-18', method: 'home', visitors: ['甲', '甲'], finding: 'worse', note: '' },
    })
    const alone = (await readCase(cadre(), file.caseId)).next.find(({ action }) => action === 'pass')?.missing
    expect(alone).toContainEqual({ code: 'visit.visitors', blocks: true, details: { needed: 2, found: 1 } })
    await addVisit(cadre(), {
      caseId: file.caseId,
      visit: { visitedOn: '2023-12-18', method: 'home', visitors: ['甲', '乙'], finding: 'worse', note: '' },
    })
    const two = (await readCase(cadre(), file.caseId)).next.find(({ action }) => action === 'pass')?.missing.map(({ code }) => code)
    expect(two?.filter((code) => code.startsWith('visit.'))).toEqual([])
  })

  it('asks for supplements, pauses and resumes without leaving its step', async () => {
    const file = await caseAt('check')
    const asked = await actOnCase(officer(), { caseId: file.caseId, act: { revision: file.revision, action: 'ask', reason: '缺住院发票' } })
    expect(asked).toMatchObject({ step: 'check', state: 'supplement' })
    expect(await refusedWith(actOnCase(officer(), { caseId: file.caseId, act: { revision: asked.revision, action: 'pass' } }))).toBe(
      'cases.move-refused no-such-move',
    )
    const supplied = await actOnCase(cadre(), {
      caseId: file.caseId,
      act: { revision: asked.revision, action: 'supply', opinion: '已补交' },
    })
    const paused = await actOnCase(officer(), {
      caseId: file.caseId,
      act: { revision: supplied.revision, action: 'pause', reason: '等银行回函' },
    })
    expect(paused.state).toBe('paused')
    const resumed = await actOnCase(officer(), { caseId: file.caseId, act: { revision: paused.revision, action: 'resume' } })
    expect(resumed).toMatchObject({ step: 'check', state: 'open', heldBy: file.heldBy })
  })

  it('with the green channel takes measures before the decision', async () => {
    const file = await caseAt('visit')
    const measure = { risk: '因自然灾害', category: '社会帮扶', content: '安置和口粮', startedOn: '2023-12-18' }
    expect(await refusedWith(addMeasure(cadre(), { caseId: file.caseId, measure }))).toBe('cases.move-refused not-decided')
    await actOnCase(reviewer(), { caseId: file.caseId, act: { revision: file.revision, action: 'green', reason: '房屋被洪水冲毁' } })
    await addMeasure(cadre(), { caseId: file.caseId, measure })
    expect((await readCase(cadre(), file.caseId)).measures).toMatchObject([{ risk: '因自然灾害', round: 1 }])
    expect(await refusedWith(addMeasure(cadre(), { caseId: file.caseId, measure: { ...measure, risk: '没有的风险' } }))).toBe(
      'cases.unknown-word',
    )
  })

  it('begins a new round with a relapse and keeps its history', async () => {
    const file = await caseAt('follow-up')
    const { caseId } = file
    const again = await actOnCase(reviewer(), { caseId, act: { revision: file.revision, action: 'relapse', reason: '又住院' } })
    expect(again).toMatchObject({ step: 'visit', round: 2, identifiedOn: null, eliminatedOn: null, outcome: null, endedOn: null })
    const { events } = await readCase(officer(), caseId)
    expect(events.filter(({ round }) => round === 1).length).toBe(again.revision - 1)
    expect(events.at(-1)).toMatchObject({ action: 'relapse', round: 2, reason: '又住院' })
  })

  it('moves many at once, each by itself', async () => {
    const [one, other] = [await caseAt('review'), await caseAt('decision')]
    const cases = [one, other].map(({ caseId, revision }) => ({ caseId, revision }))
    const done = await actOnCases(reviewer(), { cases, act: { action: 'return', to: 'notice', reason: '公示照片看不清' } })
    expect(done.done.map(({ caseId }) => caseId)).toEqual([one.caseId])
    expect(done.refused).toMatchObject([{ caseId: other.caseId, code: 'cases.move-refused' }])
  })

  it('is listed with how many stand at each step, mine first by how long they wait', async () => {
    const file = await caseAt('entry')
    const { items, steps, total } = await readCases(officer(), { step: 'entry', mine: true })
    expect(items.map(({ caseId }) => caseId)).toContain(file.caseId)
    expect(steps['entry']).toBe(total)
    expect(items[0]).toMatchObject({ headName: '测试户主' })
  })
})

describe('the database', () => {
  const forged = async (file: CaseFile, ctx: Context) => {
    const next = {
      file,
      action: 'pass',
      step: 'decision',
      state: 'open',
      round: 1,
      heldBy: file.heldBy,
      actorPath: '',
      details: {},
    } as const
    return refusedWith(inTransaction(ctx, (db) => insertEvent(db, ctx, next)))
  }

  it('refuses an act in the name of another', async () => {
    const file = await caseAt('review')
    const next = {
      file,
      action: 'pass',
      step: 'decision',
      state: 'open',
      round: 1,
      heldBy: file.heldBy,
      actorPath: '',
      details: {},
    } as const
    const signed = inTransaction(officer(), (db) => insertEvent(db, officer('test:other'), next))
    expect(await refusedWith(signed)).toBe('BF400')
  })

  it('refuses a review by somebody who did a step of that procedure', async () => {
    const file = await caseAt('review')
    const did = await inTransaction(officer(), (db) =>
      sql<{ id: string }>`
        SELECT actor_id AS id FROM cases.case_event WHERE case_id = ${file.caseId}::uuid AND step_before = 'visit'`.execute(db),
    )
    expect(await forged(file, world.as(grantCounty(county), { id: did.rows[0]?.id ?? '' }))).toBe('cases.self-approval')
    expect(await forged(file, officer('test:other'))).toBe('done')
  })

  it('refuses kin up to two ties away, and nobody further', async () => {
    const file = await caseAt('review')
    const [near, far, farther] = [await household(), await household(), await household()]
    const ties = [
      [file.householdId, near],
      [near, far],
      [far, farther],
    ] as const
    await inTransaction(officer(), async (db) => {
      for (const [from, to] of ties) {
        for (const [one, other] of [
          [from, to],
          [to, from],
        ]) {
          await sql`
            INSERT INTO cases.kin_tie (county_code, household_id, other_household_id, relation, source, stated_by, stated_at)
            VALUES (${county}, ${one}::uuid, ${other}::uuid, '兄弟', 'stated', 'test', now())`.execute(db)
        }
      }
      for (const [user, home] of [
        ['two-ties', far],
        ['three-ties', farther],
      ]) {
        await sql`
          INSERT INTO cases.caller_household (county_code, user_id, household_id, relation, stated_by, stated_at)
          VALUES (${county}, ${user}, ${home}::uuid, '本户', 'test', now())`.execute(db)
      }
    })
    expect(await forged(file, world.as(grantCounty(county), { id: 'two-ties' }))).toBe('cases.kin')
    expect(await forged(file, world.as(grantCounty(county), { id: 'three-ties' }))).toBe('done')
  })

  it('refuses an act upon a number that was acted on, and a state without its event', async () => {
    const file = await caseAt('review')
    const act = { revision: file.revision, action: 'pause', reason: '等待复核' } as const
    await actOnCase(reviewer(), { caseId: file.caseId, act })
    expect(await refusedWith(actOnCase(reviewer(), { caseId: file.caseId, act }))).toBe('cases.case-changed')
    const forgedState = inTransaction(officer(), (db) => saveCase(db, officer(), { ...file, step: 'entry', revision: file.revision + 2 }))
    expect(await refusedWith(forgedState)).toBe('cases.move-refused no-such-move')
  })
})
