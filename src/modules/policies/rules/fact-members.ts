import {
  anyTrue,
  countTrue,
  readScaled,
  readWord,
  readYes,
  type Cells,
  type FactDay,
  type HouseholdFact,
  type HouseholdRow,
} from './fact.ts'

// What is known of one member; each needs the cells named beside it.

export const labourWords = ['普通劳动力', '技能劳动力', '弱劳动力或半劳动力', '丧失劳动力', '无劳动力'] as const
const ordinary: readonly string[] = ['普通劳动力', '技能劳动力']
const weak = '弱劳动力或半劳动力'
const none: readonly string[] = ['丧失劳动力', '无劳动力']

export const needOfAge = ['birthDate'] as const
export const needOfWork = ['currentlyWorking', 'workMonths', 'inMonitoring'] as const
export const needOfInsurance = ['residentMedicalInsurance', 'employeeMedicalInsurance'] as const
export const needOfSeriousIllness = ['healthStatus'] as const
export const needOfDisability = ['healthStatus', 'disabilityGrade'] as const
export const needOfSchool = ['birthDate', 'studentStatus', 'dropoutReason', 'educationLevel'] as const
export const needOfPost = ['publicPostType', 'publicPostMonths', 'inMonitoring'] as const

/** Full years on a day; null without a birthday, or before it. */
export function ageOf(member: Cells, on: FactDay): number | null {
  return ageOn(member.cell('birthDate'), on.day)
}

/** The register keeps birthdays as days, so that their form is all that is looked at: millions are asked for in a row. */
function ageOn(born: string | null, day: string): number | null {
  if (born === null || born.length !== 10 || born > day || !(born > '1')) return null
  const [year, bornYear] = [Number(day.slice(0, 4)), Number(born.slice(0, 4))]
  if (Number.isNaN(bornYear)) return null
  return year - bornYear - (day.slice(5) < born.slice(5) ? 1 : 0)
}

/** Works for wages: the export of migrant work, else the months of work; whom the monitoring export names without months is not at work. */
export function isWorking(member: Cells): boolean | null {
  const stated = readYes(member.cell('currentlyWorking'))
  if (stated !== null) return stated
  const months = readScaled(member.cell('workMonths'), 1)
  if (months !== null) return months > 0
  return member.cell('workMonths') === null && member.cell('inMonitoring') === 'true' ? false : null
}

/** Has a basic medical insurance, of residents or of employees. */
export function isInsured(member: Cells): boolean | null {
  return anyTrue([readYes(member.cell('residentMedicalInsurance')), readYes(member.cell('employeeMedicalInsurance'))])
}

const partsOf = (text: string | null) => text?.split(',') ?? []

export function isSeriouslyIll(member: Cells): boolean | null {
  const health = member.cell('healthStatus')
  return health === null ? null : partsOf(health).includes('患有大病')
}

export function isChronicallyIll(member: Cells): boolean | null {
  const health = member.cell('healthStatus')
  return health === null ? null : partsOf(health).includes('长期慢性病')
}

/** Disabled: the grade of a certificate, or the state of health. */
export function isDisabled(member: Cells): boolean | null {
  if (member.cell('disabilityGrade') !== null) return true
  const health = member.cell('healthStatus')
  return health === null ? null : partsOf(health).includes('残疾')
}

/** Grade 一级 or 二级; whoever is not disabled has none. */
export function isSeverelyDisabled(member: Cells): boolean | null {
  const grade = member.cell('disabilityGrade')
  if (grade !== null) return readWord(grade, ['一级', '二级', '三级', '四级']) === null ? null : grade === '一级' || grade === '二级'
  return isDisabled(member) === false ? false : null
}

export function hasAllowance(member: Cells): boolean | null {
  const status = readWord(member.cell('dibaoStatus'), ['未享受', '农村低保', '城市低保'])
  return status === null ? null : status !== '未享受'
}

export function isDestitute(member: Cells): boolean | null {
  const status = readWord(member.cell('tekunStatus'), ['不享受', '农村特困', '城市特困'])
  return status === null ? null : status !== '不享受'
}

/** Holds a public-welfare post; whom the monitoring export names without one has none. */
export function hasPublicPost(member: Cells): boolean | null {
  if (member.cell('publicPostType') !== null) return true
  const months = readScaled(member.cell('publicPostMonths'), 1)
  if (months !== null && months > 0) return true
  return member.cell('inMonitoring') === 'true' ? false : null
}

/**
 * Of an age to be in compulsory school: six to fourteen full years on the last 31 August (nine school years from six on; 义务教育法 art. 11).
 */
