import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { rolledBack } from '../../../../test/database.ts'
import { leadMonth, openLeadWorld } from '../../../../test/lead-world.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { givenLead, givenRun } from './given.ts'
import { answerLead, closeLeads, returnLead } from './lead-answer.ts'
import { readLead, readPrecision } from './lead-read.ts'
import { sendLeads } from './lead-send.ts'

const { answer, as, county, deps, homes, nameOf, newLead, sentLead, start, villagePath } = openLeadWorld()

const audits = async (ctx: Context) => {
  if (ctx.db === undefined) throw new Error('inside a transaction')
  const found = await sql<{ did: string }>`SELECT did FROM kernel.audit ORDER BY audit_no`.execute(ctx.db)
  return found.rows.map((row) => row.did).filter((did) => did.startsWith('screening.'))
}

describe('sending', () => {
  it('shows first who would get how many, and changes nothing', async () => {
    await rolledBack(start(), async (ctx) => {
      const leads = [await newLead(ctx, 0), await newLead(ctx, 1)]
      const preview = await sendLeads(as('township', ctx), { leadIds: leads, isDryRun: true }, deps())
      expect(preview.receivers).toEqual([
        {
          areaPath: county().townships[0]?.path,
          name: expect.stringContaining(county().villages[1]?.name ?? ''),
          count: 1,
          fallsToTownship: true,
        },
        { areaPath: villagePath(0), name: expect.stringContaining(county().villages[0]?.name ?? ''), count: 1, fallsToTownship: false },
      ])
      expect((await readLead(ctx, leads[0] ?? '', deps())).state).toBe('new')
      expect(await audits(ctx)).toEqual([])
    })
  })

  it('gives the lead to the village until the day that the policy counts, with an event and an audit', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await newLead(ctx)
      const sent = await sendLeads(as('township', ctx), { leadIds: [leadId], note: '请尽快入户', isDryRun: false }, deps())
      // Monday 18 December 2023 and five working days.
      expect(sent.dueOn).toBe('2023-12-25')
      const lead = await readLead(as('village', ctx), leadId, deps())
      expect(lead).toMatchObject({ state: 'sent', holder: 'village', dueOn: '2023-12-25', isOverdue: false })
      expect(lead.events).toMatchObject([{ kind: 'sent', byName: nameOf('township'), note: '请尽快入户' }])
      expect(await audits(ctx)).toEqual(['screening.lead.send'])
    })
  })

  it('falls to the township where the village has no account, which then answers itself', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx, 1)
      const lead = await readLead(as('township', ctx), leadId, deps())
      expect([lead.holder, lead.can.answer, lead.can.send]).toEqual(['township', true, false])
      expect((await answer(ctx, leadId, 'confirmed', 'township')).state).toBe('answered')
    })
  })

  it('refuses one by one what may not be sent, and sends the rest', async () => {
    await rolledBack(start(), async (ctx) => {
      const already = await sentLead(ctx, 0)
      const fresh = await newLead(ctx, 1)
      const unknown = '00000000-0000-7000-8000-000000000001'
      const sent = await sendLeads(as('township', ctx), { leadIds: [already, fresh, unknown], isDryRun: false }, deps())
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
      const sent = await sendLeads(as('township', ctx), { filter: { state: 'new', under: villagePath(0) }, isDryRun: false }, deps())
      expect(sent.receivers.map((one) => one.count)).toEqual([1])
    })
  })
})

