import { makeId } from '#kernel/pure/ids/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { parametersFor } from '#modules/policies/server/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import {
  monthsBetween,
  pairUnits,
  sourceOfInspection,
  stateOfInspection,
  topicsOfInspection,
  type InspectionKind,
} from '../rules/inspection-kinds.ts'
import type { InspectionRecord, MonthsRecord, TeamRecord } from '../rules/inspection-records.ts'
import type { AddTeam, ListInspections, PlanInspections, ReadMonths, RecordInspection } from '../rules/inspection-requests.ts'
import { actOnProblems } from './act-on-problems.ts'
import { findCampaign } from './campaign-store.ts'
import { inProblems, whileReadingProblems } from './closed-kinds-store.ts'
import { rectificationErrors } from './errors.ts'
import { getUnit } from './find-unit.ts'
import {
  holdInspection,
  insertInspections,
  insertTeam,
  lastRound,
  listInspectionRows,
  listMonths,
  listTeams,
  saveInspection,
  type InspectionRow,
} from './inspection-store.ts'
import { addProblems, type NewProblem } from './record-problems.ts'
import { seatOf } from './seat-store.ts'
import { countyPathOf } from './terms.ts'

type Within = Context & { readonly db: Db }

/** Where the caller's office is. */
const officeOf = (ctx: Context) => seatOf(ctx).path || countyPathOf(ctx)

/** Writes a team of inspectors down. Throws `rectification.team-there`. */
export async function addTeam(ctx: Context, given: AddTeam): Promise<TeamRecord> {
  return inProblems(ctx, async (db) => {
    const team = { teamId: makeId(), name: given.name, members: given.members, fromOn: given.fromOn, untilOn: given.untilOn ?? null }
    if (!(await insertTeam(db, ctx, { ...team, byPath: officeOf(ctx) }))) throw rectificationErrors.teamThere()
    const details = { members: team.members.length }
    await audit(db, ctx, { did: 'rectification.add-team', objectKind: 'rectification.team', objectId: team.teamId, details })
    return team
  })
}

/** The teams of the county. */
export async function readTeams(ctx: Context): Promise<{ items: TeamRecord[] }> {
  return whileReadingProblems(ctx, async (db) => ({ items: await listTeams(db, ctx) }))
}

/** What a kind looks at by the county's own list. */
export async function topicsFor(ctx: Context, kind: InspectionKind): Promise<readonly string[]> {
  const name = topicsOfInspection[kind]
  const found = await parametersFor(ctx, { areaPath: countyPathOf(ctx), asOf: ctx.today, keys: ['rectification.inspections'] })
  const value = found.get(name)?.value
  if (typeof value !== 'object' || value === null) throw rectificationErrors.termsIncomplete({ name })
  return value
}

/**
 * Plans one inspection of each unit. A monthly one that is planned already stays as it is; of a cross-check each unit is looked at by another one.
 * Throws `rectification.no-such-campaign`, `no-such-unit`, `no-pair`.
 */
export async function planInspections(ctx: Context, given: PlanInspections): Promise<{ planned: number; known: number; round: number }> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    if ((await findCampaign(db, ctx, { campaignId: given.campaignId })) === undefined) throw rectificationErrors.noSuchCampaign()
    const { campaignId, kind, plannedOn, isUpgraded, checkerName } = given
    const units = []
    for (const ref of new Map(given.units.map((one) => [`${one.kind} ${one.id}`, one])).values()) units.push(await getUnit(within, ref))
    const isCross = kind === 'cross-check'
    if (isCross && units.length < 2) throw rectificationErrors.noPair()
    const round = isCross ? (await lastRound(db, ctx, campaignId)) + 1 : 1
    const rows = isCross
      ? pairUnits(units, round).map(({ unit, checker }) => ({ unit, checkerId: checker.id, checkerName: checker.name }))
      : units.map((unit) => ({ unit, checkerId: null, checkerName }))
    const topics = given.topics.length > 0 ? given.topics : await topicsFor(within, kind)
    const planned = await insertInspections(db, ctx, {
      campaignId,
      kind,
      plannedOn,
      round,
      topics,
      isUpgraded: kind === 'patrol' && isUpgraded,
      teamId: given.teamId ?? null,
      byPath: officeOf(ctx),
      rows: rows.map((row) => ({ ...row, inspectionId: makeId() })),
    })
    const details = { kind, planned, round }
    await audit(db, ctx, { did: 'rectification.plan-inspections', objectKind: 'rectification.campaign', objectId: campaignId, details })
    return { planned, known: rows.length - planned, round }
  })
}

