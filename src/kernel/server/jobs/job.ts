import type { z } from 'zod'
import { defineErrors, isNamedError } from '#kernel/pure/errors/index.ts'
import type { Database } from '../database/index.ts'

export const jobErrors = defineErrors('jobs', { stopped: 503 })

/** What a handler is handed: whose county, which ids, and how often it was begun. A handler grants its own scope (house.md, server/jobs). */
export interface JobRun<Payload> {
  readonly jobId: string
  readonly countyCode: string
  readonly payload: Payload
  readonly database: Database
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
  readonly handle: (run: JobRun<Payload>) => Promise<void>
  /** What a person is to see when it is given up; `code` is that of the last fault. */
  readonly giveUp?: (run: JobRun<Payload>, code: string) => Promise<void>
}

// Jobs of all shapes stand in one list; each payload is parsed by its own schema before it is handed over.
export type AnyJob = JobKind<never>

/** Declares a job; the compiler ties the handler to the payload. */
export function defineJob<Payload>(job: JobKind<Payload>): JobKind<Payload> & AnyJob {
  // Safe: the runner parses the payload with the job's own schema.
  return job as JobKind<Payload> & AnyJob
}

/** Whether work ended only because the program is being stopped: nothing is to be noted, the next start goes on. */
export function isStopped(fault: unknown): boolean {
  return isNamedError(fault) && fault.code === 'jobs.stopped'
}
