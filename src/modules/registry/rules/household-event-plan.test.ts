import { assert, constantFrom, integer, property, array, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planHouseholdEvent, type EventFacts } from './household-event-plan.ts'
import type { EventHousehold } from './household-event-records.ts'
import { HouseholdEventCommand } from './household-event-requests.ts'

const idOf = (no: number) => `01890000-0000-7000-8000-${String(no).padStart(12, '0')}`
const place = { areaPath: '99.9903.990301.990301101.990301101203.07.', place: '柳湾村' }

/** A household of persons `first`, `first + 1`, …; the first is its head. */
function homeOf(no: number, members: number, first: number): EventHousehold {
  return {
    householdId: idOf(9000 + no),
    householdNo: `9903${no}`,
    ...place,
    headName: `人${first}`,
    isClosed: false,
    members: Array.from({ length: members }, (_, at) => ({
      personId: idOf(first + at),
      name: `人${first + at}`,
      relation: at === 0 ? '户主' : '之子',
      isHead: at === 0,
      seqNo: at + 1,
    })),
  }
}
const made = { householdId: idOf(9900), householdNo: 'P1', personId: idOf(9901) }
const facts = (household: EventHousehold, more: Partial<EventFacts> = {}): EventFacts => ({
  household,
  other: undefined,
  target: undefined,
  made,
  ...more,
})
const ask = (household: EventHousehold, given: object) =>
  HouseholdEventCommand.parse({ householdId: household.householdId, on: '2023-10-01', reason: '村里核实', ...given })