export function isOfSchoolAge(member: Cells, on: FactDay): boolean | null {
  const born = member.cell('birthDate')
  if (ageOn(born, '9999-12-31') === null) return null
  const age = ageOn(born, on.schoolDay)
  return age !== null && age >= 6 && age <= 14
}

const outOfSchool: readonly string[] = ['非在校生', '学龄前儿童']
const taughtElsewhere: readonly string[] = ['缓学休学', '送教上门']
const leftWithDegree: readonly string[] = ['初中', '高中', '大专', '本科及以上']

/** Of school age, not in school, not taught at home, on leave, or through with junior secondary school. */
export function isOutOfSchool(member: Cells, on: FactDay): boolean | null {
  const isOfAge = isOfSchoolAge(member, on)
  if (isOfAge !== true) return isOfAge
  const reason = member.cell('dropoutReason')
  if (reason !== null && taughtElsewhere.includes(reason)) return false
  const status = member.cell('studentStatus')
  if (status === null) return reason === null ? null : true
  if (!outOfSchool.includes(status)) return false
  return !leftWithDegree.includes(member.cell('educationLevel') ?? '')
}

// What follows for the household.

type OfMember = (member: Cells, on: FactDay) => boolean | null

/** How many members; null for a household without members on the day, or where of one member it is not known. */
export function countOf(member: readonly string[], of: OfMember): HouseholdFact {
  return {
    needs: { member },
    value: (row, on) => (row.members.length === 0 ? null : countTrue(row.members.map((one) => of(one, on)))),
  }
}

/** Whether any member; null for a household without members on the day. */
export function anyOf(member: readonly string[], of: OfMember): HouseholdFact {
  return {
    needs: { member },
    value: (row, on) => (row.members.length === 0 ? null : anyTrue(row.members.map((one) => of(one, on)))),
  }
}

/** How many members have one of these words; those without a word count as `unfilled`, not here. */
function countLabour(is: (word: string | null) => boolean): HouseholdFact {
  return {
    needs: { member: ['laborSkill'] },
    value: (row) =>
      row.members.length === 0 ? null : row.members.filter((one) => is(readWord(one.cell('laborSkill'), labourWords))).length,
  }
}

/** Nobody can work, and that is known of everybody. */
function isWithoutLabour(row: HouseholdRow): boolean | null {
  if (row.members.length === 0) return null
  const words = row.members.map((one) => readWord(one.cell('laborSkill'), labourWords))
  if (words.some((word) => word !== null && !none.includes(word))) return false
  return words.includes(null) ? null : true
}

/** Facts of a household that are counted over its members of the day. */
export const memberFacts: Readonly<Record<string, HouseholdFact>> = {
  家庭人口数: { needs: { member: [] }, value: (row) => (row.members.length === 0 ? null : row.members.length) },
  普通劳动力人数: countLabour((word) => word !== null && ordinary.includes(word)),
  弱半劳动力人数: countLabour((word) => word === weak),
  无劳动力人数: countLabour((word) => word !== null && none.includes(word)),
  劳动能力未填人数: countLabour((word) => word === null),
  整户无劳动能力: { needs: { member: ['laborSkill'] }, value: isWithoutLabour },
  有义务教育失学: anyOf(needOfSchool, isOutOfSchool),
  有人未参保: anyOf(needOfInsurance, (one) => negate(isInsured(one))),
  低保人数: countOf(['dibaoStatus'], hasAllowance),
  特困人数: countOf(['tekunStatus'], isDestitute),
  重病人数: countOf(needOfSeriousIllness, isSeriouslyIll),
  慢性病人数: countOf(needOfSeriousIllness, isChronicallyIll),
  残疾人数: countOf(needOfDisability, isDisabled),
  重残人数: countOf(needOfDisability, isSeverelyDisabled),
  务工人数: countOf(needOfWork, isWorking),
  公益性岗位人数: countOf(needOfPost, hasPublicPost),
  六十岁以上人数: countOf(needOfAge, (one, on) => atLeast(ageOf(one, on), 60)),
  未满十六岁人数: countOf(needOfAge, (one, on) => negate(atLeast(ageOf(one, on), 16))),
  义务教育阶段人数: countOf(needOfAge, isOfSchoolAge),
  非义务教育在校人数: countOf(['studentStatus'], (one) => isInHigherSchool(one.cell('studentStatus'))),
}

function negate(value: boolean | null): boolean | null {
  return value === null ? null : !value
}

function atLeast(value: number | null, least: number): boolean | null {
  return value === null ? null : value >= least
}

const higherSchool = /^(普通高中|中职|高职高专|技师学院|本科|硕士|大专)/

/** In a school beyond compulsory education: it costs the family most. */
function isInHigherSchool(status: string | null): boolean | null {
  return status === null ? null : higherSchool.test(status)
}
