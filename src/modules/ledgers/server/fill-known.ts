import type { Value } from '#kernel/pure/expressions/index.ts'
import { factsOf, factsOfPerson, factTypes } from '#modules/policies/server/index.ts'
import { isEmpty } from '../rules/judge-record.ts'
import { fillKnown, knownBy, openKnown, type KnownField } from '../rules/known-values.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import type { FieldValue } from '../rules/records.ts'
import type { Within } from './open-ledger.ts'
import type { LinkedPlace } from './resolve-links.ts'

const opened = new WeakMap<OpenTemplate, readonly KnownField[]>()

/** The fields of a version that the register fills in, read once. */
function knownOf(open: OpenTemplate): readonly KnownField[] {
  const known = opened.get(open) ?? openKnown(open.template, { household: factTypes('household'), person: factTypes('person') })
  opened.set(open, known)
  return known
}

/**
 * What the register knows of the household or person that a record is about, for its fields that say so and are empty; read under the caller's scope,
 * as of today. Nothing where the record links nobody yet.
 */
export async function knownValues(
  ctx: Within,
  open: OpenTemplate,
  given: { values: Readonly<Record<string, FieldValue | undefined>>; places: ReadonlyMap<string, LinkedPlace> },
): Promise<Record<string, FieldValue>> {
  const wanted = knownOf(open).filter(({ field }) => isEmpty(given.values[field.key]))
  const by = knownBy(open.template)
  const place = by === undefined ? undefined : given.places.get(by.key)
  if (wanted.length === 0 || place === undefined || place.householdId === null) return {}
  const reads = new Set(wanted.flatMap((one) => one.reads))
  const facts = await factsFor(ctx, reads, {
    householdId: place.householdId,
    personId: by?.kind === 'person' ? place.linked.id : undefined,
  })
  return fillKnown(wanted, { values: given.values, facts })
}

/** The person's facts go before those of the household by the same name. */
async function factsFor(
  ctx: Within,
  reads: ReadonlySet<string>,
  of: { householdId: string; personId: string | undefined },
): Promise<ReadonlyMap<string, Value>> {
  const named = (types: Readonly<Record<string, unknown>>) => [...reads].filter((name) => types[name] !== undefined)
  const own = of.personId === undefined ? [] : named(factTypes('person'))
  const household = named(factTypes('household')).filter((name) => !own.includes(name))
  const facts = new Map<string, Value>()
  if (household.length > 0) {
    const found = await factsOf(ctx, ctx.db, of.householdId, ctx.today, household)
    for (const [name, value] of found ?? []) facts.set(name, value)
  }
  if (of.personId !== undefined && own.length > 0) {
    const asked = { asOf: ctx.today, names: own }
    const found = await factsOfPerson(ctx, ctx.db, { householdId: of.householdId, personId: of.personId }, asked)
    for (const [name, value] of found ?? []) facts.set(name, value)
  }
  return facts
}
