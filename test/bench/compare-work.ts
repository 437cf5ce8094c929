// The measured process of the compare bench; it loads what the process that compares loads, and no more. See compare.ts.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize } from 'node:v8'
import type { PortableTable } from '../../src/kernel/pure/decisions/portable-table.ts'
import { readMonth } from '../../src/kernel/pure/time/index.ts'
import topics from '../../src/modules/screening/policy/petition-topics.json' with { type: 'json' }
import type { Thresholds } from '../../src/modules/screening/policy/policy.ts'
import { makeSoundOf } from '../../src/modules/screening/rules/sounds.ts'
import { readIndexFile } from '../../src/modules/screening/server/index-file.ts'
import { keepKeys } from '../../src/modules/screening/rules/delta.ts'
import { rowHashes } from '../../src/modules/screening/rules/tally.ts'
import { makeMatcher } from '../../src/modules/screening/server/make-matcher.ts'
import { finishFiles, readFiles, type ProbedList } from '../../src/modules/screening/server/probe.ts'
import { closeSecondLane, openSecondLane } from '../../src/modules/screening/server/second-lane.ts'

const [, , folder = '', list = '', rounds = '1', lanes = '2'] = process.argv

/** The yardstick: 1 MiB blocks, every line break and separator found. */
function rawScan(path: string): { ms: number; found: number; bytes: number } {
  const buffer = Buffer.allocUnsafe(1024 * 1024)
  const start = performance.now()
  const file = openSync(path, 'r')
  let lines = 0
  let separators = 0
  let bytes = 0
  for (;;) {
    const read = readSync(file, buffer, 0, buffer.length, null)
    if (read === 0) break
    bytes += read
    for (let at = 0; at < read; at += 1) {
      const byte = buffer[at]
      if (byte === 10) lines += 1
      else if (byte === 44) separators += 1
    }
  }
  closeSync(file)
  return { ms: performance.now() - start, found: lines + separators, bytes }
}

const loading = performance.now()
const { index, sounds } = readIndexFile(join(folder, 'register.index'), Buffer.alloc(32, 7))
makeMatcher(index, makeSoundOf(sounds)) // counts the names of the register, as the program does before it reads
const loadMs = performance.now() - loading
const month = readMonth('202601')
if (month === undefined) throw new Error('no month')
// Safe: the bench wrote it.
const { thresholds, leads } = deserialize(readFileSync(join(folder, 'leads.table'))) as { thresholds: Thresholds; leads: PortableTable }
const shared = {
  index,
  soundOf: makeSoundOf(sounds),
  month,
  thresholds,
  leads,
  topics,
  keyOf: () => ({ low: 1, high: 2 }),
  remembered: new Map(),
}
/** A month has some ten lists: each round stands for one of them, and the second reader stays until the last. */
const run = async (path: string, isLast: boolean, base?: Int32Array) => {
  if (lanes === '2') await openSecondLane(index, sounds)
  const input = { ...shared, files: [{ path, name: path }], baseOf: () => base }
  const read = await readFiles(input)
  if (isLast) await closeSecondLane(index)
  return finishFiles(input, read)
}

const path = join(folder, list)
const hasNext = list === 'utf8.csv' && Number(rounds) > 1
const measured: { raw: number; stream: number; judge: number }[] = []
let bytes = 0
let last: ProbedList | undefined
let classes: unknown
for (let round = 0; round < Number(rounds); round += 1) {
  const raw = rawScan(path)
  bytes = raw.bytes
  const probed = await run(path, !hasNext && round === Number(rounds) - 1)
  measured.push({ raw: raw.ms, stream: probed.streamMs, judge: probed.judgeMs })
  classes = probed.lists[0]?.tally.classes[0]
  last = probed.lists[0]
}
const peakMb = process.resourceUsage().maxRSS / 1024
const kept = last === undefined ? undefined : keepKeys(rowHashes(last.tally), last.delta)
// The lists of the next month, as many as of the first: each against what the first one left.
const news: { stream: number; judge: number; delta: unknown }[] = []
for (let round = 0; hasNext && round < Number(rounds); round += 1) {
  const next = await run(join(folder, 'next.csv'), round === Number(rounds) - 1, kept)
  news.push({ stream: next.streamMs, judge: next.judgeMs, delta: next.lists[0]?.delta.counts })
}
process.stdout.write(`${JSON.stringify({ loadMs, rounds: measured, bytes, classes, peakMb, news })}\n`)
