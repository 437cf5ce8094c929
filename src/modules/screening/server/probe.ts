import type { PortableTable } from '#kernel/pure/decisions/portable-table.ts'
import { openSheetFile, type RowBlock } from '#kernel/server/sheets/index.ts'
import type { Month } from '#kernel/pure/time/index.ts'
import type { ListKind } from '../contract.ts'
import type { SoundOf } from '../rules/build-index.ts'
import type { PetitionTopics, Thresholds } from '../policy/policy.ts'
import { compareMonths, type Delta } from '../rules/delta.ts'
import { judgeList, type ReasonDraft } from '../rules/judge-leads.ts'
import type { HashKey } from '../rules/keyed-hash.ts'
import type { Matcher } from '../rules/match-row.ts'
import type { RegisterIndex } from '../rules/register-layout.ts'
import { settleRows, type LeftOut, type Settlement } from '../rules/settle-rows.ts'
import { makeTally, rowHashes, type Tally } from '../rules/tally.ts'
import { knowSheet, layoutHash, recogniseSheet, unknownList, type KnownLayout, type KnownSheet } from './recognise-list.ts'
import { makeMatcher } from './make-matcher.ts'
import { readRows } from './read-rows.ts'
import { readWorkbook } from './read-workbook.ts'
import { closeSecondLane } from './second-lane.ts'
import { canScan, scanText } from './scan-text.ts'

/** A file to compare. `layouts` (by sheet) is what a person saw and confirmed, other sheets are left out; without it the content decides. */
export interface ProbeFile {
  path: string
  name: string
  layouts?: Readonly<Record<string, KnownLayout>>
}

export interface ProbeInput {
  index: RegisterIndex
  soundOf: SoundOf
  files: readonly ProbeFile[]
  month: Month
  thresholds: Thresholds
  leads: PortableTable
  topics: PetitionTopics
  /** Keys of the row hashes by list. */
  keyOf(list: ListKind): HashKey
  /** What the earlier month kept of a list; `undefined` when it was not compared. */
  baseOf(list: ListKind): Int32Array | undefined
  /** What was decided and authorised before; nothing where the caller knows of none. */
  settlementOf?(list: ListKind): Settlement | undefined
  /** What is remembered of a layout by its hash. */
  remembered: ReadonlyMap<string, KnownLayout>
  onProgress?: (rows: number) => void
}

/** One list of the month: rows in columns, comparison with the earlier month, reasons. */
export interface ProbedList {
  list: ListKind
  tally: Tally
  delta: Delta
  hasBase: boolean
  base: Int32Array | undefined
  reasons: ReasonDraft[]
  leftOut: LeftOut
}

export interface ProbedFile {
  list: ListKind | undefined
  lists: ListKind[]
  skipped: string[]
  notes: string[]
}

export interface ProbeResult {
  /** Milliseconds from the first byte to the last fact folded, and for the comparison with the earlier month and the readings after it. */
  streamMs: number
  judgeMs: number
  lists: ProbedList[]
  files: ProbedFile[]
}

/** Streams every file past the register, compares with the earlier month and reads the leads. Throws `sheets.*` for a file that is no list. */
export async function probeFiles(input: ProbeInput): Promise<ProbeResult> {
  const read = await readFiles(input)
  await closeSecondLane(input.index) // nothing is left for it to read, and its memory is wanted
  return finishFiles(input, read)
}

/** What was read of the files, before anything is compared or judged. */
export interface ReadFiles extends Pick<ProbeResult, 'files' | 'streamMs'> {
  matcher: Matcher
  tallies: ReadonlyMap<ListKind, Tally>
}

/** The first half of `probeFiles`: streams every file past the register, from the first byte to the last fact folded. */
export async function readFiles(input: ProbeInput): Promise<ReadFiles> {
  const matcher = makeMatcher(input.index, input.soundOf)
  const tallies = new Map<ListKind, Tally>()
  const files: ProbedFile[] = []
  const startedMs = performance.now()
  let rows = 0
  const onRows = (count: number) => {
    rows += count
    input.onProgress?.(rows)
  }
  for (const [fileNumber, file] of input.files.entries()) {
    files.push(await probeFile({ input, matcher, tallies, onRows }, file, fileNumber))
  }
  return { matcher, tallies, files, streamMs: performance.now() - startedMs }
}

/** The second half of `probeFiles`: compares with the earlier month and reads the leads. */
export function finishFiles(input: ProbeInput, { matcher, tallies, files, streamMs }: ReadFiles): ProbeResult {
  const startedMs = performance.now()
  const lists = [...tallies].map(([list, tally]) => finishList(input, matcher, { list, tally }))
  return { lists, files, streamMs, judgeMs: performance.now() - startedMs }
}

interface ProbeState {
  input: ProbeInput
  matcher: Matcher
  tallies: Map<ListKind, Tally>
  onRows: (count: number) => void
}

async function probeFile(state: ProbeState, file: ProbeFile, fileNumber: number): Promise<ProbedFile> {
  const sheetFile = await openSheetFile({ path: file.path, originalName: file.name })
  let firstUnknown: RowBlock | undefined
  const firstLabels = new Map<string, string>()
  const know = (block: RowBlock): KnownSheet | undefined => {
    const known = knowTable(block, file, { remembered: state.input.remembered, firstLabels })
    if (known === undefined) firstUnknown ??= block
    return known
  }
  const tallyOf = ({ kind }: KnownSheet): Tally => {
    const known = state.tallies.get(kind.kind) ?? makeTally()
    state.tallies.set(kind.kind, known)
    return known
  }
  const keysOf = (known: KnownSheet) => state.input.keyOf(known.kind.kind)
  const reader = canScan(sheetFile) ? scanText : sheetFile.kind === 'text' ? readRows : readWorkbook
  const read = await reader(sheetFile, fileNumber, {
    matcher: state.matcher,
    keysOf,
    know,
    tallyOf,
    onRows: state.onRows,
  })
  if (read.known.length === 0) throw unknownList(file.name, firstUnknown)
  const lists = [...new Set(read.known.map((known) => known.kind.kind))]
  return { list: lists[0], lists, skipped: read.skipped, notes: sheetFile.notes }
}

/** What a person confirmed of a sheet holds for its first table and those with the same labels; a table with others tells itself. */
function knowTable(
  block: RowBlock,
  file: ProbeFile,
  { remembered, firstLabels }: { remembered: ProbeInput['remembered']; firstLabels: Map<string, string> },
): KnownSheet | undefined {
  const chosen = file.layouts?.[block.sheet]
  const known = knowSheet(block, file, remembered)
  if (chosen === undefined || known === undefined) return known
  const labels = layoutHash(known.labels)
  const first = firstLabels.get(block.sheet) ?? labels
  firstLabels.set(block.sheet, first)
  return labels === first ? known : recogniseSheet({ block, fileName: file.name, kind: chosen.list })
}

function finishList(input: ProbeInput, matcher: Matcher, { list, tally }: { list: ListKind; tally: Tally }): ProbedList {
  const base = input.baseOf(list)
  const leftOut = settleRows(tally, input.index, input.settlementOf?.(list) ?? { choices: {} })
  const delta = compareMonths(rowHashes(tally), base)
  const { month, thresholds, leads, topics } = input
  const reasons = judgeList(list, { matcher, month, thresholds, leads, topics, tally, delta: base === undefined ? undefined : delta })
  return { list, tally, delta, hasBase: base !== undefined, base, reasons, leftOut }
}
