import { describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { instantOf } from '#kernel/pure/time/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, rolledBack, testNowMs } from '../../../../test/database.ts'
import { givenAuthorisation, givenLead, givenRun, type GivenReason } from './given.ts'
import { screeningHouseholdEvents } from './when-household-changed.ts'

const world = openTestWorld()
const township = '99.9903.990301.990301101.'
const still = { areas: new Map<string, string>(), homes: new Map<string, string>(), ended: undefined, revived: undefined }

it('lets the leads and authorisations of a household that moved be seen where it is now', () =>
  rolledBack(world.as(grantCounty('990301')), async (ctx) => {
    const [before, after] = [`${township}990301101203.07.`, `${township}990301101204.01.`]
    const { householdId, persons } = await givenHousehold(ctx, world.vault, { areaPath: before })
    await givenLead(ctx, { runId: await givenRun(ctx, '202310'), month: '202310', householdId, areaPath: before })
    await givenAuthorisation(ctx, { areaPath: before, householdId, personId: persons[0]?.personId ?? '', paper: '授权书7号' })
    const event = { eventId: householdId, kind: 'move', on: '2023-11-01', householdId, otherId: undefined, personIds: [] } as const
    await screeningHouseholdEvents.follow(ctx, ctx.db, { ...event, ...still, areas: new Map([[householdId, after]]) })
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
    await screeningHouseholdEvents.follow(ctx, ctx.db, { ...event, ...still, areas: new Map([[householdId, after]]) })
    const found = await sql<{ to: string }>`SELECT sent_to AS to FROM screening.lead`.execute(ctx.db)
    expect(found.rows).toEqual([{ to: `${township}990301101204.` }])
  }))

describe('the leads of a household that was merged into another one', () => {
  const eventId = '018bcfe5-6800-7000-8000-0000000000aa'
  const [here, there] = [`${township}990301101203.07.`, `${township}990301101204.01.`]
  const reason = (rule: string, more: Partial<GivenReason> = {}): GivenReason => ({ rule, list: 'education', value: '值', ...more })

  /** Two households in two villages of a township; the second one ends. */
  async function givenTwo(ctx: Context) {
    const stays = await givenHousehold(ctx, world.vault, { areaPath: here })
    const ends = await givenHousehold(ctx, world.vault, { areaPath: there })
    const [into, householdId] = [stays.householdId, ends.householdId]
    const areas = new Map([
      [into, here],
      [householdId, there],
    ])
    const personId = ends.persons[0]?.personId ?? ''
    const event = {
      eventId,
      kind: 'merge',
      on: '2023-11-01',
      householdId: into,
      otherId: householdId,
      personIds: [personId],
      areas,
    } as const
    const follow = (turn: 'merge' | 'undo', db: Db, at = ctx) =>
      screeningHouseholdEvents.follow({ ...at, db }, db, {
        ...event,
        homes: new Map([[personId, turn === 'merge' ? into : householdId]]),
        ended: turn === 'merge' ? { householdId, intoId: into, isRemoved: false } : undefined,
        revived: turn === 'merge' ? undefined : { householdId, fromId: into },
      })
    const leadOf = async (home: 'stays' | 'ends', month: string, reasons: readonly GivenReason[]) => {
      const runId = await givenRun(world.as(grantCounty('990301')), month)
      const [id, areaPath] = home === 'stays' ? [into, here] : [householdId, there]
      return givenLead(ctx, { runId, month, householdId: id, areaPath, reasons })
    }
    return { into, householdId, personId, follow, leadOf }
  }

  /** Every lead with its state, whose it is, and the rules of its reasons. */
  async function seen(ctx: Context & { db: Db }, names: Readonly<Record<string, string>>): Promise<Record<string, string>> {
    const found = await sql<{ lead: string; home: string; state: string; area: string; counts: number; rules: string }>`
      SELECT l.lead_id AS lead, l.household_id AS home, l.state, l.area_path AS area, l.reason_count AS counts,
        coalesce((SELECT string_agg(r.rule, ' ' ORDER BY r.rule) FROM screening.lead_reason r
                  WHERE r.lead_id = l.lead_id AND r.household_id = l.household_id AND r.area_path = l.area_path), '') AS rules
      FROM screening.lead l ORDER BY l.month`.execute(ctx.db)
    return Object.fromEntries(
      found.rows.map((row) => [names[row.lead] ?? row.lead, `${names[row.home] ?? ''} ${row.state} ${row.counts}: ${row.rules}`]),
    )
  }

  it('go to the one that lives on, and come back with the undo', () =>
    rolledBack(world.as(grantArea('990301', township)), async (ctx) => {
      const { into, householdId, follow, leadOf } = await givenTwo(ctx)
      const names = { [into]: 'stays', [householdId]: 'ends', [await leadOf('ends', '202310', [reason('L04')])]: 'lead' }
      await follow('merge', ctx.db)
      expect(await seen(ctx, names)).toEqual({ lead: 'stays new 1: L04' })
      await follow('undo', ctx.db)
      expect(await seen(ctx, names)).toEqual({ lead: 'ends new 1: L04' })
    }))

  it('join the open lead of the one that lives on, which is then held by whoever held them', () =>
    rolledBack(world.as(grantArea('990301', township)), async (ctx) => {
      const { into, householdId, follow, leadOf } = await givenTwo(ctx)
      const [own, came] = [await leadOf('stays', '202309', [reason('L02')]), await leadOf('ends', '202310', [reason('L04'), reason('N08')])]
      const names = { [into]: 'stays', [householdId]: 'ends', [own]: 'own', [came]: 'came' }
      await sql`UPDATE screening.lead SET state = 'sent', sent_to = ${there.slice(0, -3)}, sent_at = now(), due_on = '2023-12-01' WHERE lead_id = ${came}`.execute(
        ctx.db,
      )
      await follow('merge', ctx.db)
      expect(await seen(ctx, names)).toEqual({ own: 'stays sent 2: L02 L04 N08', came: 'ends closed 0: ' })
      const held = await sql<{
        to: string
        due: string
      }>`SELECT sent_to AS to, due_on AS due FROM screening.lead WHERE lead_id = ${own}`.execute(ctx.db)
      expect(held.rows).toEqual([{ to: here.slice(0, -3), due: '2023-12-01' }])
      await follow('undo', ctx.db)
      expect(await seen(ctx, names)).toEqual({ own: 'stays new 1: L02', came: 'ends sent 1: L04 N08' })
    }))

  it('open a lead of the same month again that was answered; the undo leaves what was answered meanwhile', () =>
    rolledBack(world.as(grantArea('990301', township)), async (ctx) => {
      const { into, householdId, follow, leadOf } = await givenTwo(ctx)
      const own = await leadOf('stays', '202310', [reason('L02', { answer: 'confirmed' })])
      const came = await leadOf('ends', '202310', [reason('L04'), reason('L07')])
      const names = { [into]: 'stays', [householdId]: 'ends', [own]: 'own', [came]: 'came' }
      await sql`UPDATE screening.lead SET state = 'answered', answer = 'confirmed', answered_at = now() WHERE lead_id = ${own}`.execute(
        ctx.db,
      )
      await follow('merge', ctx.db)
      expect(await seen(ctx, names)).toEqual({ own: 'stays new 3: L02 L04 L07', came: 'ends closed 0: ' })
      const later = { ...ctx, now: instantOf(testNowMs + 86_400_000) }
      await sql`UPDATE screening.lead_reason SET answer = 'confirmed', answered_at = ${later.now} WHERE lead_id = ${own} AND rule = 'L04'`.execute(
        ctx.db,
      )
      await follow('undo', ctx.db, later)
      expect(await seen(ctx, names)).toEqual({ own: 'stays answered 2: L02 L04', came: 'ends new 1: L07' })
    }))

  it('stay with the one that lives on once somebody has answered them there', () =>
    rolledBack(world.as(grantArea('990301', township)), async (ctx) => {
      const { into, householdId, follow, leadOf } = await givenTwo(ctx)
      const lead = await leadOf('ends', '202310', [reason('L04')])
      const names = { [into]: 'stays', [householdId]: 'ends', [lead]: 'lead' }
      await follow('merge', ctx.db)
      await sql`UPDATE screening.lead SET state = 'answered', answer = 'confirmed', answered_at = now() WHERE lead_id = ${lead}`.execute(
        ctx.db,
      )
      await follow('undo', ctx.db)
      expect(await seen(ctx, names)).toEqual({ lead: 'stays answered 1: L04' })
    }))

  it('all go, answered or not, when the household is removed because its split was taken back', () =>
    rolledBack(world.as(grantArea('990301', township)), async (ctx) => {
      const { into, householdId, personId, leadOf } = await givenTwo(ctx)
      const [first, second] = [await leadOf('ends', '202309', [reason('L02')]), await leadOf('ends', '202310', [reason('L04')])]
      const names = { [into]: 'stays', [householdId]: 'ends', [first]: 'first', [second]: 'second' }
      await sql`UPDATE screening.lead SET state = 'answered', answer = 'confirmed', answered_at = now() WHERE lead_id = ${first}`.execute(
        ctx.db,
      )
      const areas = new Map([
        [into, here],
        [householdId, there],
      ])
      await screeningHouseholdEvents.follow(ctx, ctx.db, {
        ...still,
        eventId,
        kind: 'split',
        on: '2023-11-01',
        householdId: into,
        otherId: householdId,
        personIds: [personId],
        areas,
        ended: { householdId, intoId: into, isRemoved: true },
      })
      expect(await seen(ctx, names)).toEqual({ first: 'stays answered 1: L02', second: 'stays new 1: L04' })
    }))
})
