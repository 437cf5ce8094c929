import { describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { grantArea, type Context } from '#kernel/server/caller/index.ts'
import { givenCounty } from '#modules/identity/server/given.ts'
import { rolledBack } from '../../../../test/database.ts'
import { proposeCorrection } from './correct-register.ts'
import { getHousehold } from './get-household.ts'
import { givenHousehold, type GivenHousehold } from './given.ts'
import { HouseholdId, PersonId } from '../contract.ts'
import { beforeHouseholdEvent, type HouseholdEventAsker } from './household-event-askers.ts'
import { listHouseholdEvents } from './household-event-list.ts'
import { previewHouseholdEvent } from './household-event-preview.ts'
import { askHouseholdEvent, decideHouseholdEvent, undoHouseholdEvent } from './household-events.ts'
import { everything, expectWhole, here, idsOf, openEventWorld } from '../../../../test/household-event-whole.ts'
import { getRegisterRevision } from './read-register.ts'
import { tagHousehold } from './tag-household.ts'
import { countRegister } from './totals-store.ts'

const { world, deps, family, asked, done, inVillage, asCounty, asTownship } = openEventWorld()
const asVillage = () => inVillage('990301101203.')
const split = (home: GivenHousehold) => {
  const [, , son = '', wife = ''] = idsOf(home)
  return { kind: 'split', members: [son, wife], newHeadId: son, relations: { [wife]: '配偶' }, paper: '户口簿' }
}

describe('a household event', () => {
  it('shows what a split would do before it is done, then does it in one transaction', () =>
    rolledBack(asTownship(), async (ctx) => {
      const home = await family(ctx)
      const before = await getRegisterRevision(ctx, ctx.db)
      const preview = await previewHouseholdEvent(ctx, asked(home, split(home)), deps())
      expect(preview).toMatchObject({ refusals: [], isProvisional: true, after: [{ members: [{}, {}] }, { headName: '欧阳小山' }] })
      const event = await done(ctx, home, split(home))
      expect(event).toMatchObject({ kind: 'split', state: 'applied', names: ['欧阳小山', '欧阳小禾'], can: { undo: true } })
      const begun = await getHousehold(ctx, event.otherId ?? '', deps())
      expect(begun.members).toMatchObject([
        { name: '欧阳小山', relation: '户主', isHead: true },
        { name: '欧阳小禾', relation: '配偶' },
      ])
      expect((await getHousehold(ctx, home.householdId, deps())).members).toHaveLength(2)
      expect(await getRegisterRevision(ctx, ctx.db)).toBe(before + 1)
      expect((await listHouseholdEvents(ctx, { householdId: event.otherId, limit: 50 })).items).toHaveLength(1)
      await expectWhole(ctx, 4)
    }))

  it('merges two households; the one without members is closed and counted no more', () =>
    rolledBack(asTownship(), async (ctx) => {
      const [home, other] = [await family(ctx), await givenHousehold(ctx, world.vault, { areaPath: here, members: [{ name: '欧阳老大' }] })]
      const [grandfather = ''] = idsOf(other)
      await done(ctx, home, { kind: 'merge', otherId: other.householdId, relations: { [grandfather]: '之父' } })
      expect(await countRegister(ctx.db, ctx)).toEqual({ households: 1, persons: 5, memberships: 5 })
      await expectWhole(ctx, 5)
      await expect(done(ctx, other, { kind: 'merge', otherId: home.householdId })).rejects.toMatchObject({
        code: 'registry.event-refused',
        details: { why: ['closed'] },
      })
    }))

  it('asks for a new head when the head has died, and closes the household of the last member', () =>
    rolledBack(asTownship(), async (ctx) => {
      const home = await family(ctx)
      const [head = '', wife = '', son = '', daughter = ''] = idsOf(home)
      await expect(done(ctx, home, { kind: 'death', personId: head })).rejects.toMatchObject({ details: { why: ['head-needed'] } })
      const relations = { [son]: '之子', [daughter]: '之儿媳' }
      await done(ctx, home, { kind: 'death', personId: head, headId: wife, relations, paper: '死亡证明' })
      expect(await getHousehold(ctx, home.householdId, deps())).toMatchObject({ headName: '欧阳阿花', memberCount: 3 })
      await done(ctx, home, { kind: 'moved-away', members: [wife, son, daughter] })
      await expectWhole(ctx, 0)
      expect(await countRegister(ctx.db, ctx)).toEqual({ households: 0, persons: 0, memberships: 0 })
    }))

  it('takes in who was born, with the number encrypted and nowhere in the event', () =>
    rolledBack(asTownship(), async (ctx) => {
      const home = await family(ctx)
      const person = { name: '欧阳新生', sex: 'male', bornOn: '2023-10-30', relation: '之孙子' }
      await expect(done(ctx, home, { kind: 'birth', person: { ...person, idNumber: '99030119680101004X' } })).rejects.toMatchObject({
        details: { why: ['id-unfit'] },
      })
      const first = '99030120231030012'
      const idNumber = `${first}${checkCharacterOf(first) ?? ''}`
      await done(ctx, home, { kind: 'joined', person: { ...person, sex: 'female', idNumber, relation: '之孙女' } })
      const kept = await sql<{ text: string }>`SELECT string_agg(to_jsonb(e)::text, '') AS text FROM registry.household_event e`.execute(
        ctx.db,
      )
      expect(kept.rows[0]?.text).not.toContain(idNumber)
      expect((await getHousehold(ctx, home.householdId, deps())).members).toHaveLength(5)
      await expectWhole(ctx, 5)
    }))

  it('moves a household and all that belongs to it, within what the caller reaches', async () => {
    const { villages, countyCode } = await givenCounty(world.database, {})
    const [from = villages[0], near, far] = villages
    if (from === undefined || near === undefined || far === undefined) throw new Error('the given county has three villages')
    const officer = world.as(grantArea(countyCode, near.parentPath), { roles: ['township-officer'] })
    await rolledBack(officer, async (ctx) => {
      const home = await family(ctx, `${from.path}01.`)
      await tagHousehold(ctx, home.householdId, { tag: 'low-income', source: '村里核实' })
      const [personId = ''] = idsOf(home)
      const field = { householdId: HouseholdId.parse(home.householdId), personId: PersonId.parse(personId), field: 'workPlace' }
      await proposeCorrection(ctx, { ...field, newValue: '省内', source: '入户走访' }, deps())
      const told: string[] = []
      const follower: HouseholdEventAsker = {
        name: 'cases',
        ask: () => Promise.resolve([]),
        follow: (_ctx, _db, event) => Promise.resolve(void told.push(event.areas.get(home.householdId) ?? '')),
      }
      beforeHouseholdEvent.push(follower)
      try {
        await expect(done(ctx, home, { kind: 'move', areaPath: far.path })).rejects.toMatchObject({ details: { why: ['outside-scope'] } })
        const before = await everything(ctx.db)
        const { eventId } = await done(ctx, home, { kind: 'move', areaPath: near.path })
        const places = await sql<{ path: string }>`
          SELECT area_path AS path FROM registry.household UNION SELECT area_path FROM registry.person UNION SELECT area_path FROM registry.membership
          UNION SELECT area_path FROM registry.household_tag UNION SELECT area_path FROM registry.correction
          UNION SELECT area_path FROM registry.household_event`.execute(ctx.db)
        expect(places.rows).toEqual([{ path: near.path }])
        await undoHouseholdEvent(ctx, eventId, { reason: '地址登错了', deps: deps() })
        expect(await everything(ctx.db)).toEqual(before)
        expect(told).toEqual([near.path, `${from.path}01.`])
      } finally {
        beforeHouseholdEvent.splice(beforeHouseholdEvent.indexOf(follower), 1)
      }
    })
  })

  it('is refused while another part of the program has something open', () =>
    rolledBack(asTownship(), async (ctx) => {
      const asker: HouseholdEventAsker = { name: 'cases', ask: () => Promise.resolve(['open-case']), follow: () => Promise.resolve() }
      beforeHouseholdEvent.push(asker)
      try {
        const home = await family(ctx)
        expect((await previewHouseholdEvent(ctx, asked(home, split(home)), deps())).refusals).toEqual([
          { why: 'held', by: 'cases', code: 'open-case' },
        ])
        await expect(done(ctx, home, split(home))).rejects.toMatchObject({ code: 'registry.event-refused', details: { why: ['held'] } })
      } finally {
        beforeHouseholdEvent.splice(beforeHouseholdEvent.indexOf(asker), 1)
      }
    }))

  it('is reported by the village and done by the township', async () => {
    const personIdOf = async (ctx: Context) => {
      const home = await family(ctx)
      return { home, wife: idsOf(home)[1] ?? '' }
    }
    await rolledBack(asVillage(), async (ctx) => {
      const { home, wife } = await personIdOf(ctx)
      const death = { kind: 'death', personId: wife, paper: '死亡证明' }
      await expect(done(ctx, home, death)).rejects.toMatchObject({ code: 'registry.report-only' })
      const reported = await askHouseholdEvent(ctx, { command: asked(home, death), isReport: true }, deps())
      expect(reported).toMatchObject({ state: 'reported', can: { apply: false } })
      expect((await getHousehold(ctx, home.householdId, deps())).members).toHaveLength(4)
    })
    await rolledBack(asTownship(), async (ctx) => {
      const { home, wife } = await personIdOf(ctx)
      const { eventId, revision } = await askHouseholdEvent(
        ctx,
        { command: asked(home, { kind: 'death', personId: wife }), isReport: true },
        deps(),
      )
      const confirmed = await decideHouseholdEvent(ctx, eventId, { revision, decision: 'confirm', deps: deps() })
      const applied = await decideHouseholdEvent(ctx, eventId, { revision: confirmed.revision, decision: 'apply', deps: deps() })
      expect(applied).toMatchObject({ state: 'applied', names: ['欧阳阿花'] })
      await expectWhole(ctx, 3)
    })
  })

  it('cannot be taken back once a row was written again, and is taken back only once', () =>
    rolledBack(asCounty(), async (ctx) => {
      const home = await family(ctx)
      const first = await done(ctx, home, split(home))
      const last = await done(ctx, home, { kind: 'death', personId: idsOf(home)[1] })
      await expect(undoHouseholdEvent(ctx, first.eventId, { reason: '分错了', deps: deps() })).rejects.toMatchObject({
        code: 'registry.touched-later',
      })
      await undoHouseholdEvent(ctx, last.eventId, { reason: '登错了', deps: deps() })
      await undoHouseholdEvent(ctx, first.eventId, { reason: '分错了户', deps: deps() })
      await expect(undoHouseholdEvent(ctx, first.eventId, { reason: '再撤一次', deps: deps() })).rejects.toMatchObject({
        code: 'registry.wrong-state',
      })
      await expectWhole(ctx, 4)
    }))

  it('is out of reach for whoever does not see the household', async () => {
    await rolledBack(asCounty(), async (ctx) => {
      const home = await family(ctx, '99.9903.990301.990301102.990301102201.01.')
      const elsewhere = { ...ctx, scope: asTownship().scope }
      await expect(previewHouseholdEvent(elsewhere, asked(home, split(home)), deps())).rejects.toMatchObject({ code: 'registry.not-found' })
      await expect(undoHouseholdEvent(elsewhere, makeId(), { reason: '看错了户', deps: deps() })).rejects.toMatchObject({
        code: 'registry.not-found',
      })
    })
  })
})
