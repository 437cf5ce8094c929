import { addDays, type Day } from '#kernel/pure/time/index.ts'
import { openCalendar, type ReachesYears } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { listAreas } from '#modules/identity/server/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import { depthOf, townshipDepth, villageDepth } from '../../rules/case-seat.ts'
import { termOf, type RevisedCalendar } from '../../rules/clocks/clock-change.ts'
import { makePace, predictClock, type Pace, type Prediction, type RunningClock } from '../../rules/clocks/clock-forecast.ts'
import type { ClockForecast, ExpectedBreach, ForecastOfPlace } from '../../rules/clocks/clock-records.ts'
import type { AskForecast } from '../../rules/clocks/clock-requests.ts'
import { countTook, countUnknownYears, listRunning, sumDaysByParty, type ListedClock } from './clock-list-store.ts'
import { clockTermsOf, type ClockTerms } from './clock-terms.ts'

/** Pace and own time are of the last half year. */
const lookBackDays = 180
const weekDays = 7
const mostNamed = 200

interface Predicted {
  readonly clock: ListedClock
  readonly prediction: Prediction
}

/** Ids of running clocks that are expected to be late: within the week, or after. */
export async function predictedBreaches(
  ctx: Context & { db: Db },
  given: { under: string | undefined; when: 'week' | 'later' },
): Promise<string[]> {
  const predicted = await predictAll(ctx, given.under)
  return predicted.filter(({ prediction }) => whenOf(prediction, ctx.today) === given.when).map(({ clock }) => clock.clockId)
}

/** Past already: `overdue`. Late within seven days, later, or kept. */
function whenOf({ breachOn }: Prediction, today: Day): 'overdue' | 'week' | 'later' | undefined {
  if (breachOn === null) return undefined
  if (breachOn <= today) return 'overdue'
  return breachOn <= addDays(today, weekDays) ? 'week' : 'later'
}

async function predictAll(ctx: Context & { db: Db }, under: string | undefined): Promise<Predicted[]> {
  const calendar = await openCalendar(ctx)
  const pace = makePace(await countTook(ctx.db, ctx.scope, addDays(ctx.today, -lookBackDays)))
  const all = await listRunning(ctx.db, ctx.scope, under)
  const steps = new Map(all.flatMap((clock) => (isOfStep(clock) ? [[clock.caseId, clock] as const] : [])))
  const termsOf = termsByTownship(ctx)
  const predicted: Predicted[] = []
  for (const clock of all.filter(({ days }) => days > 0)) {
    const terms = await termsOf(clock.areaPath)
    predicted.push({
      clock,
      prediction: predict({ clock, step: steps.get(clock.caseId) ?? clock, today: ctx.today, calendar, pace, terms }),
    })
  }
  return predicted
}

/** Whether it is the clock of the step at which its case stands. */
function isOfStep(clock: ListedClock): boolean {
  return clock.step === clock.atStep && (clock.kind === 'step' || clock.kind === 'measures' || clock.kind === 'tracking')
}

function predict(given: {
  clock: ListedClock
  step: ListedClock
  today: Day
  calendar: RevisedCalendar
  pace: Pace
  terms: ClockTerms
}): Prediction {
  const { clock, step, today, calendar, pace, terms } = given
  const running: RunningClock = { ...clock, term: termOf(clock), stepTerm: termOf(step) }
  return predictClock(running, { today, calendar, pace, terms: terms.terms })
}

/** Terms are read once for each township: it may have its own. */
function termsByTownship(ctx: Context): (areaPath: string) => Promise<ClockTerms> {
  const read = new Map<string, Promise<ClockTerms>>()
  return (areaPath) => {
    const township = cut(areaPath, townshipDepth)
    const terms = read.get(township) ?? clockTermsOf(ctx, { areaPath: township, asOf: ctx.today })
    read.set(township, terms)
    return terms
  }
}

