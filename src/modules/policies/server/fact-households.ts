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

/** All facts of one household on a day, as tables see them; the same values that its column has. Undefined: out of scope, or not there on the day. */
export async function factsOf(
  ctx: Context,
  db: Db,
  householdId: string,
  asOf: Day,
  names: readonly string[] = Object.keys(householdFacts),
): Promise<ReadonlyMap<string, Value> | undefined> {
  const asked = names.map((name) => ({ name, card: cardOf('household', name), fact: householdFacts[name] }))
  const needs = asked.flatMap(({ fact }) => (fact === undefined ? [] : [fact.needs]))
  const on = factDay(asOf)
  for await (const block of readHouseholds(ctx, db, { needs, asOf, householdIds: [householdId], reason: 'facts of one household' }))
    for (const { row } of block)
      return new Map(asked.map(({ name, card, fact }) => [name, valueOfFact(card, fact?.value(row, on) ?? null)]))
  return undefined
}

/** Facts of one member of a household on a day, as `factsOf`. Undefined: out of scope, or no member on the day. */
export async function factsOfPerson(
  ctx: Context,
  db: Db,
  of: { readonly householdId: string; readonly personId: string },
  ask: { readonly asOf: Day; readonly names: readonly string[] },
): Promise<ReadonlyMap<string, Value> | undefined> {
  const asked = ask.names.map((name) => ({ name, card: cardOf('person', name), fact: personFacts[name] }))
  const needs = asked.flatMap(({ fact }) => (fact === undefined ? [] : [fact.needs]))
  const on = factDay(ask.asOf)
  const rows = { needs, asOf: ask.asOf, householdIds: [of.householdId], withMembers: true, reason: 'facts of one person' }
  for await (const block of readHouseholds(ctx, db, rows))
    for (const { row, raw } of block) {
      const own = row.members[raw.members.findIndex((member) => member.personId === of.personId)]
      if (own === undefined) return undefined
      return new Map(asked.map(({ name, card, fact }) => [name, valueOfFact(card, fact?.value({ own, household: row }, on) ?? null)]))
    }
  return undefined
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
