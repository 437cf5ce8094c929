import { fullMonthsBetween, lastDayOf, makeDay, readDay, type Day, type Month } from '#kernel/pure/time/index.ts'
import type { ListKind } from '../contract.ts'
import type { PetitionTopics, Thresholds } from '../policy/policy.ts'
import { numberFact, wordFact } from './add-row.ts'
import type { Delta } from './delta.ts'
import { groupKey } from './locate.ts'
import type { Matcher } from './match-row.ts'
import { householdFlag, personFlag } from './register-layout.ts'
import type { Tally } from './tally.ts'
import { gradeKey, readValue } from './values.ts'
import { topicOf } from './petition-topic.ts'

/** A reason that speaks for a household: its rule, the person it names (-1 for none), the value, and the matched rows behind it. */
export interface ReasonDraft {
  rule: string
  list: ListKind
  household: number
  person: number
  value: string
  /** The number that the limit is about, in the limit's unit, where the rule has one. */
  measure?: number
  /** Which of the rule's limits holds for the household. */
  band?: 'concern' | 'others'
  rows: number[]
}

/** What the readings need besides the rows. `delta` is there when an earlier month was compared. */
export interface JudgeInput {
  matcher: Matcher
  month: Month
  thresholds: Thresholds
  topics: PetitionTopics
  tally: Tally
  delta: Pick<Delta, 'states'> | undefined
}

type RowJudge = (
  input: JudgeInput,
  row: { matched: number; person: number; household: number },
) => { value: string; perPerson: boolean; measure?: number } | undefined

/** Reads the leads out of one list: every rule that this kind of list feeds. */
export function judgeList(list: ListKind, input: JudgeInput): ReasonDraft[] {
  switch (list) {
    case 'medical':
      return judgeMedical(input)
    case 'water':
      return judgeWater(input)
    case 'disability':
      return judgeRows('L02', list, input, judgeDisability)
    case 'dibao':
      return judgeRows('L03', list, input, judgeDibao)
    case 'education':
      return judgeRows('L04', list, input, judgeEducation)
    case 'jobs':
      return judgeRows('L05', list, input, judgeJobs)
    case 'housing':
      return judgeRows('L06', list, input, judgeHousing)
    case 'police':
      return judgeRows('L07', list, input, judgePolice)
    case 'bank':
      return judgeRows('L11', list, input, judgeBank)
    case 'petition':
      return judgeRows('L12', list, input, judgePetition)
    case 'cars':
      return judgeRows('N08', list, input, judgeCars)
    case 'firms':
      return judgeRows('N09', list, input, judgeFirms)
  }
}

/** Judges row by row; rows of one person (or household) that say the same rule become one reason. */
function judgeRows(rule: string, list: ListKind, input: JudgeInput, judge: RowJudge): ReasonDraft[] {
  const { tally, matcher } = input
  const drafts = new Map<string, ReasonDraft>()
  for (let matched = 0; matched < tally.matchedRow.length; matched += 1) {
    const person = tally.matchedPerson.cells[matched] ?? -1
    if (person < 0) continue
    const household = matcher.index.householdOf[person] ?? 0
    const verdict = judge(input, { matched, person, household })
    if (verdict === undefined) continue
    const key = verdict.perPerson ? `p${person}` : `h${household}`
    const known = drafts.get(key)
    if (known === undefined) {
      const { value, measure } = verdict
      drafts.set(key, { rule, list, household, person, value, ...(measure === undefined ? {} : { measure }), rows: [matched] })
      continue
    }
    known.rows.push(matched)
    if (known.measure !== undefined) known.measure = Math.max(known.measure, verdict.measure ?? 0)
    if (!known.value.split('；').includes(verdict.value)) known.value += `；${verdict.value}`
  }
  return [...drafts.values()]
}

function isOfConcern({ matcher }: JudgeInput, household: number): boolean {
  return ((matcher.index.householdFlags[household] ?? 0) & (householdFlag.registered | householdFlag.monitored)) !== 0
}

const alike = (values: readonly string[], value: string | undefined, key: (text: string) => string = (text) => text): boolean =>
  value !== undefined && values.some((one) => key(one) === value)

