import { useSay, useT } from '#ui/words/use-t.ts'
import type { CalendarDay } from '../rules/calendar-records.ts'
import { calendarWords, monthWords, weekdayWords } from './calendar-words.ts'

/** Monday first. */
const weekdays = ['1', '2', '3', '4', '5', '6', '0'] as const

/** What a day is: a holiday or make-up day is one that a weekday or a weekend would not be. */
export type DayKind = 'working' | 'weekend' | 'holiday' | 'makeUp'

/** 0: Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

export function kindOf({ day, works }: Pick<CalendarDay, 'day' | 'works'>): DayKind {
  const isWeekend = weekdayOf(day) % 6 === 0
  if (works) return isWeekend ? 'makeUp' : 'working'
  return isWeekend ? 'weekend' : 'holiday'
}

interface MonthProps {
  /** `YYYY-MM`. */
  month: string
  days: readonly CalendarDay[]
  today: string
  chosen: ReadonlySet<string>
  /** Absent: days can only be read. */
  choose: ((day: string) => void) | undefined
}

/** A month as a sheet of weeks; each day says what it is in a sign as well as in colour. */
export function MonthSheet({ month, days, today, chosen, choose }: MonthProps) {
  const t = useT(calendarWords)
  const weekday = useT(weekdayWords)
  const say = useSay()
  const words = Object.entries(monthWords).find(([number]) => Number(number) === Number(month.slice(5)))?.[1]
  const name = words === undefined ? month : say(words)
  const weeks = weeksOf(days)
  return (
    <div className="calendar-month">
      <h3>
        {name} <span>{t('monthDays', { n: days.filter(({ works }) => works).length })}</span>
      </h3>
      <table className="calendar-grid" aria-label={name}>
        <thead>
          <tr>
            {weekdays.map((one) => (
              <th key={one} scope="col">
                {weekday(one)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week, at) => (
            <tr key={week.find((day) => day !== undefined)?.day ?? at}>
              {week.map((day, column) =>
                day === undefined ? (
                  <td key={weekdays[column]}>&nbsp;</td>
                ) : (
                  <td key={day.day}>
                    <OneDay day={day} isToday={day.day === today} isChosen={chosen.has(day.day)} choose={choose} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface OneDayProps {
  day: CalendarDay
  isToday: boolean
  isChosen: boolean
  choose: ((day: string) => void) | undefined
}

function OneDay({ day, isToday, isChosen, choose }: OneDayProps) {
  const t = useT(calendarWords)
  const kind = kindOf(day)
  const parts = ['calendar-day', `calendar-${kind}`]
  if (day.own !== null) parts.push('calendar-own')
  if (isToday) parts.push('calendar-today')
  if (isChosen) parts.push('calendar-chosen')
  const sign = kind === 'holiday' ? '休' : kind === 'makeUp' ? '班' : ''
  const name = t('dayName', { month: Number(day.day.slice(5, 7)), date: Number(day.day.slice(8)) })
  const said = `${name} ${t(kind)}${day.own === null ? '' : `，${t('own')}：${day.own.document}`}`
  const content = (
    <>
      {Number(day.day.slice(8))}
      <small data-sign={sign} />
    </>
  )
  if (choose === undefined)
    return (
      <span className={parts.join(' ')} title={said}>
        {content}
      </span>
    )
  return (
    <button
      type="button"
      className={parts.join(' ')}
      title={said}
      aria-label={said}
      aria-pressed={isChosen}
      onClick={() => choose(day.day)}
    >
      {content}
    </button>
  )
}

function weeksOf(days: readonly CalendarDay[]): (CalendarDay | undefined)[][] {
  const first = days[0] === undefined ? 0 : (weekdayOf(days[0].day) + 6) % 7
  const cells: (CalendarDay | undefined)[] = [...Array.from({ length: first }, () => undefined), ...days]
  while (cells.length % 7 !== 0) cells.push(undefined)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
