import { addDays, instantOf } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { actOnCase, addVisit, openCase, readCase, readCases, takeOver } from '#modules/cases/server/module.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { draftPolicy, movePolicy, publishPolicy } from '#modules/policies/server/module.ts'
import { readInbox } from '#modules/screening/server/module.ts'
import { endDemoCase, walkDemoCase, type DemoStop } from './demo-case-way.ts'
import type { Installation } from './installation.ts'

/** How many confirmed leads of the first township become cases, how many of these were assessed, and how many visited. */
const opened = 12
const assessed = 9
const visited = 6
/** The first case was opened so many days ago, each following one a day later. */
const firstDaysAgo = 11

/** How far single households are carried besides, opened so many days ago; the last one is left alone until it is late. */
const ways: readonly { until: DemoStop; openedDaysAgo: number; count: number }[] = [
  { until: 'meeting', openedDaysAgo: 6, count: 1 },
  { until: 'submitted', openedDaysAgo: 8, count: 1 },
  { until: 'objected', openedDaysAgo: 9, count: 1 },
  { until: 'measures', openedDaysAgo: 22, count: 1 },
  { until: 'assessment', openedDaysAgo: 30, count: 1 },
]

/** Takes the monitored households over, and carries confirmed leads of the first township along: opened, assessed, visited, some of them late. */
export async function carryDemoCases(ctx: Context, installation: Installation, townshipPath: string): Promise<void> {
  await takeOver(daysBefore({ ...ctx, scope: grantCounty(ctx.scope.countyCode) }, takenOverDaysAgo))
  const inbox = await readInbox(
    ctx,
    { under: townshipPath, state: 'answered', found: 'confirmed', limit: 200 },
    { vault: installation.vault },
  )
  const confirmed = inbox.items.slice(0, opened)
  await publishDemoLine(ctx)
  await walkDemoCases(ctx, installation, { townshipPath, taken: new Set(confirmed.map((lead) => lead.householdId)) })
  await endOneDemoCase(ctx, installation, townshipPath)
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

/** Carries a household on each way; one that does not get there (its facts stand against it) is followed by the next. */
async function walkDemoCases(
  ctx: Context,
  installation: Installation,
  { townshipPath, taken }: { townshipPath: string; taken: ReadonlySet<string> },
): Promise<void> {
  const { items } = await readInbox(ctx, { under: townshipPath, limit: 200 }, { vault: installation.vault })
  const homes = [...new Map(items.map(({ householdId, areaPath }) => [householdId, { householdId, areaPath }])).values()]
  // Those of the first village come first: its account finds something to do.
  const free = homes.filter(({ householdId }) => !taken.has(householdId)).sort((one, other) => one.areaPath.localeCompare(other.areaPath))
  for (const { until, openedDaysAgo, count } of ways) {
    let done = 0
    for (let tries = 0; done < count && tries < mostTries; tries += 1) {
      const home = free.shift()
      if (home === undefined) return
      if (await gotThere(() => walkDemoCase(ctx, installation, { ...home, openedDaysAgo, until }))) done += 1
    }
  }
}

const mostTries = 6

async function gotThere(walk: () => Promise<void>): Promise<boolean> {
  try {
    await walk()
    return true
  } catch (fault) {
    if (!isNamedError(fault)) throw fault
    return false
  }
}

/** Ends one of the cases that were taken over: one against whose elimination stands nothing but what the demo can do. */
async function endOneDemoCase(ctx: Context, installation: Installation, townshipPath: string): Promise<void> {
  const county = { ...ctx, scope: grantCounty(ctx.scope.countyCode) }
  const { items } = await readCases(county, { area: townshipPath, step: 'tracking', limit: 100 })
  for (const file of items) {
    const village = grantArea(ctx.scope.countyCode, `${file.areaPath.split('.').slice(0, 5).join('.')}.`)
    const { next } = await readCase({ ...ctx, scope: village, caller: { ...ctx.caller, roles: ['village-cadre'] } }, file.caseId)
    const missing = next.find(({ action }) => action === 'start-exit')?.missing
    if (missing === undefined || missing.some(({ code }) => !/^exit\.(measures|income|stable)\./.test(code))) continue
    if (await gotThere(() => endDemoCase(ctx, installation, { file, daysAgo: exitDaysAgo }))) return
  }
}

const exitDaysAgo = 18
const takenOverDaysAgo = 20

/** The same caller on an earlier day. */
function daysBefore(ctx: Context, days: number): Context {
  return { ...ctx, now: instantOf(Date.parse(ctx.now) - days * 86_400_000), today: addDays(ctx.today, -days) }
}

/** The income line of the demo county, drafted by one and published by another as in a real one: an elimination is judged by it. */
async function publishDemoLine(ctx: Context): Promise<void> {
  const value = {
    name: '监测范围收入线',
    en: 'Income line of monitoring',
    unit: '元/人·年',
    decimals: 2,
    value: 8000,
    latitude: 'fill',
    note: '示范数据，虚构。',
  }
  const as = (id: string, name: string): Context => ({
    ...ctx,
    scope: grantCounty(ctx.scope.countyCode),
    caller: { ...ctx.caller, id: `system:demo-${id}`, name },
  })
  const paper = { documentNo: '示范〔0000〕1号', documentTitle: '', clause: '' }
  const content = JSON.stringify({ values: [value] })
  const effectiveFrom = `${Number(ctx.today.slice(0, 4)) - 2}-01-01`
  const draft = { content, effectiveFrom, effectiveTo: null, paper, note: '示范', examples: [] }
  const written = await draftPolicy(as('county', '示范·县数据员'), 'cases.income-line', draft)
  const { versionId } = written
  const sent = await movePolicy(as('county', '示范·县数据员'), versionId, { revision: written.revision, note: '', to: 'submitted' })
  await publishPolicy(as('leader', '示范·县领导'), versionId, { revision: sent.revision, note: '' })
}
