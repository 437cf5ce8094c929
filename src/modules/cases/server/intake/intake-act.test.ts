import { beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, rolledBack } from '../../../../../test/database.ts'
import { grantArea, grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold, givenIdNumber } from '#modules/registry/server/given.ts'
import { revealPerson, whoRevealsToo } from '#modules/registry/server/index.ts'
import type { EnterIntake } from '../../rules/intake/intake-requests.ts'
import { actOnCase } from '../act-on-case.ts'
import { findCasesOfHousehold } from '../case-store.ts'
import { actOnIntake, actOnIntakes } from './intake-act.ts'
import { enterIntake, enterIntakes } from './intake-enter.ts'
import { eraseOldIntakes } from './intake-erase.ts'
import { readIntake, readIntakeCounts, readIntakes } from './intake-read.ts'
import { searchIntakes } from './intake-search.ts'
import { countIntakesShown, showIntake } from './intake-show.ts'

const world = openTestWorld()
let county: GivenCounty
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => Date.UTC(2023, 11, 18, 1) })
})

type Within = Context & { db: Db }
const deps = () => ({ vault: world.vault })
const village = () => county.villages[0]?.path ?? ''
const township = (): Context =>
  world.as(grantArea('990301', county.townships[0]?.path ?? ''), { id: 'test:township', roles: ['township-officer'] })
const call = (more: Partial<EnterIntake> = {}): EnterIntake => ({
  channel: 'hotline',
  areaPath: village(),
  name: '测试甲',
  sender: '12345',
  difficulties: ['illness'],
  text: '住院',
  ...more,
})
const homeOf = (ctx: Within, name: string, more: { idNumber?: string; phone?: string } = {}) =>
  givenHousehold(ctx, world.vault, { areaPath: county.groups[0]?.path ?? '', members: [{ name, ...more }] })
const officer = () => (work: (ctx: Within) => Promise<void>) => rolledBack(township(), work)

