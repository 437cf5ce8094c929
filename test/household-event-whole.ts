import { expect } from 'vitest'
import { sql } from 'kysely'
import { grantArea, grantCounty, type Context } from '../src/kernel/server/caller/index.ts'
import type { Db } from '../src/kernel/server/database/index.ts'
import { HouseholdEventCommand } from '../src/modules/registry/rules/household-event-requests.ts'
import { givenHousehold, type GivenHousehold } from '../src/modules/registry/server/given.ts'
import { askHouseholdEvent } from '../src/modules/registry/server/household-events.ts'
import { countRegister } from '../src/modules/registry/server/totals-store.ts'
import { openTestWorld } from './database.ts'

export const township = '99.9903.990301.990301101.'
export const here = `${township}990301101203.07.`
export const idsOf = (home: GivenHousehold) => home.persons.map((person) => person.personId)

/** A family of four, the offices that report and decide, and a short way to ask for an event. */
export function openEventWorld() {
  const world = openTestWorld()
  const deps = () => ({ vault: world.vault })
  const asked = (home: GivenHousehold, given: object) =>
    HouseholdEventCommand.parse({ householdId: home.householdId, on: '2023-11-01', reason: '户口簿已分开', ...given })
  return {
    world,
    deps,
    asked,
    asCounty: () => world.as(grantCounty('990301'), { roles: ['county-data-officer'] }),
    asTownship: () => world.as(grantArea('990301', township), { roles: ['township-officer'] }),
    inVillage: (village: string) => world.as(grantArea('990301', `${township}${village}`), { roles: ['village-cadre'] }),
    done: (ctx: Context, home: GivenHousehold, given: object) =>
      askHouseholdEvent(ctx, { command: asked(home, given), isReport: false }, deps()),
    family: (ctx: Context, areaPath = here) =>
      givenHousehold(ctx, world.vault, {
        areaPath,
        members: [
          { name: '欧阳国强' },
          { name: '欧阳阿花', relation: '配偶', sex: 'female' },
          { name: '欧阳小山', relation: '之子' },
          { name: '欧阳小禾', relation: '之儿媳', sex: 'female' },
        ],
      }),
  }
}

/** Every row of the register as it stands, its revision left out. */
export async function everything(db: Db): Promise<unknown> {
  const found = await sql<{ rows: unknown }>`
    SELECT jsonb_build_object(
      'households', (SELECT jsonb_agg(to_jsonb(h) - 'revision' ORDER BY h.household_id) FROM registry.household h),
      'persons', (SELECT jsonb_agg(to_jsonb(p) - 'revision' ORDER BY p.person_id) FROM registry.person p),
      'memberships', (SELECT jsonb_agg(to_jsonb(m) ORDER BY m.person_id, m.valid_from) FROM registry.membership m),
      'tags', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.tag_id) FROM registry.household_tag t),
      'corrections', (SELECT jsonb_agg(to_jsonb(c) ORDER BY c.correction_id) FROM registry.correction c)) AS rows`.execute(db)
  return found.rows[0]?.rows
}

/** What must hold of every register: nobody in two households, one head in each that is not closed, totals by rows and by memberships alike. */
export async function expectWhole(ctx: Context & { db: Db }, persons: number): Promise<void> {
  const heads = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM registry.household h
    WHERE (SELECT count(*) FROM registry.person p WHERE p.household_id = h.household_id AND p.left_on IS NULL AND p.is_head)
       <> CASE WHEN h.closed_on IS NULL THEN 1 ELSE 0 END`.execute(ctx.db)
  expect(heads.rows[0]?.n).toBe(0)
  const apart = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM registry.person p LEFT JOIN registry.membership m ON m.person_id = p.person_id AND m.valid_to IS NULL
    JOIN registry.household h ON h.household_id = p.household_id
    WHERE (p.left_on IS NULL) <> (m.person_id IS NOT NULL) OR (p.left_on IS NULL AND (m.household_id <> p.household_id OR h.area_path <> p.area_path))`.execute(
    ctx.db,
  )
  expect(apart.rows[0]?.n).toBe(0)
  expect(await countRegister(ctx.db, ctx)).toMatchObject({ persons, memberships: persons })
}
