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

/** Budget of issue 6: 1,000,000 records, first page by any offered sort or filter, rows imported per second (design.md §11: from the staged rows to the commit), statistics. */
const budget = { records: 1_000_000, pageMs: 150, rowsPerSecond: 10_000, statisticsMs: 1000 }
const countyCode = '990301'
const templateKey = 'generic.inspection'
const rounds = 5
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
    await client.end()
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
      { name: 'counts', ask: (ctx) => countRecords(ctx, all) },
      ...(['state', 'township', 'category', 'result', 'month:inspected-on'] as const).map((group) => ({
        name: `by ${group}`,
        ask: (ctx: Context) => readStatistics(ctx, { ...all, groups: [group], sums: ['score'] }),
      })),
      { name: 'township × result', ask: (ctx) => readStatistics(ctx, { ...all, groups: ['township', 'result'], sums: ['score'] }) },
      { name: 'board', ask: (ctx) => readBoard(ctx, { ...all, limit: 20 }) },
    ])
    await database.close()
  } finally {
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

async function report(what: string, limitMs: number, readers: Readonly<Record<string, Context>>, asked: readonly Asked[]): Promise<void> {
  const all: number[] = []
  const slow: string[] = []
  for (const [reader, ctx] of Object.entries(readers))
    for (const { name, ask } of asked) {
      const times: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const began = performance.now()
        await ask(ctx).catch((fault: unknown) => slow.push(`${reader} ${name}: ${String(fault)}`))
        times.push(performance.now() - began)
      }
      all.push(...times)
      const middle = times.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? 0
      if (middle > limitMs / 2) slow.push(`${reader} ${name}: ${middle.toFixed(0)} ms`)
    }
  all.sort((one, other) => one - other)
  const p = (share: number) => all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0
  console.log(
    `  ${what}: ${all.length} asked, p50 ${p(0.5).toFixed(0)} ms, p95 ${p(0.95).toFixed(0)} ms, worst ${p(1).toFixed(0)} ms (budget ${limitMs} ms) ${p(0.95) <= limitMs ? 'ok' : 'MISSED'}`,
  )
  for (const line of slow) console.log(`    ${line}`)
}
