import { useT } from '#ui/words/use-t.ts'
import type { CalendarChangeRecord } from '../rules/calendar-records.ts'
import { calendarWords } from './calendar-words.ts'

/** Days of a change that are named; the others are counted. */
const mostNamed = 12

/** Who changed what of a year, by which document, the newest first. */
export function CalendarChanges({ changes }: { changes: readonly CalendarChangeRecord[] }) {
  const t = useT(calendarWords)
  if (changes.length === 0) return <p className="bf-quiet">{t('noChanges')}</p>
  return (
    <ul className="calendar-changes">
      {changes.map(({ changeId, document, byName, at, days, years }) => {
        const said = [
          ...years.map(({ year, isKnown }) => t(isKnown ? 'changeYear' : 'changeYearBack', { year: String(year) })),
          ...days
            .slice(0, mostNamed)
            .map(({ day, works }) =>
              t('changeDays', { day: day.slice(5), what: t(works === null ? 'changeBack' : works ? 'working' : 'free') }),
            ),
          ...(days.length > mostNamed ? [t('more', { n: days.length })] : []),
        ]
        return (
          <li key={changeId}>
            <strong>{document}</strong> <span className="bf-quiet">{`${byName} ${localTime(at)}`}</span>
            <span className="bf-source">{said.join('、')}</span>
          </li>
        )
      })}
    </ul>
  )
}

function localTime(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
