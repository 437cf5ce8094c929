import { beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { sql } from 'kysely'
import { addDays } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { actingAs, givenCounty, givenUser, type GivenCounty, type GivenUser } from '#modules/identity/server/given.ts'
import { givenHousehold, type GivenHousehold } from '#modules/registry/server/given.ts'
import type { LeadAnswer } from '../contract.ts'
import { givenLead, givenRun } from './given.ts'
import { answerLead, closeLeads, returnLead } from './lead-answer.ts'
import { readInbox, readLead, readLeadCounts, readPrecision } from './lead-read.ts'
import { sendLeads } from './lead-send.ts'

const world = openTestWorld()
const month = '202310'
let county: GivenCounty
let people: { county: GivenUser; township: GivenUser; village: GivenUser; leader: GivenUser }
let homes: GivenHousehold[] = []
const deps = () => ({ vault: world.vault })

beforeAll(async () => {
  county = await givenCounty(world.database)
  const [township] = county.townships
  const [village] = county.villages
  if (township === undefined || village === undefined) throw new Error('the given county has townships and villages')
  const user = (role: GivenUser['caller']['roles'][number], areaPath: string) =>
    givenUser(world.database, { role: role as Parameters<typeof givenUser>[1]['role'], areaPath }) // Safe: the roles below are roles
  people = {
    county: await user('county-data-officer', county.countyPath),
    township: await user('township-officer', township.path),
    village: await user('village-cadre', village.path),
    leader: await user('county-leader', county.countyPath),
  }
  const ctx = world.as(people.county.scope, people.county.caller)
  // The first village has a cadre; the second lies in the same township and has none.
  for (const area of county.villages.slice(0, 2)) {
    homes.push(
      await givenHousehold(ctx, world.vault, {
        areaPath: `${area.path}01.`,
        village: area.name,
        group: '1组',
        members: [{ name: '柳青山' }, { name: '柳小禾', relation: '之子' }],
      }),
    )
  }
})

const as = (user: GivenUser, ctx: Context): Context => ({ ...actingAs(user, ctx), ...(ctx.db === undefined ? {} : { db: ctx.db }) })
const start = () => world.as(people.county.scope, people.county.caller)
const villagePath = (at: number) => county.villages[at]?.path ?? ''

/** A lead of the first (or second) village's household, with two reasons and a flag. */
async function newLead(ctx: Context, at = 0): Promise<string> {
  const runId = await givenRun(ctx, month)
  const home = homes[at]
  if (home === undefined) throw new Error('made above')
  return givenLead(ctx, {
    runId,
    month,
    householdId: home.householdId,
    areaPath: `${villagePath(at)}01.`,
    reasons: [
      { rule: 'L04', list: 'education', value: '辍学', personId: home.persons[1]?.personId ?? '' },
      { rule: 'L01', list: 'medical', value: '23693.70' },
      { rule: 'L11', list: 'bank', value: '45', rests: true },
      { rule: 'N08', list: 'cars', value: '小型轿车 正常' },
    ],
  })
}

async function sentLead(ctx: Context, at = 0): Promise<string> {
  const leadId = await newLead(ctx, at)
  await sendLeads(as(people.township, ctx), { leadIds: [leadId], isDryRun: false }, deps())
  return leadId
}

async function answer(ctx: Context, leadId: string, whole: LeadAnswer, by = people.village) {
  const { revision } = await readLead(as(by, ctx), leadId, deps())
  const input = { revision, answer: whole, note: '已入户，见到本人', reasons: [] }
  return answerLead(as(by, ctx), { leadId, input }, deps())
}

const audits = async (ctx: Context) => {
  if (ctx.db === undefined) throw new Error('inside a transaction')
  const found = await sql<{ did: string }>`SELECT did FROM kernel.audit ORDER BY audit_no`.execute(ctx.db)
  return found.rows.map((row) => row.did).filter((did) => did.startsWith('screening.'))
}

describe('sending', () => {
  it('shows first who would get how many, and changes nothing', async () => {
    await rolledBack(start(), async (ctx) => {
      const leads = [await newLead(ctx, 0), await newLead(ctx, 1)]
      const preview = await sendLeads(as(people.township, ctx), { leadIds: leads, isDryRun: true }, deps())
      expect(preview.receivers).toEqual([
        {
          areaPath: county.townships[0]?.path,
          name: expect.stringContaining(county.villages[1]?.name ?? ''),
          count: 1,
          fallsToTownship: true,
        },
        { areaPath: villagePath(0), name: expect.stringContaining(county.villages[0]?.name ?? ''), count: 1, fallsToTownship: false },
      ])
      expect((await readLead(ctx, leads[0] ?? '', deps())).state).toBe('new')
      expect(await audits(ctx)).toEqual([])
    })
  })

  it('gives the lead to the village until the day that the policy counts, with an event and an audit', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await newLead(ctx)
      const sent = await sendLeads(as(people.township, ctx), { leadIds: [leadId], note: '请尽快入户', isDryRun: false }, deps())
      // Monday 18 December 2023 and five working days.
      expect(sent.dueOn).toBe('2023-12-25')
      const lead = await readLead(as(people.village, ctx), leadId, deps())
      expect(lead).toMatchObject({ state: 'sent', holder: 'village', dueOn: '2023-12-25', isOverdue: false })
      expect(lead.events).toMatchObject([{ kind: 'sent', byName: people.township.name, note: '请尽快入户' }])
      expect(await audits(ctx)).toEqual(['screening.lead.send'])
    })
  })

  it('falls to the township where the village has no account, which then answers itself', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx, 1)
      const lead = await readLead(as(people.township, ctx), leadId, deps())
      expect([lead.holder, lead.can.answer, lead.can.send]).toEqual(['township', true, false])
      expect((await answer(ctx, leadId, 'confirmed', people.township)).state).toBe('answered')
    })
  })

  it('refuses one by one what may not be sent, and sends the rest', async () => {
    await rolledBack(start(), async (ctx) => {
      const already = await sentLead(ctx, 0)
      const fresh = await newLead(ctx, 1)
      const unknown = '00000000-0000-7000-8000-000000000001'
      const sent = await sendLeads(as(people.township, ctx), { leadIds: [already, fresh, unknown], isDryRun: false }, deps())
      expect(sent.refused).toEqual([
        { leadId: unknown, reason: 'not-found' },
        { leadId: already, reason: 'already-with-them' },
      ])
      expect((await readLead(ctx, fresh, deps())).state).toBe('sent')
    })
  })

  it('takes all that a filter finds', async () => {
    await rolledBack(start(), async (ctx) => {
      await newLead(ctx, 0)
      await newLead(ctx, 1)
      const sent = await sendLeads(as(people.township, ctx), { filter: { state: 'new', under: villagePath(0) }, isDryRun: false }, deps())
      expect(sent.receivers.map((one) => one.count)).toEqual([1])
    })
  })
})

