import { fullYears, type Person, type WorkRow } from './facts.ts'
import { isAged, isOnTekun, isStudent, lacksLabour } from './labels.ts'
import type { RuleGiven, TopicRules } from './predicates.ts'

/** How many rows of the out-work export are wrong. */
function countRows(person: Person, isWrong: (row: WorkRow) => boolean): number {
  let found = 0
  for (const row of person.works) if (isWrong(row)) found += 1
  return found
}

function isWorking(row: WorkRow): boolean {
  return row.currentlyWorking === '是'
}

function lacksFacts(row: WorkRow): boolean {
  return row.monthlyWage === null || row.employer === '' || row.industry === '' || row.channel === '' || row.pointToPoint === ''
}

/** Rows without a beginning, and rows that begin before the one before them ended. */
function countOverlaps({ works }: Person): number {
  let found = 0
  const begun: { from: number; to: number | null }[] = []
  for (const { startMonth, endMonth } of works) {
    if (startMonth === null) found += 1
    else begun.push({ from: startMonth, to: endMonth })
  }
  begun.sort((one, other) => one.from - other.from)
  for (const [at, row] of begun.entries()) {
    const before = begun[at - 1]?.to ?? null
    if (before !== null && row.from < before) found += 1
  }
  return found
}

/** The first day of a month as a number. */
function firstDayOf(month: number): number {
  return Math.floor(month / 12) * 10_000 + ((month % 12) + 1) * 100 + 1
}

/** Work away from home: rows of the out-work and the planned-work export. */
export const workRules = {
  person: {
    Q117: () => (person) => countRows(person, (row) => isWorking(row) && lacksFacts(row)),
    Q118: (given: RuleGiven) => {
      const [least, most] = [given.fen('leastYuan'), given.fen('mostYuan')]
      return (person) =>
        countRows(person, (row) => isWorking(row) && row.monthlyWage !== null && (row.monthlyWage < least || row.monthlyWage > most))
    },
    Q119: () => countOverlaps,
    Q120: (given: RuleGiven) => {
      const { checkMonth } = given
      return (person) => countRows(person, (row) => row.currentlyWorking === '否' && (row.endMonth === null || row.endMonth > checkMonth))
    },
    Q121: () => (person) => (lacksLabour(person) ? person.works.length : 0),
    Q122: () => (person) => (isStudent(person) ? countRows(person, isWorking) : 0),
    Q123: (given: RuleGiven) => {
      const below = given.limit('below')
      return ({ birthDate, works }) => {
        if (birthDate === null || works.length === 0) return 0
        return works.filter((row) => row.startMonth !== null && fullYears(birthDate, firstDayOf(row.startMonth)) < below).length
      }
    },
    Q124: () => (person) => (isOnTekun(person) ? countRows(person, isWorking) : 0),
    Q126: () => (person) => countRows(person, (row) => isWorking(row) && row.workCounty === ''),
    Q127: (given: RuleGiven) => {
      const { countyName } = given
      return (person) =>
        countRows(
          person,
          (row) => row.workCounty !== '' && row.workCounty !== countyName && (row.channel === '公益性岗位' || row.channel === '帮扶车间'),
        )
    },
    Q128: () => (person) => person.plan !== null && person.plan.planToWork === '是' && person.plan.jobServiceNeed === '',
    Q129: (given: RuleGiven) => {
      const last = given.checkMonth - given.limit('months')
      return (person) => countRows(person, (row) => row.startMonth !== null && row.startMonth <= last && row.endMonth === null)
    },
    Q135: (given: RuleGiven) => {
      const [from, to] = [given.limit('from'), given.limit('to')]
      return (person) =>
        person.works.length === 0 &&
        (person.educationLevel === '大专' || person.educationLevel === '本科及以上' || person.laborSkill === '技能劳动力') &&
        !isStudent(person) &&
        isAged(person, from, to)
    },
  },
} as const satisfies TopicRules
