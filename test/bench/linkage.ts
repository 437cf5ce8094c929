import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { linkagePolicy } from '../../src/modules/registry/rules/index.ts'
import { measurePeer } from './linkage-duck.ts'
import { chooseThreshold, makeLabelled, qualityAt, scorePairs, type ScoredPair } from './linkage-measure.ts'
import { measureRows } from './linkage-rows.ts'

const sizes = { persons: 60_000, same: 8_000, others: 4_000 }
const wanted = 0.998
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`
const line = (name: string, value: string, budget = ''): void =>
  console.log(`${name.padEnd(38)} ${value}${budget === '' ? '' : `   (budget ${budget})`}`)

/** Prints precision and recall of linkage on labelled pairs, by kind of dirt, beside a peer; and the search for duplicates in a whole register. */
export async function runLinkageBench(options: { persons?: number } = {}): Promise<void> {
  const training = makeLabelled('linkage training', sizes)
  const chosen = chooseThreshold(scorePairs(training.scale, training.pairs), wanted)
  const measured = makeLabelled('linkage measured', sizes)
  const start = performance.now()
  const scored = scorePairs(measured.scale, measured.pairs)
  const ms = performance.now() - start
  const { match } = linkagePolicy.thresholds
  const quality = qualityAt(scored, match)
  line(
    'labelled pairs',
    `${scored.length}: ${sizes.same} the same, ${scored.length - sizes.same} of rivals; register ${sizes.persons}`,
    '≥ 5,000',
  )
  line('threshold of the policy', `${match} bits; the other register's pairs, ${percent(wanted)} precise: ${chosen}`)
  line('precision', percent(quality.precision), '≥ 99.5 %')
  line('recall', percent(quality.recall), '≥ 95 %')
  line('pairs compared', `${Math.round((scored.length / ms) * 1000).toLocaleString('en')} a second, explained`)
  const peer = await measurePeer(measured.pairs)
  line(
    'DuckDB, Jaro-Winkler + birth',
    `precision ${percent(peer.precision)}, recall ${percent(peer.recall)} at ${peer.threshold}, its best`,
  )
  printKinds(scored, match)
  const rows = measureRows(measured)
  line('rows through the comparison', `${rows.rows} of persons with dirt and of strangers; repaired and fuzzy:`)
  line('  precision', `${percent(rows.precision)} (${rows.wrong} of ${rows.assigned} wrong)`, '≥ 99.5 %')
  line('  recall', `${percent(rows.recall)}; ${rows.open} left to a person`, '≥ 95 %')
  await printDuplicates(options.persons ?? 900_000)
}

/** One line for each kind of dirt (share found) and of rivals (share taken for the same). */
function printKinds(scored: readonly ScoredPair[], match: number): void {
  const kinds = new Map<string, { count: number; said: number; isSame: boolean }>()
  for (const pair of scored) {
    const key = `${pair.isSame ? 'found' : 'wrong'} ${pair.kind}`
    const kind = kinds.get(key) ?? { count: 0, said: 0, isSame: pair.isSame }
    kind.count += 1
    if (pair.score >= match) kind.said += 1
    kinds.set(key, kind)
  }
  for (const [key, { count, said }] of [...kinds].sort(([one], [other]) => (one < other ? -1 : 1)))
    line(`  ${key}`, `${percent(said / count)} of ${count}`)
}

interface Searched {
  persons: number
  packedMs: number
  foundMs: number
  cpuMs: number
  peakMb: number
  planted: number
  hits: number
  pairs: number
  compared: number
  cut: string[]
  cutBlocks: number
  sure: number
  sureHits: number
}

async function printDuplicates(persons: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  const work = async (program: string): Promise<string> => {
    const path = fileURLToPath(new URL(program, import.meta.url))
    const flags = ['--no-warnings', '--max-semi-space-size=8']
    return (await promisify(execFile)(process.execPath, [...flags, path, folder, String(persons)], { maxBuffer: 1e8 })).stdout
  }
  try {
    await work('./linkage-prepare.ts')
    // Safe: the program prints what this type says.
    const searched = JSON.parse(await work('./linkage-work.ts')) as Searched
    const seconds = (searched.packedMs + searched.foundMs) / 1000
    line('duplicates in a register', `${searched.persons} persons, ${searched.planted} planted`)
    line(
      '  time',
      `${seconds.toFixed(1)} s, of it ${(searched.packedMs / 1000).toFixed(1)} s to read and pack; ${(searched.cpuMs / 1000).toFixed(1)} s of processor`,
      '< 60 s',
    )
    line('  peak memory, whole process', `${searched.peakMb.toFixed(0)} MB`, '< 512 MB')
    line('  pairs', `${searched.pairs} to look at of ${searched.compared} compared; ${searched.hits} of the planted`)
    line('  sure ones', `${searched.sure}, of them ${searched.sure - searched.sureHits} not planted`)
    line('  blocks cut', `${searched.cutBlocks}: ${searched.cut.join(', ')}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