describe('answering', () => {
  it('takes the answer of the whole for every reason that was not named, and leaves rested reasons alone', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      const before = await readLead(as(people.village, ctx), leadId, deps())
      const medical = before.reasons.find((reason) => reason.rule === 'L01')?.leadReasonId ?? ''
      const input = {
        revision: before.revision,
        answer: 'confirmed' as const,
        note: '孩子确已辍学，医药费已报销',
        reasons: [{ leadReasonId: medical, answer: 'dismissed' as const }],
      }
      const after = await answerLead(as(people.village, ctx), { leadId, input }, deps())
      expect(after).toMatchObject({ state: 'answered', answer: 'confirmed', answerNote: '孩子确已辍学，医药费已报销' })
      expect(Object.fromEntries(after.reasons.map((reason) => [reason.rule, reason.answer]))).toEqual({
        L01: 'dismissed',
        L04: 'confirmed',
        L11: null,
        N08: 'confirmed',
      })
      const told = await sql<{ event: string }>`SELECT event FROM kernel.outbox`.execute((await systemDb(ctx)) ?? ctx.db)
      expect(told.rows.map((row) => row.event)).toContain('screening.risk-confirmed')
      expect(await audits(ctx)).toEqual(['screening.lead.send', 'screening.lead.answer'])
    })
  })

  it('refuses parts that contradict the whole', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      const lead = await readLead(as(people.village, ctx), leadId, deps())
      const [reason] = lead.reasons
      const input = {
        revision: lead.revision,
        answer: 'dismissed' as const,
        note: '不是这样',
        reasons: [{ leadReasonId: reason?.leadReasonId ?? '', answer: 'confirmed' as const }],
      }
      await expect(answerLead(as(people.village, ctx), { leadId, input }, deps())).rejects.toMatchObject({
        code: 'screening.answers-disagree',
        details: { reason: 'dismissed-yet-confirmed' },
      })
    })
  })

  it('is refused to who does not hold the lead', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      await expect(answer(ctx, leadId, 'confirmed', people.township)).rejects.toMatchObject({ details: { reason: 'not-yours' } })
    })
  })

  it('is refused when somebody has changed the lead meanwhile', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      const input = { revision: 1, answer: 'confirmed' as const, note: '见到本人', reasons: [] }
      await expect(answerLead(as(people.village, ctx), { leadId, input }, deps())).rejects.toMatchObject({ code: 'screening.lead-changed' })
    })
  })
})

describe('sending back', () => {
  it('hands a lead up from the village with a reason, and the township sends it again', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      const { revision } = await readLead(as(people.village, ctx), leadId, deps())
      const returned = await returnLead(as(people.village, ctx), { leadId, input: { revision, note: '不是本村的户' } }, deps())
      expect(returned).toMatchObject({ state: 'returned', returnNote: '不是本村的户', can: { answer: false } })
      const atTownship = await readLead(as(people.township, ctx), leadId, deps())
      expect(atTownship).toMatchObject({ holder: 'township', dueOn: '2023-12-20', can: { send: true, answer: true, return: false } })
      const again = await sendLeads(as(people.township, ctx), { leadIds: [leadId], isDryRun: false }, deps())
      expect([again.receivers.length, (await readLead(ctx, leadId, deps())).returnNote]).toEqual([1, null])
    })
  })

  it('gives an answer back to the village, whose answer then no longer counts', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      const { revision } = await answer(ctx, leadId, 'dismissed')
      const input = { revision, note: '请说明为什么不属实' }
      const returned = await returnLead(as(people.township, ctx), { leadId, input }, deps())
      expect(returned).toMatchObject({ state: 'returned', holder: 'village', answer: null })
      expect(await readPrecision(ctx, month)).toMatchObject([
        { rule: 'L01', raised: 1, dismissed: 0, precision: null },
        { rule: 'L04' },
        { rule: 'N08' },
      ])
      expect((await answer(ctx, leadId, 'confirmed')).state).toBe('answered')
    })
  })
})

