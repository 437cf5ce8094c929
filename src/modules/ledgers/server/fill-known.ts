import type { Value } from '#kernel/pure/expressions/index.ts'
import { factsOfHouseholds, factsOfPersons, factTypes } from '#modules/policies/server/index.ts'
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

/** Whether the register fills in any field of a version. */
export const isFilledIn = (open: OpenTemplate): boolean => knownOf(open).length > 0

/** Whom a record is about. */
export interface AboutWhom {
  readonly householdId: string
  readonly personId: string | undefined
}

/** Facts of some households or persons, for the empty fields of their records. */
export interface KnownFacts {
  readonly of: (who: AboutWhom, values: Readonly<Record<string, FieldValue | undefined>>) => Record<string, FieldValue>
}

/** Reads what the fields of a version that the register fills in ask of some households and persons, in two questions, as of today. */
export async function readKnownFacts(ctx: Within, open: OpenTemplate, about: readonly AboutWhom[]): Promise<KnownFacts> {
  const known = knownOf(open)
  if (known.length === 0 || about.length === 0) return { of: () => ({}) }
  const reads = [...new Set(known.flatMap((one) => one.reads))]
  const isPerson = knownBy(open.template)?.kind === 'person'
  // A person's facts go before those of the household by the same name.
  const own = isPerson ? reads.filter((name) => factTypes('person')[name] !== undefined) : []
  const shared = reads.filter((name) => !own.includes(name) && factTypes('household')[name] !== undefined)
  const ask = { householdIds: [...new Set(about.map((one) => one.householdId))], asOf: ctx.today }
  const households = shared.length === 0 ? undefined : await factsOfHouseholds(ctx, ctx.db, { ...ask, names: shared })
  const persons = own.length === 0 ? undefined : await factsOfPersons(ctx, ctx.db, { ...ask, names: own })
  const factsOf = ({ householdId, personId }: AboutWhom): ReadonlyMap<string, Value> =>
    new Map([...(households?.get(householdId) ?? []), ...(persons?.get(personId ?? '') ?? [])])
  return { of: (who, values) => fillKnown(known, { values, facts: factsOf(who) }) }
}

/** Whom the link of a record says it is about; undefined where it says nobody yet. */
export function aboutWhom(open: OpenTemplate, places: ReadonlyMap<string, LinkedPlace>): AboutWhom | undefined {
  const by = knownBy(open.template)
  const place = by === undefined ? undefined : places.get(by.key)
  if (place === undefined || place.householdId === null) return undefined
  return { householdId: place.householdId, personId: by?.kind === 'person' ? place.linked.id : undefined }
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
  const who = aboutWhom(open, given.places)
  if (who === undefined || knownOf(open).every(({ field }) => !isEmpty(given.values[field.key]))) return {}
  return (await readKnownFacts(ctx, open, [who])).of(who, given.values)
}
