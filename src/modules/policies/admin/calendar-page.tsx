import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { CalendarYear, ChangeCalendar } from '../rules/calendar-records.ts'
import { CalendarChanges } from './calendar-changes.tsx'
import { ChangeDialog, type AskedChange } from './calendar-dialog.tsx'
import { MonthSheet, type DayKind } from './calendar-month.tsx'
import { NoticeDialog } from './calendar-notice-dialog.tsx'
import { CalendarStyles } from './calendar-styles.tsx'
import { calendarWords } from './calendar-words.ts'

const pageSearch = { year: searchText }

/** 放假安排: which days are worked, year by year; what the county adds to the state's notices, with its document. */
export function CalendarPage() {
  const t = useT(calendarWords)
  const [{ year }, setSearch] = usePageSearch(pageSearch)
  const calendar = useQuery({
    queryKey: ['policies', 'calendar', year],
    queryFn: () => read<CalendarYear>('/policies/calendar', year === '' ? {} : { year }),
  })
  return (
    <PageFrame title={t('title')} note={t('note')}>
      <CalendarStyles />
      <Loaded query={calendar}>
        {(found) => <OneYear key={found.year} found={found} open={(next) => setSearch({ year: String(next) })} />}
      </Loaded>
    </PageFrame>
  )
}

function OneYear({ found, open }: { found: CalendarYear; open: (year: number) => void }) {
  const t = useT(calendarWords)
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asked, setAsked] = useState<AskedChange>()
  const [isPasting, setPasting] = useState(false)
  const { year, can } = found
  const save = async (change: ChangeCalendar) => {
    await write('POST', '/policies/calendar', change)
    setChosen(new Set())
    await queries.invalidateQueries()
  }
  const choose = (day: string) => {
    const next = new Set(chosen)
    if (!next.delete(day)) next.add(day)
    setChosen(next)
  }
  return (
    <div className="bf-stack">
      <Wanted found={found} />
      <Section
        title={t('year', { year: String(year) })}
        extra={
          <div className="calendar-bar">
            <KnownTag found={found} />
            <Button onClick={() => open(year - 1)}>{t('previous')}</Button>
            <Button onClick={() => open(year + 1)}>{t('next')}</Button>
            {can.edit ? (
              <Button type="primary" onClick={() => setPasting(true)}>
                {t('paste')}
              </Button>
            ) : null}
          </div>
        }
      >
        {found.declared === null ? null : (
          <p className="bf-quiet">
            {t('declaredBy', { document: found.declared.document, name: found.declared.byName })}{' '}
            {can.edit ? (
              <button
                type="button"
                className="bf-link"
                onClick={() => setAsked({ title: t('undeclare'), days: [], years: [{ year, isKnown: false }] })}
              >
                {t('undeclare')}
              </button>
            ) : null}
          </p>
        )}
        <Legend />
        <Months found={found} chosen={chosen} choose={can.edit ? choose : undefined} />
        {can.edit ? <Choice found={found} chosen={chosen} clear={() => setChosen(new Set())} ask={setAsked} /> : null}
      </Section>
      <Section title={t('changes')}>
        <CalendarChanges changes={found.changes} />
      </Section>
      <ChangeDialog asked={asked} close={() => setAsked(undefined)} save={save} />
      <NoticeDialog
        isOpen={isPasting}
        year={year}
        own={found.days.flatMap(({ day, own }) => (own === null ? [] : [day]))}
        close={() => setPasting(false)}
        save={save}
      />
    </div>
  )
}

/** Years that limits run into and nobody knows; and the coming one. */
function Wanted({ found }: { found: CalendarYear }) {
  const t = useT(calendarWords)
  return (
    <>
      {found.unknownYears.map(({ year, count }) => (
        <Notice key={year} kind="warning">
          {count > 0 ? t('wanted', { year: String(year), n: count }) : t('coming', { year: String(year) })}{' '}
          {year === found.year ? null : (
            <PageLink to="/policies/calendar" search={{ year: String(year) }}>
              {t('open', { year: String(year) })}
            </PageLink>
          )}
        </Notice>
      ))}
    </>
  )
}

function KnownTag({ found: { knownBy } }: { found: CalendarYear }) {
  const t = useT(calendarWords)
  if (knownBy === null) return <StatusTag level="amber" text={t('unknown')} />
  return <StatusTag level="green" text={t(knownBy === 'state' ? 'knownByState' : 'knownByCounty')} />
}

const kinds: readonly { readonly kind: DayKind | 'own'; readonly sign: string }[] = [
  { kind: 'holiday', sign: '休' },
  { kind: 'makeUp', sign: '班' },
  { kind: 'weekend', sign: ' ' },
  { kind: 'own', sign: ' ' },
]

function Legend() {
  const t = useT(calendarWords)
  return (
    <ul className="calendar-legend" aria-label={t('legend')}>
      {kinds.map(({ kind, sign }) => (
        <li key={kind}>
          <span className={`calendar-${kind}`} aria-hidden="true">
            {sign}&nbsp;
          </span>
          {t(kind)}
        </li>
      ))}
    </ul>
  )
}

interface MonthsProps {
  found: CalendarYear
  chosen: ReadonlySet<string>
  choose: ((day: string) => void) | undefined
}

function Months({ found, chosen, choose }: MonthsProps) {
  const t = useT(calendarWords)
  const months = [...new Set(found.days.map(({ day }) => day.slice(0, 7)))]
  return (
    <div className="calendar-months" role="group" aria-label={t('months', { year: String(found.year) })}>
      {months.map((month) => (
        <MonthSheet
          key={month}
          month={month}
          days={found.days.filter(({ day }) => day.startsWith(month))}
          today={found.today}
          chosen={chosen}
          choose={choose}
        />
      ))}
    </div>
  )
}

interface ChoiceProps {
  found: CalendarYear
  chosen: ReadonlySet<string>
  clear: () => void
  ask: (change: AskedChange) => void
}

/** What can be done with the days that are chosen. */
function Choice({ found, chosen, clear, ask }: ChoiceProps) {
  const t = useT(calendarWords)
  const days = [...chosen].sort()
  if (days.length === 0) return <p className="bf-quiet">{t('pick')}</p>
  const own = found.days.filter(({ day, own: entry }) => chosen.has(day) && entry !== null)
  const to = (works: boolean | null) => days.map((day) => ({ day, works }))
  return (
    <div className="calendar-bar calendar-choice">
      <strong>{t('chosen', { n: days.length })}</strong>
      <Button onClick={() => ask({ title: t('confirmFree', { n: days.length }), days: to(false), years: [] })}>{t('makeFree')}</Button>
      <Button onClick={() => ask({ title: t('confirmWorking', { n: days.length }), days: to(true), years: [] })}>{t('makeWorking')}</Button>
      {own.length === 0 ? null : (
        <Button
          onClick={() => ask({ title: t('confirmBack', { n: own.length }), days: own.map(({ day }) => ({ day, works: null })), years: [] })}
        >
          {t('takeBack')}
        </Button>
      )}
      <Button type="text" onClick={clear}>
        {t('clear')}
      </Button>
    </div>
  )
}
