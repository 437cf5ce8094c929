import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { asLogin, type Database, type ServerAccess } from '../database/index.ts'
import type { Log } from '../log/index.ts'
import { queueSchema } from './install-queue.ts'
import type { AnyJob } from './job.ts'
import { forgetOldJobs, forgetRelayed, takeRunnerLock } from './job-store.ts'
import { relay } from './relay.ts'
import { runInLine, runJob, type Running } from './run-job.ts'

export interface JobsInput {
  access: ServerAccess
  database: Database
  /** Also listeners: `jobsOf(plugs)`. */
  jobs: readonly AnyJob[]
  log: Log
  /** The clock of repeated work and of `JobRun.ctx`; tests set it. */
  clock?: () => number
  /** Codes of the counties for which work is repeated. */
  listCounties?: () => Promise<readonly string[]>
  /** How often a worker looks by itself, in case a notice was lost: 5 seconds. */
  pollSeconds?: number
}

/** The running jobs of this program. */
export interface Jobs {
  /** Stops taking jobs, tells running ones to stop and waits for them; what has not ended is run again at the next start. */
  stop(): Promise<void>
}

/** Ended jobs are kept so long, for whoever looks for what happened. */
const keptDays = 30
const lockRetryMs = 5_000
/** Longer than any job: a running job is never started beside itself; that of a dead program is found by the runner's lock. */
const expireSeconds = 12 * 3600

/**
 * Runs the jobs of a database: the relay, with a login of its own, hands what use cases asked for to pg-boss, whose workers run in this
 * program. Returns at once; where another program runs them already, this one takes over when that ends. Four connections at most.
 */
export async function startJobs(input: JobsInput): Promise<Jobs> {
  const stopping = new AbortController()
  const running = keepRunning(input, stopping.signal)
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

/** Runs until stopped; a lost connection begins anew. */
async function keepRunning(input: JobsInput, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await runWhileHolding(input, signal)
    } catch (fault) {
      input.log.warn({ event: 'jobs-interrupted', code: codeOf(fault) })
    }
    if (!signal.aborted) await wait(lockRetryMs, undefined, { signal }).catch(() => undefined) // stopped meanwhile: the loop ends
  }
}

/** Settings of the relay's connections: its own login, the reason that the row policies ask for, pg's own types, which pg-boss expects. */
function relayConfig({ access, database }: JobsInput): pg.PoolConfig {
  const { types: _ours, ...config } = asLogin(access, 'bangfu_relay', database.name)
  return { ...config, application_name: 'bangfu jobs', options: '-c app.reason=jobs.relay' }
}

async function runWhileHolding(input: JobsInput, signal: AbortSignal): Promise<void> {
  const config = relayConfig(input)
  const holder = new pg.Client(config)
  const over = new AbortController() // this turn ends: stopped, or the connection that holds the lock broke
  const end = () => over.abort()
  holder.on('error', end).on('end', end)
  signal.addEventListener('abort', end, { once: true })
  const pool = new pg.Pool({ ...config, max: 3, idleTimeoutMillis: 30_000 })
  pool.on('error', () => undefined) // replaced at its next use
  try {
    await holder.connect()
    if (await takeRunnerLock(holder)) await serve({ ...input, holder, pool, over: over.signal })
  } finally {
    signal.removeEventListener('abort', end)
    await pool.end()
    await holder.end().catch(() => undefined) // it broke already
  }
}

interface Turn extends JobsInput {
  holder: pg.Client
  pool: pg.Pool
  over: AbortSignal
}

async function serve(turn: Turn): Promise<void> {
  const { jobs, holder, pool, log } = turn
  const db = { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) }
  const boss = new PgBoss({ db, schema: queueSchema, migrate: false, schedule: false, supervise: true, superviseIntervalSeconds: 300 })
  boss.on('error', (fault) => log.warn({ event: 'jobs-queue', code: codeOf(fault) }))
  await boss.start()
  try {
    await boss.deleteAllJobs() // jobs of a program that died; kernel.job knows them
    await forgetRelayed(holder)
    await forgetOldJobs(holder, keptDays)
    const workers = new Map<string, string>()
    for (const job of jobs) workers.set(job.name, await openQueue(boss, job, turn))
    const { clock = Date.now, listCounties = () => Promise.resolve([]) } = turn
    await relay({ holder, boss, jobs, workers, clock, listCounties, over: turn.over })
  } finally {
    await boss.stop({ graceful: true, timeout: 60_000 })
  }
}

async function openQueue(boss: PgBoss, job: AnyJob, turn: Turn): Promise<string> {
  const { attempts = 3, retrySeconds = 5 } = job
  const options = {
    retryLimit: attempts,
    retryDelay: retrySeconds,
    retryBackoff: true,
    expireInSeconds: expireSeconds,
    deleteAfterSeconds: 3600,
  }
  await boss.createQueue(job.name, options)
  await boss.updateQueue(job.name, options)
  const { pollSeconds = 5 } = turn
  let worker = ''
  worker = await boss.work<{ countyCode: string }>(job.name, { pollingIntervalSeconds: pollSeconds, batchSize: 1 }, async (batch) => {
    try {
      for (const { id, data } of batch) {
        const running: Running = { clock: Date.now, ...turn, job, jobId: id, countyCode: data.countyCode, signal: turn.over }
        await (job.hears === undefined ? runJob(running) : runInLine(running))
      }
    } finally {
      // One notice stands for all jobs that came meanwhile: without this the third of several files would wait for the next look.
      boss.notifyWorker(worker)
    }
  })
  return worker
}

/** The code of a fault for the log: never a driver's message. */
function codeOf(fault: unknown): string {
  if (isNamedError(fault)) return fault.code
  return fault instanceof Error && 'code' in fault ? String(fault.code) : 'fault'
}
