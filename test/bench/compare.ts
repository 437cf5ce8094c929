import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export interface CompareBenchOptions {
  /** Rows of the list. */
  rows?: number
  /** Persons of the register. */
  persons?: number
  json?: boolean
}

interface Measured {
  loadMs: number
  loadedMb: number
  rounds: { raw: number; probe: number }[]
  bytes: number
  counts: number[][]
  nextMs?: number
  delta?: Record<string, number>
  peakMb: number
}

const program = fileURLToPath(new URL('./compare-work.ts', import.meta.url))
const rounds = 5

/** Prints the budgets of design.md §11 for a comparison, with a raw scan of the same bytes and DuckDB measured in the same run. */
export async function runCompareBench(options: CompareBenchOptions = {}): Promise<void> {
  const { rows = 1_000_000, persons = 900_000 } = options
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  const work = async (...words: string[]): Promise<unknown> => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', program, ...words], { maxBuffer: 1e8 })
    return JSON.parse(stdout)
  }
  try {
    // Safe: the child prints what `say` in compare-work.ts is given.
    const prepared = (await work('prepare', folder, String(rows), String(persons))) as { builtMs: number; megabytes: number }
    const once = (await work('compare', folder, join(folder, 'utf8.csv'), '1')) as Measured
    const utf8 = (await work('compare', folder, join(folder, 'utf8.csv'), String(rounds))) as Measured
    const gb = (await work('compare', folder, join(folder, 'gb.csv'), String(rounds))) as Measured
    const duck = (await work('duck', folder, join(folder, 'utf8.csv'))) as { times: number[]; peakMb: number }
    const result = summarise({ rows, persons, prepared, once, utf8, gb, duck })
    if (options.json === true) console.log(JSON.stringify(result))
    else print(result)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const middle = (values: number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

type Summary = ReturnType<typeof summarise>

function summarise(input: {
  rows: number
  persons: number
  prepared: { builtMs: number; megabytes: number }
  once: Measured
  utf8: Measured
  gb: Measured
  duck: { times: number[]; peakMb: number }
}) {
  const { rows, persons, prepared, once, utf8, gb, duck } = input
  const raw = middle(utf8.rounds.map((round) => round.raw))
  const probe = middle(utf8.rounds.map((round) => round.probe))
  const gbProbe = middle(gb.rounds.map((round) => round.probe))
  return {
    rows,
    persons,
    megabytes: utf8.bytes / 1e6,
    indexBuiltMs: prepared.builtMs,
    indexMb: prepared.megabytes,
    registerLoadMs: utf8.loadMs,
    rawMs: raw,
    probeMs: probe,
    rowsPerSecond: (rows / probe) * 1000,
    ratio: probe / raw,
    firstRound: once.rounds[0],
    gbMs: gbProbe,
    gbRatio: gbProbe / middle(gb.rounds.map((round) => round.raw)),
    gbToUtf8: gbProbe / probe,
    peakMb: once.peakMb,
    peakMbManyRounds: utf8.peakMb,
    nextMonthMs: utf8.nextMs,
    delta: utf8.delta,
    counts: utf8.counts[0],
    duckMs: middle(duck.times),
    duckPeakMb: duck.peakMb,
  }
}

function print(result: Summary): void {
  const ms = (value: number | undefined) => `${(value ?? 0).toFixed(0)} ms`
  const lines: [string, string, string][] = [
    ['list', `${result.rows} rows, ${result.megabytes.toFixed(0)} MB; register ${result.persons} persons`, ''],
    [
      'register index',
      `built ${ms(result.indexBuiltMs)}, ${result.indexMb.toFixed(0)} MB; loaded and decrypted ${ms(result.registerLoadMs)}`,
      '≤ 10 s',
    ],
    ['raw scan, UTF-8', ms(result.rawMs), ''],
    ['compare, UTF-8', `${ms(result.probeMs)} = ${(result.rowsPerSecond / 1e6).toFixed(2)} million rows/s`, ''],
    ['ratio to the raw scan', result.ratio.toFixed(2), '≤ 2'],
    ['first round of a process', `raw ${ms(result.firstRound?.raw)}, compare ${ms(result.firstRound?.probe)}`, ''],
    [
      'compare, GB18030',
      `${ms(result.gbMs)}, ${result.gbToUtf8.toFixed(2)} of UTF-8, ${result.gbRatio.toFixed(2)} of its raw scan`,
      '0.8–1.2',
    ],
    [
      'peak memory, whole process',
      `${result.peakMb.toFixed(0)} MB (one list), ${result.peakMbManyRounds.toFixed(0)} MB (six lists)`,
      '≤ 250 MB',
    ],
    ['next month, 2 % changed', `${ms(result.nextMonthMs)} ${JSON.stringify(result.delta)}`, '≤ the first'],
    ['DuckDB, same join, 2 threads', `${ms(result.duckMs)}, ${result.duckPeakMb.toFixed(0)} MB; exact numbers only`, ''],
  ]
  for (const [name, value, budget] of lines) console.log(`${name.padEnd(30)} ${value}${budget === '' ? '' : `   (budget ${budget})`}`)
}
