import type { PortableTable } from '#kernel/pure/decisions/portable-table.ts'
import { fullMonthsBetween, lastDayOf, makeDay, readDay, type Day, type Month } from '#kernel/pure/time/index.ts'
import type { ListKind } from '../contract.ts'
import type { PetitionTopics, Thresholds } from '../policy/policy.ts'
import { numberFact, wordFact } from './add-row.ts'
import type { Delta } from './delta.ts'
import { disabilityGrade, houseGrade, ruleFor, type LeadCase } from './lead-table.ts'
import { groupKey } from './locate.ts'
import type { Matcher } from './match-row.ts'
import { householdFlag, personFlag } from './register-layout.ts'
import type { Tally } from './tally.ts'
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
  /** Says on which day the month is judged; the limits are in the table. */
  thresholds: Thresholds
  /** The table of leads with the limits of the run. */
  leads: PortableTable
  topics: PetitionTopics
  tally: Tally
  delta: Pick<Delta, 'states'> | undefined
}

interface MatchedRow {
  readonly matched: number
  readonly person: number
  readonly household: number
}

/** What a row says: its case for the table, and what a reason of it shows. Undefined: nothing that the table could be asked. */
type RowReading = (input: JudgeInput, row: MatchedRow) => ReadRow | undefined

interface ReadRow extends Pick<LeadCase, 'hundredths' | 'state' | 'other'> {
  readonly value: string
  readonly perPerson: boolean
  readonly measure?: number
}

/** Reads the leads out of one list: every rule that this kind of list feeds. */
export function judgeList(list: ListKind, input: JudgeInput): ReasonDraft[] {
  if (list === 'medical') return judgeMedical(input)
  if (list === 'water') return judgeWater(input)
  return judgeRows(list, input, readings[list])
}

/** Judges row by row; rows of one person (or household) that say the same rule become one reason. */
function judgeRows(list: ListKind, input: JudgeInput, read: RowReading): ReasonDraft[] {
  const { tally, matcher, leads } = input
  const drafts = new Map<string, ReasonDraft>()
  for (let matched = 0; matched < tally.matchedRow.length; matched += 1) {
    const person = tally.matchedPerson.cells[matched] ?? -1
    if (person < 0) continue
    const household = matcher.index.householdOf[person] ?? 0
    const said = read(input, { matched, person, household })
    if (said === undefined) continue
    const rule = ruleFor(leads, { ...said, list, isOfConcern: isOfConcern(input, household) })
    if (rule === undefined) continue
    const key = `${rule} ${said.perPerson ? `p${person}` : `h${household}`}`
    const known = drafts.get(key)
    if (known === undefined) {
      const { value, measure } = said
      drafts.set(key, { rule, list, household, person, value, ...(measure === undefined ? {} : { measure }), rows: [matched] })
      continue
    }
    known.rows.push(matched)
    if (known.measure !== undefined) known.measure = Math.max(known.measure, said.measure ?? 0)
    if (!known.value.split('；').includes(said.value)) known.value += `；${said.value}`
  }
  return [...drafts.values()]
}

function isOfConcern({ matcher }: JudgeInput, household: number): boolean {
  return ((matcher.index.householdFlags[household] ?? 0) & (householdFlag.registered | householdFlag.monitored)) !== 0
}

