import { expect, it } from 'vitest'
import { sql } from 'kysely'
import { grantArea } from '#kernel/server/caller/index.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { givenFinding } from './given.ts'
import { qualityHouseholdEvents } from './when-household-changed.ts'

const world = openTestWorld()
const township = '99.9903.990301.990301101.'

it('lets the findings of a household that moved be seen where it is now', () =>
  rolledBack(world.as(grantArea('990301', township)), async (ctx) => {
    const [before, after] = [`${township}990301101203.07.`, `${township}990301101204.01.`]
    const { householdId, persons } = await givenHousehold(ctx, world.vault, { areaPath: before })
    await givenFinding(ctx, { areaPath: before, householdId, personId: persons[0]?.personId ?? '', seen: {} })
    const areas = new Map([[householdId, after]])
    const event = { eventId: householdId, kind: 'move', on: '2023-11-01', householdId, otherId: undefined, personIds: [] } as const
    await qualityHouseholdEvents.follow(ctx, ctx.db, { ...event, areas, homes: new Map(), ended: undefined, revived: undefined })
    const found = await sql<{ path: string }>`SELECT area_path AS path FROM quality.finding`.execute(ctx.db)
    expect(found.rows).toEqual([{ path: after }])
  }))
