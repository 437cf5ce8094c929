import { addDays, instantOf } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { actOnCase, addVisit, openCase, takeOver } from '#modules/cases/server/module.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { readInbox } from '#modules/screening/server/module.ts'
import type { Installation } from './installation.ts'

/** How many confirmed leads of the first township become cases, how many of these were assessed, and how many visited. */
const opened = 12
const assessed = 9
const visited = 6
/** The first case was opened so many days ago, each following one a day later. */
const firstDaysAgo = 11

/** Takes the monitored households over, and carries confirmed leads of the first township along: opened, assessed, visited, some of them late. */
export async function carryDemoCases(ctx: Context, installation: Installation, townshipPath: string): Promise<void> {
  await takeOver({ ...ctx, scope: grantCounty(ctx.scope.countyCode) })
  const inbox = await readInbox(
    ctx,
    { under: townshipPath, state: 'answered', found: 'confirmed', limit: 200 },
    { vault: installation.vault },
  )
  const confirmed = inbox.items.slice(0, opened)
  for (const [at, lead] of confirmed.entries()) {
    const township = grantArea(ctx.scope.countyCode, townshipPath)
    const village = grantArea(ctx.scope.countyCode, `${lead.areaPath.split('.').slice(0, 5).join('.')}.`)
    const on = (daysAgo: number, scope: Context['scope'], name: string): Context => ({
      ...ctx,
      scope,
      caller: { ...ctx.caller, id: `system:demo-${name}`, name: name === 'township' ? '示范·乡镇干部' : '示范·村干部' },
      now: instantOf(Date.parse(ctx.now) - daysAgo * 86_400_000),
      today: addDays(ctx.today, -daysAgo),
    })
    const daysAgo = Math.max(0, firstDaysAgo - at)
    try {
      const file = await openCase(on(daysAgo, township, 'township'), {
        householdId: lead.householdId,
        source: 'lead',
        sourceId: lead.leadId,
      })
      if (at >= assessed) continue
      const { caseId } = file
      const act = { revision: file.revision, action: 'pass', opinion: '线索属实，支出较大，请村里入户核实。' } as const
      await actOnCase(on(Math.max(0, daysAgo - 1), township, 'township'), { caseId, act })
      if (at >= visited) continue
      const day = on(Math.max(0, daysAgo - 2), village, 'village')
      const visit = {
        visitedOn: day.today,
        method: 'home',
        visitors: ['村干部', '工作队员'],
        finding: 'worse',
        note: '住院自付较多，家里主要劳力在照顾病人。',
      } as const
      await addVisit(day, { caseId, visit: { ...visit, visitors: [...visit.visitors] } })
    } catch (fault) {
      // A household of the demo may be monitored already: its lead joins the case that it has.
      if (!isNamedError(fault) || fault.code !== 'cases.case-open') throw fault
    }
  }
}
