import type { Household, Person } from './facts.ts'
import {
  hasDevelopmentMeasure,
  hasMeasure,
  hasOtherMeasure,
  hasRisk,
  hasSomeLabour,
  isAbove,
  isDisabled,
  isMonitored,
  isOnDibao,
  isOnTekun,
  isOpen,
} from './labels.ts'
import type { RuleGiven, TopicRules } from './predicates.ts'

/** Measures that are filled with anything, when it is only training or 其他, develop nothing. */
function isOnlyTraining(measures: string): boolean {
  return measures.split(',').every((measure) => measure === '' || measure === '其他' || measure === '技能培训')
}

function developsNothing(household: Household): boolean {
  return (
    isOnlyTraining(household.measureIndustry) &&
    isOnlyTraining(household.measureEmployment) &&
    isOnlyTraining(household.measureFinance) &&
    isOnlyTraining(household.measurePublicPost)
  )
}

/** Whether somebody gets a relief that the measures do not name, or the other way round. */
function disagrees(household: Household, getsIt: (person: Person) => boolean, measure: string): boolean {
  return household.members.some(getsIt) !== household.measureComprehensive.includes(measure)
}

function isVocational(person: Person): boolean {
  return person.studentStatus.startsWith('中职') || person.studentStatus.startsWith('高职高专')
}

function isSeverelyDisabled(person: Person): boolean {
  return person.disabilityGrade === '一级' || person.disabilityGrade === '二级'
}

/** Whether somebody works in another county and got the fare. */
function hasFare(household: Household, countyName: string): boolean {
  return household.members.some((member) =>
    member.works.some((row) => row.workCounty !== '' && row.workCounty !== countyName && isAbove(row.transportSubsidy, 0)),
  )
}

function worksNow(person: Person): boolean {
  return person.works.some((row) => row.currentlyWorking === '是')
}

/** Whether the household's measures fit its risks and members. */
export const measureRules = {
  household: {
    Q087: (given: RuleGiven) => {
      const last = given.checkMonth - given.limit('months')
      return (household) =>
        isMonitored(household) && household.identifiedMonth !== null && household.identifiedMonth < last && !hasMeasure(household)
    },
    Q088: (given: RuleGiven) => {
      const last = given.checkMonth - given.limit('months')
      return (household) =>
        isOpen(household) &&
        household.identifiedMonth !== null &&
        household.identifiedMonth <= last &&
        !hasDevelopmentMeasure(household) &&
        household.members.some(hasSomeLabour)
    },
    Q089: () => (household) =>
      isMonitored(household) &&
      household.developmentMeasureStatus === '已实施' &&
      hasDevelopmentMeasure(household) &&
      developsNothing(household),
    Q090: () => (household) =>
      isOpen(household) &&
      hasDevelopmentMeasure(household) &&
      (household.developmentMeasureStatus === '尚未实施' || household.developmentMeasureStatus === ''),
    Q091: () => (household) =>
      isOpen(household) && household.measureComprehensive !== '' && !hasOtherMeasure(household) && household.members.some(hasSomeLabour),
    Q092: () => (household) =>
      isMonitored(household) &&
      hasRisk(household, '因病') &&
      household.measureHealth === '' &&
      household.measureSocial === '' &&
      household.measureComprehensive === '',
    Q093: () => (household) =>
      isMonitored(household) &&
      hasRisk(household, '因学') &&
      household.measureCompulsoryEducation === '' &&
      household.measureEducation === '' &&
      household.measureSocial === '',
    Q094: () => (household) =>
      isMonitored(household) && hasRisk(household, '因残') && household.measureComprehensive === '' && household.measureSocial === '',
    Q095: () => (household) =>
      isMonitored(household) && hasRisk(household, '因安全住房') && household.measureHousing === '' && household.measureRelocation === '',
    Q096: () => (household) =>
      isMonitored(household) && household.schoolDropoutAtIdent === '是' && household.measureCompulsoryEducation === '',
    Q097: () => (household) => isMonitored(household) && hasRisk(household, '因安全饮水') && household.measureWater === '',
    Q098: () => (household) =>
      isMonitored(household) && household.uninsuredAtIdent === '是' && household.measureHealth === '' && household.measureSocial === '',
    Q099: () => (household) => isOpen(household) && disagrees(household, isOnDibao, '低保'),
    Q100: () => (household) => isOpen(household) && disagrees(household, isOnTekun, '特困供养'),
    Q101: () => (household) =>
      isOpen(household) &&
      (household.measureComprehensive.includes('残疾人补贴')
        ? !household.members.some(isDisabled)
        : household.members.some(isSeverelyDisabled)),
    Q102: (given: RuleGiven) => {
      const [from, to] = [given.month('from'), given.month('to')]
      return (household) => {
        if (!isOpen(household) || household.identifiedMonth === null || household.identifiedMonth < from) return false
        const isPaid = household.measureHealth.includes('城乡居民基本医疗保险个人缴费补贴')
        return household.identifiedMonth <= to ? !isPaid : isPaid
      }
    },
    Q103: () => (household) =>
      isMonitored(household) && household.members.some(isVocational) !== household.measureEducation.includes('雨露计划'),
    Q104: (given: RuleGiven) => {
      const { countyName } = given
      return (household) => isOpen(household) && household.measureEmployment.includes('外出务工补贴') && !hasFare(household, countyName)
    },
    Q105: () => (household) =>
      isMonitored(household) &&
      (household.measureEmployment !== '' || household.measurePublicPost !== '') &&
      !household.members.some(worksNow),
    Q106: (given: RuleGiven) => {
      const from = given.month('from')
      return (household) => isMonitored(household) && household.measureRelocation !== '' && isAbove(household.identifiedMonth, from - 1)
    },
  },
} as const satisfies TopicRules
