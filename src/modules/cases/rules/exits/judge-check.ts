import type { MissingItem } from '../case-records.ts'
import type { CaseCheck, CheckedMember, CheckTerms } from './check-records.ts'

/** The members who are checked: of the age that policy says, and those whose age nobody knows. */
export function checkedMembers(members: readonly CheckedMember[], terms: CheckTerms): CheckedMember[] {
  return members.filter(({ age }) => age === null || age >= terms.fromAge)
}

/** What is missing of a check: departments without a result, and what was found without its written reason. Nothing where civil affairs did it. */
export function missingOfChecks(given: {
  readonly checks: readonly CaseCheck[]
  readonly members: readonly CheckedMember[]
  readonly terms: CheckTerms
  readonly isExempt: boolean
}): MissingItem[] {
  const { members, terms } = given
  const checks = given.checks.filter((check) => check.withdrawnReason === null)
  const found: MissingItem[] = []
  for (const department of given.isExempt ? [] : terms.departments) {
    const came = new Set(checks.filter((check) => check.department === department && check.result !== null).map((check) => check.personId))
    const lacking = checkedMembers(members, terms).filter(({ personId }) => !came.has(personId))
    if (lacking.length === 0) continue
    const names = lacking.slice(0, 3).map(({ name }) => name)
    const details = { department, people: lacking.length, names: names.join('、') }
    found.push({ code: 'check.department', blocks: true, details })
  }
  for (const { department, personId, word, what, result, answer } of checks) {
    if (result !== 'found' || answer !== null) continue
    const name = members.find((member) => member.personId === personId)?.name ?? ''
    found.push({ code: 'check.flag', blocks: true, details: { department, name, what: word ?? what ?? '' } })
  }
  return found
}

/** The facts of the negative list: found, not found, or unknown while a result is missing. */
export function flagFacts(words: readonly string[], checks: readonly CaseCheck[], isComplete: boolean): Map<string, boolean | null> {
  const found = new Set(
    checks.filter(({ withdrawnReason, result }) => withdrawnReason === null && result === 'found').map(({ word }) => word),
  )
  return new Map(words.map((word) => [word, found.has(word) ? true : isComplete ? false : null]))
}
