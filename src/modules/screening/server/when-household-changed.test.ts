import { expect, it } from 'vitest'
import { sql } from 'kysely'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { givenAuthorisation, givenLead, givenRun } from './given.ts'
import { screeningHouseholdEvents } from './when-household-changed.ts'

const world = openTestWorld()
const township = '99.9903.990301.990301101.'

it('lets the leads and authorisations of a household that moved be seen where it is now', () =>
  rolledBack(world.as(grantCounty('990301')), async (ctx) => {
    const [before, after] = [`${township}990301101203.07.`, `${township}990301101204.01.`]
    const { householdId, persons } = await givenHousehold(ctx, world.vault, { areaPath: before })
    await givenLead(ctx, { runId: await givenRun(ctx, '202310'), month: '202310', householdId, areaPath: before })
    await givenAuthorisation(ctx, { areaPath: before, householdId, personId: persons[0]?.personId ?? '', paper: '授权书7号' })
    const event = { eventId: householdId, kind: 'move', on: '2023-11-01', householdId, otherId: undefined, personIds: [] } as const
    await screeningHouseholdEvents.follow(ctx, ctx.db, { ...event, areas: new Map([[householdId, after]]), homes: new Map() })
    const found = await sql<{ path: string }>`
      SELECT area_path AS path FROM screening.lead UNION SELECT area_path FROM screening.lead_reason UNION SELECT area_path FROM screening.authorisation`.execute(
      ctx.db,
    )
    expect(found.rows).toEqual([{ path: after }])
  }))

it('lets a lead that was sent to the former village be held by the village of today', () =>
  rolledBack(world.as(grantCounty('990301')), async (ctx) => {
    const [before, after] = [`${township}990301101203.07.`, `${township}990301101204.01.`]
    const { householdId } = await givenHousehold(ctx, world.vault, { areaPath: before })
    await givenLead(ctx, { runId: await givenRun(ctx, '202310'), month: '202310', householdId, areaPath: before })
    await sql`UPDATE screening.lead SET state = 'sent', sent_to = ${`${township}990301101203.`}, sent_at = now(), due_on = '2023-12-01'`.execute(
      ctx.db,
    )
    const event = { eventId: householdId, kind: 'move', on: '2023-11-01', householdId, otherId: undefined, personIds: [] } as const
    await screeningHouseholdEvents.follow(ctx, ctx.db, { ...event, areas: new Map([[householdId, after]]), homes: new Map() })
    const found = await sql<{ to: string }>`SELECT sent_to AS to FROM screening.lead`.execute(ctx.db)
    expect(found.rows).toEqual([{ to: `${township}990301101204.` }])
  }))
