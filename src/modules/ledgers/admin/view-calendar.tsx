import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { ask } from '#kernel/browser/api/index.ts'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { CalendarDays } from '../rules/records.ts'
import { today } from './form-state.ts'
import { pages } from './ledger-calls.ts'
import { ledgerWords } from './ledger-words.ts'
import { withField } from './list-search.ts'
import type { ViewProps } from './list-view.ts'
import { monthShift, weeksOf } from './month-weeks.ts'

const shownADay = 4

/** A month with the records of each day, by a field of days or by what is due. */
export function CalendarView({ book, search, filter, change }: ViewProps) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const month = search.month === '' ? today().slice(0, 7) : search.month
  const fields = book.template.fields.filter(({ key, kind }) => kind === 'date' && book.keys[key] !== undefined)
  const by = search.by === '' ? (book.template.list.calendar ?? fields[0]?.key ?? 'due') : search.by
  const found = useQuery({
    queryKey: ['ledgers', 'calendar', book.templateKey, filter, month, by],
    queryFn: () => ask<CalendarDays>(`${ledgerPaths.book(book.templateKey)}/calendar`, { ...filter, month, by }),
  })
  return (
    <>
      <div className="bf-row">
        <Button onClick={() => change({ month: monthShift(month, -1) })}>{t('monthBack')}</Button>
        <strong className="bf-figures">{month}</strong>
        <Button onClick={() => change({ month: monthShift(month, 1) })}>{t('monthOn')}</Button>
        <Button onClick={() => change({ month: '' })}>{t('monthNow')}</Button>
        <label className="bf-row">
          {t('calendarBy')}
          <select className="bf-input ledger-short" value={by} onChange={(event) => change({ by: event.target.value })}>
            {fields.map((field) => (
              <option key={field.key} value={field.key}>
                {field.name[language]}
              </option>
            ))}
            <option value="due">{t('dueDay')}</option>
          </select>
        </label>
      </div>
      <Loaded query={found}>
        {({ days }) => (
          <Month
            month={month}
            days={days}
            templateKey={book.templateKey}
            dayLink={(on) =>
              by === 'due' ? undefined : { ...search, view: undefined, fields: withField(search.fields, { field: by, from: on, to: on }) }
            }
          />
        )}
      </Loaded>
    </>
  )
}

function Month(props: {
  month: string
  days: CalendarDays['days']
  templateKey: string
  dayLink: (on: string) => Readonly<Record<string, unknown>> | undefined
}) {
  const { month, days, templateKey, dayLink } = props
  const t = useT(ledgerWords)
  const byDay = new Map(days.map((day) => [day.on, day]))
  const now = today()
  return (
    <table className="ledger-month" aria-label={month}>
      <thead>
        <tr>
          {Array.from(t('weekdays')).map((name, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- seven days, always the same
            <th key={at} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            {week.map((on) => {
              const found = byDay.get(on)
              const search = dayLink(on)
              return (
                <td key={on} className={on === now ? 'ledger-today' : undefined}>
                  <span className={on.startsWith(month) ? 'bf-figures' : 'bf-figures bf-quiet'}>{Number(on.slice(8))}</span>
                  {found?.items.slice(0, shownADay).map((record) => (
                    <PageLink key={record.recordId} to={pages.record(templateKey, record.recordId)}>
                      {record.isOverdue ? '▲' : ''}
                      {record.title === '' ? (record.recordNo ?? '—') : record.title}
                    </PageLink>
                  ))}
                  {found === undefined || found.count <= shownADay ? null : search === undefined ? (
                    <span className="bf-quiet">{t('moreOnDay', { n: found.count })}</span>
                  ) : (
                    <PageLink to={pages.book(templateKey)} search={search}>
                      {t('moreOnDay', { n: found.count })}
                    </PageLink>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
