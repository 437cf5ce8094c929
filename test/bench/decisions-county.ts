import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { beginClassification, followClassification, judgeAll, judgeRegister } from '../../src/modules/cases/server/index.ts'
import { readClassCounts, readClassification } from '../../src/modules/cases/server/read-classification.ts'
import { compiledTable } from '../../src/modules/policies/server/index.ts'
import { listSimulatedNames, simulate } from '../../src/modules/policies/server/simulate.ts'
import { openBenchRegister, type BenchRegister } from './decisions-register.ts'

/** Budgets of design.md §11 for 250,000 households. */
const budget = { judgingMs: 1_000, keptMs: 5_000, whatIfMs: 3_000, households: 250_000 }
const asOf = '2025-10-31'
const later = '2026-03-31'

/** Prints how long a county's register takes to be classified by the shipped tables: loaded, judged, kept with its trace, judged again. */
export async function runCountyClassification({ households = budget.households }: { households?: number } = {}): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  let register: BenchRegister | undefined
  try {
    register = await openBenchRegister(root, households)
    console.log(
      `classification: ${register.households.toLocaleString('en')} households, ${register.persons.toLocaleString('en')} persons in PostgreSQL, shipped tables`,
    )
    await judgeOnly(register)
    await keep(register, { day: asOf, what: 'first: every household is written' })
    await keep(register, { day: asOf, what: 'again, nothing changed' })
    await keep(register, { day: later, what: 'five months later' })
    await readBack(register)
    await whatIf(register)
  } finally {
    await register?.close()
    rmSync(root, { recursive: true, force: true })
  }
}

async function judgeOnly({ ctx, households }: BenchRegister): Promise<void> {
  const judged = await inTransaction(ctx, (db) => judgeRegister({ ...ctx, db }, { asOf, reason: 'bench' }))
  line('facts loaded into columns', judged.tookMs.loading)
  let best = Infinity
  for (let round = 0; round < 5; round += 1) {
    const began = performance.now()
    judgeAll(judged.areas, { ...judged.households, asOf })
    best = Math.min(best, performance.now() - began)
  }
  const tables = judged.areas[0]?.tables.length ?? 0
  line(`judged by ${tables} tables, columns loaded (best of 5)`, best, verdict(best, budget.judgingMs, households))
}

async function keep({ ctx, households }: BenchRegister, { day, what }: { day: string; what: string }): Promise<void> {
  const { runId } = await beginClassification(ctx, day)
  const cpu = process.cpuUsage()
  const done = await followClassification(ctx, { clock: Date.now }, { runId, asOf: day })
  const used = process.cpuUsage(cpu)
  const { loading, judging, keeping } = done.tookMs
  const { added, changed, renewed, still } = done
  line(`judged and kept with trace, ${what}`, judging + keeping, verdict(judging + keeping, budget.keptMs, households))
  console.log(
    `  loading ${loading.toFixed(0)} ms, judging ${judging.toFixed(0)}, keeping ${keeping.toFixed(0)}; this program's processor ${((used.user + used.system) / 1e6).toFixed(1)} s; added ${added}, changed ${changed}, renewed ${renewed}, still ${still}`,
  )
}

/** What the screen asks: the matrix of the county, and names. */
async function readBack({ ctx }: BenchRegister): Promise<void> {
  const reading = { ...ctx, deadline: 'request' as const }
  const asked: [string, () => Promise<unknown>][] = [
    ['matrix of the county by township', () => readClassCounts(reading, {})],
    ['matrix as it was held on a past day', () => readClassCounts(reading, { asOf })],
    ['a page of names of one layer, with their number', () => readClassification(reading, { layer: '第一层' })],
  ]
  for (const [what, ask] of asked) {
    const began = performance.now()
    await ask()
    line(what, performance.now() - began)
  }
}

/** A draft of the layers over the whole county: who is in the second layer at once instead of after months; old to new by township, and names. */
async function whatIf({ ctx, households }: BenchRegister): Promise<void> {
  const officer = { ...ctx, caller: { ...ctx.caller, roles: ['county-data-officer'] } }
  const { version } = await compiledTable(ctx, 'cases.layer', { asOf })
  const ask = { content: version.content.replaceAll('"第一层"', '"第二层"').replace('"第二层","第二层"', '"第一层","第二层"'), asOf }
  for (const what of ['facts read', 'facts kept from the question before']) {
    const began = performance.now()
    const found = await simulate(officer, { key: 'cases.layer', ask })
    const names = await listSimulatedNames(officer, { key: 'cases.layer', ask })
    const ms = performance.now() - began
    line(`what-if of the whole county with a page of names, ${what}`, ms, verdict(ms, budget.whatIfMs, households))
    console.log(
      `  ${found.count.toLocaleString('en')} judged, ${found.changed.toLocaleString('en')} change, ${names.items.length} names of the first page`,
    )
  }
}

function line(what: string, ms: number, said = ''): void {
  console.log(`${what.padEnd(64)} ${`${ms.toFixed(0)} ms`.padStart(10)}  ${said}`)
}

function verdict(ms: number, limit: number, households: number): string {
  if (households < budget.households) return `budget speaks of ${budget.households.toLocaleString('en')} households`
  return `${ms < limit ? 'within' : 'OVER'} the budget of ${limit} ms`
}