/** L01: the household's members together; rows that are the same but for their running number count once. */
function judgeMedical(input: JudgeInput): ReasonDraft[] {
  const { tally, matcher, thresholds } = input
  const rows = countedOnce(tally, 'selfPaid')
  const householdOf = (matched: number): number => matcher.index.householdOf[tally.matchedPerson.cells[matched] ?? 0] ?? 0
  const sums = new Map<number, number>()
  for (const matched of rows) {
    const household = householdOf(matched)
    sums.set(household, (sums.get(household) ?? 0) + (numberFact(tally, 'selfPaid', matched) ?? 0))
  }
  const { at_least_registered_or_monitored: concern, at_least_others: others } = thresholds.leads.L01
  const drafts = new Map<number, ReasonDraft>()
  for (const matched of rows) {
    const household = householdOf(matched)
    const fen = sums.get(household) ?? 0
    const band = isOfConcern(input, household) ? 'concern' : 'others'
    if (fen < (band === 'concern' ? concern : others) * 100) continue
    const known = drafts.get(household)
    const value = (fen / 100).toFixed(2)
    if (known === undefined)
      drafts.set(household, { rule: 'L01', list: 'medical', household, person: -1, value, measure: fen / 100, band, rows: [matched] })
    else known.rows.push(matched)
  }
  return [...drafts.values()]
}

/** Matched rows of persons that have this number; of rows that are the same but for their running number only the first. */
function countedOnce(tally: Tally, fact: string): number[] {
  const { matchedPerson, matchedRest } = tally
  const person = (matched: number): number => matchedPerson.cells[matched] ?? -1
  const rest = (matched: number, half: number): number => matchedRest.cells[matched * 2 + half] ?? 0
  let size = 16
  while (size < matchedPerson.length * 2) size *= 2
  // Rows + 1 by what makes them the same; 0 is an empty slot.
  const slots = new Int32Array(size)
  const rows: number[] = []
  for (let matched = 0; matched < matchedPerson.length; matched += 1) {
    if (person(matched) < 0 || numberFact(tally, fact, matched) === undefined) continue
    const mixed = Math.imul(person(matched) ^ rest(matched, 0), 0x9e3779b1)
    let slot = (mixed ^ (mixed >>> 15)) & (size - 1)
    for (; slots[slot] !== 0; slot = (slot + 1) & (size - 1)) {
      const other = (slots[slot] ?? 0) - 1
      if (person(other) === person(matched) && rest(other, 0) === rest(matched, 0) && rest(other, 1) === rest(matched, 1)) break
    }
    if (slots[slot] !== 0) continue
    slots[slot] = matched + 1
    rows.push(matched)
  }
  return rows
}

const judgeDisability: RowJudge = ({ tally, thresholds }, { matched }) => {
  const grade = wordFact(tally, 'disabilityGrade', matched)
  return alike(thresholds.leads.L02.grades, grade, gradeKey) ? { value: `${grade}级`, perPerson: true } : undefined
}

/** L03: only news raises a lead, and only of households that nobody watches yet. Without an earlier month nothing is new. */
const judgeDibao: RowJudge = (input, { matched, household }) => {
  const row = input.tally.matchedRow.cells[matched] ?? 0
  return input.delta?.states[row] === 1 && !isOfConcern(input, household) ? { value: 'new', perPerson: false } : undefined
}

const judgeEducation: RowJudge = ({ tally, thresholds }, { matched }) => {
  const state = wordFact(tally, 'studyState', matched)
  return state !== undefined && alike(thresholds.leads.L04.states, state) ? { value: state, perPerson: true } : undefined
}

const judgeJobs: RowJudge = ({ tally, thresholds, month }, { matched }) => {
  const state = wordFact(tally, 'jobState', matched)
  const lostOn = dayOfNumber(numberFact(tally, 'lostOn', matched))
  if (lostOn === undefined || state === undefined || !alike(thresholds.leads.L05.states, state)) return undefined
  const months = fullMonthsBetween(lostOn, asOf(thresholds, month))
  return months >= thresholds.leads.L05.months_at_least ? { value: `${months} ${state}`, perPerson: true, measure: months } : undefined
}

const judgeHousing: RowJudge = ({ tally, thresholds }, { matched }) => {
  const { grades, lived_in: livedIn } = thresholds.leads.L06
  const grade = wordFact(tally, 'houseGrade', matched)
  const lived = wordFact(tally, 'livedIn', matched)
  const fits = alike(grades, grade, (text) => String(readValue('houseGrade', text))) && lived === readValue('yesNo', livedIn)
  return fits ? { value: `${grade} ${lived}`, perPerson: false } : undefined
}

