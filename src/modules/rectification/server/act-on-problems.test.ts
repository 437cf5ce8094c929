import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { actOnProblems } from './act-on-problems.ts'
import { askTime, decideTime } from './ask-time.ts'
import { actOnce, at, doneWords, givenCampaign, givenProblem, problemNow } from './given.ts'
import { insertEvents } from './problem-store.ts'
import { readProblem, readProblems } from './read-problems.ts'
import { readLetters } from './read-letters.ts'

const world = openTestWorld()
let county: GivenCounty
let campaignId = ''
const office = (id = 'office') => world.as(grantCounty('990301'), { id, name: id, roles: ['county-data-officer'] })
const leader = () => world.as(grantCounty('990301'), { id: 'leader', name: '县领导', roles: ['county-leader'] })
const township = (id = 'township') =>
  world.as(grantArea('990301', county.townships[0]?.path ?? ''), { id, name: id, roles: ['township-officer'] })
const village = (index = 0, id = `village${String(index)}`) =>
  world.as(grantArea('990301', county.villages[index]?.path ?? ''), { id, name: id, roles: ['village-cadre'] })

beforeAll(async () => {
  county = await givenCounty(world.database)
  campaignId = await givenCampaign(office())
})

const toVillage = (index = 0) =>
  ({
    action: 'assign',
    unit: { kind: 'area', id: county.villages[index]?.path ?? '' },
    headName: '村支书',
    due: { on: '2023-12-31' },
  }) as const

/** A problem of the first village, as far as `state`. */
async function problemAt(
  state: 'assigned' | 'rectifying' | 'completed' | 'verified' | 'closed',
  acceptor: Context = office(),
): Promise<string> {
  const { problemId } = await givenProblem(office(), { campaignId, areaPath: county.villages[0]?.path ?? '' })
  const way = ['assigned', 'rectifying', 'completed', 'verified', 'closed'] as const
  const acts = [
    () => actOnce(office(), problemId, toVillage()),
    () => actOnce(village(), problemId, { action: 'plan', cause: doneWords.cause, measures: doneWords.measures }),
    () => actOnce(village(), problemId, { action: 'complete', effect: doneWords.effect, evidence: doneWords.evidence }),
    () => actOnce(acceptor, problemId, { action: 'verify' }),
    () => actOnce(acceptor, problemId, { action: 'strike' }),
  ]
  for (const act of acts.slice(0, way.indexOf(state) + 1)) await act()
  expect((await problemNow(office(), problemId)).state).toBe(state)
  return problemId
}

/** The database's own word, whatever the program would have said. */
async function forced(ctx: Context, problemId: string, action: string, after: string): Promise<string> {
  const file = await problemNow(office(), problemId)
  const event = { problem: file, seq: file.revision + 1, action, before: file.state, after, reason: '试一试', details: {} }
  return inTransaction(ctx, (db) => insertEvents(db, ctx, [event]))
    .then(() => 'done')
    .catch((fault: Error & { code?: string }) => fault.code ?? fault.message)
}