describe('what is entered', () => {
  it('finds its household by ID number, by telephone with name, by name in the village; several are for an officer', async () => {
    await officer()(async (ctx) => {
      const idNumber = givenIdNumber()
      await homeOf(ctx, '测试甲', { idNumber })
      await homeOf(ctx, '测试乙', { phone: '15400000031' })
      await homeOf(ctx, '测试丙')
      for (const name of ['测试丁', '测试丁']) await homeOf(ctx, name)
      const wayOf = async (given: Partial<EnterIntake>) => {
        const { intakeId } = await enterIntake(ctx, deps(), call(given))
        const { state, match } = await readIntake(ctx, deps(), intakeId)
        return [state, match?.way, match?.confidence, match?.count]
      }
      expect(await wayOf({ idNumber })).toEqual(['matched', 'id-number', 'sure', 1])
      expect(await wayOf({ name: '测试乙', phone: '154 0000 0031' })).toEqual(['matched', 'phone-and-name', 'sure', 1])
      expect(await wayOf({ name: '测试丙' })).toEqual(['matched', 'name-in-village', 'likely', 1])
      expect(await wayOf({ name: '测试丁' })).toEqual(['new', 'name-in-village', 'doubtful', 2])
      expect(await wayOf({ name: '测试无' })).toEqual(['new', undefined, undefined, undefined])
    })
  })

  it('is due by policy in working days, counted and listed; the same number of a hotline is refused, each row by itself', async () => {
    await officer()(async (ctx) => {
      const rows = [
        call({ senderNo: 'A-1' }),
        call({ name: '测试乙', senderNo: 'A-1' }),
        call({ name: '1' }),
        call({ name: '测试丙', phone: '没有' }),
      ]
      const { items } = await enterIntakes(ctx, deps(), { rows })
      expect(items.map((one) => ('code' in one ? one.code : 'entered'))).toEqual([
        'entered',
        'cases.intake-entered',
        'cases.intake-unfit',
        'cases.intake-unfit',
      ])
      const list = await readIntakes(ctx, { mine: true })
      expect(list.items.map(({ name, dueOn, receivedOn }) => [name, receivedOn, dueOn])).toEqual([['测试甲', '2023-12-18', '2023-12-25']])
      expect(await readIntakeCounts(ctx, {})).toMatchObject({ mine: 1, overdue: 0, states: { new: 1 }, channels: { hotline: 1 } })
    })
  })

  it('shows its numbers masked; whole ones only with a reason that is kept', async () => {
    await officer()(async (ctx) => {
      const idNumber = givenIdNumber()
      const { intakeId } = await enterIntake(ctx, deps(), call({ idNumber, phone: '15400000032' }))
      const file = await readIntake(ctx, deps(), intakeId)
      expect(JSON.stringify(file)).not.toMatch(new RegExp(`${idNumber}|15400000032`))
      expect(await showIntake(ctx, deps(), { intakeId, reason: '回电核实' })).toEqual({ phone: '15400000032', idNumber })
      expect((await readIntake(ctx, deps(), intakeId)).events.at(-1)).toMatchObject({ action: 'show', reason: '回电核实' })
    })
  })

  it('is shown within the budget that whole numbers of the register have', async () => {
    if (!whoRevealsToo.includes(countIntakesShown)) whoRevealsToo.push(countIntakesShown)
    await officer()(async (ctx) => {
      const shown: string[] = []
      let refused: unknown
      while (refused === undefined && shown.length < 200) {
        const n = String(shown.length)
        const { intakeId } = await enterIntake(ctx, deps(), call({ phone: `1540001${n.padStart(4, '0')}`, name: '来电人' }))
        refused = await showIntake(ctx, deps(), { intakeId, reason: '回电核实' }).then(
          () => undefined,
          (fault: unknown) => fault,
        )
        if (refused === undefined) shown.push(intakeId)
      }
      expect(refused).toMatchObject({ code: 'registry.reveal-budget', details: { limit: shown.length, hours: 1 } })
      // Who was seen already costs nothing more.
      await showIntake(ctx, deps(), { intakeId: shown[0] ?? '', reason: '再打一次' })
      const { persons } = await givenHousehold(ctx, world.vault, { areaPath: `${village()}01.`, members: [{ name: '户主' }] })
      const person = { personId: persons[0]?.personId ?? '', field: 'id-number' as const, reason: '核对', vault: world.vault }
      expect(await revealPerson(ctx, person).catch((fault: unknown) => fault)).toMatchObject({ code: 'registry.reveal-budget' })
    })
  })

  it('is found by a part of the name or a whole number', async () => {
    await officer()(async (ctx) => {
      const { intakeId } = await enterIntake(ctx, deps(), call({ name: '闻得到', phone: '15400000077' }))
      const found = async (q: string) => (await searchIntakes(ctx, deps(), { q })).items.map((card) => card.intakeId)
      expect(await found('得到')).toEqual([intakeId])
      expect(await found('154-0000-0077')).toEqual([intakeId])
      expect(await found('1540000007')).toEqual([])
    })
  })
})

describe('what was closed without a case', () => {
  it('is erased after the months that policy names, its number and days stay', async () => {
    await rolledBack(world.as(grantSystem('990301', 'test')), async (ctx) => {
      const { intakeId, receiptNo } = await enterIntake(ctx, deps(), call({ phone: '15400000034' }))
      const county = { ...ctx, caller: { ...ctx.caller, roles: ['county-data-officer'] } }
      await closeIntake(county, intakeId)
      // Safe: a day of the calendar.
      const later = (day: string) => ({ ...ctx, today: day as Context['today'] })
      expect(await eraseOldIntakes(later('2026-12-17'))).toBe(0)
      expect(await eraseOldIntakes(later('2026-12-18'))).toBe(1)
      expect(await eraseOldIntakes(later('2026-12-18'))).toBe(0)
      const file = await readIntake(ctx, deps(), intakeId)
      expect(file).toMatchObject({ name: null, phoneMasked: null, text: null, difficulties: [], closedOn: '2023-12-18' })
      expect(file.receipts.map((one) => one.receiptNo)).toEqual([receiptNo])
    })
  })
})

