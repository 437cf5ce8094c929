import { audit } from '../audit/index.ts'
import type { Context } from '../caller/index.ts'
import { inTransaction } from '../database/index.ts'
import { whenCalendarChanged } from './calendar-askers.ts'
import { insertChange, lockCalendar } from './calendar-store.ts'

/** Days and years that a document announces. `works: null` takes a day back; a year that is known has all its days, others its weekends only. */
export interface CalendarChange {
  readonly document: string
  readonly days: readonly { readonly day: string; readonly works: boolean | null }[]
  readonly years: readonly { readonly year: number; readonly isKnown: boolean }[]
}

/** Writes a change of the county's calendar, and tells who keeps terms; all in one transaction. Returns its id. */
export async function changeCalendar(ctx: Context, change: CalendarChange): Promise<{ changeId: string }> {
  return inTransaction(ctx, async (db) => {
    await lockCalendar(db, ctx)
    const changeId = await insertChange(db, ctx, change)
    const { document, days, years } = change
    await audit(db, ctx, {
      did: 'kernel.calendar.change',
      objectKind: 'kernel.calendar-change',
      objectId: changeId,
      reason: document,
      details: { days, years },
    })
    for (const note of whenCalendarChanged) await note({ ...ctx, db })
    return { changeId }
  })
}
