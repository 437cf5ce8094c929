import type { Context } from '../caller/index.ts'
import type { Db } from '../database/index.ts'

type Inside = Context & { readonly db: Db }

/** A year that terms under way run into. */
export interface ReachedYear {
  readonly year: number
  /** How many of them. */
  readonly count: number
}

/** What must follow a change of the county's calendar in its transaction: a job that counts terms anew is asked for. */
export type NoteCalendar = (ctx: Inside) => Promise<void>
/** Names the unknown years that a module's terms reach, as far as the caller sees them. */
export type ReachesYears = (ctx: Inside) => Promise<readonly ReachedYear[]>

/** Filled by the plugs of modules that keep terms. */
export const whenCalendarChanged: NoteCalendar[] = []
export const whoReachesYears: ReachesYears[] = []
