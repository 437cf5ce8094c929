import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Client, Pool } from 'pg'
import { makeServer } from '../../src/kernel/server/http/index.ts'
import { migrate, openDatabase, startEmbedded, type Database, type ServerAccess } from '../../src/kernel/server/database/index.ts'
import { installQueue, jobsOf, startJobs } from '../../src/kernel/server/jobs/index.ts'
import { makeLog } from '../../src/kernel/server/log/index.ts'
import { openVault } from '../../src/kernel/server/vault/index.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { givenCounty, givenUser } from '../../src/modules/identity/server/given.ts'
import { importAreas, listAreas, makeIdentityPlug, systemContext } from '../../src/modules/identity/server/module.ts'
import { makePoliciesPlug } from '../../src/modules/policies/server/module.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { fillCounty, idOf, type MadeCounty } from './api-data.ts'
import type { LoadUser, Measured, Phase } from './api-load.ts'
import { watchCost, type Cost } from './api-cost.ts'
import { describeDisk, reportActions, reportCost, reportRate, reportThink } from './api-report.ts'

/** What the phases last; together some four minutes beside the filling. */
const seconds = { warm: 10, think: 60, rate: 6, actions: 15, commits: 3 }
const rates = [25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 650, 800, 1000, 1250, 1500]
const townships = 20
const villagesOfTownship = 15

export interface ApiBench {
  readonly persons?: number
  readonly events?: number
  /** Only the workflow actions, without the phases of reads. */
  readonly writesOnly?: boolean
}

/**
 * Reads and writes through the real routes, by 100 users with 5 s think time from a process of their own on the same machine; the highest rate of reads
 * that keeps the 95th percentile; and workflow actions a second, with what the disk's fsync allows beside them.
 */
