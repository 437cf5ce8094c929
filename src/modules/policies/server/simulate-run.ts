import { setImmediate as othersTurn } from 'node:timers/promises'
import { valueAt, type Facts } from '#kernel/pure/decisions/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { AskSimulation } from '../contract.ts'
import { makeOutcomes, makeTally, type Outcomes, type Tally } from '../rules/simulate.ts'
import { changedAmounts, makeAmounts, putAmounts, sumByTownship, type Amounts, type MoneySum } from '../rules/simulate-money.ts'
import { policiesErrors } from './errors.ts'
import { recallSubjects } from './fact-cache.ts'
import type { LoadedSubjects } from './fact-subjects.ts'
import { judgePart, takeColumns, type Records } from './simulate-columns.ts'
import { factsNeeded, openSimulation, unsetParameters, type ComparedTables, type SimulatedTable } from './simulate-tables.ts'

/** A simulation with what names need: who became what, and why. */
export interface SimulatedCounty {
  readonly table: SimulatedTable
  readonly subjects: LoadedSubjects
  readonly outcomes: Outcomes
  readonly before: Int32Array
  readonly after: Int32Array
  /** Row of the new table that fired, from 0; below 0 none. */
  readonly rules: Int32Array
  /** Place in `table.tables` by which a record was judged. */
  readonly judgedBy: Uint16Array
  readonly townships: readonly string[]
  readonly tally: Tally
  /** Each output that is money, record by record. */
  readonly amounts: readonly Amounts[]
  /** 1 where one of them changes. */
  readonly amountChanged: Uint8Array
  /** Their sums, by place in `townships`. */
  readonly money: readonly (readonly MoneySum[])[]
  /** Undecided by the new table for want of a fact: how many. */
  readonly unknown: ReadonlyMap<string, number>
}

/** Records between two looks at what else the server has to do: some milliseconds. */
const slice = 20_000
/** The same where each record is interpreted. */
const slowSlice = 1_000

/** What was simulated last, without the facts: they are kept, bounded, by `recallSubjects`. */
const remembered = new Map<string, Omit<SimulatedCounty, 'subjects' | 'table'>>()
const mostRemembered = 6

/**
 * Judges everything under the caller's scope by the table in force and by a text that is tried out. What was simulated of an unchanged register
 * is remembered for the names that are asked for next. Throws `policies.not-simulated`, `not-in-force`, `decisions.*`.
 */
export async function simulateCounty(ctx: Context, db: Db, given: { key: string; ask: AskSimulation }): Promise<SimulatedCounty> {
  const table = await openSimulation(ctx, given.key, given.ask)
  const asOf = readDay(given.ask.asOf)
  if (asOf === undefined) throw policiesErrors.notSimulated({ key: given.key })
  const { subjects, key } = await recallSubjects(ctx, db, {
    of: table.of,
    facts: table.facts,
    asOf,
    reason: `policies: simulate ${table.entry.key}`,
  })
  const texts = table.tables.map(({ areaPath, before, after }) => [areaPath, before.hash, before.versionId, after.hash])
  const name = key === undefined ? undefined : JSON.stringify([key, table.entry.key, texts])
  const known = name === undefined ? undefined : remembered.get(name)
  const found = known ?? (await judgeAll(table, subjects, given.ask.asOf))
  if (name !== undefined) remember(name, found)
  return { ...found, table, subjects }
}

function remember(name: string, found: Omit<SimulatedCounty, 'subjects' | 'table'>): void {
  remembered.delete(name)
  remembered.set(name, found)
  const [oldest] = remembered.keys()
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest)
}