/** L01: the household's members together; rows that are the same but for their running number count once. */
function judgeMedical(input: JudgeInput): ReasonDraft[] {
  const { tally, matcher, leads } = input
  const rows = countedOnce(tally, 'selfPaid')
  const householdOf = (matched: number): number => matcher.index.householdOf[tally.matchedPerson.cells[matched] ?? 0] ?? 0
  const sums = new Map<number, number>()
  for (const matched of rows) {
    const household = householdOf(matched)
    sums.set(household, (sums.get(household) ?? 0) + (numberFact(tally, 'selfPaid', matched) ?? 0))
  }
  const drafts = new Map<number, ReasonDraft>()
  for (const [household, fen] of sums) {
    const ofConcern = isOfConcern(input, household)
    const rule = ruleFor(leads, { list: 'medical', isOfConcern: ofConcern, hundredths: fen })
    if (rule === undefined) continue
    const [value, band] = [(fen / 100).toFixed(2), ofConcern ? ('concern' as const) : ('others' as const)]
    drafts.set(household, { rule, list: 'medical', household, person: -1, value, measure: fen / 100, band, rows: [] })
  }
  if (drafts.size > 0) for (const matched of rows) drafts.get(householdOf(matched))?.rows.push(matched)
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

const readings: Readonly<Record<Exclude<ListKind, 'medical' | 'water'>, RowReading>> = {
  disability: ({ tally }, { matched }) => {
    const grade = wordFact(tally, 'disabilityGrade', matched)
    return grade === undefined ? undefined : { value: `${grade}级`, state: disabilityGrade(grade), perPerson: true }
  },

  /** Only news raises a lead. Without an earlier month nothing is new. */
  dibao: ({ tally, delta }, { matched }) => {
    const isNew = delta?.states[tally.matchedRow.cells[matched] ?? 0] === 1
    return { value: 'new', other: isNew ? '新增' : '原有', perPerson: false }
  },

  education: ({ tally }, { matched }) => {
    const state = wordFact(tally, 'studyState', matched)
    return state === undefined ? undefined : { value: state, state, perPerson: true }
  },

  jobs: ({ tally, thresholds, month }, { matched }) => {
    const state = wordFact(tally, 'jobState', matched)
    const lostOn = dayOfNumber(numberFact(tally, 'lostOn', matched))
    if (lostOn === undefined || state === undefined) return undefined
    const months = fullMonthsBetween(lostOn, asOf(thresholds, month))
    return { value: `${months} ${state}`, state, hundredths: months * 100, perPerson: true, measure: months }
  },

  housing: ({ tally }, { matched }) => {
    const [grade, lived] = [wordFact(tally, 'houseGrade', matched), wordFact(tally, 'livedIn', matched)]
    return grade === undefined ? undefined : { value: `${grade} ${lived}`, state: houseGrade(grade), other: lived, perPerson: false }
  },

  police: ({ tally, matcher }, { matched, person }) => {
    const kind = wordFact(tally, 'changeKind', matched)
    const flags = matcher.index.personFlags[person] ?? 0
    const who = (flags & personFlag.head) !== 0 ? '户主' : (flags & personFlag.earner) !== 0 ? '主要劳动力' : '其他成员'
    return kind === undefined ? undefined : { value: `${kind} ${who}`, state: kind, other: who, perPerson: false }
  },

  bank: ({ tally }, { matched }) => {
    const days = numberFact(tally, 'overdueDays', matched)
    return days === undefined ? undefined : { value: String(days), hundredths: days * 100, perPerson: true, measure: days }
  },

  petition: ({ tally, topics }, { matched }) => {
    const content = wordFact(tally, 'content', matched)
    const topic = content === undefined ? undefined : topicOf(topics, content)
    return topic === undefined ? undefined : { value: topic, state: topic, perPerson: false }
  },

  cars: ({ tally }, { matched }) => heldThing(wordFact(tally, 'vehicleKind', matched), wordFact(tally, 'vehicleState', matched)),

  firms: ({ tally }, { matched }) => heldThing(wordFact(tally, 'firmKind', matched), wordFact(tally, 'firmState', matched)),
}

function heldThing(kind: string | undefined, state: string | undefined): ReadRow | undefined {
  if (kind === undefined || state === undefined) return undefined
  return { value: `${kind} ${state}`, state: kind, other: state, perPerson: false }
}

/** L10: the row names a villager group; every household of it has the reason. A row for 全村 speaks for all groups. */
function judgeWater(input: JudgeInput): ReasonDraft[] {
  const { matcher } = input
  const { index, locator } = matcher
  const drafts: ReasonDraft[] = []
  for (const ofConcern of [true, false]) {
    const groups = dryGroups(input, ofConcern)
    if (groups.size === 0) continue
    const dryPlaces = index.places.map((_, place) => {
      const name = locator.names[locator.villageOf[place] ?? 0]
      const own = locator.groupOf[place] ?? ''
      return (
        (own === '' ? undefined : groups.get(`${name?.township}|${name?.village}|${own}`)) ??
        groups.get(`${name?.township}|${name?.village}|*`)
      )
    })
    for (let household = 0; household < index.households; household += 1) {
      const dry = dryPlaces[index.placeOf[household] ?? 0]
      if (dry === undefined || isOfConcern(input, household) !== ofConcern) continue
      const { rule, days, rows } = dry
      drafts.push({ rule, list: 'water', household, person: -1, value: String(days), measure: days, rows })
    }
  }
  return drafts.sort((one, other) => one.household - other.household)
}

interface DryGroup {
  rule: string
  rows: number[]
  days: number
}

/** The groups whose rows raise a lead for households of concern, or for others. */
function dryGroups({ tally, leads }: JudgeInput, isOfConcern: boolean): Map<string, DryGroup> {
  const groups = new Map<string, DryGroup>()
  for (let matched = 0; matched < tally.matchedRow.length; matched += 1) {
    const days = numberFact(tally, 'dryDays', matched)
    const rule = days === undefined ? undefined : ruleFor(leads, { list: 'water', isOfConcern, hundredths: days * 100 })
    if (days === undefined || rule === undefined) continue
    const row = tally.matchedRow.cells[matched] ?? 0
    const [township = '', village = '', group = ''] = (tally.keyTexts.get(row) ?? '').split('|')
    const key = `${township}|${village}|${group === '全村' ? '*' : groupKey(group)}`
    const known = groups.get(key) ?? { rule, rows: [], days: 0 }
    known.rows.push(matched)
    known.days = Math.max(known.days, days)
    groups.set(key, known)
  }
  return groups
}

/** The day on which a month is judged: its last, unless the thresholds name another. */
export function asOf(thresholds: Thresholds, month: Month): Day {
  return readDay(thresholds.as_of?.[month] ?? '') ?? lastDayOf(month)
}

function dayOfNumber(number: number | undefined): Day | undefined {
  return number === undefined ? undefined : makeDay(Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100)
}