const judgePolice: RowJudge = ({ tally, thresholds, matcher }, { matched, person }) => {
  const kind = wordFact(tally, 'changeKind', matched)
  const flags = matcher.index.personFlags[person] ?? 0
  if (!alike(thresholds.leads.L07.kinds, kind) || (flags & (personFlag.head | personFlag.earner)) === 0) return undefined
  return { value: `${kind} ${(flags & personFlag.head) !== 0 ? '户主' : '主要劳动力'}`, perPerson: false }
}

const judgeBank: RowJudge = ({ tally, thresholds }, { matched }) => {
  const days = numberFact(tally, 'overdueDays', matched)
  return days !== undefined && days > thresholds.leads.L11.days_more_than
    ? { value: String(days), perPerson: true, measure: days }
    : undefined
}

const judgePetition: RowJudge = ({ tally, thresholds, topics }, { matched }) => {
  const content = wordFact(tally, 'content', matched)
  const topic = content === undefined ? undefined : topicOf(topics, content)
  return topic !== undefined && thresholds.leads.L12.topics.includes(topic) ? { value: topic, perPerson: false } : undefined
}

const judgeCars: RowJudge = (input, { matched, household }) => {
  const { kinds, states } = input.thresholds.negative_flags.N08
  const kind = wordFact(input.tally, 'vehicleKind', matched)
  const state = wordFact(input.tally, 'vehicleState', matched)
  return isOfConcern(input, household) && alike(kinds, kind) && alike(states, state)
    ? { value: `${kind} ${state}`, perPerson: false }
    : undefined
}

const judgeFirms: RowJudge = (input, { matched, household }) => {
  const { kinds, states } = input.thresholds.negative_flags.N09
  const kind = wordFact(input.tally, 'firmKind', matched)
  const state = wordFact(input.tally, 'firmState', matched)
  return isOfConcern(input, household) && alike(kinds, kind) && alike(states, state)
    ? { value: `${kind} ${state}`, perPerson: false }
    : undefined
}

/** L10: the row names a villager group; every household of it has the reason. A row for 全村 speaks for all groups. */
function judgeWater({ tally, matcher, thresholds }: JudgeInput): ReasonDraft[] {
  const groups = new Map<string, { rows: number[]; days: number }>()
  for (let matched = 0; matched < tally.matchedRow.length; matched += 1) {
    const days = numberFact(tally, 'dryDays', matched)
    const row = tally.matchedRow.cells[matched] ?? 0
    if (days === undefined || days <= thresholds.leads.L10.days_more_than) continue
    const [township = '', village = '', group = ''] = (tally.keyTexts.get(row) ?? '').split('|')
    const key = `${township}|${village}|${group === '全村' ? '*' : groupKey(group)}`
    const known = groups.get(key) ?? { rows: [], days: 0 }
    known.rows.push(matched)
    known.days = Math.max(known.days, days)
    groups.set(key, known)
  }
  if (groups.size === 0) return []
  const { index, locator } = matcher
  const dryPlaces = index.places.map((_, place) => {
    const name = locator.names[locator.villageOf[place] ?? 0]
    const own = locator.groupOf[place] ?? ''
    return (
      (own === '' ? undefined : groups.get(`${name?.township}|${name?.village}|${own}`)) ??
      groups.get(`${name?.township}|${name?.village}|*`)
    )
  })
  const drafts: ReasonDraft[] = []
  for (let household = 0; household < index.households; household += 1) {
    const dry = dryPlaces[index.placeOf[household] ?? 0]
    if (dry === undefined) continue
    drafts.push({ rule: 'L10', list: 'water', household, person: -1, value: String(dry.days), measure: dry.days, rows: dry.rows })
  }
  return drafts
}

/** The day on which a month is judged: its last, unless the thresholds name another. */
export function asOf(thresholds: Thresholds, month: Month): Day {
  return readDay(thresholds.as_of?.[month] ?? '') ?? lastDayOf(month)
}

function dayOfNumber(number: number | undefined): Day | undefined {
  return number === undefined ? undefined : makeDay(Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100)
}