describe('a problem on its way', () => {
  it('goes to its end with another person accepting, and leaves every step in its history', async () => {
    const problemId = await problemAt('closed')
    const record = await readProblem(office(), problemId)
    expect(record.events.map(({ action }) => action)).toEqual(['strike', 'verify', 'complete', 'plan', 'assign', 'find'])
    expect(record.missing).toEqual([])
    expect(record.evidence).toMatchObject([{ kind: 'record', text: doneWords.evidence }])
    expect(record.letterNo).toMatch(/^2023-\d{4}$/)
  })

  it('is refused to end without a part, by the rule and by the database', async () => {
    const problemId = await problemAt('assigned')
    expect(await actOnce(village(), problemId, { action: 'plan', cause: '没查明', measures: '修' })).toBe('rectifying')
    expect(await actOnce(village(), problemId, { action: 'complete', effect: '修好了' })).toBe('rectification.act-refused incomplete')
    const file = await problemNow(office(), problemId)
    const claimed = inTransaction(village(), async (db) => {
      const event = {
        problem: file,
        seq: file.revision + 1,
        action: 'complete',
        before: 'rectifying',
        after: 'completed',
        reason: null,
        details: {},
      }
      await insertEvents(db, village(), [event])
      // Evidence is counted by the database, whatever a row claims.
      await sql`UPDATE rectification.problem SET state = 'completed', revision = revision + 1, effect = '修好了', completed_on = '2023-12-18',
        completed_by = 'village0', evidence_count = 3 WHERE problem_id = ${problemId}::uuid`.execute(db)
    })
    await expect(claimed).rejects.toMatchObject({ constraint: 'closing_gate' })
  })

  it('the database refuses acceptance by who did the work, an illegal move, another name, and a state without its event', async () => {
    const problemId = await problemAt('completed')
    expect(await forced(village(), problemId, 'verify', 'verified')).toBe('BF401')
    expect(await forced(office(), problemId, 'strike', 'closed')).toBe('BF422')
    const file = await problemNow(office(), problemId)
    const stolen = inTransaction(office(), (db) =>
      insertEvents(db, village(), [
        { problem: file, seq: file.revision + 1, action: 'verify', before: 'completed', after: 'verified', reason: null, details: {} },
      ]),
    )
    await expect(stolen).rejects.toMatchObject({ code: 'BF400' })
    const silent = inTransaction(office(), (db) =>
      sql`UPDATE rectification.problem SET state = 'rectifying' WHERE problem_id = ${problemId}::uuid`.execute(db),
    )
    await expect(silent).rejects.toMatchObject({ code: 'BF422' })
  })

  it('a township that reported for its village does not accept; a colleague does', async () => {
    const { problemId } = await givenProblem(township(), { campaignId, areaPath: county.villages[0]?.path ?? '' })
    await actOnce(township(), problemId, toVillage())
    await actOnce(township(), problemId, { action: 'plan', cause: '查明', measures: '修' })
    await actOnce(township(), problemId, { action: 'complete', effect: '修好', evidence: '验收单' })
    expect(await actOnce(township(), problemId, { action: 'verify' })).toBe('rectification.self-acceptance')
    expect(await forced(township(), problemId, 'verify', 'verified')).toBe('BF401')
    expect(await actOnce(township('colleague'), problemId, { action: 'verify' })).toBe('verified')
  })

  it('a sampling is another person’s; what fails is open again without what had been accepted', async () => {
    const problemId = await problemAt('closed', leader())
    expect(await actOnce(leader(), problemId, { action: 'sample' })).toBe('rectification.self-acceptance')
    expect(await actOnce(office(), problemId, { action: 'sample' })).toBe('closed')
    expect(await actOnce(office(), problemId, { action: 'reopen', reason: '抽查发现又漏雨' })).toBe('rectifying')
    const file = await problemNow(office(), problemId)
    expect(file).toMatchObject({ samples: 1, reopened: 1, closedBy: null, verifiedBy: null, completedOn: null })
  })

  it('a batch does what it may and names the rest', async () => {
    const [one, other] = [await problemAt('completed'), await problemAt('rectifying')]
    const problems = await Promise.all(
      [one, other].map(async (problemId) => ({ problemId, revision: (await problemNow(office(), problemId)).revision })),
    )
    const gone = { problemId: '01890000-0000-7000-8000-000000000000', revision: 1 }
    const answer = await actOnProblems(office(), { problems: [...problems, gone], act: { action: 'verify' } })
    expect(answer.done.map(({ problemId }) => problemId)).toEqual([one])
    expect(answer.refused.map(({ code }) => code)).toEqual(['rectification.act-refused', 'http.not-found'])
  })
})

describe('letters', () => {
  it('R16: a second assignment to the same unit is a supplement of the same letter, another unit gets another', async () => {
    const own = await givenCampaign(office())
    const make = (index: number) => givenProblem(office(), { campaignId: own, areaPath: county.villages[index]?.path ?? '' })
    const [first, second, third] = [await make(1), await make(1), await make(2)]
    for (const [{ problemId }, index] of [
      [first, 1],
      [second, 1],
      [third, 2],
    ] as const)
      await actOnce(office(), problemId, toVillage(index))
    const { items } = await readLetters(office(), { campaignId: own, limit: 50 })
    expect(items.map(({ problems, supplements }) => `${String(problems)} ${String(supplements)}`).toSorted()).toEqual(['1 0', '2 1'])
    const twice = inTransaction(office(), (db) =>
      sql`INSERT INTO rectification.letter SELECT county_code, gen_random_uuid(), '2023-9999', campaign_id, unit_kind, unit_id, unit_name, unit_level, head_name,
        area_path, repeat('0', 32), state, requirement, due_on, 0, issued_by, issued_name, issued_at, NULL, NULL, NULL, NULL, is_closed_kind
        FROM rectification.letter WHERE letter_id = ${items[0]?.letterId ?? ''}::uuid`.execute(db),
    )
    await expect(twice).rejects.toMatchObject({ constraint: 'letter_open' })
  })

  it('is received, answered and closed as its problems are', async () => {
    const own = await givenCampaign(office())
    const { problemId } = await givenProblem(office(), { campaignId: own, areaPath: county.villages[0]?.path ?? '' })
    const stateNow = async () => (await readLetters(office(), { campaignId: own, limit: 5 })).items[0]?.state
    await actOnce(office(), problemId, toVillage())
    expect(await stateNow()).toBe('issued')
    await actOnce(village(), problemId, { action: 'accept' })
    expect(await stateNow()).toBe('answered')
    await actOnce(village(), problemId, { action: 'plan', cause: '查明', measures: '修' })
    await actOnce(village(), problemId, { action: 'complete', effect: '修好', evidence: '验收单' })
    await actOnce(office(), problemId, { action: 'verify' })
    await actOnce(office(), problemId, { action: 'strike' })
    expect(await stateNow()).toBe('closed')
    await actOnce(office(), problemId, { action: 'reopen', reason: '又漏雨' })
    expect(await stateNow()).toBe('answered')
  })
})

