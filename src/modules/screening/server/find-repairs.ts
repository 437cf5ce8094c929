import { openSheetFile, readSheets } from '#kernel/server/sheets/index.ts'
import type { SoundOf } from '../rules/build-index.ts'
import { writeNumber } from '../rules/id-cell.ts'
import { makeListReader } from '../rules/list-reader.ts'
import { findByNumber } from '../rules/look-up.ts'
import { isAlike, type Matcher } from '../rules/match-row.ts'
import { isChecked, visitNear } from '../rules/near-numbers.ts'
import { idAt, type RegisterIndex } from '../rules/register-layout.ts'
import { tidyName } from '#kernel/pure/text/index.ts'
import { sourceOf } from '../rules/tally.ts'
import { makeMatcher } from './make-matcher.ts'
import type { RepairRecord, Slip } from './outcome.ts'
import type { ProbedList, ProbeFile } from './probe.ts'
import { columnsOf, knowSheet, type KnownLayout } from './recognise-list.ts'

/** What looking for mistakes of the register needs: the index, and the rows that were just read. */
export interface RepairInput {
  index: RegisterIndex
  soundOf: SoundOf
  remembered: ReadonlyMap<string, KnownLayout>
  files: readonly ProbeFile[]
  lists: readonly ProbedList[]
}

/** A register with more wrong numbers than this has other troubles; the rest is not looked at, so that the memory stays small. */
const mostWrong = 5_000
const mostFound = 2_000

/** A row whose number is right and differs by one slip from a wrong number of the register. */
interface Hit {
  list: ProbedList
  source: number
  row: number
  number: string
  persons: readonly number[]
  cause: RepairRecord['cause']
}

/**
 * Rows that show that the register itself is wrong: their number has a right check character, the register does not know it, and one
 * registered person of the same name has a number with a wrong check character that differs by one digit or two exchanged neighbours.
 * Nothing is matched by it; a person may propose the correction.
 */
export async function findRepairs(input: RepairInput): Promise<RepairRecord[]> {
  const near = nearWrongNumbers(input.index)
  if (near.size === 0) return []
  const hits = findHits(input.lists, near)
  if (hits.length === 0) return []
  return readNames(input, hits)
}

interface Near {
  persons: number[]
  exchanged: boolean
}

/** Right numbers that are one slip away from a wrong number of the register, with whose it is. */
function nearWrongNumbers(index: RegisterIndex): Map<string, Near> {
  const near = new Map<string, Near>()
  const digits = new Uint8Array(18)
  let wrong = 0
  for (let person = 0; person < index.persons && wrong < mostWrong; person += 1) {
    const high = index.idHigh[person] ?? -1
    if (high < 0) continue
    spellOut(digits, high, index.idLow[person] ?? 0)
    if (isChecked(digits)) continue
    wrong += 1
    visitNear(digits, (nearHigh, nearLow, how) => {
      if (findByNumber(index, nearHigh, nearLow) >= 0) return
      const key = `${nearHigh} ${nearLow}`
      const known = near.get(key) ?? { persons: [], exchanged: false }
      known.persons.push(person)
      known.exchanged ||= how === 'exchanged'
      near.set(key, known)
    })
  }
  return near
}

/** The 18 characters of a stored number as digits, 10 for X; without making a text for each of a million persons. */
function spellOut(digits: Uint8Array, high: number, low: number): void {
  digits[17] = low % 11
  let rest = Math.floor(low / 11)
  for (let at = 16; at >= 9; at -= 1) {
    digits[at] = rest % 10
    rest = Math.floor(rest / 10)
  }
  rest = high
  for (let at = 8; at >= 0; at -= 1) {
    digits[at] = rest % 10
    rest = Math.floor(rest / 10)
  }
}

