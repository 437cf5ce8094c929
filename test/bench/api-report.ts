import type { Spent } from './api-cost.ts'
import type { Measured } from './api-load.ts'

/** Budgets of design.md §11 in milliseconds (p50, p95, p99), and the goal of workflow actions a second. */
const reads = [20, 60, 150] as const
const writes = [40, 120, 250] as const
const actionsPerSecond = 300

interface Figures {
  n: number
  p50: number
  p95: number
  p99: number
}

function figuresOf(took: readonly number[]): Figures {
  const sorted = took.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

const isWrite = (name: string) => name.startsWith('write')
const allOf = ({ took }: Measured, fits: (name: string) => boolean) =>
  Object.entries(took).flatMap(([name, some]) => (fits(name) ? some : []))
const verdict = ({ p50, p95, p99 }: Figures, budget: readonly number[]) =>
  [p50, p95, p99].every((ms, at) => ms <= (budget[at] ?? 0)) ? 'met' : 'MISSED'
const say = (name: string, figures: Figures, more = '') => {
  const { n, p50, p95, p99 } = figures
  console.log(
    `  ${name.padEnd(24)} ${String(n).padStart(6)}  p50 ${p50.toFixed(1).padStart(7)}  p95 ${p95.toFixed(1).padStart(7)}  p99 ${p99.toFixed(1).padStart(7)} ms  ${more}`,
  )
}
function sayWrong({ wrong }: Measured): void {
  for (const [what, times] of Object.entries(wrong)) console.log(`  not as wanted: ${what} × ${times}`)
}

/** Prints what 100 users with think time met, by kind of request. */
export function reportThink(measured: Measured): void {
  console.log('100 users, 5 s think time, warm:')
  for (const name of Object.keys(measured.took).sort()) say(name, figuresOf(measured.took[name] ?? []))
  const [read, written] = [figuresOf(allOf(measured, (name) => !isWrite(name))), figuresOf(allOf(measured, isWrite))]
  say('reads', read, `budget ${reads.join('/')}: ${verdict(read, reads)}`)
  say('writes', written, `budget ${writes.join('/')}: ${verdict(written, writes)}`)
  sayWrong(measured)
}

/** Prints one rate of reads; false when it did not keep the 95th percentile or was not reached. */
export function reportRate(perSecond: number, measured: Measured): boolean {
  const figures = figuresOf(allOf(measured, () => true))
  const reached = figures.n / measured.tookSeconds
  const isKept = figures.p95 <= reads[1] && reached >= perSecond * 0.95
  say(`${perSecond} reads/s`, figures, `${reached.toFixed(0)}/s reached, p95 ≤ ${reads[1]} ms ${isKept ? 'kept' : 'NOT kept'}`)
  sayWrong(measured)
  return isKept
}

/** Prints workflow actions a second, through HTTP with audit, row security, clocks and the outbox. */
export function reportActions({ name, measured, users }: { name: 'act' | 'open'; measured: Measured; users: number }): void {
  const done = figuresOf(allOf(measured, isWrite))
  const rate = (done.n - refusedOf(measured)) / measured.tookSeconds
  const goal = name === 'act' ? `goal ≥ ${actionsPerSecond}/s: ${rate >= actionsPerSecond ? 'met' : 'MISSED'}` : ''
  say(`${name} (${users} users)`, done, `${rate.toFixed(0)} actions/s  ${goal}`)
  sayWrong(measured)
}

/** Prints what one action took of statements and of the processors, the load's own part included. */
export function reportCost(spent: Spent, measured: Measured): void {
  const n = Math.max(1, allOf(measured, isWrite).length)
  const each = (ms: number | undefined) => (ms === undefined ? 'unknown' : `${(ms / n).toFixed(2)} ms`)
  const { statements, serverMs, databaseMs } = spent
  console.log(
    `  ${''.padEnd(24)} each ${(statements / n).toFixed(1)} round trips; processor: server ${each(serverMs)}, PostgreSQL ${each(databaseMs)}, load ${each(measured.processorMs)}`,
  )
}

const refusedOf = ({ wrong }: Measured) => Object.values(wrong).reduce((sum, n) => sum + n, 0)

/** Prints what the disk's fsync allows: no action can be faster than its commit. */
export function describeDisk(given: { one: number; many: number; clients: number }): void {
  console.log(
    `  commits of one row each: ${given.one.toFixed(0)}/s by one client, ${given.many.toFixed(0)}/s by ${given.clients} at once (what fsync allows)`,
  )
}
