import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { givenCounty } from '#modules/identity/server/given.ts'
import { askHouseholdEvent } from '#modules/registry/server/index.ts'
import { beforeHouseholdEvent } from '#modules/registry/server/index.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, rolledBack } from '../../../../../test/database.ts'
import { findKin, tiesByHousehold } from '../../rules/meetings/kin-graph.ts'
import { inverseRelation, kinRelations } from '../../rules/meetings/kin-relations.ts'
import { countItem, sumVotes, type Voter } from '../../rules/meetings/meeting-quorum.ts'
import { actOnCase } from '../act-on-case.ts'
import { givenCaseAt } from '../given.ts'
import { listTiesAround, saveTies } from './kin-store.ts'
import { nameOwnHousehold, readOwnHouseholds, withdrawOwnHousehold } from './kin-own.ts'
import { readKin, stateKin, withdrawKin } from './kin-ties.ts'
import { givenMeeting } from '../meeting-given.ts'
import { listItems, listMembers } from './meeting-store.ts'
import { casesHouseholdEvents } from '../when-household-changed.ts'

const world = openTestWorld()
let village = ''
const officer = (id = 'test:county') => world.as(grantCounty('990301'), { id, name: '县审定人', roles: ['county-data-officer'] })
const system = async () => {
  village = (await givenCounty(world.database)).villages[0]?.path ?? ''
  return officer()
}
const household = async (members: string[] = ['户主']) =>
  givenHousehold(await system(), world.vault, { areaPath: `${village}01.`, members: members.map((name) => ({ name })) })
const caseOf = async (householdId: string) => givenCaseAt(officer('test:opener'), { householdId, step: 'appraisal' })
const refusedBy = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (fault: { code?: string }) => fault.code,
  )
/** Each try in a savepoint of its own, so that a refusal ends nothing but the try. */
const tried = (ctx: Parameters<typeof inTransaction>[0], work: (db: Db) => Promise<unknown>) => refusedBy(inTransaction(ctx, work))

