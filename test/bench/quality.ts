import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { dayOf, instantOf } from '../../src/kernel/pure/time/index.ts'
import { grantSystem, type Context } from '../../src/kernel/server/caller/index.ts'
import { inTransaction, migrate, openDatabase, startEmbedded } from '../../src/kernel/server/database/index.ts'
import { openVault } from '../../src/kernel/server/vault/index.ts'
import { generateCounty } from '../../src/modules/demo/server/module.ts'
import { foundCounty } from '../../src/modules/identity/server/module.ts'
import { checkQuality } from '../../src/modules/quality/server/index.ts'
import { importFiles } from '../../src/modules/registry/server/module.ts'
import { multiplyRegister } from './quality-data.ts'
import { runSqlRules } from './quality-sql.ts'

/** Budget of design.md §11: all rules over 900,000 persons, from the database to the last finding. */
const budget = { seconds: 10, persons: 900_000 }
const asOf = '2023-12-31'
const administrators = [
  { role: 'system-administrator', name: '甲', loginName: 'system' },
  { role: 'security-administrator', name: '乙', loginName: 'security' },
  { role: 'audit-administrator', name: '丙', loginName: 'audit' },
] as const

/** Prints the budget of the data rules: every person stands in the monitoring export, so that every rule has to judge every row. */
export async function runQualityBench({ persons = 900_000 }: { rows?: number; persons?: number } = {}): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  chmodSync(root, 0o755)
  const server = await startEmbedded(join(root, 'data'))
  try {
    await migrate(server.access, 'bangfu')
    const database = openDatabase(server.access, 'bangfu')
    const vault = openVault(join(root, 'data', 'keys'), true)
    const { county } = await generateCounty({
      households: 2_500,
      registeredShare: 0.9,
      seed: '7',
      out: join(root, 'county'),
      months: 1,
      startMonth: '202312',
    })
    await foundCounty(database, Date.now, { countyCode: county.code, name: county.name, administrators: [...administrators] })
    const now = Date.now()
    const ctx: Context = {
      caller: { id: 'system:bench', name: 'bench', roles: [] },
      scope: grantSystem(county.code, 'bench'),
      now: instantOf(now),
      today: dayOf(now),
      database,
      deadline: 'job',
    }
    const paths = ['registry', 'national'].flatMap((part) =>
      readdirSync(join(root, 'county', part)).map((name) => join(root, 'county', part, name)),
    )
    const imported = await importFiles(ctx, { vault, filesDirectory: join(root, 'data', 'files') }, { paths })
    const refused = imported.files.find((file) => file.error !== undefined)
    if (refused !== undefined) throw new Error(`${refused.fileName}: ${refused.error?.code ?? ''}`)
    const client = new Client({ ...server.access.admin, database: 'bangfu' })
    await client.connect()
    const made = await multiplyRegister(client, { vault, persons })
    console.log(
      `quality: ${made.persons.toLocaleString('en')} persons, ${made.households.toLocaleString('en')} households, all in the monitoring export`,
    )
    const first = await checkOnce(ctx, vault)
    const second = await checkOnce(ctx, vault)
    report(made, first, second)
    await runSqlRules(client, second.ran)
    await client.end()
    await database.close()
  } finally {
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

interface Checked {
  seconds: number
  /** Processor time of this program; the wall clock of a busy machine says little. */
  cpuSeconds: number
  rssMb: number
  rssBeforeMb: number
  findings: number
  ran: Readonly<Record<string, number>>
  notRun: number
}

/** One check of the whole register: everything read, decoded, judged, and every finding made. */
async function checkOnce(ctx: Context, vault: ReturnType<typeof openVault>): Promise<Checked> {
  const rssBefore = process.memoryUsage.rss()
  let rss = rssBefore
  const cpuBefore = process.cpuUsage()
  const look = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 200)
  const began = performance.now()
  const result = await inTransaction(ctx, async (db) => {
    let findings = 0
    const check = await checkQuality(ctx, db, { vault, asOf, reason: 'bench' })
    for await (const block of check.findings) findings += block.length
    return { findings, summary: check.summary() }
  })
  const seconds = (performance.now() - began) / 1000
  const cpu = process.cpuUsage(cpuBefore)
  clearInterval(look)
  return {
    seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    rssBeforeMb: rssBefore / 1_048_576,
    rssMb: rss / 1_048_576,
    findings: result.findings,
    ran: result.summary.ran,
    notRun: result.summary.notRun.length,
  }
}

function report(made: { persons: number }, first: Checked, second: Checked): void {
  const line = (name: string, value: string, verdict = '') => console.log(`${name.padEnd(44)}${value.padStart(14)}  ${verdict}`)
  const isFull = made.persons >= budget.persons
  const verdict = (seconds: number) =>
    isFull ? `budget < ${budget.seconds} s: ${seconds < budget.seconds ? 'met' : 'MISSED'}` : 'budget speaks of 900,000 persons'
  line('all rules, first run (cold program)', `${first.seconds.toFixed(2)} s`, verdict(first.seconds))
  line('all rules, second run', `${second.seconds.toFixed(2)} s`, verdict(second.seconds))
  line(
    'persons a second',
    Math.round(made.persons / second.seconds).toLocaleString('en'),
    `${Object.keys(second.ran).length} rules ran, ${second.notRun} not run`,
  )
  line(
    'processor time of the program',
    `${second.cpuSeconds.toFixed(2)} s`,
    'the database works beside it, on another core where there is one',
  )
  line('findings', second.findings.toLocaleString('en'))
  line(
    'peak memory of the program',
    `${Math.max(first.rssMb, second.rssMb).toFixed(0)} MB`,
    `before the check ${first.rssBeforeMb.toFixed(0)} MB, from making the rows`,
  )
}
