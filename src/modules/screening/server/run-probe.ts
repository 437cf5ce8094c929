import { readMonth } from '#kernel/pure/time/index.ts'
import type { ListKind } from '../contract.ts'
import { makeSoundOf } from '../rules/sounds.ts'
import { keepKeys } from '../rules/delta.ts'
import { rowHashes } from '../rules/tally.ts'
import { hashKeyOf, type HashKey } from '../rules/keyed-hash.ts'
import type { RegisterIndex } from '../rules/register-layout.ts'
import { explainMatch } from '../rules/explain-match.ts'
import type { Settlement } from '../rules/settle-rows.ts'
import { makeMatcher } from './make-matcher.ts'
import { findRepairs } from './find-repairs.ts'
import { readIndexFile } from './index-file.ts'
import { keyTextsOf, linesOf } from './result-lines.ts'
import { outcomeOf, type ProbeJob, type ProbeMessage } from './outcome.ts'
import { finishFiles, probeFiles, readFiles, type ProbedList } from './probe.ts'
import { closeSecondLane, openSecondLane } from './second-lane.ts'
import { statSync } from 'node:fs'
import { screeningErrors } from './screening-errors.ts'

const progressRows = 20_000
/** Only large files are worth another thread. */
const secondLaneFrom = 16 * 1024 * 1024

/** Does a whole comparison and tells what came of it piece by piece. `send` may wait, so that a slow reader holds the probe back. */
export async function runProbe(job: ProbeJob, send: (message: ProbeMessage) => Promise<void>): Promise<void> {
  const month = readMonth(job.month)
  if (month === undefined) throw screeningErrors.badMonth({ month: job.month })
  const { index, sounds, readIds } = readIndexFile(job.indexPath, Buffer.from(job.indexKey))
  // It ends with the reading, so each pass opens its own; it is ready before the first large file is.
  const openLane = (files: readonly { path: string }[]): void => {
    if (files.some(({ path }) => statSync(path).size >= secondLaneFrom)) void openSecondLane(index, sounds)
  }
  openLane(job.baseFiles)
  const keyOf = (list: ListKind): HashKey => hashKeyOf(job.hashKeys[list] ?? new Uint8Array(8))
  const shared = {
    index,
    soundOf: makeSoundOf(sounds),
    month,
    thresholds: job.thresholds,
    leads: job.leads,
    topics: job.topics,
    keyOf,
    remembered: new Map(job.remembered),
  }
  const matcher = makeMatcher(index, shared.soundOf) // counts the names of the register while the second reader starts
  const base = await probeBase(job, shared)
  openLane(job.files)
  const progress = makeProgress(send)
  const input = {
    ...shared,
    files: job.files,
    baseOf: (list: ListKind) => base.kept.get(list) ?? job.bases[list],
    settlementOf: (list: ListKind) => job.settlements[list],
    onProgress: progress.note,
  }
  const read = await readFiles(input)
  await closeSecondLane(index)
  if (Object.values(job.settlements).some(namesPersons)) readIds()
  const result = finishFiles(input, read)
  readIds()
  await progress.told()
  const explain = (said: string, person: number) => explainMatch(matcher, said, person)
  for (const message of outcomeOf(index, result, { keyOf, explain })) await send(message)
  if (job.wantRepairs) await send({ kind: 'repairs', repairs: await findRepairs({ ...shared, files: job.files, lists: result.lists }) })
  if (job.wantLines) await sendLines(job, { index, month, keyOf, base, lists: result.lists }, send)
  await send({ kind: 'done' })
}

/** True when rows are settled by whom they were settled for before. */
function namesPersons({ gate, choices }: Settlement): boolean {
  return gate !== undefined || Object.keys(choices).length > 0
}

interface Lines {
  index: RegisterIndex
  month: string
  keyOf: (list: ListKind) => HashKey
  base: Base
  lists: readonly ProbedList[]
}

/** Sends the lines of matches.csv and delta.csv, list by list. */
async function sendLines(job: ProbeJob, given: Lines, send: (message: ProbeMessage) => Promise<void>): Promise<void> {
  const { index, month, keyOf, base, lists } = given
  for (const probed of lists) {
    const baseTexts = base.texts.get(probed.list) ?? new Map(job.baseTexts[probed.list] ?? [])
    for (const message of linesOf({ index, month, files: job.files, probed, key: keyOf(probed.list), baseTexts })) await send(message)
  }
}

/** Tells of rows now and then, one message after the other. */
function makeProgress(send: (message: ProbeMessage) => Promise<void>): { note: (rows: number) => void; told: () => Promise<void> } {
  let told = 0
  let last: Promise<void> = Promise.resolve()
  return {
    note(rows) {
      if (rows - told < progressRows) return
      told = rows
      last = last.then(() => send({ kind: 'progress', rows }))
    },
    told: () => last,
  }
}

interface Base {
  kept: Map<ListKind, Int32Array>
  texts: Map<ListKind, Map<string, string>>
}

/** Reads the files of an earlier month again: what is compared and, where lines are wanted, the keys in plain. */
async function probeBase(job: ProbeJob, shared: Omit<Parameters<typeof probeFiles>[0], 'files' | 'baseOf'>): Promise<Base> {
  const base: Base = { kept: new Map(), texts: new Map() }
  if (job.baseFiles.length === 0) return base
  const result = await probeFiles({ ...shared, files: job.baseFiles, baseOf: () => undefined })
  for (const probed of result.lists) {
    base.kept.set(probed.list, keepKeys(rowHashes(probed.tally), probed.delta))
    if (job.wantLines) base.texts.set(probed.list, keyTextsOf(probed))
  }
  return base
}
