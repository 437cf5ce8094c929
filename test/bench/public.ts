import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { makeId } from '../../src/kernel/pure/ids/index.ts'
import type { IntakeCounts, VillageCode } from '../../src/modules/cases/rules/intake/intake-records.ts'
import type { Load, Loaded } from './public-load.ts'

/** What the office must still be able to do: reads within the budget of design.md §11 for 95 of 100. */
const budget = { perSecond: 200, seconds: 30, officeP95Ms: 60 }
const beforeSeconds = 10
const lists = [
  '/api/registry/households?limit=50',
  '/api/screening/leads?limit=50',
  '/api/cases/files?limit=50',
  '/api/cases/intakes?limit=50',
  '/api/cases/intake-counts',
]

/** The program itself, with the demo county: its public page is flooded by another process while somebody of the office reads lists. */
export async function runPublicBench(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bangfu-bench-'))
  chmodSync(root, 0o755)
  const program = fileURLToPath(new URL('../../src/apps/server/main.ts', import.meta.url))
  const words = ['--no-warnings', program, 'serve', '--data', join(root, 'data'), '--port', '0', '--json']
  const server = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const { address, login } = await greeting(server)
    const office = await openOffice(address, login)
    const codes = await office.makeCodes()
    console.log(`public: ${codes.length} villages; ${budget.perSecond} requests/s for ${budget.seconds} s against the public page`)
    const before = await office.readFor(beforeSeconds)
    const load: Load = { address, countyCode: office.countyCode, codes, perSecond: budget.perSecond, seconds: budget.seconds, callers: 400 }
    const [loaded, during] = await Promise.all([flood(load), office.readFor(budget.seconds)])
    const counts = await office.counts()
    report({ loaded, before, during, counts, told: await office.told(loaded) })
  } finally {
    server.kill('SIGTERM')
    await new Promise((resolve) => server.once('exit', resolve))
    rmSync(root, { recursive: true, force: true })
  }
}

interface Login {
  loginName: string
  password: string
}

/** The line that the program prints when it serves. */
async function greeting(server: ChildProcess): Promise<{ address: string; login: Login }> {
  let printed = ''
  for await (const part of server.stdout ?? []) {
    printed += String(part)
    const line = printed.split('\n').find((one) => one.startsWith('{') && one.includes('"addresses"'))
    if (line === undefined || !line.endsWith('}')) continue
    // Safe: our own program prints this.
    const said = JSON.parse(line) as {
      addresses: string[]
      accounts: { password: string; accounts: { loginName: string; role: string }[] }
    }
    const found = said.accounts.accounts.find((one) => one.role.includes('县数据管理员') || one.role === 'county-data-officer')
    return {
      address: said.addresses[0] ?? '',
      login: { loginName: found?.loginName ?? said.accounts.accounts[0]?.loginName ?? '', password: said.accounts.password },
    }
  }
  throw new Error('the program did not begin to serve')
}

