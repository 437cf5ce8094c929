import { describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { rolledBack } from '../../../../test/database.ts'
import { everything, expectWhole, here, idsOf, openEventWorld, township } from '../../../../test/household-event-whole.ts'
import { getHousehold } from './get-household.ts'
import { givenHousehold } from './given.ts'
import { countHouseholdEvents, getHouseholdEvent, listHouseholdEvents } from './household-event-list.ts'
import { previewHouseholdEvent } from './household-event-preview.ts'
import { askHouseholdEvent, decideHouseholdEvent, undoHouseholdEvent } from './household-events.ts'

const { world, deps, family, asked, done, inVillage, asCounty, asTownship } = openEventWorld()
const there = `${township}990301101204.01.`

describe('a household event that is listed', () => {
  it('lets somebody marry into another village: one event, both histories name the other household, and it is taken back as one', () =>
    rolledBack(asTownship(), async (ctx) => {
      const [home, other] = [await family(ctx), await givenHousehold(ctx, world.vault, { areaPath: there, members: [{ name: '司马远' }] })]
      const daughter = idsOf(home)[3] ?? ''
      const marriage = {
        kind: 'marriage',
        way: 'leave',
        members: [daughter],
        otherId: other.householdId,
        relations: { [daughter]: '配偶' },
      }
      const before = await everything(ctx.db)
      const event = await done(ctx, home, marriage)
      expect(event).toMatchObject({ names: ['欧阳小禾'], other: { way: 'to', householdNo: other.householdNo, headName: '司马远' } })
      expect((await getHousehold(ctx, other.householdId, deps())).members).toMatchObject([
        { name: '司马远', isHead: true },
        { name: '欧阳小禾', relation: '配偶' },
      ])
      await expectWhole(ctx, 5)
      const seenFrom = async (householdId: string, village: string) =>
        (await listHouseholdEvents({ ...ctx, scope: inVillage(village).scope }, { householdId, limit: 50 })).items
      expect(await seenFrom(home.householdId, '990301101203.')).toMatchObject([
        { reason: '户口簿已分开', other: { way: 'to', headName: '司马远' } },
      ])
      expect(await seenFrom(other.householdId, '990301101204.')).toMatchObject([
        { reason: undefined, other: { way: 'from', householdNo: home.householdNo, headName: '欧阳国强' }, can: {} },
      ])
      expect(await seenFrom(home.householdId, '990301101204.')).toEqual([])
      const halfSeen = { ...ctx, scope: inVillage('990301101203.').scope }
      await expect(undoHouseholdEvent(halfSeen, event.eventId, { reason: '看错了人', deps: deps() })).rejects.toMatchObject({
        code: 'registry.event-refused',
      })
      await undoHouseholdEvent(ctx, event.eventId, { reason: '看错了人', deps: deps() })
      expect(await everything(ctx.db)).toEqual(before)
      expect(await seenFrom(other.householdId, '990301101204.')).toMatchObject([{ state: 'undone' }])
    }))

  it('is reported by the number of a household that the village does not see, and completed by the township', async () => {
    await rolledBack(asCounty(), async (ctx) => {
      const [home, other] = [await family(ctx), await givenHousehold(ctx, world.vault, { areaPath: there, members: [{ name: '司马远' }] })]
      const daughter = idsOf(home)[3] ?? ''
      const marriage = {
        kind: 'marriage',
        way: 'leave',
        members: [daughter],
        otherNo: other.householdNo,
        relations: { [daughter]: '配偶' },
      }
      const village = { ...ctx, scope: inVillage('990301101203.').scope }
      expect((await previewHouseholdEvent(village, asked(home, marriage), deps())).refusals).toEqual([{ why: 'other-unknown' }])
      const { eventId } = await askHouseholdEvent(village, { command: asked(home, marriage), isReport: true }, deps())
      const seen = await getHouseholdEvent(ctx, eventId, deps())
      expect(seen).toMatchObject({
        other: { householdNo: other.householdNo },
        preview: { refusals: [], after: [{}, { headName: '司马远' }] },
      })
      await decideHouseholdEvent(ctx, eventId, { revision: seen.revision, decision: 'apply', deps: deps() })
      await expectWhole(ctx, 5)
    })
  })

  it('points at the household in which a newcomer already stands', () =>
    rolledBack(asTownship(), async (ctx) => {
      const [home, other] = [await family(ctx), await givenHousehold(ctx, world.vault, { areaPath: here, members: [{ name: '司马远' }] })]
      const idNumber = other.persons[0]?.idNumber ?? ''
      const person = {
        name: '司马远',
        sex: 'male',
        bornOn: `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`,
        idNumber,
      }
      const { refusals } = await previewHouseholdEvent(
        ctx,
        asked(home, { kind: 'joined', person: { ...person, relation: '其他' } }),
        deps(),
      )
      expect(refusals.map((one) => one.why)).toContain('known-person')
    }))

  it('waits in the list of who decides, and comes back to who reported it with the reason', () =>
    rolledBack(asTownship(), async (officer) => {
      const home = await family(officer)
      const cadre = { ...officer, caller: { ...officer.caller, id: makeId(), name: '村会计' } }
      const report = (given: object) => askHouseholdEvent(cadre, { command: asked(home, given), isReport: true }, deps())
      const { eventId, revision } = await report({ kind: 'death', personId: idsOf(home)[1] })
      const listed = async (ctx: Context, view: 'waiting' | 'mine' | 'done') =>
        (await listHouseholdEvents(ctx, { view, limit: 50 })).items.map((one) => `${one.eventId} ${one.state}`)
      expect(await listed(officer, 'waiting')).toEqual([`${eventId} reported`])
      expect(await getHouseholdEvent(officer, eventId, deps())).toMatchObject({
        preview: { left: [{ name: '欧阳阿花' }] },
        can: { apply: true },
      })
      await decideHouseholdEvent(officer, eventId, { revision, decision: 'reject', reason: '没有死亡证明', deps: deps() })
      expect(await listed(officer, 'waiting')).toEqual([])
      expect(await listed(cadre, 'mine')).toEqual([`${eventId} rejected`])
      expect(await countHouseholdEvents(cadre)).toMatchObject({
        waiting: 0,
        mine: 1,
        mineWaiting: 0,
        done: 1,
        returned: [{ endReason: '没有死亡证明' }],
      })
      await report({ kind: 'death', personId: idsOf(home)[1], paper: '死亡证明' })
      expect(await countHouseholdEvents(cadre)).toMatchObject({ waiting: 1, mine: 2, mineWaiting: 1, returned: [] })
    }))
})
