import type { ListKind } from '../contract.ts'
import { wordFact } from '../rules/add-row.ts'
import { saidFact, type MatchWhy } from '../rules/explain-match.ts'
import type { HashKey } from '../rules/keyed-hash.ts'
import { idAt, type RegisterIndex } from '../rules/register-layout.ts'
import type { OpenRow, Tally } from '../rules/tally.ts'

export interface OpenCandidate {
  personId: string
  householdId: string
  why?: MatchWhy
}
/** What turning a probe into records takes besides: the keys of the hashes, and who explains matches. */
export interface OutcomeParts {
  keyOf: (list: ListKind) => HashKey
  explain: Explain
}
/** Explains a row by what it said. */
export type Explain = (said: string, person: number) => MatchWhy | undefined

/** Why a row that was not matched as written was tied to this person. */
export function whyOf(tally: Tally, explain: Explain, { matched, person }: { matched: number; person: number }): MatchWhy | null {
  const said = wordFact(tally, saidFact, matched)
  return said === undefined ? null : (explain(said, person) ?? null)
}

/** Of so many candidates of a row the fit is told; the rest follow. */
const mostExplained = 6

/** Those whom a waiting row may mean, who fits best first. */
export function listCandidates(index: RegisterIndex, { candidates, said }: OpenRow, explain: Explain): OpenCandidate[] {
  return candidates
    .map((person, at): OpenCandidate => {
      const why = said === undefined || at >= mostExplained ? undefined : explain(said, person)
      const householdId = idAt(index.householdIds, index.householdOf[person] ?? 0)
      return { personId: idAt(index.personIds, person), householdId, ...(why === undefined ? {} : { why }) }
    })
    .sort((one, other) => (other.why?.score ?? Number.NEGATIVE_INFINITY) - (one.why?.score ?? Number.NEGATIVE_INFINITY) || 0)
}