describe('answering', () => {
  it('takes the answer of the whole for every reason that was not named, and leaves rested reasons alone', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      const before = await readLead(as('village', ctx), leadId, deps())
      const medical = before.reasons.find((reason) => reason.rule === 'L01')?.leadReasonId ?? ''
      const input = {
        revision: before.revision,
        answer: 'confirmed' as const,
        note: '孩子确已辍学，医药费已报销',
        reasons: [{ leadReasonId: medical, answer: 'dismissed' as const }],
      }
      const after = await answerLead(as('village', ctx), { leadId, input }, deps())
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

  it("answers the household's other months with one visit, where the caller holds them", async () => {
    await rolledBack(start(), async (ctx) => {
      const first = await sentLead(ctx)
      const runId = await givenRun(ctx, '202311')
      const areaPath = `${villagePath(0)}01.`
      const later = await givenLead(ctx, { runId, month: '202311', householdId: homes[0]?.householdId ?? '', areaPath })
      expect((await readLead(as('village', ctx), first, deps())).others).toMatchObject([{ month: '202311', canAnswer: false }])
      await sendLeads(as('township', ctx), { leadIds: [later], isDryRun: false }, deps())
      const { revision, others } = await readLead(as('village', ctx), first, deps())
      expect(others).toMatchObject([{ month: '202311', canAnswer: true }])
      const input = { revision, answer: 'dismissed' as const, note: '见到本人', reasons: [], alsoOthers: true }
      await answerLead(as('village', ctx), { leadId: first, input }, deps())
      expect(await readLead(ctx, later, deps())).toMatchObject({
        state: 'answered',
        answer: 'dismissed',
        reasons: [{ answer: 'dismissed' }],
      })
    })
  })

  it('refuses parts that contradict the whole', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      const lead = await readLead(as('village', ctx), leadId, deps())
      const [reason] = lead.reasons
      const input = {
        revision: lead.revision,
        answer: 'dismissed' as const,
        note: '不是这样',
        reasons: [{ leadReasonId: reason?.leadReasonId ?? '', answer: 'confirmed' as const }],
      }
      await expect(answerLead(as('village', ctx), { leadId, input }, deps())).rejects.toMatchObject({
        code: 'screening.answers-disagree',
        details: { reason: 'dismissed-yet-confirmed' },
      })
    })
  })

  it('is refused to who does not hold the lead', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      await expect(answer(ctx, leadId, 'confirmed', 'township')).rejects.toMatchObject({ details: { reason: 'not-yours' } })
    })
  })

  it('is refused when somebody has changed the lead meanwhile', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      const input = { revision: 1, answer: 'confirmed' as const, note: '见到本人', reasons: [] }
      await expect(answerLead(as('village', ctx), { leadId, input }, deps())).rejects.toMatchObject({ code: 'screening.lead-changed' })
    })
  })
})

describe('sending back', () => {
  it('hands a lead up from the village with a reason, and the township sends it again', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      const { revision } = await readLead(as('village', ctx), leadId, deps())
      const returned = await returnLead(as('village', ctx), { leadId, input: { revision, note: '不是本村的户' } }, deps())
      expect(returned).toMatchObject({ state: 'returned', returnNote: '不是本村的户', can: { answer: false } })
      const atTownship = await readLead(as('township', ctx), leadId, deps())
      expect(atTownship).toMatchObject({ holder: 'township', dueOn: '2023-12-20', can: { send: true, answer: true, return: false } })
      const again = await sendLeads(as('township', ctx), { leadIds: [leadId], isDryRun: false }, deps())
      expect([again.receivers.length, (await readLead(ctx, leadId, deps())).returnNote]).toEqual([1, null])
    })
  })

  it('gives an answer back to the village, whose answer then no longer counts', async () => {
    await rolledBack(start(), async (ctx) => {
      const leadId = await sentLead(ctx)
      const { revision } = await answer(ctx, leadId, 'dismissed')
      const input = { revision, note: '请说明为什么不属实' }
      const returned = await returnLead(as('township', ctx), { leadId, input }, deps())
      expect(returned).toMatchObject({ state: 'returned', holder: 'village', answer: null })
      expect(await readPrecision(ctx, leadMonth)).toMatchObject([
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
      const closed = await closeLeads(as('township', ctx), { leadIds: [answered, open], note: '核实清楚' })
      expect(closed).toEqual({ closed: 1, refused: [{ leadId: open, reason: 'not-answered-yet' }] })
      expect((await readLead(ctx, answered, deps())).events.map((event) => event.kind)).toEqual(['closed', 'answered', 'sent'])
      expect(await audits(ctx)).toContain('screening.lead.close')
    })
  })
})

/** The outbox may be read by the system only; the test's own transaction holds the row. */
async function systemDb(ctx: Context) {
  if (ctx.db !== undefined) await sql`SET LOCAL ROLE app_system`.execute(ctx.db)
  return ctx.db
}