describe('the database refuses', () => {
  it('votes of who is kin, of who did not come, and of who does not vote, whatever the program says', async () => {
    const [home, brother] = [(await household()).householdId, (await household()).householdId]
    await stateKin(officer(), { householdId: home, otherHouseholdId: brother, relation: 'sibling', reason: '户主说的' })
    const body = [
      { name: '村支书', capacity: 'committee' as const },
      { name: '兄弟', householdId: brother },
      { name: '没来的', attended: false },
      { name: '列席的', capacity: 'observer' as const },
      { name: '来了的' },
      { name: '也来了' },
    ]
    const meeting = await givenMeeting(officer(), { cases: [await caseOf(home)], body, until: 'held' })
    const itemId = meeting.cases[0]?.itemId ?? ''
    const vote = (at: number) => (db: Db) =>
      sql`INSERT INTO cases.meeting_vote (county_code, meeting_item_id, meeting_member_id, meeting_id, area_path, vote)
        VALUES ('990301', ${itemId}, ${meeting.people[at]?.memberId ?? ''}, ${meeting.meetingId}, ${village}, 'for')
        ON CONFLICT (county_code, meeting_item_id, meeting_member_id) DO UPDATE SET vote = 'against'`.execute(db)
    await rolledBack(officer(), async (ctx) => {
      expect(await tried(ctx, vote(1))).toBe('BF403')
      expect(await tried(ctx, vote(2))).toBe('BF422')
      expect(await tried(ctx, vote(3))).toBe('BF422')
      expect(await tried(ctx, vote(4))).toBe('done')
      // Also where nobody had written down that he keeps away.
      await sql`DELETE FROM cases.meeting_recusal WHERE meeting_id = ${meeting.meetingId}`.execute(ctx.db)
      expect(await tried(ctx, vote(1))).toBe('BF403')
    })
  })

  it('more votes than voters, and a conclusion that was typed', async () => {
    const meeting = await givenMeeting(officer(), { cases: [await caseOf((await household()).householdId)], until: 'held' })
    const change = (set: ReturnType<typeof sql>) => (db: Db) =>
      sql`UPDATE cases.meeting_item SET ${set} WHERE meeting_id = ${meeting.meetingId}`.execute(db)
    await rolledBack(officer(), async (ctx) => {
      expect(await tried(ctx, change(sql`votes_for = votes_for + 1`))).toBe('BF403')
      expect(await tried(ctx, change(sql`conclusion = 'refused'`))).toBe('BF422')
      expect(await tried(ctx, change(sql`present = present - 1`))).toBe('BF422')
      expect(await tried(ctx, change(sql`votes_for = 0, votes_against = present, conclusion = 'refused'`))).toBe('done')
    })
  })

  it('any change of what is closed', async () => {
    const meeting = await givenMeeting(officer(), { cases: [await caseOf((await household()).householdId)] })
    const tables = ['meeting', 'meeting_member', 'meeting_item', 'meeting_vote']
    await rolledBack(officer(), async (ctx) => {
      const set = (table: string, value: ReturnType<typeof sql>) => (db: Db) =>
        sql`UPDATE cases.${sql.ref(table)} SET ${value} WHERE meeting_id = ${meeting.meetingId}`.execute(db)
      expect(await tried(ctx, set('meeting', sql`minutes = '改过', revision = revision + 1`))).toBe('BF409')
      expect(await tried(ctx, set('meeting_member', sql`attended = NOT attended`))).toBe('BF409')
      expect(await tried(ctx, set('meeting_item', sql`votes_for = 1, votes_against = 8, conclusion = 'refused'`))).toBe('BF409')
      expect(await tried(ctx, set('meeting_vote', sql`vote = 'against'`))).toBe('BF409')
      for (const table of tables.slice(1).reverse()) {
        const gone = (db: Db) => sql`DELETE FROM cases.${sql.ref(table)} WHERE meeting_id = ${meeting.meetingId}`.execute(db)
        expect(await tried(ctx, gone), table).toBe('BF409')
      }
      expect(await tried(ctx, set('meeting_item', sql`area_path = ${village}`))).toBe('done')
    })
  })

  it('closing without attendance, votes, somebody who presides and is no kin', async () => {
    const home = (await household()).householdId
    const meeting = await givenMeeting(officer(), { cases: [await caseOf(home)], until: 'held' })
    const close = (db: Db) =>
      sql`UPDATE cases.meeting SET state = 'closed', closed_at = now(), revision = revision + 1 WHERE meeting_id = ${meeting.meetingId}`.execute(
        db,
      )
    const after = (set: ReturnType<typeof sql>, table: string) =>
      tried({ ...officer() }, async (db) => {
        await sql`UPDATE cases.${sql.ref(table)} SET ${set} WHERE meeting_id = ${meeting.meetingId}`.execute(db)
        await close(db)
        throw Object.assign(new Error('undo'), { code: 'closed' })
      })
    expect(await after(sql`name = name`, 'meeting_member')).toBe('closed')
    expect(await after(sql`attended = NULL`, 'meeting_member')).toBe('BF422')
    expect(await after(sql`attended = false`, 'meeting_member')).toBe('BF422')
    expect(await after(sql`capacity = 'representative'`, 'meeting_member')).toBe('BF422')
    expect(await after(sql`votes_for = NULL, votes_against = NULL, abstained = NULL, conclusion = NULL`, 'meeting_item')).toBe('BF422')
    // A tie that became known since the votes were entered.
    expect(await after(sql`of_household_id = ${home}`, 'meeting_member')).toMatch(/BF40|BF42/)
  })

  it('an act on a case by who is two ties away from the household, and lets three ties pass', async () => {
    const [home, brother, nephew, far] = [await household(), await household(), await household(), await household()].map(
      (one) => one.householdId,
    )
    const state = (one = '', other = '') =>
      stateKin(officer(), { householdId: one, otherHouseholdId: other, relation: 'child', reason: '村里都知道' })
    for (const [one, other] of [
      [home, brother],
      [brother, nephew],
      [nephew, far],
    ])
      await state(one, other)
    const file = await caseOf(home ?? '')
    const act = { revision: file.revision, action: 'pause', reason: '户主外出' } as const
    const mine = { ...officer('test:kin'), caller: { ...officer().caller, id: 'test:kin' } }
    await nameOwnHousehold(mine, { householdId: nephew ?? '', relation: 'own' })
    expect(await refusedBy(actOnCase(mine, { caseId: file.caseId, act }))).toBe('cases.kin')
    const { items } = await readOwnHouseholds(mine)
    expect(items[0]?.kin.map(({ householdId }) => householdId)).toEqual(expect.arrayContaining([home, brother, far]))
    await withdrawOwnHousehold(mine, { householdId: nephew ?? '', reason: '登错了' })
    await nameOwnHousehold(mine, { householdId: far ?? '', relation: 'own' })
    expect(await refusedBy(actOnCase(mine, { caseId: file.caseId, act }))).toBe('done')
    await withdrawKin(officer(), { householdId: home ?? '', otherHouseholdId: brother ?? '', reason: '登错了' })
    expect((await readKin(officer(), home ?? '')).items).toEqual([])
  })
})

