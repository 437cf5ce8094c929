import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import { findArea, findAreaInScope, listAreas, mayDo } from '#modules/identity/server/index.ts'
import { exportList } from '#modules/registry/server/index.ts'
import type { ExportVisitList, VisitListOf } from '../contract.ts'
import type { VisitHousehold, VisitList, VisitVillages } from '../rules/lead-records.ts'
import { townshipOf } from '../rules/lead-states.ts'
import { listReasons, readLimits } from './lead-history-store.ts'
import { readBriefs, readMembers, type LeadDeps } from './lead-neighbours.ts'
import { countByVillage, listLeadMonths, listLeads, type StoredLead } from './lead-store.ts'
import { seatOfCaller } from './lead-cards.ts'
import { monthName, visitSheet } from './visit-list-sheet.ts'

/** More households than a village has; a list that would be longer is a mistake of the area. */
const mostHouseholds = 2_000

/** The households of one village that somebody must visit this month, each with its members and every reason in one sentence. */
export async function readVisitList(ctx: Context, wanted: VisitListOf, deps: LeadDeps): Promise<VisitList> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const village = await villageInScope(within, wanted.area)
    const search = {
      scope: ctx.scope,
      filter: { under: wanted.area, month: wanted.month },
      seat: seatOfCaller(ctx),
      today: ctx.today,
    }
    const leads = (await listLeads(db, search, { limit: mostHouseholds, after: undefined })).filter(
      (lead) => lead.state !== 'closed' && lead.state !== 'answered',
    )
    const households = await visitsOf(within, leads, deps)
    return {
      area: wanted.area,
      ...village,
      month: wanted.month,
      madeAt: ctx.now,
      madeBy: ctx.caller.name,
      limits: await limitsOfRuns(db, ctx, leads),
      households,
      hidden: leads.length - households.length,
      can: { export: mayDo(ctx, 'screening.visit-list', 'print') },
    }
  })
}

/** Which villages have households to visit in a month, by default the newest with leads. */
export async function readVisitVillages(ctx: Context, wanted: string | undefined): Promise<VisitVillages> {
  return inTransaction(ctx, async (db) => {
    const months = await listLeadMonths(db, ctx.scope)
    const month = wanted ?? months[0] ?? ''
    const counts = await countByVillage(db, { scope: ctx.scope, month, today: ctx.today })
    const names = new Map((await listAreas({ ...ctx, db }, { level: 'village' })).map((area) => [area.path, area.name]))
    const items = counts.map(({ path, leads, overdue }) => ({
      area: path,
      township: names.get(townshipOf(path)) ?? '',
      village: names.get(path) ?? path,
      leads,
      overdue,
    }))
    return { month, months, items }
  })
}

/** The visit list as a workbook in the official look; recorded as every export is. */
export async function exportVisitList(
  ctx: Context,
  wanted: ExportVisitList,
  deps: LeadDeps & { filesDirectory: string },
): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const { area, month, purpose } = wanted
    const within = { ...ctx, db }
    const list = await readVisitList(within, { area, month }, deps)
    const of = `${list.village}${monthName(month)}`
    const heading = {
      title: `${of}入户走访清单`,
      unit: `${list.township}${list.village}`,
      fileName: `走访清单_${list.township}${list.village}_${monthName(month)}`,
    }
    const filter = { under: area, month }
    const terms = { purpose, format: 'xlsx', filesDirectory: deps.filesDirectory } as const
    return exportList(within, { list: 'screening.visit-list', filter, heading, ...visitSheet(list), ...terms })
  })
}

/** Names of the village and its township. A village outside the caller's scope is not found, whether or not it exists. */
async function villageInScope(ctx: Context, path: string): Promise<{ township: string; village: string }> {
  const village = await findAreaInScope(ctx, path)
  if (village === undefined) throw httpErrors.notFound()
  const township = await findArea(ctx, townshipOf(path))
  return { township: township?.name ?? '', village: village.name }
}

async function visitsOf(ctx: Context & { db: Db }, leads: readonly StoredLead[], deps: LeadDeps): Promise<VisitHousehold[]> {
  const ids = leads.map((lead) => lead.householdId)
  const briefs = await readBriefs(ctx, ids)
  const members = await readMembers(ctx, ids, deps)
  const reasons = await listReasons(
    ctx.db,
    ctx.scope,
    leads.map((lead) => lead.leadId),
  )
  const visits = leads.flatMap((lead) => {
    const household = briefs.get(lead.householdId)
    if (household === undefined) return []
    const people = members.get(lead.householdId) ?? []
    const names = new Map(people.map((person) => [person.personId, person.name]))
    const why = reasons.filter((reason) => reason.leadId === lead.leadId && !reason.rests)
    return [
      {
        leadId: lead.leadId,
        state: lead.state,
        dueOn: lead.dueOn,
        household,
        members: people.map(({ personId: _personId, ...person }) => person),
        reasons: why.map(({ rule, list, value, personId }) => ({ rule, list, value, personName: names.get(personId ?? '') ?? null })),
      },
    ]
  })
  const placeOf = (visit: VisitHousehold) => `${visit.household.group.padStart(8)} ${visit.household.householdNo}`
  return visits.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
}

/** The limits of the runs behind the leads; of a rule that two runs judged, those of the later one. */
async function limitsOfRuns(db: Db, ctx: Context, leads: readonly StoredLead[]): Promise<VisitList['limits']> {
  const runs = [...new Set(leads.map((lead) => lead.runId))].sort()
  let limits: VisitList['limits'] = {}
  for (const runId of runs) limits = { ...limits, ...(await readLimits(db, ctx.scope.countyCode, runId)) } // a month has one run or two
  return limits
}
