import type { Household, Person } from './facts.ts'

/** Labour that somebody can offer; the first two count as full. */
export function isFullLabour(person: Person): boolean {
  return person.laborSkill === '普通劳动力' || person.laborSkill === '技能劳动力'
}

export function hasSomeLabour(person: Person): boolean {
  return isFullLabour(person) || person.laborSkill === '弱劳动力或半劳动力'
}

/** 无 or 丧失劳动力; an empty cell is neither. */
export function lacksLabour(person: Person): boolean {
  return person.laborSkill === '无劳动力' || person.laborSkill === '丧失劳动力'
}

/** At school or before it; 非在校生 says in words what an empty cell says. */
export function isStudent(person: Person): boolean {
  return person.studentStatus !== '' && person.studentStatus !== '非在校生'
}

export function isDisabled(person: Person): boolean {
  return person.healthStatus.includes('残疾')
}

export function isOnDibao(person: Person): boolean {
  return person.dibaoStatus === '农村低保' || person.dibaoStatus === '城市低保'
}

export function isOnTekun(person: Person): boolean {
  return person.tekunStatus === '农村特困' || person.tekunStatus === '城市特困'
}

/** A disability certificate: the number with two or four more characters. */
export function hasCertificateNumber(person: Person): boolean {
  return person.idNumber !== null && (person.idNumber.length === 20 || person.idNumber.length === 22)
}

export function isAged(person: Person, from: number, to: number): boolean {
  return person.age !== null && person.age >= from && person.age <= to
}

export function isMonitored(household: Household): boolean {
  return household.monitorCategory !== ''
}

export function isOpen(household: Household): boolean {
  return isMonitored(household) && household.eliminated === '否'
}

export function isCleared(household: Household): boolean {
  return isMonitored(household) && household.eliminated === '是'
}

/** Whether one of the five risks is the named one. */
export function hasRisk(household: Household, risk: string): boolean {
  return (
    household.riskType1 === risk ||
    household.riskType2 === risk ||
    household.riskType3 === risk ||
    household.riskType4 === risk ||
    household.riskType5 === risk
  )
}

/** Whether everybody of the household lacks labour. */
export function isWithoutLabour(household: Household): boolean {
  return household.members.length > 0 && household.members.every(lacksLabour)
}

/** Whether any of the four development measures is filled. */
export function hasDevelopmentMeasure(household: Household): boolean {
  return (
    household.measureIndustry !== '' ||
    household.measureEmployment !== '' ||
    household.measureFinance !== '' ||
    household.measurePublicPost !== ''
  )
}

/** Whether any of the measure columns other than 综合保障 is filled. */
export function hasOtherMeasure(household: Household): boolean {
  return (
    hasDevelopmentMeasure(household) ||
    household.measureHealth !== '' ||
    household.measureCompulsoryEducation !== '' ||
    household.measureEducation !== '' ||
    household.measureHousing !== '' ||
    household.measureWater !== '' ||
    household.measureSocial !== '' ||
    household.measureRelocation !== '' ||
    household.measureLivingConditions !== '' ||
    household.measureInfrastructure !== ''
  )
}

/** Whether any of the 14 measure columns is filled. */
export function hasMeasure(household: Household): boolean {
  return household.measureComprehensive !== '' || hasOtherMeasure(household)
}

/** Whether a list of labels, comma separated, names the label. */
export function names(list: string, label: string): boolean {
  return list.includes(label) && list.split(',').includes(label)
}

/** Whether a number is above a limit; an empty or unreadable one is not. */
export function isAbove(value: number | null, limit: number): boolean {
  return value !== null && value > limit
}

export function isBelow(value: number | null, limit: number): boolean {
  return value !== null && value < limit
}

/** Whether an amount is above zero and below a limit. */
export function isSmall(value: number | null, limit: number): boolean {
  return value !== null && value > 0 && value < limit
}

/** Zero or empty. */
export function isNothing(value: number | null): boolean {
  return value === null || value === 0
}
