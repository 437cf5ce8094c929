import type pg from 'pg'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '../caller/index.ts'
import type { Database } from '../database/index.ts'
import type { Log } from '../log/index.ts'
import { isStopped, jobErrors, type AnyJob, type JobRun } from './job.ts'
import { beginJob, endJob, findFirstInLine, noteFault } from './job-store.ts'

export interface Running {
  job: AnyJob
  jobId: string
  countyCode: string
  database: Database
  pool: pg.Pool
  log: Log
  clock: () => number
  signal: AbortSignal
}

/**
 * Runs one attempt of a job. What is thrown makes the queue try again; a job that has no attempt left, also because each one took the
 * program down, is given up and says so to a person.
 */
export async function runJob(running: Running): Promise<void> {
  const { job, jobId, pool, log } = running
  const begun = await beginJob(pool, jobId)
  if (begun === undefined) return
  const limit = job.attempts ?? 3
  const run = describeRun(running, begun, limit)
  if (begun.attempts > limit) return giveUp(running, run, 'jobs.crashed')
  try {
    await job.handle(run)
  } catch (fault) {
    const code = isNamedError(fault) ? fault.code : 'jobs.fault'
    const counts = !isStopped(fault)
    await noteFault(pool, { jobId, error: code, counts })
    if (counts) log.error({ event: 'job-failed', module: job.name, code, count: begun.attempts }, fault)
    if (!counts || begun.attempts < limit) throw new Error(code, { cause: fault })
    return giveUp(running, run, code)
  }
  await endJob(pool, { jobId, outcome: 'done' })
}

/**
 * Runs a job that an event asked for, and then those that wait behind it in the same county, one after the other. One of these that fails ends the
 * turn without a word: it is now the first of its line, and the relay hands it over as a job of its own, with its own pauses.
 */
export async function runInLine(running: Running): Promise<void> {
  await runJob(running)
  for (let jobId = await findNextInLine(running); jobId !== undefined; jobId = await findNextInLine(running)) {
    try {
      if (!running.signal.aborted) await runJob({ ...running, jobId })
      else return
    } catch {
      return // noted in kernel.job by the run itself
    }
  }
}

function findNextInLine({ job, countyCode, pool }: Running): Promise<string | undefined> {
  return findFirstInLine(pool, { name: job.name, countyCode })
}

function describeRun(running: Running, begun: { payload: unknown; attempts: number }, limit: number): JobRun<never> {
  const { job, jobId, countyCode, database, signal } = running
  return {
    jobId,
    countyCode,
    payload: job.payload.parse(begun.payload),
    database,
    ctx: systemContext(running),
    attempt: begun.attempts,
    isLast: begun.attempts >= limit,
    check: () => {
      if (signal.aborted) throw jobErrors.stopped()
    },
  }
}

function systemContext({ job, countyCode, database, clock }: Running): Context {
  const nowMs = clock()
  return {
    caller: { id: `system:${job.name}`, name: '系统', roles: ['system'] },
    scope: grantSystem(countyCode, job.name),
    now: instantOf(nowMs),
    today: dayOf(nowMs),
    database,
    deadline: 'job',
  }
}

async function giveUp(running: Running, run: JobRun<never>, code: string): Promise<void> {
  const { job, jobId, pool, log } = running
  log.error({ event: 'job-given-up', module: job.name, code })
  await job.giveUp?.(run, code)
  await endJob(pool, { jobId, outcome: 'given-up', error: code })
}
