import type { PortableTable } from '#kernel/pure/decisions/portable-table.ts'
import type { Evidence, ListKind, MatchCause } from '../contract.ts'
import type { PetitionTopics, Thresholds } from '../policy/policy.ts'
import { causeOf, classOf, matchCauses, matchClasses } from '../rules/codes.ts'
import { writeNumber } from '../rules/id-cell.ts'
import { hashHex, hashWords, type HashKey } from '../rules/keyed-hash.ts'
import type { ReasonDraft } from '../rules/judge-leads.ts'
import { idAt, textAt, type RegisterIndex } from '../rules/register-layout.ts'
import { saidFact, type MatchWhy } from '../rules/explain-match.ts'
import { ordinalsOfOpen, rowKeyOf, type Settlement } from '../rules/settle-rows.ts'
import { rowHashes, sourceOf, type OpenFact, type Tally } from '../rules/tally.ts'
import { keepKeys } from '../rules/delta.ts'
import { listCandidates, whyOf, type Explain, type OpenCandidate, type OutcomeParts } from './explain-outcome.ts'
import type { ProbedList, ProbeResult } from './probe.ts'
import type { KnownLayout } from './recognise-list.ts'

/** A comparison as plain data: it crosses to the process that does it. */
export interface ProbeJob {
  indexPath: string
  indexKey: Uint8Array
  month: string
  files: { path: string; name: string; layouts?: Record<string, KnownLayout> }[]
  /** The files of an earlier month, given again. */
  baseFiles: { path: string; name: string; layouts?: Record<string, KnownLayout> }[]
  thresholds: Thresholds
  leads: PortableTable
  topics: PetitionTopics
  hashKeys: Record<string, Uint8Array>
  bases: Record<string, Int32Array>
  /** Natural keys of the earlier month's matched rows by their hash. */
  baseTexts: Record<string, [hash: string, key: string][]>
  remembered: [hash: string, layout: KnownLayout][]
  /** What was decided and authorised before, by list. */
  settlements: Record<string, Settlement>
  /** Rows that show a mistake of the register are wanted; they hold numbers. */
  wantRepairs: boolean
  /** Lines of matches.csv and delta.csv are wanted, numbers in plain. */
  wantLines: boolean
}

/** A matched row, ready to be stored. */
export interface MatchedRecord {
  file: number
  sheet: string
  row: number
  class: string
  cause: string
  personId: string
  householdId: string
  areaPath: string
  rowKey: string
  /** Hash of the rest of the row, 16 hexadecimal digits: rows that are the same but for their running number have one. */
  rest: string
  facts: Record<string, string>
  /** Of rows that were repaired or matched by likeness: why this person. */
  why: MatchWhy | null
}

export interface ReasonRecord {
  rule: string
  list: ListKind
  householdId: string
  householdNo: string
  areaPath: string
  personId: string | null
  idNumber: string
  value: string
  /** The number that the limit is about, in the limit's unit; null for rules without one. */
  measure: number | null
  /** Which limit it was held against, where a rule has several. */
  band: string | null
  evidence: (Omit<Evidence, 'file'> & { file: number })[]
}

export interface OpenRecord {
  file: number
  sheet: string
  row: number
  name: string
  cause: MatchCause
  candidates: OpenCandidate[]
  /** As in `MatchedRecord`. */
  rowKey: string
  rest: string
  /** The row's key was not in the earlier month. */
  isNew: boolean
  facts: OpenFact[]
}

/** A row that shows a mistake of the register: what should stand there, and where the row says so. */
export interface RepairRecord {
  list: ListKind
  file: number
  sheet: string
  row: number
  cause: MatchCause
  personId: string
  householdId: string
  areaPath: string
  field: 'idNumber'
  value: string
  /** Where the two numbers part, from 1, and what each has there. */
  slip: Slip
}
export interface Slip {
  at: number
  was: string
  says: string
}

export interface ListOutcome {
  list: ListKind
  kept: Int32Array
  hasBase: boolean
  delta: Record<string, number>
  /** Keyed hashes of the keys that vanished and that no registered number explains. */
  vanished: string[]
  sources: { file: number; sheet: string; classes: Record<string, number>; causes: Record<string, number> }[]
  open: OpenRecord[]
  reasons: ReasonRecord[]
  /** Rows of each source and ids of the persons that were left out for want of an authorisation. */
  leftOut: { rows: number[]; persons: string[] }
}