function findHits(lists: readonly ProbedList[], near: ReadonlyMap<string, Near>): Hit[] {
  const hits: Hit[] = []
  const highs = new Set([...near.keys()].map((key) => Number(key.slice(0, key.indexOf(' ')))))
  for (const list of lists) {
    const { tally } = list
    for (let row = 0; row < tally.rowNo.length && hits.length < mostFound; row += 1) {
      const high = tally.idHigh.cells[row] ?? -1
      if (high < 0 || !highs.has(high)) continue
      const low = tally.idLow.cells[row] ?? 0
      const found = near.get(`${high} ${low}`)
      if (found === undefined) continue
      const cause = found.exchanged ? 'neighbours-exchanged' : 'one-digit-differs'
      const [source, rowNo] = [sourceOf(tally, row), tally.rowNo.cells[row] ?? 0]
      hits.push({ list, source, row: rowNo, number: writeNumber(high, low), persons: found.persons, cause })
    }
  }
  return hits
}

/** Reads those rows once more for the name; only one person of that name may be meant. */
async function readNames(input: RepairInput, hits: readonly Hit[]): Promise<RepairRecord[]> {
  const matcher = makeMatcher(input.index, input.soundOf)
  const repairs: RepairRecord[] = []
  for (const [fileNumber, file] of input.files.entries()) {
    const wanted = new Map<string, Hit>()
    for (const hit of hits) {
      const source = hit.list.tally.sources[hit.source]
      if (source?.file === fileNumber) wanted.set(`${source.sheet} ${hit.row}`, hit)
    }
    if (wanted.size === 0) continue
    for await (const { hit, name } of namesOf(input, file, wanted)) {
      const repair = repairOf(matcher, hit, name)
      if (repair !== undefined) repairs.push({ ...repair, file: fileNumber })
    }
  }
  return oncePerPerson(repairs)
}

async function* namesOf(
  input: RepairInput,
  file: ProbeFile,
  wanted: ReadonlyMap<string, Hit>,
): AsyncGenerator<{ hit: Hit; name: string }, void> {
  let current: string | undefined
  let column = -1
  for await (const block of readSheets(await openSheetFile({ path: file.path, originalName: file.name }))) {
    if (block.sheet !== current) {
      current = block.sheet
      const known = knowSheet(block, file, input.remembered)
      column = known === undefined ? -1 : makeListReader(known.kind, columnsOf(known), known.labels).name
    }
    if (column < 0) continue
    for (const row of block.rows) {
      const hit = wanted.get(`${block.sheet} ${row.row}`)
      if (hit !== undefined) yield { hit, name: tidyName(row.cells[column] ?? '') }
    }
  }
}

function repairOf(matcher: Matcher, hit: Hit, name: string): Omit<RepairRecord, 'file'> | undefined {
  const { index } = matcher
  const alike = hit.persons.filter((person) => isAlike(matcher, person, name))
  const [person] = alike
  if (person === undefined || alike.length > 1) return undefined
  const household = index.householdOf[person] ?? 0
  return {
    list: hit.list.list,
    sheet: hit.list.tally.sources[hit.source]?.sheet ?? '',
    row: hit.row,
    cause: hit.cause,
    personId: idAt(index.personIds, person),
    householdId: idAt(index.householdIds, household),
    areaPath: index.places[index.placeOf[household] ?? 0]?.areaPath ?? '',
    field: 'idNumber',
    value: hit.number,
    slip: slipOf(writeNumber(index.idHigh[person] ?? 0, index.idLow[person] ?? 0), hit.number),
  }
}

/** The first to the last character in which two numbers differ: one digit, or two neighbours. */
function slipOf(registered: string, stated: string): Slip {
  const differ = Array.from(registered).flatMap((character, at) => (character === stated[at] ? [] : [at]))
  const from = differ[0] ?? 0
  const to = (differ.at(-1) ?? from) + 1
  return { at: from + 1, was: registered.slice(from, to), says: stated.slice(from, to) }
}

/** Several rows may say the same of one person; two that disagree are kept both, a person decides. */
function oncePerPerson(repairs: readonly RepairRecord[]): RepairRecord[] {
  return [...new Map(repairs.map((repair) => [`${repair.personId} ${repair.value}`, repair])).values()]
}
