import { chmodSync, createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { dayOf, instantOf } from '../../src/kernel/pure/time/index.ts'
import { grantArea, grantCounty, type Context } from '../../src/kernel/server/caller/index.ts'
import { migrate, openDatabase, startEmbedded } from '../../src/kernel/server/database/index.ts'
import { openVault } from '../../src/kernel/server/vault/index.ts'
import { foundCounty, systemContext } from '../../src/modules/identity/server/module.ts'
import { importAreas } from '../../src/modules/identity/server/import-areas.ts'
import { countRecords, readBoard, readStatistics } from '../../src/modules/ledgers/server/count-records.ts'
import { applyImport, stageFile } from '../../src/modules/ledgers/server/imports.ts'
import { searchRecords } from '../../src/modules/ledgers/server/read-records.ts'
import { askLedger, csvOf, multiplyRecords, type Asked } from './ledgers-data.ts'
import { askDocuments } from './ledgers-peer.ts'

/** Budget of issue 6: 1,000,000 records, first page by any offered sort or filter, rows imported per second (design.md §11: from the staged rows to the commit), statistics. */
const budget = { records: 1_000_000, pageMs: 150, rowsPerSecond: 10_000, statisticsMs: 1000 }
const countyCode = '990301'
const templateKey = 'generic.inspection'
const rounds = 3
const administrators = [
  { role: 'system-administrator', name: '甲', loginName: 'system' },
  { role: 'security-administrator', name: '乙', loginName: 'security' },
  { role: 'audit-administrator', name: '丙', loginName: 'audit' },
] as const

/** Imports `rows` records from a file, copies them to a million, and asks for pages, counts and sums as the screens do. */
export async function runLedgersBench({ rows = 100_000 }: { rows?: number } = {}): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  chmodSync(root, 0o755)
  const server = await startEmbedded(join(root, 'data'))
  try {
    await migrate(server.access, 'bangfu')
    const database = openDatabase(server.access, 'bangfu')
    const deps = { vault: openVault(join(root, 'data', 'keys'), true), filesDirectory: join(root, 'data', 'files') }
    await foundCounty(database, Date.now, { countyCode, name: '测试县', administrators: [...administrators] })
    const areas = csvOf(rows)
    await importAreas(systemContext(database, Date.now, { countyCode, reason: 'bench' }), { rows: areas.areas, isDryRun: false })
    const now = Date.now()
    const as = (scope: Context['scope'], roles: string[]): Context => ({
      caller: { id: 'test:bench', name: '测试员', roles },
      scope,
      now: instantOf(now),
      today: dayOf(now),
      database,
      deadline: 'request',
    })
    const officer = as(grantCounty(countyCode), ['county-data-officer'])
    const path = join(root, 'rows.csv')
    writeFileSync(path, areas.text)
    const began = performance.now()
    const dry = await stageFile(officer, deps, { templateKey, fileName: 'rows.csv', stream: createReadStream(path) })
    const staged = performance.now()
    await applyImport({ ...officer, deadline: 'job' }, deps, { templateKey, importId: dry.importId })
    const applied = performance.now()
    const perSecond = (fromMs: number) => Math.round(rows / ((applied - fromMs) / 1000))
    const seconds = (fromMs: number, toMs: number) => `${((toMs - fromMs) / 1000).toFixed(1)} s`
    console.log(`ledgers: ${JSON.stringify(dry.counts)}`)
    console.log(
      `  import ${rows.toLocaleString('en')} rows, from the staged rows to the commit: ${seconds(staged, applied)}, ${perSecond(staged).toLocaleString('en')} rows/s (budget ${budget.rowsPerSecond.toLocaleString('en')}) ${perSecond(staged) >= budget.rowsPerSecond ? 'ok' : 'MISSED'}`,
    )
    console.log(
      `    reading, judging and staging before it: ${seconds(began, staged)}; both together ${seconds(began, applied)}: ${perSecond(began).toLocaleString('en')} rows/s`,
    )
    const client = new Client({ ...server.access.admin, database: 'bangfu' })
    await client.connect()
    const total = await multiplyRecords(client, { templateKey, records: budget.records })
    const township = as(grantArea(countyCode, areas.townshipPath), ['township-officer'])
    const village = as(grantArea(countyCode, areas.villagePath), ['village-cadre'])
    console.log(`  ${total.toLocaleString('en')} records`)
    const readers = { county: officer, township, village }
    await report(
      'first page',
      budget.pageMs,
      readers,
      askLedger(areas, (ctx, search) => searchRecords(ctx, { templateKey, fields: [], limit: 50, ...search })),
    )
    const all = { templateKey, fields: [] }
    await report('statistics', budget.statisticsMs, readers, [
      { kind: 'counts', name: 'all', ask: (ctx) => countRecords(ctx, all) },
      ...(['state', 'township', 'category', 'result', 'month:inspected-on'] as const).map((group) => ({
        kind: 'groups',
        name: `by ${group}`,
        ask: (ctx: Context) => readStatistics(ctx, { ...all, groups: [group], sums: ['score'] }),
      })),
      {
        kind: 'groups',
        name: 'township × result',
        ask: (ctx) => readStatistics(ctx, { ...all, groups: ['township', 'result'], sums: ['score'] }),
      },
      { kind: 'board', name: 'by state', ask: (ctx) => readBoard(ctx, { ...all, limit: 20 }) },
    ])
    await client.query('CHECKPOINT')
    await importAgain(officer, deps, { root, rows, text: areas.text })
    await askDocuments(client, templateKey)
    await client.end()
    await database.close()
  } finally {
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

/** The same file once more, with other subjects, into the full ledger and straight after a checkpoint: each page of an index that it touches is written whole. */
async function importAgain(
  officer: Context,
  deps: Parameters<typeof stageFile>[1],
  given: { root: string; rows: number; text: string },
): Promise<void> {
  const path = join(given.root, 'again.csv')
  writeFileSync(path, given.text.split('检查事项').join('复查事项'))
  const began = performance.now()
  const dry = await stageFile(officer, deps, { templateKey, fileName: 'again.csv', stream: createReadStream(path) })
  const staged = performance.now()
  await applyImport({ ...officer, deadline: 'job' }, deps, { templateKey, importId: dry.importId })
  const applied = performance.now()
  const perSecond = (fromMs: number) => Math.round(given.rows / ((applied - fromMs) / 1000)).toLocaleString('en')
  console.log(
    `  import of the same number into the full ledger: ${perSecond(staged)} rows/s from the staged rows to the commit, ${perSecond(began)} rows/s from the file`,
  )
}

interface Slow {
  readonly ms: number
  readonly said: string
}

/** Asks everything of everybody and prints p50, p95 and the worst by kind, all readers together, then of all, then what is slow. */
async function report(what: string, limitMs: number, readers: Readonly<Record<string, Context>>, asked: readonly Asked[]): Promise<void> {
  const byKind = new Map<string, number[]>()
  const slow: Slow[] = []
  for (const [reader, ctx] of Object.entries(readers))
    for (const { kind, name, lead, ask } of asked) {
      const after = await lead?.(ctx)
      if (lead !== undefined && after === undefined) continue
      const times: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const began = performance.now()
        await ask(ctx, after).catch((fault: unknown) =>
          slow.push({ ms: Number.MAX_SAFE_INTEGER, said: `${reader} ${kind}, ${name}: ${String(fault)}` }),
        )
        times.push(performance.now() - began)
      }
      byKind.set(kind, [...(byKind.get(kind) ?? []), ...times])
      const middle = times.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? 0
      if (middle > limitMs / 2) slow.push({ ms: middle, said: `${reader} ${kind}, ${name}: ${middle.toFixed(0)} ms` })
    }
  const all = [...byKind.values()].flat()
  const verdict = shareOf(all, 0.95) <= limitMs ? 'ok' : 'MISSED'
  console.log(`  ${what}: ${all.length} asked, ${figuresOf(all)} (budget ${limitMs} ms p95) ${verdict}`)
  for (const [kind, times] of byKind) console.log(`    ${kind.padEnd(36)} ${String(times.length).padStart(5)} asked, ${figuresOf(times)}`)
  const worst = slow.sort((one, other) => other.ms - one.ms).slice(0, 25)
  if (worst.length > 0) console.log(`    above half of the budget, by their middle (${slow.length}, the slowest first):`)
  for (const { said } of worst) console.log(`      ${said}`)
}

function shareOf(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

const figuresOf = (times: readonly number[]): string =>
  `p50 ${shareOf(times, 0.5).toFixed(0)} ms, p95 ${shareOf(times, 0.95).toFixed(0)} ms, worst ${shareOf(times, 1).toFixed(0)} ms`