async function judgeAll(
  table: SimulatedTable,
  subjects: LoadedSubjects,
  asOf: string,
): Promise<Omit<SimulatedCounty, 'subjects' | 'table'>> {
  const { count } = subjects
  const { judgedBy, townships, townshipOf } = await placesOf(table, subjects)
  const found = { before: new Int32Array(count), after: new Int32Array(count), rules: new Int32Array(count) }
  const outcomes = makeOutcomes()
  const amounts = table.entry.money.map((name) => makeAmounts(name, count))
  const unknown = new Map<string, number>()
  for (const [place, compared] of table.tables.entries()) {
    for (const records of partsOf(judgedBy, place, table.tables.length, compared)) {
      const facts = takeColumns(subjects.columns, records)
      const judging = { outcomes, money: table.entry.money, asOf }
      const before = judgePart({ ...judging, policy: compared.before }, facts, records.length)
      const after = compared.after === compared.before ? before : judgePart({ ...judging, policy: compared.after }, facts, records.length)
      for (const [at, record] of records.entries()) {
        found.before[record] = before.outcomes[at] ?? 0
        found.after[record] = after.outcomes[at] ?? 0
        found.rules[record] = after.rules[at] ?? -1
      }
      for (const own of amounts) putAmounts(own, records, { before: before.money.get(own.output), after: after.money.get(own.output) })
      countUnknown(unknown, compared, facts, after.outcomes)
      await othersTurn()
    }
  }
  const amountChanged = changedAmounts(amounts, count)
  const tally = makeTally()
  for (let from = 0; from < count; from += slice * 5) {
    const part = (all: Int32Array) => all.subarray(from, from + slice * 5)
    const changed = amountChanged.subarray(from, from + slice * 5)
    tally.add({ before: part(found.before), after: part(found.after), townships: part(townshipOf), amounts: changed })
    await othersTurn()
  }
  const money = sumByTownship(amounts, townshipOf, townships.length)
  return { outcomes, ...found, judgedBy, townships, tally: tally.finish(), amounts, amountChanged, money, unknown }
}

/** The records that a pair of tables judges, some at a time. */
function* partsOf(judgedBy: Uint16Array, place: number, places: number, { before, after }: ComparedTables): Generator<Records> {
  const size = 'reason' in before.compiled || 'reason' in after.compiled ? slowSlice : slice
  const own = places === 1 ? undefined : Int32Array.from(judgedBy.keys()).filter((record) => judgedBy[record] === place)
  const count = own?.length ?? judgedBy.length
  for (let from = 0; from < count; from += size) {
    const length = Math.min(size, count - from)
    yield own?.subarray(from, from + length) ?? Int32Array.from({ length }, (_, at) => from + at)
  }
}

const townshipDepth = 4

/** By which tables each record is judged (the deepest area with texts of its own), and in which township it lies. Equal places are looked at once. */
async function placesOf({ tables }: SimulatedTable, { areaPaths }: LoadedSubjects) {
  const judgedBy = new Uint16Array(areaPaths.length)
  const townshipOf = new Int32Array(areaPaths.length)
  const townships = new Map<string, number>()
  const known = new Map<string, { table: number; township: number }>()
  const deepestFirst = tables
    .map(({ areaPath }, table) => ({ areaPath, table }))
    .sort((one, other) => other.areaPath.length - one.areaPath.length)
  for (const [record, areaPath] of areaPaths.entries()) {
    let place = known.get(areaPath)
    if (place === undefined) {
      const path = areaPath.split('.').slice(0, townshipDepth).join('.') + (areaPath === '' ? '' : '.')
      const township = townships.get(path) ?? townships.size
      townships.set(path, township)
      place = { table: deepestFirst.find((one) => areaPath.startsWith(one.areaPath))?.table ?? 0, township }
      known.set(areaPath, place)
    }
    judgedBy[record] = place.table
    townshipOf[record] = place.township
    if (record % (slice * 5) === 0) await othersTurn()
  }
  return { judgedBy, townshipOf, townships: [...townships.keys()] }
}

/** Which facts were missing where the new table says nothing. */
function countUnknown(unknown: Map<string, number>, { after }: ComparedTables, facts: Facts, outcomes: Int32Array): void {
  const open = Array.from(outcomes.keys()).filter((record) => outcomes[record] === 0)
  if (open.length === 0) return
  for (const name of [...factsNeeded(after), ...unsetParameters(after)]) {
    const column = facts[name]
    const missing = column === undefined ? open.length : open.filter((record) => valueAt(column, record) === null).length
    if (missing > 0) unknown.set(name, (unknown.get(name) ?? 0) + missing)
  }
}
