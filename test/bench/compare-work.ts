// One piece of the compare bench in a process of its own, so that its memory can be told: see compare.ts.
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMonth } from '../../src/kernel/pure/time/index.ts'
import { defaultThresholds, petitionTopics } from '../../src/modules/screening/policy/policy.ts'
import { readIndexFile, writeIndexFile } from '../../src/modules/screening/server/index-file.ts'
import { makeSoundOf } from '../../src/modules/screening/rules/sounds.ts'
import { openSecondLane } from '../../src/modules/screening/server/second-lane.ts'
import { fullSoundTables } from '../../src/modules/screening/server/sound-of.ts'
import { probeFiles } from '../../src/modules/screening/server/probe.ts'
import { makeGbEncoder, makeRegister, writeList } from './compare-data.ts'

const key = Buffer.alloc(32, 7)
const [, , work = '', folder = '', first = '', second = ''] = process.argv
const indexPath = join(folder, 'register.index')

function say(result: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ ...result, peakMb: process.resourceUsage().maxRSS / 1024 })}\n`)
}

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

async function prepare(): Promise<void> {
  const start = performance.now()
  const { index, sample } = makeRegister(Number(second))
  const builtMs = performance.now() - start
  writeIndexFile(indexPath, { index, sounds: fullSoundTables() }, key)
  const rows = Number(first)
  const utf8 = new TextEncoder()
  await writeList(join(folder, 'utf8.csv'), { rows, sample, month: 1, encode: (text) => utf8.encode(text) })
  await writeList(join(folder, 'next.csv'), { rows, sample, month: 2, encode: (text) => utf8.encode(text) })
  await writeList(join(folder, 'gb.csv'), { rows, sample, month: 1, encode: makeGbEncoder() })
  writeFileSync(join(folder, 'register.csv'), `id,name,household\n`)
  const { writeNumber } = await import('../../src/modules/screening/rules/id-cell.ts')
  let text = ''
  for (let person = 0; person < index.persons; person += 1)
    text += `${writeNumber(index.idHigh[person] ?? 0, index.idLow[person] ?? 0)},${person},${index.householdOf[person]}\n`
  writeFileSync(join(folder, 'register.csv'), text, { flag: 'a' })
  say({ builtMs, megabytes: index.memory.byteLength / 1048576 })
}

async function compare(): Promise<void> {
  const loading = performance.now()
  const { index, sounds } = readIndexFile(indexPath, key)
  await openSecondLane(index, sounds)
  const loadMs = performance.now() - loading
  const loadedMb = process.memoryUsage.rss() / 1048576
  const month = readMonth('202601')
  if (month === undefined) throw new Error('no month')
  const shared = {
    soundOf: makeSoundOf(sounds),
    index,
    month,
    thresholds: defaultThresholds,
    topics: petitionTopics,
    keyOf: () => ({ low: 1, high: 2 }),
    remembered: new Map(),
  }
  const run = async (path: string, base?: Int32Array) => {
    const start = performance.now()
    const result = await probeFiles({ ...shared, files: [{ path, name: path }], baseOf: () => base })
    return { ms: performance.now() - start, list: result.lists[0] }
  }
  const rounds: { raw: number; probe: number }[] = []
  let bytes = 0
  let counts: unknown
  let kept: Int32Array | undefined
  for (let round = 0; round < Number(second); round += 1) {
    const raw = rawScan(first)
    bytes = raw.bytes
    const probed = await run(first)
    rounds.push({ raw: raw.ms, probe: probed.ms })
    counts = probed.list?.tally.classes
    kept = probed.list?.delta.kept
  }
  const next = first.endsWith('utf8.csv') && kept !== undefined ? await run(join(folder, 'next.csv'), kept.slice()) : undefined
  say({ loadMs, loadedMb, rounds, bytes, counts, nextMs: next?.ms, delta: next?.list?.delta.counts })
}

async function duck(): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
  await connection.run(`CREATE TABLE register AS SELECT * FROM read_csv('${join(folder, 'register.csv')}', all_varchar = true)`)
  const times: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now()
    await connection.run(
      `SELECT r.household, sum(CAST(l."本年累计个人自付" AS DECIMAL(14,2))) AS paid, count(*) FROM read_csv('${first}', all_varchar = true, header = true) l
       JOIN register r ON r.id = l."身份证号" GROUP BY r.household`,
    )
    times.push(performance.now() - start)
  }
  say({ times })
}

if (work === 'prepare') await prepare()
else if (work === 'compare') await compare()
else await duck()