export interface FileOutcome {
  lists: ListKind[]
  skipped: string[]
  notes: string[]
}

/** Pieces of a result, in the order in which they come. */
export type ProbeMessage =
  | { kind: 'progress'; rows: number }
  | { kind: 'file'; file: FileOutcome }
  | { kind: 'matched'; list: ListKind; rows: MatchedRecord[] }
  | { kind: 'list'; outcome: ListOutcome }
  | { kind: 'repairs'; repairs: RepairRecord[] }
  | { kind: 'lines'; name: 'matches' | 'delta'; lines: string[][] }
  | { kind: 'done' }
  | { kind: 'error'; code: string; status: number; details: Readonly<Record<string, unknown>> }

export const blockRows = 2_000

/** Turns the columns of a probe into records, block by block. */
export function* outcomeOf(index: RegisterIndex, result: ProbeResult, how: OutcomeParts): Generator<ProbeMessage> {
  for (const file of result.files) yield { kind: 'file', file: { lists: file.lists, skipped: file.skipped, notes: file.notes } }
  for (const list of result.lists) {
    yield* matchedRecords(index, list, how.explain)
    yield { kind: 'list', outcome: listOutcome(index, list, { key: how.keyOf(list.list), explain: how.explain }) }
  }
}

function* matchedRecords(index: RegisterIndex, { list, tally }: ProbedList, explain: Explain): Generator<ProbeMessage> {
  let rows: MatchedRecord[] = []
  for (let matched = 0; matched < tally.matchedRow.length; matched += 1) {
    const person = tally.matchedPerson.cells[matched] ?? -1
    if (person < 0) continue
    rows.push({ ...matchedRecord(index, tally, { matched, person }), why: whyOf(tally, explain, { matched, person }) })
    if (rows.length < blockRows) continue
    yield { kind: 'matched', list, rows }
    rows = []
  }
  if (rows.length > 0) yield { kind: 'matched', list, rows }
}

function matchedRecord(
  index: RegisterIndex,
  tally: Tally,
  { matched, person }: { matched: number; person: number },
): Omit<MatchedRecord, 'why'> {
  const ordinal = tally.matchedRow.cells[matched] ?? 0
  const source = tally.sources[sourceOf(tally, ordinal)]
  const household = index.householdOf[person] ?? 0
  const how = tally.matchedHow.cells[matched] ?? 0
  const natural = tally.keyTexts.get(ordinal)
  const facts = factsOf(tally, matched)
  if (natural !== undefined) facts['key'] = natural
  return {
    file: source?.file ?? 0,
    sheet: source?.sheet ?? '',
    row: tally.rowNo.cells[ordinal] ?? 0,
    class: classOf(how),
    cause: causeOf(how),
    personId: idAt(index.personIds, person),
    householdId: idAt(index.householdIds, household),
    areaPath: index.places[index.placeOf[household] ?? 0]?.areaPath ?? '',
    rowKey: rowKeyOf(tally, ordinal),
    rest: hashHex(tally.matchedRest.cells[matched * 2] ?? 0, tally.matchedRest.cells[matched * 2 + 1] ?? 0),
    facts,
  }
}

const longestFact = 200

/** The facts of a matched row as they are shown; money in yuan, days as they are read, long texts cut. */
export function factsOf(tally: Tally, matched: number): Record<string, string> {
  const facts: Record<string, string> = {}
  for (const [key, column] of tally.facts) {
    if (key === saidFact) continue
    const value = matched < column.length ? (column.cells[matched] ?? Number.NaN) : Number.NaN
    if (Number.isNaN(value)) continue
    facts[key] = value < 0 ? (tally.words[-1 - value] ?? '').slice(0, longestFact) : showNumber(tally, key, value)
  }
  return facts
}

function showNumber(tally: Tally, key: string, value: number): string {
  const type = tally.factTypes.get(key)
  if (type === 'amount') return (value / 100).toFixed(2)
  if (type !== 'day') return String(value)
  const text = String(value)
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}

