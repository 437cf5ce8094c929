import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { grantCounty, type Context } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { beginClassification, followClassification, judgeAll, judgeRegister } from '../../src/modules/cases/server/index.ts'
import { readClassCounts, readClassification } from '../../src/modules/cases/server/classes/read-classification.ts'
import { Parameters, type AskSimulation, type StartDraft } from '../../src/modules/policies/contract.ts'
import { compiledTable } from '../../src/modules/policies/server/index.ts'
import { readPolicy } from '../../src/modules/policies/server/read-policies.ts'
import { listSimulatedNames, simulate } from '../../src/modules/policies/server/simulate.ts'
import { draftPolicy, movePolicy, publishPolicy } from '../../src/modules/policies/server/write-drafts.ts'
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
    await whatItCosts(register)
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
async function whatIf(register: BenchRegister): Promise<void> {
  const { version } = await compiledTable(register.ctx, 'cases.layer', { asOf })
  const content = version.content.replaceAll('"第一层"', '"第二层"').replace('"第二层","第二层"', '"第一层","第二层"')
  await tryOut(register, { what: 'the layers', key: 'cases.layer', ask: { content, asOf } })
}

const standards = 'safeguards.allowance-standards'

/** A higher standard of the allowance instead of the one that the county pays: computed amounts before and after, by township, and names with both. */
async function whatItCosts(register: BenchRegister): Promise<void> {
  const text = await readPolicy(officerOf(register), standards, {})
  const { values } = Parameters.parse(JSON.parse(text.content))
  const withStandard = (value: string) =>
    JSON.stringify({ values: values.map((one) => (one.name === '农村低保月标准' ? { ...one, value } : one)) })
  await publish(register, { content: withStandard('480.00'), effectiveFrom: '2025-01-01', effectiveTo: null, note: '', examples: [] })
  await tryOut(register, { what: 'the allowance, with money', key: standards, ask: { content: withStandard('560.00'), asOf: later } })
}

const officerOf = ({ ctx }: BenchRegister): Context => ({
  ...ctx,
  scope: grantCounty(ctx.scope.countyCode),
  caller: { id: 'bench:officer', name: 'officer', roles: ['county-data-officer'] },
})

async function publish(register: BenchRegister, text: Omit<StartDraft, 'paper' | 'areaPath'>): Promise<void> {
  const officer = officerOf(register)
  const paper = { documentNo: '试〔2025〕1号', documentTitle: '', clause: '' }
  const { versionId, revision } = await draftPolicy(officer, standards, { ...text, paper })
  const submitted = await movePolicy(officer, versionId, { to: 'submitted', revision, note: '' })
  const leader = { ...officer, caller: { id: 'bench:leader', name: 'leader', roles: ['county-leader'] } }
  await publishPolicy(leader, versionId, { revision: submitted.revision, note: '' })
}

/** Asked as the screen asks: the whole, then the first page of names; twice. */
async function tryOut(register: BenchRegister, asked: { what: string; key: string; ask: AskSimulation }): Promise<void> {
  const { key, ask } = asked
  const officer = officerOf(register)
  for (const what of ['facts read', 'facts kept']) {
    const began = performance.now()
    const found = await simulate(officer, { key, ask })
    const names = await listSimulatedNames(officer, { key, ask })
    const ms = performance.now() - began
    line(`what-if of ${asked.what}, with a page of names, ${what}`, ms, verdict(ms, budget.whatIfMs, register.households))
    const money = found.money.map(({ output, oldFen, newFen }) => `; ${output} ${yuan(oldFen)} → ${yuan(newFen)} yuan`)
    console.log(
      `  ${found.count.toLocaleString('en')} judged, ${found.changed.toLocaleString('en')} change, ${names.items.length} names of the first page${money.join('')}`,
    )
  }
}

const yuan = (fen: string) => `${fen.slice(0, -2) || '0'}.${fen.slice(-2).padStart(2, '0')}`

function line(what: string, ms: number, said = ''): void {
  console.log(`${what.padEnd(64)} ${`${ms.toFixed(0)} ms`.padStart(10)}  ${said}`)
}

function verdict(ms: number, limit: number, households: number): string {
  if (households < budget.households) return `budget speaks of ${budget.households.toLocaleString('en')} households`
  return `${ms < limit ? 'within' : 'OVER'} the budget of ${limit} ms`
}
