import type { Household } from './facts.ts'
import { hasMeasure, isBelow, isCleared, isWithoutLabour } from './labels.ts'
import type { RuleGiven, TopicRules } from './predicates.ts'

function lacksLaterFacts(household: Household): boolean {
  return (
    household.postDropout === '' ||
    household.postHouseDamaged === '' ||
    household.postUninsured === '' ||
    household.postWaterDamaged === '' ||
    household.postWageIncome === null ||
    household.postPropertyIncome === null ||
    household.postTransferIncome === null ||
    household.postBusinessIncome === null ||
    household.postBusinessExpense === null ||
    household.postNetIncome === null ||
    household.postNetIncomePerCapita === null ||
    household.postClaimIncome === null ||
    household.postEligibleOwnPaidExpense === null
  )
}

function hasTroubleStill(household: Household): boolean {
  return (
    household.postDropout === '是' ||
    household.postHouseDamaged === '是' ||
    household.postUninsured === '是' ||
    household.postWaterDamaged === '是' ||
    household.dangerousHouse === '是' ||
    household.safeWater === '否'
  )
}

function getsComprehensive({ measureComprehensive: measures }: Household): boolean {
  return measures.includes('低保') || measures.includes('特困供养') || measures.includes('残疾人补贴')
}

/** Households whose risk was declared eliminated. */
export const clearingRules = {
  household: {
    Q107: () => (household) => isCleared(household) && lacksLaterFacts(household),
    Q108: () => (household) => isCleared(household) && hasTroubleStill(household),
    Q109: () => (household) => isCleared(household) && household.eliminationMode === '帮扶消除' && !hasMeasure(household),
    Q110: (given: RuleGiven) => {
      const line = given.lineFen
      return (household) =>
        isCleared(household) && household.eliminationMode === '帮扶消除' && isBelow(household.postNetIncomePerCapita, line)
    },
    Q111: (given: RuleGiven) => {
      const months = given.limit('months')
      return (household) =>
        isCleared(household) &&
        household.eliminationMode !== '自然消除' &&
        household.identifiedMonth !== null &&
        household.eliminatedMonth !== null &&
        household.eliminatedMonth - household.identifiedMonth < months
    },
    Q112: () => (household) => isCleared(household) && isWithoutLabour(household),
    Q113: () => (household) =>
      isCleared(household) && (household.measureEmployment !== '' || household.measurePublicPost !== '') && household.postWageIncome === 0,
    Q114: () => (household) => isCleared(household) && getsComprehensive(household) && household.postTransferIncome === 0,
    Q115: () => (household) => isCleared(household) && household.measureIndustry !== '' && household.postBusinessIncome === 0,
    Q116: () => (household) => isCleared(household) && (household.monitoringContact === '' || household.monitoringContactPhone === null),
  },
} as const satisfies TopicRules
