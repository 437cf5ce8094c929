import * as z from 'zod'

const year = z.coerce.number().int().min(2000).max(2199)

/** Which year of the calendar; this one when absent. */
export const ReadCalendar = z.strictObject({ year: year.optional() })
export type ReadCalendar = z.infer<typeof ReadCalendar>

/** Days and years that a document announces. `works: null` takes a day back to the state's calendar. */
export const ChangeCalendar = z.strictObject({
  document: z.string().trim().min(2).max(400),
  days: z.array(z.strictObject({ day: z.iso.date(), works: z.boolean().nullable() })).max(400),
  years: z.array(z.strictObject({ year: z.number().int().min(2000).max(2199), isKnown: z.boolean() })).max(5),
})
export type ChangeCalendar = z.infer<typeof ChangeCalendar>

/** A day of the year that is looked at. */
export interface CalendarDay {
  readonly day: string
  readonly works: boolean
  /** What the state's calendar says. */
  readonly stateWorks: boolean
  /** The county's own entry: by which document, and who wrote it down. */
  readonly own: { readonly document: string; readonly byName: string } | null
}

/** One change of the year, as the history shows it. */
export interface CalendarChangeRecord {
  readonly changeId: string
  readonly document: string
  readonly byName: string
  readonly at: string
  readonly days: readonly { readonly day: string; readonly works: boolean | null }[]
  readonly years: readonly { readonly year: number; readonly isKnown: boolean }[]
}

/** A year of the calendar. */
export interface CalendarYear {
  readonly today: string
  readonly year: number
  /** `state`: the program holds the State Council's notice; `county`: declared complete here; null: weekends only. */
  readonly knownBy: 'state' | 'county' | null
  readonly declared: { readonly document: string; readonly byName: string; readonly at: string } | null
  readonly days: readonly CalendarDay[]
  readonly changes: readonly CalendarChangeRecord[]
  /** Unknown years that terms under way reach, of all modules, and the coming year where it is not known. */
  readonly unknownYears: readonly { readonly year: number; readonly count: number }[]
  readonly can: { readonly edit: boolean }
}
