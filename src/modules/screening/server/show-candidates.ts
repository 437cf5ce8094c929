import type { Context } from '#kernel/server/caller/index.ts'
import type { OpenMatch } from '../contract.ts'
import type { ShownOpenMatch } from '../rules/lead-records.ts'
import { readBriefs, readMembers, type LeadDeps } from './lead-neighbours.ts'

/** Says who the candidates of ambiguous rows are: name, relation, place, masked number. Somebody who has left meanwhile is not among them. */
export async function showCandidates(ctx: Context, matches: readonly OpenMatch[], deps: LeadDeps): Promise<ShownOpenMatch[]> {
  const householdIds = [...new Set(matches.flatMap((match) => match.candidates.map((one) => one.householdId)))]
  const briefs = await readBriefs(ctx, householdIds)
  const members = await readMembers(ctx, householdIds, deps)
  return matches.map((match) => ({
    ...match,
    candidates: match.candidates.flatMap(({ personId, householdId, why }) => {
      const person = members.get(householdId)?.find((one) => one.personId === personId)
      const home = briefs.get(householdId)
      if (person === undefined || home === undefined) return []
      const place = [home.township, home.village, home.group].filter((part) => part !== '').join(' ')
      return [
        {
          personId,
          householdId,
          name: person.name,
          relation: person.relation,
          idMasked: person.idMasked,
          place,
          ...(why === undefined ? {} : { why }),
        },
      ]
    }),
  }))
}