describe('more time', () => {
  it('is asked with a reason and decided by another; the new last day holds to the second', async () => {
    const problemId = await problemAt('rectifying')
    const { revision } = await problemNow(village(), problemId)
    const ask = { problemId, revision, until: '2024-01-15', reason: '雨天不能施工' }
    await expect(askTime(village(), { ...ask, until: '2023-12-30' })).rejects.toMatchObject({ details: { reason: 'not-later' } })
    await expect(askTime(village(), { ...ask, until: '2024-06-30' })).rejects.toMatchObject({ details: { reason: 'too-far' } })
    const { extensionId } = await askTime(village(), ask)
    await expect(askTime(village(), ask)).rejects.toMatchObject({ code: 'rectification.time-refused' })
    await expect(decideTime(village(), { extensionId, decision: 'grant', note: '' })).rejects.toMatchObject({
      code: 'rectification.act-refused',
    })
    expect(await decideTime(office(), { extensionId, decision: 'grant', note: '同意' })).toEqual({ dueOn: '2024-01-15' })
    const late = at(office(), '2024-01-16T00:00:00+08:00')
    const before = at(office(), '2024-01-15T23:59:59+08:00')
    const overdue = async (ctx: Context) =>
      (await readProblems(ctx, { campaignId, view: 'overdue', limit: 200 })).items.some((one) => one.problemId === problemId)
    expect([await overdue(before), await overdue(late)]).toEqual([false, true])
  })
})

describe('what is closed by its kind', () => {
  it('is read by who may, and by the one whose name is on it; counts leave it out for the others', async () => {
    const own = await givenCampaign(office())
    const ctx = world.as(grantCounty('990301'), { id: 'watch', name: '督查', roles: ['supervisor'] })
    const { problemId } = await givenProblem(ctx, { campaignId: own, areaPath: county.townships[0]?.path ?? '', sourceKind: 'petition' })
    const unit = { kind: 'area', id: county.townships[0]?.path ?? '' } as const
    const headId = '01890000-0000-7000-8000-00000000000a'
    expect(await actOnce(ctx, problemId, { action: 'assign', unit, headName: '镇长', headId, due: { words: '12月底前' } })).toBe('assigned')
    const reads = async (who: Context) => (await readProblems(who, { campaignId: own, limit: 5 })).items.length
    const letters = async (who: Context) => (await readLetters(who, { campaignId: own, limit: 5 })).items.length
    const named = township(headId)
    expect([await reads(ctx), await reads(leader()), await reads(office()), await reads(township()), await reads(named)]).toEqual([
      1, 1, 0, 0, 1,
    ])
    expect([await letters(ctx), await letters(office()), await letters(township()), await letters(named)]).toEqual([1, 0, 0, 1])
    await expect(actOnce(office(), problemId, { action: 'remind' })).rejects.toMatchObject({ code: 'http.not-found' })
  })

  it('a village reads nothing of another village', async () => {
    const { problemId } = await givenProblem(office(), { campaignId, areaPath: county.villages[2]?.path ?? '' })
    await expect(readProblem(village(), problemId)).rejects.toMatchObject({ code: 'http.not-found' })
    await expect(readProblem(township(), problemId)).rejects.toMatchObject({ code: 'http.not-found' })
  })
})
