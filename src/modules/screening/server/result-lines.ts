import { classOf } from '../rules/codes.ts'
import { deltaStates } from '../rules/delta.ts'
import { writeNumber } from '../rules/id-cell.ts'
import { hashHex, type HashKey } from '../rules/keyed-hash.ts'
import { textAt, type RegisterIndex } from '../rules/register-layout.ts'
import { sourceOf, type Tally } from '../rules/tally.ts'
import { blockRows, registeredKeys, type ProbeMessage } from './outcome.ts'
import type { ProbedList } from './probe.ts'

/** What the lines of one list are made from. `baseTexts`: keys of the earlier month by their hash, where its files were given again. */
export interface LineInput {
  index: RegisterIndex
  month: string
  files: readonly { name: string }[]
  probed: ProbedList
  key: HashKey
  baseTexts: ReadonlyMap<string, string>
}

/** Lines of matches.csv and delta.csv of one list, numbers in plain. */
export function* linesOf(input: LineInput): Generator<ProbeMessage> {
  yield* inBlocks('matches', matchLines(input))
  if (input.probed.hasBase) yield* inBlocks('delta', deltaLines(input))
}

function* inBlocks(name: 'matches' | 'delta', lines: Iterable<string[]>): Generator<ProbeMessage> {
  let block: string[][] = []
  for (const line of lines) {
    block.push(line)
    if (block.length < blockRows) continue
    yield { kind: 'lines', name, lines: block }
    block = []
  }
  if (block.length > 0) yield { kind: 'lines', name, lines: block }
}

/** One line for each row that was read: data in the order of the file, then totals and notes. A row tied to a place alone names nobody: `none`. */
function* matchLines({ index, month, files, probed }: LineInput): Generator<string[]> {
  const { tally } = probed
  const open = new Map(tally.open.map((row) => [`${row.source} ${row.row}`, row]))
  const matchedOf = matchedByRow(tally)
  for (let ordinal = 0; ordinal < tally.rowNo.length; ordinal += 1) {
    const at = sourceOf(tally, ordinal)
    const source = tally.sources[at]
    const row = tally.rowNo.cells[ordinal] ?? 0
    const start = [month, files[source?.file ?? 0]?.name ?? '', source?.sheet ?? '', String(row)]
    const matched = (matchedOf[ordinal] ?? 0) - 1
    const person = matched < 0 ? -1 : (tally.matchedPerson.cells[matched] ?? -1)
    const how = matched < 0 ? 0 : (tally.matchedHow.cells[matched] ?? 0)
    if (person < 0) {
      yield [...start, '', '', open.has(`${at} ${row}`) ? 'ambiguous' : 'none']
      continue
    }
    const household = textAt(index, index.householdNoAt[index.householdOf[person] ?? 0] ?? 0)
    const high = index.idHigh[person] ?? -1
    yield [...start, household, high < 0 ? '' : writeNumber(high, index.idLow[person] ?? 0), classOf(how)]
  }
  for (const { source: at, row } of tally.notData) {
    const source = tally.sources[at]
    yield [month, files[source?.file ?? 0]?.name ?? '', source?.sheet ?? '', String(row), '', '', 'none']
  }
}

/** For each row its place among the matched rows + 1; 0 for none. Rows that were decided stand behind the others. */
function matchedByRow(tally: Tally): Int32Array {
  const matchedOf = new Int32Array(tally.rowNo.length)
  for (let matched = 0; matched < tally.matchedRow.length; matched += 1) matchedOf[tally.matchedRow.cells[matched] ?? 0] = matched + 1
  return matchedOf
}

function* deltaLines(input: LineInput): Generator<string[]> {
  const { index, probed, key, baseTexts } = input
  const { tally, delta, list, base } = probed
  const person = tally.keyTexts.size === 0 ? 'person' : 'natural'
  for (let ordinal = 0; ordinal < tally.rowNo.length; ordinal += 1) {
    if (delta.isFirst[ordinal] !== 1) continue
    const natural = tally.keyTexts.get(ordinal)
    yield [
      list,
      natural ?? keyText(tally, ordinal),
      natural === undefined ? 'person' : 'natural',
      deltaStates[delta.states[ordinal] ?? 0] ?? '',
    ]
  }
  const registered = registeredKeys(index, key, probed)
  for (const at of delta.vanished) {
    const hash = hashHex(base?.[at] ?? 0, base?.[at + 1] ?? 0)
    yield [list, registered.get(hash) ?? baseTexts.get(hash) ?? `#${hash}`, person, 'vanished']
  }
}

function keyText(tally: Tally, ordinal: number): string {
  const high = tally.idHigh.cells[ordinal] ?? -1
  if (high >= 0) return writeNumber(high, tally.idLow.cells[ordinal] ?? 0)
  return `#${hashHex(tally.hashes.cells[ordinal * 4] ?? 0, tally.hashes.cells[ordinal * 4 + 1] ?? 0)}`
}

/** The keys of a month's rows by their hash, for the next month's vanished rows. */
export function keyTextsOf({ tally, delta }: ProbedList): Map<string, string> {
  const texts = new Map<string, string>()
  for (let ordinal = 0; ordinal < tally.rowNo.length; ordinal += 1) {
    if (delta.isFirst[ordinal] !== 1) continue
    const hash = hashHex(tally.hashes.cells[ordinal * 4] ?? 0, tally.hashes.cells[ordinal * 4 + 1] ?? 0)
    texts.set(hash, tally.keyTexts.get(ordinal) ?? keyText(tally, ordinal))
  }
  return texts
}
