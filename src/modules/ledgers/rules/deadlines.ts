import {
  addDays,
  dayOf,
  dueDay,
  instantOf,
  lastDayOf,
  readDay,
  readMonth,
  type Day,
  type DayCalendar,
  type Instant,
} from '#kernel/pure/time/index.ts'
import type { OpenTemplate } from './open-template.ts'
import type { FieldValue } from './records.ts'
import type { Words } from './template.ts'

/** A deadline of one record that runs now. */
export interface RunningDeadline {
  readonly key: string
  readonly name: Words
  /** Last day on which it is in time. */
  readonly on: Day
  /** Days on which whoever is responsible is reminded, earliest first. */
  readonly remindOn: readonly { readonly percent: number; readonly on: Day }[]
}

export interface DeadlineFacts {
  readonly values: Readonly<Record<string, FieldValue>>
  readonly state: string
  readonly madeOn: Day
  /** When each state was last reached; the first state when it was made. */
  readonly reachedOn: Readonly<Record<string, Day>>
}

/** The deadlines that run for a record, the earliest first. Final states have none. */
export function deadlinesOf(open: OpenTemplate, facts: DeadlineFacts, calendar: DayCalendar): RunningDeadline[] {
  if (open.states.get(facts.state)?.settled === true) return []
  const running = (open.template.deadlines ?? []).flatMap((deadline): RunningDeadline[] => {
    if (deadline.until?.includes(facts.state) === true) return []
    const from = startOf(deadline.from, facts)
    if (from === undefined) return []
    const due = (days: number) => dueDay(from, { days, calendar: deadline.calendar }, calendar).on
    const remindOn = (deadline.remind ?? []).map((percent) => ({ percent, on: due(Math.floor((deadline.days * percent) / 100)) }))
    return [{ key: deadline.key, name: deadline.name, on: due(deadline.days), remindOn }]
  })
  return running.sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0))
}

function startOf(from: string, facts: DeadlineFacts): Day | undefined {
  if (from === 'made') return facts.madeOn
  const [kind, key = ''] = from.split(':')
  if (kind === 'state') return facts.state === key || facts.reachedOn[key] !== undefined ? facts.reachedOn[key] : undefined
  const value = facts.values[key]
  if (typeof value !== 'string') return undefined
  const month = /^(\d{4})-(\d{2})$/.exec(value)
  if (month === null) return readDay(value)
  const read = readMonth(`${month[1]}${month[2]}`)
  return read === undefined ? undefined : lastDayOf(read)
}

/** The first moment at which something due on a day is overdue: the start of the next day in Shanghai, as an instant. */
export function overdueFrom(on: Day): Instant {
  return instantOf(Date.parse(`${addDays(on, 1)}T00:00:00+08:00`))
}

/** The last day in time of a moment written by `overdueFrom`. */
export function dueDayOf(dueAt: string): Day {
  return dayOf(Date.parse(dueAt) - 1)
}
