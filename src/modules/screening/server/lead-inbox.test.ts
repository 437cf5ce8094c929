import { describe, expect, it } from 'vitest'
import { rolledBack } from '../../../../test/database.ts'
import { leadMonth, openLeadWorld } from '../../../../test/lead-world.ts'
import { addDays } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { givenLead, givenRun } from './given.ts'
import { readInbox, readLeadCounts, readPrecision } from './lead-read.ts'
import { sendLeads } from './lead-send.ts'

const { answer, as, deps, homes, newLead, sentLead, start, villagePath } = openLeadWorld()

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
      const mine = async (seat: 'township' | 'village') => (await readLeadCounts(as(seat, ctx), {}, deps())).mine
      const leadId = await newLead(ctx)
      expect([await mine('township'), await mine('village')]).toEqual([1, 0])
      await sendLeads(as('township', ctx), { leadIds: [leadId], isDryRun: false }, deps())
      expect([await mine('township'), await mine('village')]).toEqual([0, 1])
      await answer(ctx, leadId, 'confirmed')
      expect([await mine('township'), await mine('village')]).toEqual([1, 0])
    })
  })

  it('shows a leader everything and lets him do nothing', async () => {
    await rolledBack(start(), async (ctx) => {
      await newLead(ctx)
      const [lead] = (await readInbox(as('leader', ctx), {}, deps())).items
      expect(lead?.can).toEqual({ send: false, answer: false, return: false, close: false })
    })
  })
})

it('counts precision per rule, without who was not there', async () => {
  await rolledBack(start(), async (ctx) => {
    await answer(ctx, await sentLead(ctx, 0), 'confirmed')
    await answer(ctx, await sentLead(ctx, 1), 'not-here', 'township')
    expect((await readPrecision(ctx, leadMonth)).find((one) => one.rule === 'L04')).toEqual({
      rule: 'L04',
      raised: 2,
      confirmed: 1,
      elsewhere: 0,
      dismissed: 0,
      notHere: 1,
      precision: 1,
      low: expect.closeTo(0.2065, 4),
      high: 1,
    })
  })
})

it('leaves out what a comparison has taken back, and what has only flags', async () => {
  await rolledBack(start(), async (ctx) => {
    const runId = await givenRun(ctx, leadMonth)
    const [home] = homes
    const areaPath = `${villagePath(0)}01.`
    await givenLead(ctx, {
      runId,
      month: leadMonth,
      householdId: home?.householdId ?? '',
      areaPath,
      reasons: [{ rule: 'N08', list: 'cars', value: '小型轿车 正常' }],
    })
    expect((await readInbox(ctx, {}, deps())).total).toBe(0)
    expect((await readLeadCounts(ctx, {}, deps())).total).toBe(0)
  })
})
