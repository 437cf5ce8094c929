import type { CaseStep } from '../case-steps.ts'
import type { ClockMark } from './clock-days.ts'
import type { ClockKind, ClockParty, ClockState, LimitKind, PauseReason } from './clock-kinds.ts'

/** A clock as it stands today. Days are `YYYY-MM-DD`. */
export interface ClockRecord {
  readonly clockId: string
  readonly caseId: string
  readonly round: number
  readonly kind: ClockKind
  readonly step: CaseStep
  readonly limit: LimitKind
  readonly party: ClockParty
  readonly heldBy: string
  /** 0: no limit, it only measures time. */
  readonly days: number
  readonly calendar: 'working' | 'calendar'
  readonly startedOn: string
  readonly state: ClockState
  readonly stoppedOn: string | null
  /** Null: no limit, or held by a pause without end. */
  readonly dueOn: string | null
  /** Counted days used until today, or until it stopped. */
  readonly elapsed: number
  /** Days of the term that are left today, in the days that the clock counts; negative when past. */
  readonly daysLeft: number
  /** Part of the term that is used; 1 on the due day. */
  readonly share: number
  /** First year on the way whose holidays are not known: the due day may still move. */
  readonly unknownYear: number | null
  readonly pauses: readonly { readonly reason: PauseReason; readonly pausedOn: string; readonly resumedOn: string | null }[]
  readonly reminders: readonly {
    readonly mark: ClockMark
    readonly firedOn: string
    readonly toPath: string
    readonly abovePath: string | null
  }[]
}

/** The clocks of a case, and whose natural days its steps took. */
export interface CaseClocks {
  readonly clocks: readonly ClockRecord[]
  readonly time: { readonly own: number; readonly others: number }
}

/** The nearest limit of a case: its day and the days left, as the clock counts them. */
export interface NearestDue {
  readonly dueOn: string
  readonly daysLeft: number
  readonly calendar: 'working' | 'calendar'
  readonly kind: ClockKind
  readonly limit: LimitKind
}

/** A clock of a list with what people know its household by. */
export interface ClockCard extends Omit<ClockRecord, 'pauses' | 'reminders'> {
  readonly areaPath: string
  readonly caseNo: string
  readonly householdId: string
  readonly householdNo: string
  readonly headName: string | null
  readonly township: string
  readonly village: string
  readonly holderName: string
  readonly handlerName: string | null
}

/** What is counted of a place. Each count is of clocks with a limit; a case may have several. */
export interface ForecastOfPlace {
  readonly areaPath: string
  readonly name: string
  readonly running: number
  readonly overdue: number
  /** Due today or in the next seven days. */
  readonly dueWeek: number
  /** Expected to be late at today's pace: first day past the limit within seven days, or after. */
  readonly breachWeek: number
  readonly breachLater: number
  readonly paused: number
  /** Natural days of the steps of cases of the last 180 days: the offices' own, and those in which others were waited for. */
  readonly ownDays: number
  readonly othersDays: number
}

/** A clock that is expected to be late. */
export interface ExpectedBreach {
  readonly clockId: string
  readonly caseId: string
  readonly caseNo: string
  readonly kind: ClockKind
  readonly step: CaseStep
  readonly limit: LimitKind
  readonly headName: string | null
  readonly township: string
  readonly village: string
  readonly holderName: string
  readonly dueOn: string
  /** First day past the limit. */
  readonly breachOn: string
  /** When it is expected to be done; null: later than any such step of late. */
  readonly doneOn: string | null
}

export interface ClockForecast {
  readonly asOf: string
  /** Last day of the seven. */
  readonly until: string
  readonly under: { readonly path: string; readonly name: string; readonly parentPath: string | null } | null
  readonly places: readonly ForecastOfPlace[]
  readonly sum: ForecastOfPlace
  /** By the day; at most 200. */
  readonly breaches: readonly ExpectedBreach[]
  readonly leftOff: number
  /** Unknown years that running clocks reach. */
  readonly unknownYears: readonly { readonly year: number; readonly count: number }[]
}

/** The last reminder of a clock that still runs, as an office was given it. */
export interface ReminderCard extends ClockCard {
  readonly mark: ClockMark
  readonly firedOn: string
  /** Given to the office above the one that holds the case, because its time was over. */
  readonly isEscalated: boolean
}