describe('closing', () => {
  it('closes what was answered and refuses the rest', async () => {
    await rolledBack(start(), async (ctx) => {
      const answered = await sentLead(ctx, 0)
      const open = await newLead(ctx, 1)
      await answer(ctx, answered, 'dismissed')
      const closed = await closeLeads(as(people.township, ctx), { leadIds: [answered, open], note: '核实清楚' })
      expect(closed).toEqual({ closed: 1, refused: [{ leadId: open, reason: 'not-answered-yet' }] })
      expect((await readLead(ctx, answered, deps())).events.map((event) => event.kind)).toEqual(['closed', 'answered', 'sent'])
      expect(await audits(ctx)).toContain('screening.lead.close')
    })
  })
})

describe('the inbox', () => {
  it('pages by key without losing or doubling a lead', async () => {
    await rolledBack(start(), async (ctx) => {
      const made = [await newLead(ctx, 0), await newLead(ctx, 1)]
      const first = await readInbox(ctx, { limit: 1 }, deps())
      const second = await readInbox(ctx, { limit: 1, after: first.next ?? '' }, deps())
      expect([first.total, second.next]).toEqual([2, undefined])
      expect([...first.items, ...second.items].map((lead) => lead.leadId).sort()).toEqual(made.sort())
    })
  })

  it('finds by name, initials and number, and starts anew at a cursor that was cut', async () => {
    await rolledBack(start(), async (ctx) => {
      await newLead(ctx, 0)
      const no = homes[0]?.householdNo ?? ''
      for (const text of ['柳青山', 'lqs', no]) expect((await readInbox(ctx, { text }, deps())).total, text).toBeGreaterThan(0)
      expect((await readInbox(ctx, { text: '查无此人' }, deps())).total).toBe(0)
      expect((await readInbox(ctx, { after: '%5B%22x%22%2C%22y%22%5D' }, deps())).items).toHaveLength(1)
    })
  })

  it('marks a lead overdue from the day after, in list, count and rule alike', async () => {
    await rolledBack(start(), async (ctx) => {
      await sentLead(ctx)
      const on = (days: number): Context => ({ ...ctx, today: addDays(ctx.today, days) })
      for (const [days, late] of [
        [7, 0],
        [8, 1],
      ] as const) {
        const page = await readInbox(on(days), { overdue: 'true' }, deps())
        expect([page.total, (await readLeadCounts(on(days), {}, deps())).overdue]).toEqual([late, late])
        expect(page.items.every((lead) => lead.isOverdue)).toBe(true)
      }
    })
  })

  it('tells each seat what waits for it', async () => {
    await rolledBack(start(), async (ctx) => {
      const mine = async (user: GivenUser) => (await readLeadCounts(as(user, ctx), {}, deps())).mine
      const leadId = await newLead(ctx)
      expect([await mine(people.township), await mine(people.village)]).toEqual([1, 0])
      await sendLeads(as(people.township, ctx), { leadIds: [leadId], isDryRun: false }, deps())
      expect([await mine(people.township), await mine(people.village)]).toEqual([0, 1])
      await answer(ctx, leadId, 'confirmed')
      expect([await mine(people.township), await mine(people.village)]).toEqual([1, 0])
    })
  })

  it('shows a leader everything and lets him do nothing', async () => {
    await rolledBack(start(), async (ctx) => {
      await newLead(ctx)
      const [lead] = (await readInbox(as(people.leader, ctx), {}, deps())).items
      expect(lead?.can).toEqual({ send: false, answer: false, return: false, close: false })
    })
  })
})

it('counts precision per rule, without who was not there', async () => {
  await rolledBack(start(), async (ctx) => {
    await answer(ctx, await sentLead(ctx, 0), 'confirmed')
    await answer(ctx, await sentLead(ctx, 1), 'not-here', people.township)
    expect((await readPrecision(ctx, month)).find((one) => one.rule === 'L04')).toEqual({
      rule: 'L04',
      raised: 2,
      confirmed: 1,
      elsewhere: 0,
      dismissed: 0,
      notHere: 1,
      precision: 1,
    })
  })
})

/** The outbox may be read by the system only; the test's own transaction holds the row. */
async function systemDb(ctx: Context) {
  if (ctx.db !== undefined) await sql`SET LOCAL ROLE app_system`.execute(ctx.db)
  return ctx.db
}
