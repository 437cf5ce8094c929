import { tidyName } from '#kernel/pure/text/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findHouseholds, findPersons, searchHouseholds } from '#modules/registry/server/index.ts'
import type { IntakeCandidate, MatchWay } from '../../rules/intake/intake-records.ts'

/** What is known of the person whom an intake speaks of. */
export interface SoughtPerson {
  readonly name: string
  readonly idNumber: string | undefined
  readonly phone: string | undefined
  readonly areaPath: string
}

const mostCandidates = 10

/**
 * The households that may be meant, by the first of these ways that finds any: the ID number; the telephone of somebody of that name; the name in
 * the village; the telephone alone; the name in the county. Within the caller's scope.
 */
export async function findCandidates(
  ctx: Context & { readonly db: Db },
  deps: { vault: Vault },
  person: SoughtPerson,
): Promise<IntakeCandidate[]> {
  const name = tidyName(person.name)
  const byId = person.idNumber === undefined ? [] : await findById(ctx, deps, person.idNumber)
  if (byId.length > 0) return byId
  const byPhone = person.phone === undefined ? [] : await search(ctx, deps, { q: person.phone, way: 'phone' })
  const both = byPhone.filter((one) => one.personName === name)
  if (both.length > 0) return both.map((one) => ({ ...one, way: 'phone-and-name' }))
  const here = await search(ctx, deps, { q: name, under: person.areaPath, way: 'name-in-village' })
  if (here.length > 0) return here
  if (byPhone.length > 0) return byPhone
  return search(ctx, deps, { q: name, way: 'name' })
}

async function findById(ctx: Context & { readonly db: Db }, { vault }: { vault: Vault }, idNumber: string): Promise<IntakeCandidate[]> {
  const { byIdNumber } = await findPersons(ctx, ctx.db, { idNumbers: [idNumber], householdNos: [], vault })
  const people = [...byIdNumber.values()]
  const cards = await findHouseholds(
    ctx,
    ctx.db,
    people.map((one) => one.householdId),
  )
  return cards.map((card) => {
    const person = people.find((one) => one.householdId === card.householdId)
    return { ...candidateOf(card), personId: person?.personId ?? null, personName: person?.name ?? null, way: 'id-number' }
  })
}

async function search(
  ctx: Context,
  { vault }: { vault: Vault },
  asked: { q: string; under?: string; way: MatchWay },
): Promise<IntakeCandidate[]> {
  const { q, under, way } = asked
  const found = await searchHouseholds(ctx, { q, limit: 50, ...(under === undefined ? {} : { under }) }, vault)
  const isByName = way !== 'phone'
  const seen = new Set<string>()
  return found.items
    .filter(({ match }) => (isByName ? match?.way === 'name' && match.personName === q : match?.way === 'phone'))
    .filter(({ householdId }) => !seen.has(householdId) && seen.add(householdId) !== undefined)
    .slice(0, mostCandidates)
    .map((item) => ({ ...candidateOf(item), personId: item.match?.personId ?? null, personName: item.match?.personName ?? null, way }))
}

interface KnownHousehold {
  householdId: string
  householdNo: string
  headName: string | undefined
  township: string
  village: string
  type: string | undefined
}

function candidateOf(card: KnownHousehold): Omit<IntakeCandidate, 'personId' | 'personName' | 'way'> {
  const { householdId, householdNo, headName = null, township, village, type = null } = card
  return { householdId, householdNo, headName, township, village, type }
}
