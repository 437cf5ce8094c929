import type { Value } from '#kernel/pure/expressions/index.ts'
import type { Day } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { factDay } from '../rules/fact.ts'
import { householdFacts, personFacts } from '../rules/fact-functions.ts'
import { policiesErrors } from './errors.ts'
import { makeColumn, valueOfFact } from './fact-columns.ts'
import { readHouseholds, type RowsAsk } from './fact-rows.ts'
import { cardOf, makePlaces, makeSubjects, type AskSubjects, type LoadedSubjects } from './fact-subjects.ts'

/** Which facts of which households are asked for; `names` are of the catalogue. */
export interface AskFacts {
  readonly householdIds: readonly string[]
  readonly asOf: Day
  readonly names: readonly string[]
}

/** All facts of one household on a day, as tables see them; the same values that its column has. Undefined: out of scope, or not there on the day. */
export async function factsOf(
  ctx: Context,
  db: Db,
  householdId: string,
  asOf: Day,
  names: readonly string[] = Object.keys(householdFacts),
): Promise<ReadonlyMap<string, Value> | undefined> {
  return (await factsOfHouseholds(ctx, db, { householdIds: [householdId], asOf, names })).get(householdId)
}

/** The same of some households, by their id; who is out of scope, or was not there on the day, is left out. */
export async function factsOfHouseholds(ctx: Context, db: Db, ask: AskFacts): Promise<Map<string, ReadonlyMap<string, Value>>> {
  const asked = ask.names.map((name) => ({ name, card: cardOf('household', name), fact: householdFacts[name] }))
  const needs = asked.flatMap(({ fact }) => (fact === undefined ? [] : [fact.needs]))
  const on = factDay(ask.asOf)
  const found = new Map<string, ReadonlyMap<string, Value>>()
  const rows = { needs, asOf: ask.asOf, householdIds: ask.householdIds, reason: 'facts of some households' }
  for await (const block of readHouseholds(ctx, db, rows))
    for (const { row, raw } of block)
      found.set(raw.householdId, new Map(asked.map(({ name, card, fact }) => [name, valueOfFact(card, fact?.value(row, on) ?? null)])))
  return found
}

/** Facts of the members of some households on a day, by the person's id. */
export async function factsOfPersons(ctx: Context, db: Db, ask: AskFacts): Promise<Map<string, ReadonlyMap<string, Value>>> {
  const asked = ask.names.map((name) => ({ name, card: cardOf('person', name), fact: personFacts[name] }))
  const needs = asked.flatMap(({ fact }) => (fact === undefined ? [] : [fact.needs]))
  const on = factDay(ask.asOf)
  const found = new Map<string, ReadonlyMap<string, Value>>()
  const rows = { needs, asOf: ask.asOf, householdIds: ask.householdIds, withMembers: true, reason: 'facts of some persons' }
  for await (const block of readHouseholds(ctx, db, rows))
    for (const { row, raw } of block)
      for (const [at, { personId }] of raw.members.entries()) {
        const own = row.members[at]
        if (own === undefined) continue
        const value = (fact: (typeof asked)[number]['fact']) => fact?.value({ own, household: row }, on) ?? null
        found.set(personId, new Map(asked.map(({ name, card, fact }) => [name, valueOfFact(card, value(fact))])))
      }
  return found
}

/** Facts of households, as `loadSubjects`. */
export async function loadHouseholds(ctx: Context, db: Db, ask: AskSubjects): Promise<LoadedSubjects> {
  const on = factDay(ask.asOf)
  const asked = [...new Set(ask.facts)].map((name) => {
    const card = cardOf('household', name)
    const fact = householdFacts[name]
    if (fact === undefined) throw policiesErrors.unknownFact({ name })
    return { name, fact, column: makeColumn(card) }
  })
  const into = makeSubjects(ask)
  const places = makePlaces()
  const needs = asked.map(({ fact }) => fact.needs)
  for await (const block of readHouseholds(ctx, db, rowsAsk(ask, needs)))
    for (const { row, raw } of block) {
      for (const { fact, column } of asked) column.add(fact.value(row, on))
      into.add(raw.householdId, raw.householdNo, places(raw.areaPath))
    }
  return into.finish(asked)
}

/** Facts of persons, as `loadSubjects`. */
export async function loadPersons(ctx: Context, db: Db, ask: AskSubjects): Promise<LoadedSubjects> {
  const on = factDay(ask.asOf)
  const asked = [...new Set(ask.facts)].map((name) => {
    const card = cardOf('person', name)
    const fact = personFacts[name]
    if (fact === undefined) throw policiesErrors.unknownFact({ name })
    return { name, fact, column: makeColumn(card) }
  })
  const into = makeSubjects(ask)
  const places = makePlaces()
  const needs = asked.map(({ fact }) => fact.needs)
  for await (const block of readHouseholds(ctx, db, { ...rowsAsk(ask, needs), withMembers: true }))
    for (const { row, raw } of block) {
      const areaPath = places(raw.areaPath)
      for (const [at, member] of raw.members.entries()) {
        const own = row.members[at]
        if (own === undefined) continue
        for (const { fact, column } of asked) column.add(fact.value({ own, household: row }, on))
        into.add(member.personId, member.personNo, areaPath)
      }
    }
  return into.finish(asked)
}

function rowsAsk(ask: AskSubjects, needs: RowsAsk['needs']): RowsAsk {
  return { needs, asOf: ask.asOf, householdIds: ask.householdIds, reason: ask.reason ?? 'policies: facts' }
}
