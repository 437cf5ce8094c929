import { compileTable, decideColumns, decideRecord } from '../../src/kernel/pure/decisions/index.ts'
import { newEvaluation } from '../../src/kernel/pure/decisions/compile.ts'
import { runCountyClassification } from './decisions-county.ts'
import { runFeelin, runZen, type PeerRun } from './decisions-peers.ts'
import { columnsOf, makeCells, makeRecords, makeTable, place, scopeOf, type BenchRecord } from './decisions-table.ts'

/** Budgets of design.md §11. */
const budget = { columnar: 5_000_000, timesZen: 100, single: 200_000, countyMs: 1_000 }
const households = 250_000

/** Prints how many decisions a second a table of 30 rows and 4 inputs makes, in columns and one by one, with Zen and feelin in the same run. */
export async function runDecisionsBench({ rows = 1_000_000, persons }: { rows?: number; persons?: number } = {}): Promise<void> {
  const cells = makeCells()
  const table = makeTable(cells)
  const records = makeRecords(rows)
  const compiled = compileTable(table, place)
  console.log(`decisions: ${cells.length} rows, 4 inputs, 2 outputs, FIRST; ${rows.toLocaleString('en')} records, columns already made`)
  const facts = columnsOf(records)
  const columnar = best(7, rows, () => decideColumns(compiled, facts, rows))
  const decided = decideColumns(compiled, facts, rows)
  print('columnar', columnar, `budget ${budget.columnar.toLocaleString('en')} a second and core`, columnar.perSecond >= budget.columnar)
  const few = records.slice(0, 100_000)
  const scopes = few.map(scopeOf)
  const single = best(5, few.length, () => scopes.forEach((scope) => decideRecord(compiled, scope)))
  print('single record', single, `budget ${budget.single.toLocaleString('en')}`, single.perSecond >= budget.single)
  const plain = best(1, 5_000, () => scopes.slice(0, 5_000).forEach((scope) => compiled.interpreted.evaluate(scope, newEvaluation())))
  print('our interpreter, every cell', plain)
  const zen = await runZen(cells, records.slice(0, 30_000))
  if (zen === undefined) console.log('zen-engine                     has no build for this machine')
  else {
    const times = columnar.perSecond / zen.perSecond
    print('zen-engine', { perSecond: zen.perSecond }, `we: ${times.toFixed(0)} times, budget ${budget.timesZen}`, times >= budget.timesZen)
    compare('zen-engine', zen, decided.rules)
  }
  const feelin = runFeelin(cells, records.slice(0, 200))
  print('feelin, cell by cell', { perSecond: feelin.perSecond }, `we: ${(columnar.perSecond / feelin.perSecond).toFixed(0)} times`)
  compare('feelin', feelin, decided.rules)
  runCounty(records)
  runLarge(records)
  await runCountyClassification(persons === undefined ? {} : { households: Math.ceil(persons / 3.6) })
}

/** 250,000 households from plain records to classes: columns made, judged, counted. */
function runCounty(records: readonly BenchRecord[]): void {
  const county = records.slice(0, households)
  const compiled = compileTable(makeTable(makeCells()), place)
  const timed = best(3, county.length, () => {
    const decided = decideColumns(compiled, columnsOf(county), county.length)
    const counts = new Int32Array(64)
    for (const rule of decided.rules) counts[rule + 2] = (counts[rule + 2] ?? 0) + 1
  })
  const ms = (county.length * 1000) / timed.perSecond
  console.log(
    `${county.length.toLocaleString('en')} households, from plain records`.padEnd(46),
    `${ms.toFixed(0)} ms`,
    ms < budget.countyMs ? 'within' : 'OVER',
    `the budget of ${budget.countyMs} ms`,
  )
}

/** A table of 10,000 rows: bands of income for each kind. */
function runLarge(records: readonly BenchRecord[]): void {
  const cells = Array.from({ length: 10_000 }, (_, row) => {
    const low = Math.floor(row / 5) * 8
    return [`[${low}..${low + 8})`, '-', '-', `"${['general', 'former', 'unstable', 'edge', 'sudden'][row % 5] ?? ''}"`]
  })
  const began = performance.now()
  const compiled = compileTable(makeTable(cells), place)
  const some = records.slice(0, 200_000)
  const facts = columnsOf(some)
  const decided = decideColumns(compiled, facts, some.length)
  const compileMs = performance.now() - began
  const wrong = some.filter((record, at) => decided.rules[at] !== expectedRow(record)).length
  const timed = best(3, some.length, () => decideColumns(compiled, facts, some.length))
  print('10,000 rows, columnar', timed, `compiled and first run in ${compileMs.toFixed(0)} ms, ${wrong} wrong`, wrong === 0)
}

function expectedRow(record: BenchRecord): number {
  const row = Math.floor(record.incomeFen / 800) * 5 + ['general', 'former', 'unstable', 'edge', 'sudden'].indexOf(record.kind)
  return row < 10_000 ? row : -1
}

interface Timed {
  readonly perSecond: number
  /** By processor time, which a busy machine does not falsify. */
  readonly perCpuSecond?: number
}

function best(rounds: number, count: number, work: () => unknown): Timed {
  let [perSecond, perCpuSecond] = [0, 0]
  for (let round = 0; round < rounds; round += 1) {
    const cpu = process.cpuUsage()
    const began = performance.now()
    work()
    const ms = performance.now() - began
    const used = process.cpuUsage(cpu)
    perSecond = Math.max(perSecond, (count * 1000) / ms)
    perCpuSecond = Math.max(perCpuSecond, (count * 1e6) / (used.user + used.system))
  }
  return { perSecond, perCpuSecond }
}

function print(what: string, { perSecond, perCpuSecond }: Timed, note = '', isWithin?: boolean): void {
  const whole = (value: number) => Math.round(value).toLocaleString('en')
  const cpu = perCpuSecond === undefined ? '' : ` (${whole(perCpuSecond)} a second of processor)`
  const verdict = isWithin === undefined ? '' : isWithin ? 'within · ' : 'OVER · '
  console.log(`${what.padEnd(28)} ${`${whole(perSecond)} a second${cpu}`.padEnd(64)} ${verdict}${note}`)
}

function compare(name: string, { rows }: PeerRun, ours: Int32Array): void {
  const different = rows.filter((row, at) => row !== ours[at]).length
  console.log(`  the same row as ${name}: ${(rows.length - different).toLocaleString('en')} of ${rows.length.toLocaleString('en')}`)
}
