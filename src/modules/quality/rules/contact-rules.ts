import type { Household, Phone } from './facts.ts'
import type { TopicRules } from './predicates.ts'

function isSamePhone(one: Phone, other: Phone | null | undefined): boolean {
  return one.key === other?.key && one.check === other.check
}

/** Whether two members have one telephone and work in different places. */
function sharesPhoneFarAway({ members }: Household): boolean {
  for (const [at, one] of members.entries()) {
    if (one.personPhone === null || one.workPlace === '') continue
    for (let next = at + 1; next < members.length; next += 1) {
      const other = members[next]
      if (isSamePhone(one.personPhone, other?.personPhone) && other?.workPlace !== '' && other?.workPlace !== one.workPlace) return true
    }
  }
  return false
}

/** Telephones. */
export const contactRules = {
  household: {
    Q055: () => (household) => household.householdPhone?.isMobile !== true,
    Q057: () => sharesPhoneFarAway,
    Q058: () => (household) => household.sharesPhone,
  },
  person: {
    Q056: () => (person) => person.personPhone?.isMobile !== true && person.works.some((row) => row.currentlyWorking === '是'),
  },
} as const satisfies TopicRules