async function closeIntake(ctx: Within, intakeId: string): Promise<void> {
  const { revision } = await readIntake(ctx, deps(), intakeId)
  const scoped = { ...ctx, scope: grantCounty('990301') }
  await actOnIntake(scoped, { intakeId, act: { revision, action: 'close', outcome: 'transferred', reason: '转住建部门' } })
}

describe('an officer', () => {
  it('opens a case of it, whose way it follows to the decision; a second one joins the open case', async () => {
    await officer()(async (ctx) => {
      const { householdId } = await homeOf(ctx, '测试甲')
      const { intakeId } = await enterIntake(ctx, deps(), call())
      const { revision } = await readIntake(ctx, deps(), intakeId)
      const opened = await actOnIntake(ctx, { intakeId, act: { revision, action: 'open-case' } })
      expect(opened.state).toBe('in-case')
      const other = await enterIntake(ctx, deps(), call({ name: '测试甲', phone: '15400000033', channel: 'petition', sender: '信访局' }))
      const joined = await readIntake(ctx, deps(), other.intakeId)
      await actOnIntake(ctx, { intakeId: other.intakeId, act: { revision: joined.revision, action: 'open-case', householdId } })
      const [file] = await findCasesOfHousehold(ctx.db, ctx.scope, householdId)
      expect(file).toMatchObject({ source: 'hotline', sourceId: intakeId })
      const act = { revision: file?.revision ?? 0, action: 'reject', reason: '不符合条件，已当面说明', opinion: '不纳入' } as const
      await actOnCase(ctx, { caseId: file?.caseId ?? '', act })
      for (const id of [intakeId, other.intakeId])
        expect(await readIntake(ctx, deps(), id)).toMatchObject({ state: 'closed', outcome: 'not-identified', closedOn: '2023-12-18' })
    })
  })

  it('links, sends, takes back and closes with a reason; what is somebody else’s or was changed is refused', async () => {
    await officer()(async (ctx) => {
      const { householdId } = await homeOf(ctx, '测试戊')
      const { intakeId } = await enterIntake(ctx, deps(), call())
      const act = async (given: Omit<Parameters<typeof actOnIntake>[1]['act'], 'revision'>) =>
        actOnIntake(ctx, { intakeId, act: { revision: (await readIntake(ctx, deps(), intakeId)).revision, ...given } })
      await expect(actOnIntake(ctx, { intakeId, act: { revision: 99, action: 'link', householdId } })).rejects.toThrow(
        'cases.intake-changed',
      )
      expect(await act({ action: 'link', householdId })).toMatchObject({ state: 'linked', householdId, matchWay: 'officer' })
      expect(await act({ action: 'send', toArea: village() })).toMatchObject({ heldBy: village(), state: 'linked' })
      await expect(act({ action: 'send', toArea: county.villages[1]?.path ?? '' })).rejects.toThrow('cases.intake-refused')
      await expect(act({ action: 'close', outcome: 'duplicate' })).rejects.toThrow('cases.intake-refused')
      expect(await act({ action: 'return', reason: '要乡镇定' })).toMatchObject({ heldBy: county.townships[0]?.path })
      expect(await act({ action: 'return', reason: '要县里定' })).toMatchObject({ heldBy: county.countyPath })
      await expect(act({ action: 'close', outcome: 'duplicate', reason: '重复' })).rejects.toThrow('cases.intake-refused')
    })
  })

  it('handles many at once, each refused by itself', async () => {
    await officer()(async (ctx) => {
      await homeOf(ctx, '测试己')
      const found = await enterIntake(ctx, deps(), call({ name: '测试己' }))
      const lost = await enterIntake(ctx, deps(), call({ name: '测试庚' }))
      const intakes = []
      for (const { intakeId } of [found, lost]) intakes.push({ intakeId, revision: (await readIntake(ctx, deps(), intakeId)).revision })
      const outcome = await actOnIntakes(ctx, { intakes, act: { action: 'open-case' } })
      expect(outcome.done).toEqual([{ intakeId: found.intakeId }])
      expect(outcome.refused).toMatchObject([{ intakeId: lost.intakeId, code: 'cases.intake-refused' }])
    })
  })
})