/** A page of inspections, the newest first. */
export async function readInspections(ctx: Context, query: ListInspections): Promise<Page<InspectionRecord>> {
  return whileReadingProblems(ctx, async (db) => {
    const { after, limit, ...filter } = query
    const rows = await listInspectionRows(db, ctx, { filter, limit: limit + 1, after: readCursor(after, ['day', 'id']) })
    const page = toPage(rows, limit, (one) => [one.plannedOn, one.inspectionId])
    return { ...page, items: page.items.map((row) => toRecord(ctx, row)) }
  })
}

function toRecord(ctx: Context, row: InspectionRow): InspectionRecord {
  const { campaignDueOn: _due, unitKind: _kind, unitId: _unit, areaPath: _area, byPath: _by, found, ...rest } = row
  const record = row.inspectedOn === null && mayDo(ctx, 'rectification.problem', 'enter')
  return { ...rest, state: stateOfInspection({ ...row, found }), can: { record } }
}

/**
 * Writes down what was seen, once. Items that are not fine and findings become problems of the inspection's source; handed on at once where that is said.
 * Throws `http.not-found`, `rectification.inspected-before`, `day-to-come`, `no-place`.
 */
export async function recordInspection(
  ctx: Context,
  given: RecordInspection & { inspectionId: string },
): Promise<{ problems: number; letterNo: string | null }> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const held = await holdInspection(db, ctx, given.inspectionId)
    if (held === undefined) throw httpErrors.notFound()
    if (held.inspectedOn !== null) throw rectificationErrors.inspectedBefore()
    if (given.inspectedOn > ctx.today) throw rectificationErrors.dayToCome()
    await saveInspection(db, ctx, given)
    const problems = await problemsOf(within, held, given)
    const { campaignId, campaignDueOn } = held
    const files = await addProblems(within, { origin: null, campaignId, dueOn: campaignDueOn, problems })
    const letterNo = given.handOn === undefined || files.length === 0 ? null : await handOn(within, held, { files, ...given.handOn })
    const details = { kind: held.kind, problems: files.length, isHandedOn: letterNo !== null }
    await audit(db, ctx, {
      did: 'rectification.record-inspection',
      objectKind: 'rectification.inspection',
      objectId: held.inspectionId,
      details,
    })
    return { problems: files.length, letterNo }
  })
}

async function problemsOf(ctx: Within, held: InspectionRow, given: RecordInspection): Promise<NewProblem[]> {
  const common = { originId: null, sourceKind: sourceOfInspection[held.kind], foundOn: given.inspectedOn, inspectionId: held.inspectionId }
  const items = given.items
    .filter(({ isFine }) => !isFine)
    .map(({ item, note }) => ({
      ...common,
      class: item,
      description: note.length < 2 ? `${item}不符合要求` : note,
      areaPath: held.areaPath,
    }))
  const ids = given.findings.flatMap(({ householdId }) => (householdId === undefined ? [] : [householdId]))
  const places = new Map((await findHouseholds(ctx, ctx.db, [...new Set(ids)])).map((one) => [one.householdId, one.areaPath]))
  const findings = given.findings.map(({ householdId, ...words }) => {
    const areaPath = householdId === undefined ? held.areaPath : places.get(householdId)
    if (areaPath === undefined) throw rectificationErrors.noPlace()
    const { subject, ...said } = words
    return { ...common, ...said, householdId, areaPath, ...(subject === undefined ? {} : { subject }) }
  })
  return [...items, ...findings]
}

/** The unit that was looked at gets its letter on the spot; throws what the rule refuses. */
async function handOn(
  ctx: Within,
  held: InspectionRow,
  given: {
    files: readonly { problemId: string; revision: number }[]
    headName: string
    due: NonNullable<RecordInspection['handOn']>['due']
  },
): Promise<string> {
  const { files, headName, due } = given
  const problems = files.map(({ problemId, revision }) => ({ problemId, revision }))
  const unit = { kind: held.unitKind, id: held.unitId }
  const acted = await actOnProblems(ctx, { problems, act: { action: 'assign', unit, headName, due } })
  const [no] = acted.refused
  if (no !== undefined) throw rectificationErrors.actRefused(no.details)
  return acted.letters[0]?.letterNo ?? ''
}

/** Of a monthly kind which unit missed which month: those that have been planned once in the time, or before. */
export async function readMonths(ctx: Context, given: ReadMonths): Promise<MonthsRecord> {
  return whileReadingProblems(ctx, async (db) => {
    const thisMonth = ctx.today.slice(0, 7)
    const months = monthsBetween(given.from, given.to < thisMonth ? given.to : thisMonth)
    const rows = await listMonths(db, ctx, { kind: given.kind, from: given.from, to: given.to })
    const units = rows.map(({ unitName, made }) => ({ unitName, made, missed: months.filter((month) => !made.includes(month)) }))
    return { months, units }
  })
}
