import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Context } from '../../src/kernel/server/caller/index.ts'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import { inTransaction, migrate, openDatabase, startEmbedded } from '../../src/kernel/server/database/index.ts'
import { dayOf, instantOf } from '../../src/kernel/pure/time/index.ts'
import { openVault } from '../../src/kernel/server/vault/index.ts'
import { foundCounty } from '../../src/modules/identity/server/module.ts'
import { importFiles, type ImportedFile } from '../../src/modules/registry/server/module.ts'
import { sql } from 'kysely'
import { writeRegister } from './import-data.ts'
import { watchHealth, type Answers } from './import-health.ts'

/** Budget of design.md §11: person rows a second from the staged rows to the commit, wanted and floor; memory of the program; and our own: it answers while it reads. */
const budget = { rowsPerSecond: 20_000, floor: 8_000, peakMb: 512, answerMs: 200 }
const administrators = [
  { role: 'system-administrator', name: '甲', loginName: 'system' },
  { role: 'security-administrator', name: '乙', loginName: 'security' },
  { role: 'audit-administrator', name: '丙', loginName: 'audit' },
] as const

/** Prints the import's budget: a register of `persons` rows staged, compared and applied, then again unchanged; raw scan and DuckDB beside it. */
export async function runImportBench({ persons = 1_000_000 }: { rows?: number; persons?: number } = {}): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  chmodSync(root, 0o755)
  const file = join(root, '农户信息.csv')
  const bytes = await writeRegister(file, persons)
  console.log(`import: ${persons.toLocaleString('en')} persons, ${(bytes / 1e6).toFixed(0)} MB csv`)
  const rawMs = scanRaw(file)
  const server = await startEmbedded(join(root, 'data'))
  try {
    await migrate(server.access, 'bangfu')
    const database = openDatabase(server.access, 'bangfu')
    const vault = openVault(join(root, 'data', 'keys'), true)
    await foundCounty(database, Date.now, { countyCode: '990301', name: '试验县', administrators: [...administrators] })
    const now = Date.now()
    const ctx: Context = {
      caller: { id: 'system:bench', name: 'bench', roles: [] },
      scope: grantSystem('990301', 'bench'),
      now: instantOf(now),
      today: dayOf(now),
      database,
      deadline: 'job',
    }
    const peak = watchMemory()
    const deps = { vault, filesDirectory: join(root, 'data', 'files') }
    const health = await watchHealth()
    const whileReading = (progress: { step: string }) => (progress.step === 'compare' ? void health.stop() : undefined)
    const first = (await importFiles(ctx, deps, { paths: [file], onProgress: whileReading })).files[0]
    const answers = await health.stop()
    const second = (await importFiles(ctx, deps, { paths: [file] })).files[0]
    const { rssMb, childMb } = peak.stop()
    await checkCounts(ctx, persons)
    await database.close()
    report({ persons, first, second, answers, rawMs, rssMb, childMb, duckMs: duckImport(file) })
  } finally {
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

/** The same process reading 1 MiB blocks and finding every line break and separator. */
function scanRaw(file: string): number {
  const began = performance.now()
  const bytes = readFileSync(file)
  let found = 0
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 10 || bytes[at] === 44) found += 1
  if (found === 0) throw new Error('the file has no rows')
  return performance.now() - began
}

async function checkCounts(ctx: Context, persons: number): Promise<void> {
  const rows = await inTransaction(ctx, (db) => sql<{ n: bigint }>`SELECT count(*) AS n FROM registry.person`.execute(db))
  if (Number(rows.rows[0]?.n) !== persons) throw new Error(`the register holds ${String(rows.rows[0]?.n)} persons, not ${persons}`)
}

