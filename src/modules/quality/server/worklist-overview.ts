import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Area } from '#modules/identity/contract.ts'
import { listAreas, mayDo } from '#modules/identity/server/index.ts'
import { groupWork, sumWork } from '../rules/count-work.ts'
import { townshipOf, villageOf } from '../rules/worklist-places.ts'
import type { Overview, PlaceWork, RuleWork } from '../rules/worklist-records.ts'
import { countAsked } from './finding-read.ts'
import { countGroups, type GroupCount } from './finding-store.ts'
import { seatOfCaller } from './worklist-neighbours.ts'
import { findRuns } from './worklist-run-store.ts'

/** What is open, by township of the county or by village of a township, and by rule; with the last check and the one that runs. */
export async function readOverview(ctx: Context, wanted: string | undefined): Promise<Overview> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const base = wanted ?? baseOf(ctx)
    if (base !== undefined && !isInScope(ctx, base)) throw httpErrors.notFound()
    const areas = await listAreas(within, { ...(base === undefined ? {} : { under: base }), level: 'village' })
    const under = areas.find((area) => area.path === base)
    if (base !== undefined && under === undefined) throw httpErrors.notFound()
    const groups = await countGroups(db, { scope: ctx.scope, under: base, today: ctx.today })
    const ofPlaces = groups.filter((group) => group.areaPath !== null)
    const { last, running, lastPart } = await findRuns(db, ctx.scope)
    const may = (object: string, action: string) => mayDo(ctx, `quality.${object}`, action)
    return {
      under: under === undefined ? null : { path: under.path, name: under.name, parentPath: under.parentPath },
      places: placesOf(ofPlaces, areas, under),
      rules: rulesOf(groups),
      sum: sumWork(ofPlaces),
      lastRun: last,
      running,
      lastPartAt: lastPart !== null && lastPart > (last?.startedAt ?? '') ? lastPart : null,
      asked: await countAsked(ctx, db),
      can: {
        run: may('run', 'start') && ctx.scope.kind !== 'area',
        send: may('finding', 'send') && seatOfCaller(ctx).level !== 'village',
        export: may('worklist', 'export'),
      },
    }
  })
}

/** Without a wish the caller's own area is meant; the county's offices see the county. */
function baseOf(ctx: Context): string | undefined {
  const { level, path } = seatOfCaller(ctx)
  return level === 'township' || level === 'village' ? path : undefined
}

function isInScope(ctx: Context, path: string): boolean {
  const { scope } = ctx
  if (scope.kind === 'area') return path >= scope.lo && path < scope.hi
  return scope.kind !== 'households'
}

/** The places one level down, in the order of their codes; those without findings stand there with 0. */
function placesOf(counts: readonly GroupCount[], areas: readonly Area[], under: Area | undefined): PlaceWork[] {
  const byVillage = under?.level === 'township' || under?.level === 'village'
  const level = byVillage ? 'village' : 'township'
  const groups = groupWork(counts, (count) => (byVillage ? villageOf : townshipOf)(count.areaPath ?? ''))
  return areas
    .filter((area) => area.level === level)
    .map((area) => ({ path: area.path, name: area.name, level, ...sumWork(groups.get(area.path) ?? []) }))
}

/** Rules with something open, those with most first. */
function rulesOf(counts: readonly GroupCount[]): RuleWork[] {
  const ofRules = counts.filter((count) => count.rule !== null)
  return [...groupWork(ofRules, (count) => count.rule ?? '')]
    .map(([rule, group]) => ({ rule, ...sumWork(group) }))
    .sort((one, other) => other.total - one.total || (one.rule < other.rule ? -1 : 1))
}