/** What runs, is late, and will be late at today's pace, by township, or by village of a township, with names; and whose time steps took. */
export async function readForecast(ctx: Context, query: AskForecast): Promise<ClockForecast> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const base = query.under ?? (ctx.scope.kind === 'area' ? ctx.scope.path : undefined)
    if (base !== undefined && !isInScope(ctx, base)) throw httpErrors.notFound()
    const areas = await listAreas(within, { ...(base === undefined ? {} : { under: base }), level: 'village' })
    const under = areas.find((area) => area.path === base)
    if (base !== undefined && under === undefined) throw httpErrors.notFound()
    const depth = base === undefined || depthOf(base) < townshipDepth ? townshipDepth : villageDepth
    const predicted = await predictAll(within, base)
    const spent = await sumDaysByParty(db, {
      scope: ctx.scope,
      under: base,
      since: addDays(ctx.today, -lookBackDays),
      today: ctx.today,
      depth,
    })
    const names = new Map(areas.map((area) => [area.path, area.name]))
    const own = ctx.scope.kind === 'households' ? [] : areas.filter((area) => depthOf(area.path) === depth).map((area) => area.path)
    const paths = [
      ...new Set([...own, ...predicted.map(({ clock }) => cut(clock.areaPath, depth)), ...spent.map(({ place }) => place)]),
    ].sort()
    const places = paths.map((path) => {
      const time = spent.find(({ place }) => place === path)
      const here = predicted.filter(({ clock }) => cut(clock.areaPath, depth) === path)
      return countPlace({ path, name: names.get(path) ?? path, time }, here, ctx.today)
    })
    const late = predicted.filter(({ prediction }) => ['week', 'later'].includes(whenOf(prediction, ctx.today) ?? ''))
    return {
      asOf: ctx.today,
      until: addDays(ctx.today, weekDays),
      under: under === undefined ? null : { path: under.path, name: under.name, parentPath: under.parentPath },
      places,
      sum: sumOf(places, { path: base ?? '', name: under?.name ?? '' }),
      breaches: await namesOf(within, late.slice(0, mostNamed)),
      leftOff: Math.max(0, late.length - mostNamed),
      unknownYears: await countUnknownYears(db, ctx.scope),
    }
  })
}

function countPlace(
  place: { path: string; name: string; time: { own: number; others: number } | undefined },
  here: readonly Predicted[],
  today: Day,
): ForecastOfPlace {
  const count = (is: (one: Predicted) => boolean) => here.filter(is).length
  const { time = { own: 0, others: 0 } } = place
  const week = addDays(today, weekDays)
  const isLate = ({ clock }: Predicted) => clock.kind !== 'notice' && clock.dueOn !== null && clock.dueOn < today
  return {
    areaPath: place.path,
    name: place.name,
    running: here.length,
    overdue: count(isLate),
    dueWeek: count(({ clock: { dueOn } }) => dueOn !== null && dueOn >= today && dueOn <= week),
    breachWeek: count(({ prediction }) => whenOf(prediction, today) === 'week'),
    breachLater: count(({ prediction }) => whenOf(prediction, today) === 'later'),
    paused: count(({ clock }) => clock.state === 'paused'),
    ownDays: time.own,
    othersDays: time.others,
  }
}

function sumOf(places: readonly ForecastOfPlace[], of: { path: string; name: string }): ForecastOfPlace {
  const sum = (name: Exclude<keyof ForecastOfPlace, 'areaPath' | 'name'>) => places.reduce((all, place) => all + place[name], 0)
  return {
    areaPath: of.path,
    name: of.name,
    running: sum('running'),
    overdue: sum('overdue'),
    dueWeek: sum('dueWeek'),
    paused: sum('paused'),
    breachWeek: sum('breachWeek'),
    breachLater: sum('breachLater'),
    ownDays: sum('ownDays'),
    othersDays: sum('othersDays'),
  }
}

async function namesOf(ctx: Context & { db: Db }, late: readonly Predicted[]): Promise<ExpectedBreach[]> {
  const known = await findHouseholds(ctx, ctx.db, [...new Set(late.map(({ clock }) => clock.householdId))])
  const byId = new Map(known.map((card) => [card.householdId as string, card]))
  const names = new Map(late.length === 0 ? [] : (await listAreas(ctx, { level: 'village' })).map(({ path, name }) => [path, name]))
  return late.flatMap(({ clock, prediction }) => {
    const { clockId, caseId, caseNo, kind, step, limit, dueOn } = clock
    const household = byId.get(clock.householdId)
    if (dueOn === null || prediction.breachOn === null) return []
    return [
      {
        clockId,
        caseId,
        caseNo,
        kind,
        step,
        limit,
        dueOn,
        breachOn: prediction.breachOn,
        doneOn: prediction.doneOn,
        headName: household?.headName ?? null,
        township: household?.township ?? '',
        village: household?.village ?? '',
        holderName: names.get(clock.heldBy) ?? '',
      },
    ]
  })
}

function isInScope({ scope }: Context, path: string): boolean {
  if (scope.kind === 'area') return path >= scope.lo && path < scope.hi
  return scope.kind !== 'households'
}

function cut(path: string, depth: number): string {
  return `${path.split('.').filter(Boolean).slice(0, depth).join('.')}.`
}

/** Unknown years that running clocks reach, for the page of the calendar. */
export const clocksReachYears: ReachesYears = (ctx) => countUnknownYears(ctx.db, ctx.scope)