export async function runApiBench({ persons = 1_000_000, events = 10_000_000, writesOnly = false }: ApiBench = {}): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  chmodSync(root, 0o755)
  const server = await startEmbedded(join(root, 'data'))
  try {
    await migrate(server.access, 'bangfu')
    await installQueue(server.access, 'bangfu')
    const database = openDatabase(server.access, 'bangfu')
    try {
      await measure({ root, access: server.access, database, persons, events, writesOnly })
    } finally {
      await database.close()
    }
  } finally {
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

interface Given {
  root: string
  access: ServerAccess
  database: Database
  persons: number
  events: number
  writesOnly: boolean
}

async function measure(given: Given): Promise<void> {
  const { root, access, database } = given
  const vault = openVault(join(root, 'data', 'keys'), true)
  const began = performance.now()
  const { made, users } = await prepare(given, vault)
  const took = ((performance.now() - began) / 1000).toFixed(0)
  const counted = [made.persons, made.households, made.cases, made.events].map((n) => n.toLocaleString('en'))
  console.log(
    `api: ${counted[0]} persons, ${counted[1]} households, ${counted[2]} cases, ${counted[3]} events, made in ${took} s; 100 users`,
  )
  const parts = { database, vault, filesDirectory: join(root, 'data', 'files') }
  const identity = makeIdentityPlug(parts)
  const plugs = [identity, makeRegistryPlug(parts), makeScreeningPlug(parts), makePoliciesPlug(), makeCasesPlug(parts)]
  const log = makeLog('silent')
  const http = await makeServer({ routes: plugs.flatMap((plug) => plug.routes), gatekeeper: identity.gatekeeper, log })
  const jobs = await startJobs({ access, database, jobs: jobsOf(plugs), log })
  try {
    await http.listen({ host: '127.0.0.1', port: 0 })
    const address = http.server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const phases = { access, port, users }
    if (!given.writesOnly) await runReads(phases)
    await runActions({ ...phases, cost: watchCost(database, join(root, 'data')) })
  } finally {
    await http.close()
    await jobs.stop()
  }
}

interface Phases {
  access: ServerAccess
  port: number
  users: readonly LoadUser[]
}

async function runReads({ port, users }: Phases): Promise<void> {
  await load({ port, users, kind: 'rate', perSecond: 50, seconds: seconds.warm })
  reportThink(await load({ port, users, kind: 'think', thinkMs: 5_000, seconds: seconds.think }))
  for (const perSecond of rates) {
    const measured = await load({ port, users, kind: 'rate', perSecond, seconds: seconds.rate })
    if (!reportRate(perSecond, measured)) break
  }
}

async function runActions({ access, port, users, cost }: Phases & { cost: Cost }): Promise<void> {
  const officers = users.filter((user) => user.own.length > 0)
  const cadres = users.filter((user) => user.free.length > 0)
  for (const [kind, people] of [
    ['act', officers],
    ['open', cadres],
  ] as const) {
    // What is acted on is looked at and known before the time that is measured.
    const { standings } = kind === 'act' ? await load({ port, users: people, kind, seconds: seconds.warm }) : { standings: {} }
    const spent = cost.begin()
    const measured = await load({ port, users: people, kind, seconds: seconds.actions, standings })
    reportActions({ name: kind, measured, users: people.length })
    reportCost(spent(), measured)
  }
  describeDisk({ one: await countCommits(access, 1), many: await countCommits(access, officers.length), clients: officers.length })
}

/** A county of 20 townships with 15 villages of three groups each, its register, cases and events, and 100 users. */
async function prepare({ access, database, persons, events }: Given, vault: ReturnType<typeof openVault>) {
  const { countyCode, countyPath } = await givenCounty(database)
  const system = systemContext(database, Date.now, { countyCode, reason: 'bench' })
  await importAreas(system, { isDryRun: false, rows: Array.from({ length: townships }, (_, at) => townshipRows(countyCode, at)).flat() })
  const areas = (await listAreas(system)).filter(({ name }) => name.startsWith('测'))
  const of = (level: string) => areas.filter((area) => area.level === level).toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const nameOf = (path: string, segments: number) => {
    const parent = `${path.split('.').slice(0, segments).join('.')}.`
    return areas.find((area) => area.path === parent)?.name ?? ''
  }
  const groups = of('group').map(({ path }) => ({ path, township: nameOf(path, 4), village: nameOf(path, 5) }))
  const client = new Client({ ...access.admin, database: 'bangfu' })
  await client.connect()
  const made = await fillCounty(client, { county: countyCode, groups, persons, events, vault })
  await client.end()
  const seats = { villages: of('village').map(({ path }) => path), townships: of('township').map(({ path }) => path), countyPath }
  return { made, users: await makeUsers(database, { made, groups: groups.map(({ path }) => path), ...seats }) }
}

function townshipRows(county: string, at: number): { code: string; name: string }[] {
  const code = `${county}3${String(at).padStart(2, '0')}`
  const villages = Array.from({ length: villagesOfTownship }, (_, n) => {
    const village = `${code}2${String(n).padStart(2, '0')}`
    return [
      { code: village, name: `测${at + 1}乡${n + 1}村` },
      ...[1, 2, 3].map((group) => ({ code: `${village}0${group}`, name: `测${group}组` })),
    ]
  })
  return [{ code, name: `测${at + 1}乡` }, ...villages.flat()]
}

interface Seats {
  made: MadeCounty
  groups: readonly string[]
  villages: readonly string[]
  townships: readonly string[]
  countyPath: string
}

/** 50 village cadres, 40 officers of townships (two each, who act on cases), 10 of the county. */
async function makeUsers(database: Database, seats: Seats): Promise<LoadUser[]> {
  const users: LoadUser[] = []
  for (let n = 0; n < 100; n += 1) {
    const role = n < 50 ? 'village-cadre' : n < 90 ? 'township-officer' : 'county-data-officer'
    const path = n < 50 ? seats.villages[n * 6] : n < 90 ? seats.townships[n % townships] : seats.countyPath
    const areaPath = path ?? seats.countyPath
    const { cookie } = await givenUser(database, { role, areaPath })
    users.push({ cookie, ...worldOf(seats, { areaPath, half: Math.floor((n - 50) / townships), role }) })
  }
  return users
}

/** What a user may ask for: ids within his area, reckoned as the filling numbered them. */
function worldOf({ made, groups }: Seats, user: { areaPath: string; half: number; role: string }): Omit<LoadUser, 'cookie'> {
  const households: string[] = []
  const cases: string[] = []
  const free: string[] = []
  const own: string[] = []
  const step = Math.max(1, Math.floor(made.households / 40_000)) // a sample is enough to draw from
  for (let n = 1; n <= made.households; n += 1) {
    if (groups[n % groups.length]?.startsWith(user.areaPath) !== true) continue
    const isOpen = n <= made.withCase && n % 5 === 0
    if (isOpen && cases.length < 400) cases.push(idOf('case', n))
    if (n % step === 0 && households.length < 400) households.push(idOf('household', n))
    if (user.role === 'village-cadre' && n > made.withCase && free.length < 400) free.push(idOf('household', n))
    const isAssessed = isOpen && (n / 5) % 8 === 0
    if (user.role === 'township-officer' && isAssessed && Math.floor(n / 40) % 2 === user.half % 2 && own.length < 100)
      own.push(idOf('case', n))
  }
  return { households, cases, free, own }
}

async function load(phase: Phase): Promise<Measured> {
  const program = fileURLToPath(new URL('./api-load.ts', import.meta.url))
  const child = spawn(process.execPath, ['--no-warnings', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(phase))
  // Safe: our own program prints this shape.
  return (await json(child.stdout)) as Measured
}

/** Commits a second of one row each, by some clients at once: what the disk's fsync allows. */
async function countCommits(access: ServerAccess, clients: number): Promise<number> {
  const pool = new Pool({ ...access.admin, database: 'bangfu', max: Math.min(clients, 40) })
  await pool.query('CREATE TABLE IF NOT EXISTS public.bench_commit (n bigint GENERATED ALWAYS AS IDENTITY, at timestamptz DEFAULT now())')
  let commits = 0
  const end = performance.now() + seconds.commits * 1000
  const insert = async () => {
    const client = await pool.connect()
    for (; performance.now() < end; commits += 1) await client.query('INSERT INTO public.bench_commit DEFAULT VALUES')
    client.release()
  }
  await Promise.all(Array.from({ length: Math.min(clients, 40) }, insert))
  await pool.end()
  return commits / seconds.commits
}
