import { pushFact, pushMatched } from './add-row.ts'
import { howOfDecided, matchCauses, matchClasses } from './codes.ts'
import { hashHex } from './keyed-hash.ts'
import { idAt, putId, type RegisterIndex } from './register-layout.ts'
import { countRows, factColumn, sourceOf, type OpenRow, type Tally } from './tally.ts'

/** Whom the policy lets be compared with a list: ids of 16 bytes each, in rising order. */
export interface Gate {
  persons: Uint8Array
  households: Uint8Array
}

/** What is known of a list before its rows are judged: who has authorised it, and whom people meant by rows like these. */
export interface Settlement {
  /** Without a gate nobody needs an authorisation. */
  gate?: Gate
  /** Keyed hash of a row's key → the person that was chosen in an earlier month, '' for none of those who fit. */
  choices: Record<string, string>
}

/** Rows that were left out because the person has no current authorisation. */
export interface LeftOut {
  /** Rows of each source. */
  rows: number[]
  /** Ordinals of the persons. */
  persons: number[]
}

/** Settles what was decided before and leaves out who has not authorised the list, before anything is judged. */
export function settleRows(tally: Tally, index: RegisterIndex, { gate, choices }: Settlement): LeftOut {
  if (Object.keys(choices).length > 0 && tally.open.length > 0) takeChoices(tally, index, choices)
  return gate === undefined ? { rows: tally.sources.map(() => 0), persons: [] } : leaveOut(tally, index, gate)
}

/** The ordinals of the rows that wait, by source and row. */
export function ordinalsOfOpen(tally: Tally): Map<OpenRow, number> {
  const wanted = new Map(tally.open.map((open) => [`${open.source} ${open.row}`, open]))
  const rows = new Set(tally.open.map((open) => open.row))
  const found = new Map<OpenRow, number>()
  for (let ordinal = 0; wanted.size > found.size && ordinal < tally.rowNo.length; ordinal += 1) {
    if (!rows.has(tally.rowNo.cells[ordinal] ?? 0)) continue
    const open = wanted.get(`${sourceOf(tally, ordinal)} ${tally.rowNo.cells[ordinal]}`)
    if (open !== undefined) found.set(open, ordinal)
  }
  return found
}

/** The keyed hash of a row's key as text. */
export function rowKeyOf(tally: Tally, ordinal: number): string {
  return hashHex(tally.hashes.cells[ordinal * 4] ?? 0, tally.hashes.cells[ordinal * 4 + 1] ?? 0)
}

/** Rows whose key was decided in an earlier month are matched with whom it was then, if that person still fits. */
function takeChoices(tally: Tally, index: RegisterIndex, choices: Readonly<Record<string, string>>): void {
  const ordinals = ordinalsOfOpen(tally)
  const taken: { open: OpenRow; ordinal: number; person: number }[] = []
  for (const [open, ordinal] of ordinals) {
    const chosen = choices[rowKeyOf(tally, ordinal)]
    if (chosen === undefined) continue
    const person = chosen === '' ? nobody : open.candidates.find((one) => idAt(index.personIds, one) === chosen)
    if (person !== undefined) taken.push({ open, ordinal, person })
  }
  for (const one of taken) addDecided(tally, one)
  const gone = new Set(taken.map(({ open }) => open))
  tally.open = tally.open.filter((open) => !gone.has(open))
}

const nobody = -1

function addDecided(tally: Tally, { open, ordinal, person }: { open: OpenRow; ordinal: number; person: number }): void {
  const name = person === nobody ? 'none' : matchClasses[howOfDecided >> 8]
  countRows(tally, open.source, { at: matchClasses.indexOf('ambiguous'), why: matchCauses.indexOf(open.cause), count: -1 })
  countRows(tally, open.source, { at: matchClasses.indexOf(name ?? 'none'), why: howOfDecided & 255, count: 1 })
  if (person === nobody) return
  const before = tally.matchedRow.length
  pushMatched(tally, { ordinal, person, how: howOfDecided, spot: { ...open } })
  for (const [key, type, value] of open.facts) pushFact(tally, factColumn(tally, key, type), before, value)
}

/** Takes the person from every matched row whose person has not authorised the list, and drops waiting rows that could only mean such. */
function leaveOut(tally: Tally, index: RegisterIndex, gate: Gate): LeftOut {
  const rows = tally.sources.map(() => 0)
  const known = new Map<number, boolean>()
  const mayCompare = (person: number): boolean => {
    const asked = known.get(person)
    if (asked !== undefined) return asked
    const may =
      isListed(gate.persons, index.personIds, person) || isListed(gate.households, index.householdIds, index.householdOf[person] ?? 0)
    known.set(person, may)
    return may
  }
  const leave = (source: number) => {
    rows[source] = (rows[source] ?? 0) + 1
  }
  const persons = new Set<number>()
  for (let matched = 0; matched < tally.matchedRow.length; matched += 1) {
    const person = tally.matchedPerson.cells[matched] ?? -1
    if (person < 0 || mayCompare(person)) continue
    leave(sourceOf(tally, tally.matchedRow.cells[matched] ?? 0))
    persons.add(person)
    tally.matchedPerson.cells[matched] = -1
  }
  tally.open = tally.open.filter((open) => {
    const stays = open.candidates.some(mayCompare)
    if (!stays) leave(open.source)
    return stays
  })
  return { rows, persons: [...persons] }
}

/** Whether the id at `ordinal` of `ids` stands among ids of 16 bytes in rising order. */
export function isListed(listed: Uint8Array, ids: Uint8Array, ordinal: number): boolean {
  let from = 0
  let to = listed.length / 16
  while (from < to) {
    const middle = (from + to) >> 1
    const order = compareIds(listed, middle, ids, ordinal)
    if (order === 0) return true
    if (order < 0) from = middle + 1
    else to = middle
  }
  return false
}

function compareIds(one: Uint8Array, oneAt: number, other: Uint8Array, otherAt: number): number {
  for (let byte = 0; byte < 16; byte += 1) {
    const difference = (one[oneAt * 16 + byte] ?? 0) - (other[otherAt * 16 + byte] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Ids as 16 bytes each, in rising order. */
export function packIds(ids: readonly string[]): Uint8Array {
  const packed = new Uint8Array(ids.length * 16)
  // The order of the texts is that of their bytes.
  for (const [at, id] of [...ids].sort().entries()) putId(packed, at, id)
  return packed
}