function listOutcome(index: RegisterIndex, probed: ProbedList, { key, explain }: { key: HashKey; explain: Explain }): ListOutcome {
  const { tally, delta } = probed
  const counted = (names: readonly string[], counts: readonly number[] | undefined) =>
    Object.fromEntries(names.flatMap((name, at) => ((counts?.[at] ?? 0) > 0 ? [[name, counts?.[at] ?? 0] as const] : [])))
  return {
    list: probed.list,
    kept: keepKeys(rowHashes(tally), delta),
    hasBase: probed.hasBase,
    delta: probed.hasBase ? delta.counts : {},
    vanished: probed.hasBase ? vanishedHashes(probed, registeredKeys(index, key, probed)).unknown : [],
    sources: tally.sources.map(({ file, sheet }, at) => ({
      file,
      sheet,
      classes: counted(matchClasses, tally.classes[at]),
      causes: counted(matchCauses, tally.causes[at]),
    })),
    leftOut: { rows: probed.leftOut.rows, persons: probed.leftOut.persons.map((person) => idAt(index.personIds, person)) },
    open: [...ordinalsOfOpen(tally)].map(([open, ordinal]) => ({
      rowKey: rowKeyOf(tally, ordinal),
      rest: hashHex(open.restLow, open.restHigh),
      isNew: probed.hasBase && delta.states[ordinal] === 1,
      facts: open.facts,
      file: tally.sources[open.source]?.file ?? 0,
      sheet: tally.sources[open.source]?.sheet ?? '',
      row: open.row,
      name: open.name,
      cause: open.cause,
      candidates: listCandidates(index, open, explain),
    })),
    reasons: probed.reasons.map((reason) => reasonRecord(index, tally, reason)),
  }
}

const mostEvidence = 20
function reasonRecord(index: RegisterIndex, tally: Tally, reason: ReasonDraft): ReasonRecord {
  const { household, person } = reason
  const high = person < 0 ? -1 : (index.idHigh[person] ?? -1)
  return {
    rule: reason.rule,
    list: reason.list,
    householdId: idAt(index.householdIds, household),
    householdNo: textAt(index, index.householdNoAt[household] ?? 0),
    areaPath: index.places[index.placeOf[household] ?? 0]?.areaPath ?? '',
    personId: person < 0 ? null : idAt(index.personIds, person),
    idNumber: high < 0 ? '' : writeNumber(high, index.idLow[person] ?? 0),
    value: reason.value,
    measure: reason.measure ?? null,
    band: reason.band ?? null,
    evidence: reason.rows.slice(0, mostEvidence).map((matched) => {
      const ordinal = tally.matchedRow.cells[matched] ?? 0
      const source = tally.sources[sourceOf(tally, ordinal)]
      return {
        file: source?.file ?? 0,
        sheet: source?.sheet ?? '',
        row: tally.rowNo.cells[ordinal] ?? 0,
        class: classOf(tally.matchedHow.cells[matched] ?? 0),
        facts: factsOf(tally, matched),
      }
    }),
  }
}

/** Keys of registered persons among the vanished ones: hash → number. */
export function registeredKeys(index: RegisterIndex, key: HashKey, { delta, base }: ProbedList): Map<string, string> {
  const wanted = new Set<string>()
  for (const at of delta.vanished) wanted.add(hashHex(base?.[at] ?? 0, base?.[at + 1] ?? 0))
  const found = new Map<string, string>()
  if (wanted.size === 0) return found
  const words = new Int32Array(2)
  const hash = new Int32Array(2)
  for (let person = 0; person < index.persons; person += 1) {
    const [high, low] = [index.idHigh[person] ?? -1, index.idLow[person] ?? 0]
    if (high < 0) continue
    words[0] = high
    words[1] = low
    hashWords(key, words, 2, hash, 0)
    const hex = hashHex(hash[0] ?? 0, hash[1] ?? 0)
    if (wanted.has(hex)) found.set(hex, writeNumber(high, low))
  }
  return found
}

function vanishedHashes({ delta, base }: ProbedList, known: ReadonlyMap<string, string>): { known: string[]; unknown: string[] } {
  const hashes = [...delta.vanished].map((at) => hashHex(base?.[at] ?? 0, base?.[at + 1] ?? 0))
  return { known: hashes.flatMap((hash) => known.get(hash) ?? []), unknown: hashes.filter((hash) => !known.has(hash)) }
}