/** Somebody of the county office, logged in. */
async function openOffice(address: string, login: Login) {
  const ask = (path: string, init: RequestInit = {}) => fetch(new URL(path, address), init)
  const post = (path: string, body: object, cookie = '') =>
    ask(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': makeId(), ...(cookie === '' ? {} : { cookie }) },
    })
  const begun = await post('/api/identity/login', login)
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? ''
  if (begun.status !== 200 || cookie === '') throw new Error(`login: ${begun.status}`)
  const read = async <Answer>(path: string): Promise<Answer> => {
    const answer = await ask(path, { headers: { cookie } })
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    // Safe: the route's own answer.
    return (await answer.json()) as Answer
  }
  const areas = await read<{ items: { path: string; level: string; code: string }[] }>('/api/identity/areas?level=county')
  const county = areas.items.find((area) => area.level === 'county')
  return {
    countyCode: county?.code ?? '',
    makeCodes: async () => {
      await post('/api/cases/village-codes', { areaPath: county?.path ?? '' }, cookie)
      const { items } = await read<{ items: VillageCode[] }>('/api/cases/village-codes')
      return items.flatMap((one) => one.code ?? [])
    },
    /** Reads one list after the other, ten a second, and says how long each took. */
    readFor: async (seconds: number): Promise<number[]> => {
      const took: number[] = []
      const end = performance.now() + seconds * 1000
      for (let n = 0; performance.now() < end; n += 1) {
        const began = performance.now()
        await read(lists[n % lists.length] ?? '')
        took.push(performance.now() - began)
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, 100 - (performance.now() - began))))
      }
      return took
    },
    counts: () => read<IntakeCounts>('/api/cases/intake-counts'),
    /** Of a few receipts: how many are told how far they are. */
    told: async ({ accepted }: Loaded): Promise<{ asked: number; told: number }> => {
      const receipts = Object.values(accepted)
        .map((one) => one[0] ?? '')
        .slice(0, 20)
      let told = 0
      for (const [n, receipt] of receipts.entries()) {
        const answer = await ask(`/progress/${county?.code ?? ''}/${receipt}`, { headers: { 'x-forwarded-for': `10.200.0.${n}` } })
        if (answer.status === 200 && (await answer.text()).includes('已收到')) told += 1
      }
      return { asked: receipts.length, told }
    },
  }
}

/** The public, in a process of its own. */
async function flood(load: Load): Promise<Loaded> {
  const program = fileURLToPath(new URL('./public-load.ts', import.meta.url))
  const child = spawn(process.execPath, ['--no-warnings', program], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(load))
  // Safe: our own program prints this shape.
  return (await json(child.stdout)) as Loaded
}

function percentiles(took: readonly number[]): { p50: number; p95: number; p99: number } {
  const sorted = [...took].sort((one, other) => one - other)
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

interface Found {
  loaded: Loaded
  before: number[]
  during: number[]
  counts: IntakeCounts
  told: { asked: number; told: number }
}

function report({ loaded, before, during, counts, told }: Found): void {
  const rate = Math.round((loaded.sent / loaded.tookMs) * 1000)
  console.log(
    `sent ${loaded.sent} in ${(loaded.tookMs / 1000).toFixed(1)} s (${rate}/s), answered in p99 ${loaded.p99.toFixed(0)} ms, cut ${loaded.broken}`,
  )
  for (const [kind, statuses] of Object.entries(loaded.statuses))
    console.log(
      `  ${kind.padEnd(15)} ${Object.entries(statuses)
        .map(([status, n]) => `${status}: ${n}`)
        .join('  ')}`,
    )
  const faults = Object.values(loaded.statuses).reduce(
    (sum, one) => sum + Object.entries(one).reduce((n, [status, count]) => n + (Number(status) >= 500 ? count : 0), 0),
    0,
  )
  const [was, is] = [percentiles(before), percentiles(during)]
  console.log(`office reads before: ${before.length}, p50 ${was.p50} p95 ${was.p95} p99 ${was.p99} ms`)
  console.log(`office reads during: ${during.length}, p50 ${is.p50} p95 ${is.p95} p99 ${is.p99} ms (budget: p95 ${budget.officeP95Ms} ms)`)
  const forms = Object.values(loaded.accepted)
  const receipts = new Set(forms.flat())
  const stored = Object.values(counts.channels).reduce((sum, n) => sum + n, 0)
  const isOnce = forms.every((one) => new Set(one).size === 1) && receipts.size === forms.length && stored === forms.length
  console.log(
    `accepted forms ${forms.length}, answers to them ${forms.flat().length}, receipts ${receipts.size}, stored ${stored}: ${isOnce ? 'each exactly once' : 'NOT EXACTLY ONCE'}`,
  )
  console.log(`receipts that say how far they are: ${told.told} of ${told.asked}; faults of the server: ${faults}`)
  if (!isOnce || faults > 0 || told.told !== told.asked || is.p95 > budget.officeP95Ms) process.exitCode = 1
}
