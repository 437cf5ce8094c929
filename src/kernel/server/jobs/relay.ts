import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import { instantOf } from '#kernel/pure/time/index.ts'
import { findWaitingEvents, handOverEvents, listAnnouncers, type Hearing, type WaitingEvents } from '../events/outbox-store.ts'
import { periodOf, type AnyJob } from './job.ts'
import { askRepeated, jobChannel, listWaiting, noteRelayed } from './job-store.ts'

export interface RelayInput {
  holder: pg.Client
  boss: PgBoss
  jobs: readonly AnyJob[]
  /** Names of jobs → workers of pg-boss. */
  workers: ReadonlyMap<string, string>
  clock: () => number
  listCounties: () => Promise<readonly string[]>
  over: AbortSignal
}

/** The relay looks by itself, in case a notice was lost, and for counties that began. */
const lookEveryMs = 15_000
/** Events give no notice: PostgreSQL lets one transaction with a notice commit at a time, and every act announces something. */
const eventsEveryMs = 500
/** While an announcer is under way. */
const announcerMs = 20

/** Hands over what use cases asked for, what was announced and what a new period brings, until the turn is over. */
export async function relay(input: RelayInput): Promise<void> {
  const { holder, over, jobs } = input
  let wake: () => void = () => undefined
  holder.on('notification', () => wake())
  over.addEventListener('abort', () => wake(), { once: true })
  await holder.query(`LISTEN ${jobChannel}`)
  const events = relayEvents(holder, jobs)
  const periods = relayPeriods(input)
  const mayWait = jobs.some((job) => job.hears !== undefined || job.every !== undefined) ? eventsEveryMs : lookEveryMs
  while (!over.aborted) {
    const woken = new Promise<void>((resolve) => (wake = resolve))
    await periods()
    const pause = await events()
    if (await relayJobs(input)) continue
    await Promise.race([woken, wait(Math.min(mayWait, pause), undefined, { signal: over }).catch(() => undefined)])
  }
}

async function relayJobs({ holder, boss, workers }: RelayInput): Promise<boolean> {
  const waiting = await listWaiting(holder, [...workers.keys()])
  for (const { jobId, countyCode, name } of waiting) {
    await boss.insert(name, [{ id: jobId, data: { countyCode } }])
    boss.notifyWorker(workers.get(name) ?? '')
  }
  if (waiting.length === 0) return false
  await noteRelayed(
    holder,
    waiting.map((job) => job.jobId),
  )
  return true
}

/** Makes the step that hands events over: in their order, so none before every announcer that might bring an earlier one has ended. */
function relayEvents(holder: pg.Client, jobs: readonly AnyJob[]): () => Promise<number> {
  const hearings: Hearing[] = jobs.flatMap(({ name, hears }) => (hears === undefined ? [] : [{ name, hears }]))
  let waiting: WaitingEvents | undefined
  if (hearings.length === 0) return () => Promise.resolve(lookEveryMs)
  return async () => {
    waiting ??= await findWaitingEvents(holder)
    if (waiting === undefined) return eventsEveryMs
    if (waiting.announcers.size > 0 && !isDisjoint(waiting.announcers, await listAnnouncers(holder))) return announcerMs
    const { upTo, isFull } = waiting
    waiting = undefined
    await handOverEvents(holder, upTo, hearings)
    return isFull ? 0 : eventsEveryMs
  }
}

function isDisjoint(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const member of one) if (other.has(member)) return false
  return true
}

/** Makes the step that asks for repeated work: when a period begins, and now and then for counties that began meanwhile. */
function relayPeriods({ holder, jobs, clock, listCounties }: RelayInput): () => Promise<void> {
  let last = ''
  return async () => {
    const nowMs = clock()
    const repeated = jobs.flatMap(({ name, every }) => (every === undefined ? [] : [{ name, period: periodOf(every, nowMs) }]))
    const look = [Math.floor(Date.now() / lookEveryMs), ...repeated.map((one) => one.period)].join(' ')
    if (repeated.length === 0 || look === last) return
    const counties = await listCounties()
    for (const { name, period } of repeated) await askRepeated(holder, { name, period, counties, now: instantOf(nowMs) })
    last = look
  }
}