describe('rule and database', () => {
  it('reach the same households, whatever the ties', async () => {
    const ids = Array.from({ length: 7 }, () => makeId())
    const tie = fc
      .tuple(fc.constantFrom(...ids), fc.constantFrom(...ids), fc.constantFrom(...kinRelations))
      .filter(([one, other]) => one !== other)
    await fc.assert(
      fc.asyncProperty(fc.array(tie, { maxLength: 9 }), (stated) =>
        rolledBack(officer(), async (ctx) => {
          const pairs = [...new Map(stated.map((one) => [[one[0], one[1]].sort().join(), one])).values()]
          const ties = pairs.flatMap(([one, other, relation]) => [
            { householdId: one, otherHouseholdId: other, relation },
            { householdId: other, otherHouseholdId: one, relation: inverseRelation[relation] },
          ])
          await saveTies(
            ctx.db,
            ctx,
            ties.map((one) => ({ ...one, source: 'stated', reason: '测试', eventId: null })),
          )
          const found = await sql<{ one: string; other: string; far: number | null }>`
            SELECT a AS one, b AS other, cases.kin_far('990301', a, b) AS far
            FROM unnest(${ids}::uuid[]) a, unnest(${ids}::uuid[]) b`.execute(ctx.db)
          for (const { one, other, far } of found.rows) {
            const near = findKin(tiesByHousehold(await listTiesAround(ctx.db, ctx, [one])), one)
            expect(near.get(other)?.length ?? null).toBe(far)
          }
        }),
      ),
      { numRuns: 6 },
    )
  })

  it('count the same conclusion, whoever came, votes and keeps away', async () => {
    const file = await caseOf((await household()).householdId)
    const body = Array.from({ length: 9 }, (_, at) => ({
      name: `代表${at}`,
      capacity: at < 3 ? ('committee' as const) : ('representative' as const),
    }))
    const meeting = await givenMeeting(officer(), { cases: [file], body, until: 'held' })
    const someone = fc.record({
      attended: fc.option(fc.boolean(), { freq: 12 }),
      votes: fc.boolean(),
      recused: fc.boolean(),
      vote: fc.constantFrom('for' as const, 'against' as const, 'abstain' as const),
    })
    const share = fc.constantFrom(
      { num: 2, den: 3, over: false },
      { num: 1, den: 2, over: true },
      { num: 1, den: 2, over: false },
      { num: 3, den: 5, over: true },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(someone, { minLength: 9, maxLength: 9 }), share, share, fc.nat(3), (all, quorum, carry, least) =>
        rolledBack(officer(), async (ctx) => {
          const id = meeting.meetingId
          await sql`UPDATE cases.meeting_item SET votes_for = NULL, votes_against = NULL, abstained = NULL, conclusion = NULL WHERE meeting_id = ${id}`.execute(
            ctx.db,
          )
          await sql`DELETE FROM cases.meeting_vote WHERE meeting_id = ${id}`.execute(ctx.db)
          await sql`UPDATE cases.meeting SET quorum_num = ${quorum.num}, quorum_den = ${quorum.den}, quorum_over = ${quorum.over}, carry_num = ${carry.num},
            carry_den = ${carry.den}, carry_over = ${carry.over}, least_representatives = ${least}, revision = revision + 1 WHERE meeting_id = ${id}`.execute(
            ctx.db,
          )
          const [item] = await listItems(ctx.db, ctx.scope, id)
          for (const [at, one] of all.entries()) {
            const member = meeting.people[at]?.memberId ?? ''
            await sql`UPDATE cases.meeting_member SET attended = ${one.attended}, votes = ${one.votes} WHERE meeting_member_id = ${member}`.execute(
              ctx.db,
            )
            if (one.recused)
              await sql`INSERT INTO cases.meeting_recusal (county_code, meeting_item_id, meeting_member_id, meeting_id, area_path, why, reason)
                VALUES ('990301', ${item?.itemId ?? ''}, ${member}, ${id}, ${village}, 'stated', '本人申请')`.execute(ctx.db)
          }
          const voters: readonly Voter[] = await listMembers(ctx.db, ctx.scope, id)
          const recused = new Set(all.flatMap((one, at) => (one.recused ? [meeting.people[at]?.memberId ?? ''] : [])))
          const votes = sumVotes(all.flatMap((one) => (one.attended === true && one.votes && !one.recused ? [one.vote] : [])))
          const terms = { quorum, carry, leastRepresentatives: least, mayChair: [], mayVote: [] }
          const counted = countItem({ voters, recused, votes, terms })
          const { entitled, present, representatives, conclusion } = counted
          expect(counted.unvoted).toBe(0)
          const write = (said: string | null) => (db: Db) =>
            sql`UPDATE cases.meeting_item SET votes_for = ${votes.for}, votes_against = ${votes.against}, abstained = ${votes.abstain},
              entitled = ${entitled}, present = ${present}, representatives = ${representatives}, conclusion = ${said} WHERE meeting_id = ${id}`.execute(
              db,
            )
          expect(await tried(ctx, write(conclusion === 'agreed' ? 'refused' : 'agreed'))).toBe('BF422')
          expect(await tried(ctx, write(conclusion))).toBe('done')
        }),
      ),
      { numRuns: 12 },
    )
  })
})

