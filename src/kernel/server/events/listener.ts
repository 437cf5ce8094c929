import * as z from 'zod'
import type { Instant } from '#kernel/pure/time/index.ts'
import { instantOf } from '#kernel/pure/time/index.ts'
import type { Context } from '../caller/index.ts'
import { defineJob, type AnyJob, type JobRun } from '../jobs/job.ts'
import type { EventKind } from './event.ts'

/** What a listener is told. */
export interface Heard<Payload> {
  readonly payload: Payload
  /** The same at every repetition: what a listener wrote can be found by it. */
  readonly eventId: string
  /** When it was announced; `ctx.now` is when it is heard. */
  readonly at: Instant
  /** An act of the system in the county of the event, without a transaction; the listener opens its own. */
  readonly ctx: Context
  /** 1 at the first time. */
  readonly attempt: number
  /** To be called between long steps: throws `jobs.stopped` when the program is being stopped. */
  check(): void
}

/** Who wants to be told of an event of another module. */
export interface Listener<Payload> {
  /** `cases.when-risk-confirmed`; never to be changed, because what has been told is known by it. */
  readonly name: string
  readonly event: EventKind<Payload>
  /** How often it is told at most; 8 unless told otherwise. */
  readonly attempts?: number
  /** Seconds before it is told again, doubled for each further time; 2 unless told otherwise (some minutes in all). */
  readonly retrySeconds?: number
  /** May be called again after it had succeeded, and must make the second time harmless. */
  readonly hear: (heard: Heard<Payload>) => Promise<void>
}

/**
 * Declares a listener for the plug (`ServerPlug.listeners`). It is told of every event of that name that was announced since the events were last
 * handed over, once per event, at least once in a crash, the events of a county one after the other in the order in which they happened; one that
 * fails is tried again before the next is told, and given up after its attempts (logged, kept in kernel.job for 30 days).
 */
export function defineListener<Payload>(listener: Listener<Payload>): AnyJob {
  const { name, event, attempts = 8, retrySeconds = 2, hear } = listener
  const payload = z.object({ eventId: z.string(), at: z.string(), payload: event.payload })
  return defineJob({
    name,
    payload,
    attempts,
    retrySeconds,
    hears: event.name,
    handle: (run: JobRun<z.infer<typeof payload>>) =>
      hear({
        payload: run.payload.payload,
        eventId: run.payload.eventId,
        at: instantOf(Date.parse(run.payload.at)),
        ctx: run.ctx,
        attempt: run.attempt,
        check: () => run.check(),
      }),
  })
}
