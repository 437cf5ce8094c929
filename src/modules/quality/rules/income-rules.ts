import type { Household } from './facts.ts'
import { isAbove, isBelow, isMonitored, isNothing, isOnDibao, isSmall } from './labels.ts'
import type { RuleGiven, TopicRules } from './predicates.ts'

/** Amounts that must add up: the total, the parts of the standard columns, and parts that only some exports have. */
interface Sum {
  total: number | null
  parts: readonly (number | null)[]
  more: readonly (number | null)[]
}

function sumsOf(household: Household): Sum[] {
  const h = household
  return [
    { total: h.wageIncome, parts: [h.wageMigrant, h.wagePublicPostTotal, h.wageOther], more: [] },
    { total: h.businessIncome, parts: [h.businessCrops, h.businessLivestock, h.businessForestFruit, h.businessOther], more: [] },
    { total: h.propertyIncome, parts: [h.propertyAssetDividend, h.propertyLandTransfer, h.propertyOther], more: [h.propertyEntrusted] },
    {
      total: h.transferIncome,
      parts: [h.transferFamilyPlanning, h.transferDibao, h.transferTekun, h.transferPension, h.transferEcology, h.transferOther],
      more: [
        h.transferFarmland,
        h.transferOldAge,
        h.transferPreferential,
        h.transferDisability,
        h.transferEducation,
        h.transferDisasterRelief,
        h.transferSupportFee,
        h.transferSocialRelief,
        h.transferAntiPovertyInsurance,
        h.transferDonation,
        h.transferIndustryAward,
        h.transferEmploymentAward,
      ],
    },
    { total: h.businessExpense, parts: [h.expenseCrops, h.expenseLivestock, h.expenseOther], more: [h.expenseForestFruit] },
    { total: h.grossIncome, parts: [h.wageIncome, h.businessIncome, h.propertyIncome, h.transferIncome], more: [] },
    { total: h.netIncome, parts: [h.grossIncome, h.businessExpense === null ? null : -h.businessExpense], more: [] },
  ]
}

/** Whether total and parts differ by more than the tolerance; an empty cell among them is another rule's business. */
function isOff({ total, parts, more }: Sum, tolerance: number): boolean {
  if (total === null) return false
  let sum = 0
  for (const part of parts) {
    if (part === null) return false
    sum += part
  }
  for (const part of more) sum += part ?? 0
  return Math.abs(total - sum) > tolerance
}

function isShareOff({ netIncome, memberCount, netIncomePerCapita }: Household, tolerance: number): boolean {
  if (netIncome === null || memberCount === null || netIncomePerCapita === null || memberCount === 0) return false
  return Math.abs(netIncomePerCapita - netIncome / memberCount) > tolerance
}

/** Incomes of the household, in fen. */
export const incomeRules = {
  household: {
    Q059: (given: RuleGiven) => {
      const line = given.lineFen
      return (household) => !isMonitored(household) && isBelow(household.netIncomePerCapita, line)
    },
    Q060: (given: RuleGiven) => {
      const least = given.fen('leastYuan')
      return (household) => household.netIncomePerCapita === null || household.netIncomePerCapita < least
    },
    Q061: (given: RuleGiven) => {
      const most = given.fen('mostYuan')
      return (household) => isMonitored(household) && isAbove(household.netIncomePerCapita, most)
    },
    Q062: (given: RuleGiven) => {
      const least = given.fen('leastYuan')
      return (household) => isSmall(household.wageIncome, least)
    },
    Q063: (given: RuleGiven) => {
      const [least, most] = [given.fen('leastYuan'), given.fen('mostYuan')]
      return (household) => isSmall(household.wageIncome, least) || isAbove(household.wageIncome, most)
    },
    Q064: () => (household) => isAbove(household.businessIncome, 0) && isNothing(household.businessExpense),
    Q065: () => (household) => isAbove(household.transferEcology, 0) && isNothing(household.grainForGreenMu),
    Q066: (given: RuleGiven) => {
      const least = given.fen('leastYuan')
      return (household) => isSmall(household.transferDibao, least)
    },
    Q067: (given: RuleGiven) => {
      const least = given.fen('leastYuan')
      return (household) => isSmall(household.transferPension, least)
    },
    Q068: (given: RuleGiven) => {
      const tolerance = given.fen('toleranceYuan')
      return (household) => sumsOf(household).some((sum) => isOff(sum, tolerance)) || isShareOff(household, tolerance)
    },
    Q069: (given: RuleGiven) => {
      const share = given.limit('share')
      return ({ netIncomePerCapita: now, lastYearNetIncomePerCapita: before }) =>
        now !== null && before !== null && before !== 0 && (before - now) / before >= share
    },
    Q070: () => (household) => {
      const hasWorked = household.members.some((member) => isAbove(member.workMonths, 0))
      return hasWorked ? household.wageIncome === 0 : isAbove(household.wageIncome, 0)
    },
    Q071: () => (household) => (household.members.some(isOnDibao) ? household.transferDibao === 0 : isAbove(household.transferDibao, 0)),
  },
} as const satisfies TopicRules