describe('a household event', () => {
  it('makes who split kin to whom he left, until it is taken back', async () => {
    const { householdId, persons } = await household(['父', '子'])
    if (!beforeHouseholdEvent.includes(casesHouseholdEvents)) beforeHouseholdEvent.push(casesHouseholdEvents)
    const son = persons[1]?.personId ?? ''
    const command = {
      kind: 'split' as const,
      householdId,
      members: [son],
      newHeadId: son,
      relations: {},
      on: '2023-11-01',
      reason: '儿子分家',
    }
    const done = await askHouseholdEvent(officer(), { command, isReport: false } as Parameters<typeof askHouseholdEvent>[1], {
      vault: world.vault,
    })
    const { items } = await readKin(officer(), householdId)
    expect(items).toMatchObject([{ relation: 'split', source: 'household-event', otherName: '子' }])
    const other = items[0]?.otherHouseholdId ?? ''
    const event = { eventId: done.eventId, kind: 'split' as const, on: '2023-11-01', householdId, otherId: other, personIds: [son] }
    const turned = { ended: { householdId: other, intoId: householdId, isRemoved: true }, revived: undefined }
    await inTransaction(officer(), (db) =>
      casesHouseholdEvents.follow(officer(), db, { ...event, ...turned, areas: new Map(), homes: new Map() }),
    )
    expect((await readKin(officer(), householdId)).items).toEqual([])
  })

  it('lets who was kin to a household that ended be kin to the one that lives on', async () => {
    const [ends, lives, kin] = [await household(), await household(), await household()].map((one) => one.householdId)
    const ids = { ends: ends ?? '', lives: lives ?? '', kin: kin ?? '' }
    await stateKin(officer(), { householdId: ids.ends, otherHouseholdId: ids.kin, relation: 'sibling', reason: '户主说的' })
    const event = { eventId: makeId(), kind: 'merge' as const, on: '2023-11-01', householdId: ids.lives, otherId: ids.ends, personIds: [] }
    const rest = { areas: new Map<string, string>(), homes: new Map<string, string>() }
    const follow = (part: Pick<Parameters<typeof casesHouseholdEvents.follow>[2], 'ended' | 'revived'>) =>
      inTransaction(officer(), (db) => casesHouseholdEvents.follow(officer(), db, { ...event, ...rest, ...part }))
    await follow({ ended: { householdId: ids.ends, intoId: ids.lives, isRemoved: false }, revived: undefined })
    expect((await readKin(officer(), ids.lives)).items).toMatchObject([{ otherHouseholdId: ids.kin, relation: 'sibling' }])
    await follow({ ended: undefined, revived: { householdId: ids.ends, fromId: ids.lives } })
    expect((await readKin(officer(), ids.lives)).items).toEqual([])
    expect((await readKin(officer(), ids.ends)).items).toHaveLength(1)
  })
})
