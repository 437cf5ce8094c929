import { expect, it } from 'vitest'
import { sql } from 'kysely'
import { grantArea } from '#kernel/server/caller/index.ts'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { HouseholdEventCommand } from '../rules/household-event-requests.ts'
import { givenHousehold } from './given.ts'
import { everything, expectWhole } from '../../../../test/household-event-whole.ts'
import { previewHouseholdEvent } from './household-event-preview.ts'
import { askHouseholdEvent, undoHouseholdEvent } from './household-events.ts'

const world = openTestWorld()
const township = '99.9903.990301.990301101.'
const deps = () => ({ vault: world.vault })
const asTownship = () => world.as(grantArea('990301', township), { roles: ['township-officer'] })
const members = [{ name: '欧阳国强' }, { name: '欧阳阿花' }, { name: '欧阳小山' }, { name: '欧阳小禾' }]

it.each([7, 23])('keeps the register whole through any sequence, and undo restores it row by row (seed %i)', (seed) =>
  rolledBack(asTownship(), async (ctx) => {
    let state = seed
    const pick = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor(state / 65_536) % below
    }
    for (const group of ['990301101203.07.', '990301101203.08.', '990301101204.01.'])
      await givenHousehold(ctx, world.vault, { areaPath: `${township}${group}`, members })
    const taken: { eventId: string; before: unknown }[] = []
    let persons = 12
    for (let step = 0; step < 24; step += 1) {
      const homes = await sql<{ id: string; members: string[] }>`
          SELECT h.household_id AS id, array_agg(p.person_id::text ORDER BY p.person_no) AS members FROM registry.household h
          JOIN registry.person p ON p.household_id = h.household_id AND p.left_on IS NULL WHERE h.closed_on IS NULL GROUP BY 1 ORDER BY 1`.execute(
        ctx.db,
      )
      const home = homes.rows[pick(homes.rows.length)]
      const other = homes.rows[pick(homes.rows.length)]
      if (home === undefined || other === undefined) break
      const all = homes.rows.flatMap((row) => row.members)
      const gone = home.members.slice(0, 1 + pick(2))
      const stay = home.members.filter((id) => !gone.includes(id))
      const head = stay.length === 0 ? {} : { headId: stay[pick(stay.length)] }
      const person = { name: '欧阳新生', sex: 'male', bornOn: '2023-10-30', relation: '之孙子' }
      const commands = [
        { kind: 'split', members: gone, newHeadId: gone[0], ...head },
        { kind: 'merge', otherId: other.id },
        { kind: 'death', personId: home.members[0], headId: home.members[1] },
        { kind: 'birth', person },
        { kind: 'moved-away', members: gone, ...head },
        { kind: 'marriage', way: 'leave', members: gone, otherId: other.id, ...head },
        { kind: 'marriage', way: 'enter', members: other.members.slice(-1), otherId: other.id },
      ]
      const relations = Object.fromEntries(all.map((id) => [id, '其他']))
      const command = {
        householdId: home.id,
        on: `2023-11-${String(1 + Math.floor(step / 2)).padStart(2, '0')}`,
        reason: '村里核实',
        relations,
        ...commands[pick(7)],
      }
      const parsed = HouseholdEventCommand.parse(JSON.parse(JSON.stringify(command)))
      const before = await everything(ctx.db)
      const { refusals, left } = await previewHouseholdEvent(ctx, parsed, deps())
      if (refusals.length > 0) continue
      const { eventId } = await askHouseholdEvent(ctx, { command: parsed, isReport: false }, deps())
      taken.push({ eventId, before })
      persons += (parsed.kind === 'birth' ? 1 : 0) - left.length
      await expectWhole(ctx, persons)
    }
    expect(taken.length).toBeGreaterThan(8)
    for (const { eventId, before } of taken.reverse()) {
      await undoHouseholdEvent(ctx, eventId, { reason: '从头再来', deps: deps() })
      expect(await everything(ctx.db)).toEqual(before)
    }
  }),
)