/** The highest resident memory of this process and of the child that reads the file, looked at ten times a second. */
function watchMemory(): { stop(): { rssMb: number; childMb: number } } {
  let [own, child] = [0, 0]
  const look = setInterval(() => {
    own = Math.max(own, process.memoryUsage.rss())
    child = Math.max(child, rssOfChildren())
  }, 100)
  return {
    stop: () => {
      clearInterval(look)
      return { rssMb: own / 1_048_576, childMb: child / 1024 }
    },
  }
}

/** Kilobytes of the children of this process that read files; 0 where there is no /proc. */
function rssOfChildren(): number {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/sandbox-'))
      .map((pid) => readFileSync(`/proc/${pid}/status`, 'utf8'))
      .filter((status) => new RegExp(`^PPid:\\t${process.pid}$`, 'm').test(status))
      .reduce((sum, status) => sum + Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0), 0)
  } catch {
    return 0 // a process ended between the listing and the reading, or another system
  }
}

/** The peer: DuckDB reading the same file into a table of its own, without checks, encryption, search keys or history. */
function duckImport(file: string): number {
  const program = fileURLToPath(new URL('./import-duck.ts', import.meta.url))
  return Number(execFileSync(process.execPath, ['--no-warnings', program, file], { encoding: 'utf8' }))
}

interface Figures {
  persons: number
  first: ImportedFile | undefined
  second: ImportedFile | undefined
  answers: Answers
  rawMs: number
  rssMb: number
  childMb: number
  duckMs: number
}

function report({ persons, first, second, answers, rawMs, rssMb, childMb, duckMs }: Figures): void {
  if (first?.batch === undefined || second?.batch === undefined)
    throw new Error(`refused: ${JSON.stringify(first?.error ?? second?.error)}`)
  const rate = persons / first.seconds.apply
  const line = (name: string, value: string, verdict = '') => console.log(`${name.padEnd(44)}${value.padStart(14)}  ${verdict}`)
  line(
    'read, check, seal, stage, compare',
    `${first.seconds.stage.toFixed(1)} s`,
    `${Math.round(persons / first.seconds.stage).toLocaleString('en')} rows/s`,
  )
  line(
    'staged rows to commit',
    `${first.seconds.apply.toFixed(1)} s`,
    `${Math.round(rate).toLocaleString('en')} rows/s; budget ≥ ${budget.rowsPerSecond.toLocaleString('en')} (floor ${budget.floor.toLocaleString('en')}): ${rate >= budget.rowsPerSecond ? 'met' : rate >= budget.floor ? 'floor met' : 'MISSED'}`,
  )
  line(
    'total',
    `${(first.seconds.stage + first.seconds.apply).toFixed(1)} s`,
    `${Math.round(persons / (first.seconds.stage + first.seconds.apply)).toLocaleString('en')} rows/s`,
  )
  const again = second.batch.differences.person
  line(
    'the same file again',
    `${(second.seconds.stage + second.seconds.apply).toFixed(1)} s`,
    `new ${again?.new ?? 0}, changed ${again?.changed ?? 0}, same ${again?.same ?? 0}`,
  )
  line(
    'peak memory of the program',
    `${rssMb.toFixed(0)} MB`,
    `budget < ${budget.peakMb}: ${rssMb < budget.peakMb ? 'met' : 'MISSED'}; reading child ${childMb.toFixed(0)} MB`,
  )
  line(
    '/healthz while it reads, 99 of 100',
    `${answers.p99.toFixed(0)} ms`,
    `wanted < ${budget.answerMs}: ${answers.p99 < budget.answerMs ? 'met' : 'MISSED'}; longest ${answers.longest.toFixed(0)} ms of ${answers.count} answers`,
  )
  line(
    'raw scan of the same bytes',
    `${(rawMs / 1000).toFixed(2)} s`,
    `total is ${(((first.seconds.stage + first.seconds.apply) * 1000) / rawMs).toFixed(0)}× of it`,
  )
  line('DuckDB, the same file into a bare table', `${(duckMs / 1000).toFixed(2)} s`, 'no checks, no encryption, no search keys, no history')
}
