import * as z from 'zod'
import { defineErrors, isNamedError } from '#kernel/pure/errors/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import type { Context } from '../caller/index.ts'
import type { Database } from '../database/index.ts'

export const jobErrors = defineErrors('jobs', { stopped: 503 })

/** What a handler is handed: whose county, which ids, and how often it was begun. */
export interface JobRun<Payload> {
  readonly jobId: string
  readonly countyCode: string
  readonly payload: Payload
  readonly database: Database
  /** An act of the system in that county, now, without a transaction. A handler that wants another caller or clock makes its own (server/jobs). */
  readonly ctx: Context
  /** 1 at the first time; a run that a crash cut short counts. */
  readonly attempt: number
  /** No further attempt follows a failure of this one. */
  readonly isLast: boolean
  /** To be called between steps: throws `jobs.stopped` when the program is being stopped; the job is run again at the next start. */
  check(): void
}

/**
 * A kind of work that outlives a request. Its handler may be run more than once, also after it had succeeded, and must make the second
 * time harmless. The payload holds ids, never records.
 */
export interface JobKind<Payload> {
  /** Word of the module and of the act: `registry.import-stage`. */
  readonly name: string
  readonly payload: z.ZodType<Payload>
  /** How often it is begun at most; 3 unless told otherwise. */
  readonly attempts?: number
  /** Seconds before the second attempt, doubled for each further one; 5 unless told otherwise. */
  readonly retrySeconds?: number
  /** Set by `defineListener`: the event of which it is told; jobs of a county are then run one after the other in the order of the events. */
  readonly hears?: string
  /** Set by `defineRepeated`. */
  readonly every?: Period
  readonly handle: (run: JobRun<Payload>) => Promise<void>
  /** What a person is to see when it is given up; `code` is that of the last fault. */
  readonly giveUp?: (run: JobRun<Payload>, code: string) => Promise<void>
}

/** How often work is repeated, in local time. */
export type Period = 'hour' | 'day'

// Jobs of all shapes stand in one list; each payload is parsed by its own schema before it is handed over.
export type AnyJob = JobKind<never>

/** Declares a job; the compiler ties the handler to the payload. */
export function defineJob<Payload>(job: JobKind<Payload>): JobKind<Payload> & AnyJob {
  // Safe: the runner parses the payload with the job's own schema.
  return job as JobKind<Payload> & AnyJob
}

const periodPayload = z.strictObject({ period: z.string() })

/**
 * Declares work that is repeated (`ServerPlug.jobs`): asked for once per county and period, however many programs run and however often they are
 * killed, as soon as the period has begun and the program runs. Periods in which no program ran are not caught up: a handler does all that is due.
 */
export function defineRepeated(
  job: Pick<JobKind<{ period: string }>, 'name' | 'attempts' | 'retrySeconds' | 'handle' | 'giveUp'> & { readonly every: Period },
): AnyJob {
  return defineJob({ ...job, payload: periodPayload })
}

/** The period of a moment in Shanghai: `2026-03-01` or `2026-03-01T09`. */
export function periodOf(every: Period, nowMs: number): string {
  return every === 'day' ? dayOf(nowMs) : instantOf(nowMs + 8 * 3_600_000).slice(0, 13)
}

/** Whether work ended only because the program is being stopped: nothing is to be noted, the next start goes on. */
export function isStopped(fault: unknown): boolean {
  return isNamedError(fault) && fault.code === 'jobs.stopped'
}
