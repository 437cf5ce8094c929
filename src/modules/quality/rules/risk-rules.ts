import type { Household } from './facts.ts'
import {
  hasRisk,
  hasSomeLabour,
  isAged,
  isDisabled,
  isFullLabour,
  isMonitored,
  isNothing,
  isOnDibao,
  isOnTekun,
  isOpen,
  isStudent,
  isWithoutLabour,
  names,
} from './labels.ts'
import type { RuleGiven, TopicRules } from './predicates.ts'

function hasNoRisk(household: Household): boolean {
  return (
    household.riskType1 === '' &&
    household.riskType2 === '' &&
    household.riskType3 === '' &&
    household.riskType4 === '' &&
    household.riskType5 === ''
  )
}

function lacksFirstFacts(household: Household): boolean {
  return (
    household.identifiedMonth === null ||
    household.netIncomePerCapita === null ||
    household.schoolDropoutAtIdent === '' ||
    household.houseUnsafeAtIdent === '' ||
    household.waterUnsafeAtIdent === '' ||
    household.uninsuredAtIdent === ''
  )
}

function getsRelief(household: Household): boolean {
  return household.members.some((member) => isOnDibao(member) || isOnTekun(member))
}

/** Why a household is monitored, and whether its rows agree. */
export const riskRules = {
  household: {
    Q072: () => (household) => isMonitored(household) && hasNoRisk(household),
    Q073: () => (household) => isMonitored(household) && lacksFirstFacts(household),
    Q074: () => (household) => isMonitored(household) && hasRisk(household, '因残') && !household.members.some(isDisabled),
    Q075: () => (household) => isMonitored(household) && hasRisk(household, '其他') && household.riskRemark === '',
    Q076: () => (household) => isMonitored(household) && hasRisk(household, '因自然灾害') && household.naturalDisasterType === '',
    Q077: () => (household) => isMonitored(household) && hasRisk(household, '因务工就业不稳') && !household.members.some(hasSomeLabour),
    Q078: () => (household) =>
      isOpen(household) && hasRisk(household, '因务工就业不稳') && household.members.every((member) => member.works.length === 0),
    Q079: () => (household) =>
      isMonitored(household) &&
      hasRisk(household, '因病') &&
      !household.members.some((member) => names(member.healthStatus, '患有大病') || names(member.healthStatus, '长期慢性病')),
    Q080: () => (household) => isMonitored(household) && hasRisk(household, '因病') && isNothing(household.eligibleOwnPaidExpense),
    Q081: (given: RuleGiven) => {
      const share = given.limit('share')
      return (household) =>
        isOpen(household) &&
        hasRisk(household, '缺劳动力') &&
        household.members.filter(isFullLabour).length > share * household.members.length
    },
    Q082: () => (household) => isMonitored(household) && household.waterUnsafeAtIdent === '是' && !hasRisk(household, '因安全饮水'),
    Q083: () => (household) => isMonitored(household) && household.uninsuredAtIdent === '是' && !hasRisk(household, '因病'),
    Q084: (given: RuleGiven) => {
      const [from, to] = [given.limit('from'), given.limit('to')]
      return (household) =>
        isMonitored(household) &&
        household.schoolDropoutAtIdent === '是' &&
        !household.members.some((member) => isAged(member, from, to) && !isStudent(member))
    },
    Q085: () => (household) =>
      isOpen(household) && household.noLaborHousehold !== '是' && isWithoutLabour(household) && getsRelief(household),
    Q086: () => (household) => isMonitored(household) && isWithoutLabour(household) && !getsRelief(household),
  },
} as const satisfies TopicRules