describe('a household event', () => {
  const home = homeOf(1, 3, 1)

  it.each([
    ['a split of everybody is none', { kind: 'split', members: [1, 2, 3].map(idOf), newHeadId: idOf(1) }, 'nobody-stays'],
    ['a split that takes the head asks for another', { kind: 'split', members: [idOf(1)], newHeadId: idOf(1) }, 'head-needed'],
    ['the head of the new household is one of those who go', { kind: 'split', members: [idOf(3)], newHeadId: idOf(2) }, 'head-not-member'],
    ['relations to a new head are asked for', { kind: 'split', members: [idOf(2), idOf(3)], newHeadId: idOf(2) }, 'relation-needed'],
    ['only members die', { kind: 'death', personId: idOf(77) }, 'not-member'],
    ['when the head dies another is chosen', { kind: 'death', personId: idOf(1) }, 'head-needed'],
    ['the dead do not become head', { kind: 'death', personId: idOf(1), headId: idOf(1) }, 'head-not-member'],
    ['a household does not merge with itself', { kind: 'merge', otherId: home.householdId }, 'same-household'],
    [
      'who marries goes to a household that is known',
      { kind: 'marriage', way: 'leave', members: [idOf(3)], otherNo: '99039' },
      'other-unknown',
    ],
    [
      'when the head marries into another household a head is chosen',
      { kind: 'marriage', way: 'leave', members: [idOf(1)] },
      'head-needed',
    ],
    ['only members marry out', { kind: 'marriage', way: 'leave', members: [idOf(77)] }, 'not-member'],
    ['a household moves to a place that is known', { kind: 'move', areaPath: '99.9903.990301.990301101.990301101299.' }, 'no-such-place'],
  ])('%s', (_sentence, given, why) => {
    expect(planHouseholdEvent(facts(home), ask(home, given))).toMatchObject({ ok: false, refusals: [{ why }] })
  })

  it('lets a person marry into another household, with the relation to its head, and closes nothing that has members', () => {
    const [bride, groom] = [homeOf(3, 2, 30), homeOf(4, 2, 40)]
    const given = { kind: 'marriage', way: 'leave', members: [idOf(31)], otherId: groom.householdId }
    expect(planHouseholdEvent(facts(bride, { other: groom }), ask(bride, given))).toMatchObject({
      refusals: [{ why: 'relation-needed', personIds: [idOf(31)] }],
    })
    const verdict = planHouseholdEvent(facts(bride, { other: groom }), ask(bride, { ...given, relations: { [idOf(31)]: '之儿媳' } }))
    expect(verdict).toMatchObject({
      ok: true,
      plan: {
        left: [],
        after: [
          { headName: '人30', isClosed: false, members: [{ personId: idOf(30) }] },
          { headName: '人40', members: [{}, {}, { personId: idOf(31), relation: '之儿媳', isHead: false, seqNo: 3 }] },
        ],
      },
    })
  })

  it('closes the household whose last member has died', () => {
    const alone = homeOf(2, 1, 5)
    const verdict = planHouseholdEvent(facts(alone), ask(alone, { kind: 'death', personId: idOf(5) }))
    expect(verdict).toMatchObject({ ok: true, plan: { after: [{ isClosed: true, members: [] }], left: [{ personId: idOf(5) }] } })
  })

  it('keeps everybody once, one head in every household, whatever happens', () => {
    const step = record({
      kind: constantFrom('split', 'merge', 'death', 'moved-away', 'birth', 'leave', 'enter' as const),
      at: integer({ min: 0, max: 40 }),
      count: integer({ min: 1, max: 3 }),
      head: integer({ min: 0, max: 5 }),
    })
    assert(
      property(array(step, { maxLength: 25 }), (steps) => {
        let homes = [homeOf(1, 4, 1), homeOf(2, 2, 11), homeOf(3, 1, 21)]
        let persons = 7
        for (const [no, { kind, at, count, head }] of steps.entries()) {
          const open = homes.filter((one) => !one.isClosed)
          const household = open[at % Math.max(open.length, 1)]
          if (household === undefined) break
          const ids = household.members.map((member) => member.personId)
          const members = ids.slice(at % ids.length).slice(0, count)
          const staying = ids.filter((id) => !members.includes(id))
          const other = open[(at + 1) % open.length]
          const all = [...ids, ...(other?.members.map((member) => member.personId) ?? [])]
          const headOf = (of: readonly string[]) => (of.length === 0 ? {} : { headId: of[head % of.length] })
          const given = {
            split: { members, newHeadId: members[0], ...headOf(staying) },
            merge: { otherId: other?.householdId, ...headOf(all) },
            death: { personId: members[0], ...headOf(ids.filter((id) => id !== members[0])) },
            'moved-away': { members, ...headOf(staying) },
            leave: { way: 'leave', members, otherId: other?.householdId, ...headOf(staying) },
            enter: {
              way: 'enter',
              members: (other?.members ?? []).slice(-count).map((member) => member.personId),
              otherId: other?.householdId,
            },
            birth: { person: { name: '新生', sex: 'male', bornOn: '2023-10-01', relation: '之孙子' }, ...headOf(ids) },
          }[kind]
          const relations = Object.fromEntries(homes.flatMap((one) => one.members).map((member) => [member.personId, '其他']))
          const fresh = { householdId: idOf(5000 + no), householdNo: `P${no}`, personId: idOf(6000 + no) }
          const verdict = planHouseholdEvent(
            facts(household, { made: fresh, other: ['merge', 'leave', 'enter'].includes(kind) ? other : undefined }),
            ask(household, { kind: kind === 'leave' || kind === 'enter' ? 'marriage' : kind, relations, ...given }),
          )
          if (!verdict.ok) continue
          const { after, left } = verdict.plan
          persons += (kind === 'birth' ? 1 : 0) - left.length
          homes = [...homes.filter((one) => !after.some((next) => next.householdId === one.householdId)), ...after]
          const everybody = homes.flatMap((one) => one.members.map((member) => member.personId))
          expect(new Set(everybody).size).toBe(everybody.length)
          expect(everybody).toHaveLength(persons)
          for (const one of homes) {
            expect(one.members.filter((member) => member.isHead)).toHaveLength(one.isClosed ? 0 : 1)
            expect(one.members.every((member) => member.isHead === (member.relation === '户主'))).toBe(true)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
