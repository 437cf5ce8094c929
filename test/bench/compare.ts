import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { serialize } from 'node:v8'
import { collectProgram, programStart } from '../../src/kernel/server/programs/index.ts'
import { defaultThresholds } from '../../src/modules/screening/policy/policy.ts'
import { leadTableWith } from '../../src/modules/screening/server/lead-table.ts'
import { probeEnvironment, probeFlags } from '../../src/modules/screening/server/probe-in-child.ts'
import { laneProgram } from '../../src/modules/screening/server/second-lane.ts'

export interface CompareBenchOptions {
  /** Rows of the list. */
  rows?: number
  /** Persons of the register. */
  persons?: number
  json?: boolean
}

interface Measured {
  loadMs: number
  rounds: { raw: number; stream: number; judge: number }[]
  bytes: number
  classes: number[]
  peakMb: number
  news: { stream: number; judge: number; delta: Record<string, number> }[]
}

/** A month has some twelve lists, one after the other in one process. */
const rounds = 12

/** Prints the budgets of design.md §11 for a comparison, with a raw scan of the same bytes and DuckDB measured in the same run. */
export async function runCompareBench(options: CompareBenchOptions = {}): Promise<void> {
  const { rows = 1_000_000, persons = 900_000 } = options
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  const work = async (program: string, words: string[], flags: readonly string[] = []): Promise<unknown> => {
    const entry = new URL(program, import.meta.url)
    const isProbe = flags.length > 0 // started as the program itself starts the child that compares, but for its permissions
    const options = { env: isProbe ? probeEnvironment : process.env, maxBuffer: 1e8 }
    const start = isProbe ? programStart : fileURLToPath(entry)
    const running = promisify(execFile)(process.execPath, ['--no-warnings', ...flags, start, folder, ...words], options)
    running.child.stdin?.end(isProbe ? JSON.stringify(collectProgram(entry, [laneProgram])) : '')
    const { stdout } = await running
    return JSON.parse(stdout)
  }
  try {
    writeFileSync(join(folder, 'leads.table'), serialize({ thresholds: defaultThresholds, leads: leadTableWith(defaultThresholds) }))
    // Safe, here and below: each program prints what these types say.
    const prepared = (await work('./compare-prepare.ts', [String(rows), String(persons)])) as { builtMs: number; megabytes: number }
    const measure = async (list: string, times: number, lanes = 2) =>
      (await work('./compare-work.ts', [list, String(times), String(lanes)], probeFlags)) as Measured
    const once = await measure('utf8.csv', 1)
    const onceAlone = await measure('utf8.csv', 1, 1)
    const utf8 = await measure('utf8.csv', rounds)
    const alone = await measure('utf8.csv', rounds, 1)
    const gb = await measure('gb.csv', rounds)
    const duck = (await work('./compare-duck.ts', ['utf8.csv'])) as { times: number[]; peakMb: number }
    const result = summarise({ rows, persons, prepared, once, onceAlone, utf8, alone, gb, duck })
    if (options.json === true) console.log(JSON.stringify(result))
    else print(result)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const middle = (values: number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
const streamOf = (measured: Measured): number => middle(measured.rounds.map((round) => round.stream))
const rawOf = (measured: Measured): number => middle(measured.rounds.map((round) => round.raw))
const ratioOf = (measured: Measured): number => middle(measured.rounds.map((round) => round.stream / round.raw))

interface Inputs {
  rows: number
  persons: number
  prepared: { builtMs: number; megabytes: number }
  once: Measured
  onceAlone: Measured
  utf8: Measured
  alone: Measured
  gb: Measured
  duck: { times: number[]; peakMb: number }
}

function summarise({ rows, persons, prepared, once, onceAlone, utf8, alone, gb, duck }: Inputs) {
  return {
    rows,
    persons,
    megabytes: utf8.bytes / 1e6,
    indexBuiltMs: prepared.builtMs,
    indexMb: prepared.megabytes,
    registerLoadMs: utf8.loadMs,
    rawMs: rawOf(utf8),
    streamMs: streamOf(utf8),
    judgeMs: middle(utf8.rounds.map((round) => round.judge)),
    rowsPerSecond: (rows / streamOf(utf8)) * 1000,
    ratio: ratioOf(utf8),
    ratioOneCore: ratioOf(alone),
    first: once.rounds[0],
    gbMs: streamOf(gb),
    gbToUtf8: streamOf(gb) / streamOf(utf8),
    peakMb: once.peakMb,
    peakMbOneCore: onceAlone.peakMb,
    firstMonthMs: middle(utf8.rounds.map((round) => round.stream + round.judge)),
    nextMonthMs: middle(utf8.news.map((round) => round.stream + round.judge)),
    delta: utf8.news[0]?.delta,
    classes: utf8.classes,
    duckMs: middle(duck.times),
    duckPeakMb: duck.peakMb,
  }
}

function print(result: ReturnType<typeof summarise>): void {
  const ms = (value: number | undefined) => `${(value ?? 0).toFixed(0)} ms`
  const lines: [name: string, value: string, budget: string][] = [
    ['list', `${result.rows} rows, ${result.megabytes.toFixed(0)} MB; register ${result.persons} persons`, ''],
    ['register index', `built in ${ms(result.indexBuiltMs)}, ${result.indexMb.toFixed(0)} MB`, ''],
    ['register loaded and decrypted', ms(result.registerLoadMs), '≤ 10 s'],
    ['raw scan', ms(result.rawMs), ''],
    ['compare, two readers', `${ms(result.streamMs)} = ${(result.rowsPerSecond / 1e6).toFixed(2)} million rows/s`, ''],
    ['ratio to the raw scan', `${result.ratio.toFixed(2)} (one reader alone ${result.ratioOneCore.toFixed(2)})`, '≤ 2'],
    ['delta and leads behind it', ms(result.judgeMs), ''],
    ['first round of a new process', `raw ${ms(result.first?.raw)}, compare ${ms(result.first?.stream)}`, ''],
    ['GB18030', `${ms(result.gbMs)} = ${result.gbToUtf8.toFixed(2)} of UTF-8`, '0.8–1.2'],
    ['peak memory, whole process', `${result.peakMb.toFixed(0)} MB (one reader ${result.peakMbOneCore.toFixed(0)} MB)`, '≤ 250 MB'],
    [
      'next month, 2 % changed',
      `${ms(result.nextMonthMs)}, the first ${ms(result.firstMonthMs)} ${JSON.stringify(result.delta)}`,
      '≤ the first',
    ],
    ['DuckDB, same join, 2 threads', `${ms(result.duckMs)}, ${result.duckPeakMb.toFixed(0)} MB; exact numbers only`, ''],
  ]
  for (const [name, value, budget] of lines) console.log(`${name.padEnd(30)} ${value}${budget === '' ? '' : `   (budget ${budget})`}`)
}
