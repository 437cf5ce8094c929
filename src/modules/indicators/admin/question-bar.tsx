import { Button, Input } from 'antd'
import { useState, type ReactNode } from 'react'
import { readPeriod } from '#kernel/pure/indicators/index.ts'
import { addDays, type Day } from '#kernel/pure/time/index.ts'
import { AreaSelect } from '#modules/identity/admin/index.ts'
import { Field } from '#ui/forms/field.tsx'
import { searchText } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { indicatorWords } from './indicator-words.ts'

/** Period and place as the address carries them; empty: this year, the reader's own place. */
export const questionSearch = { period: searchText, area: searchText }

interface QuestionBarProps {
  period: string
  area: string
  /** The server's day; before the first answer the quick periods are not offered. */
  today: Day | undefined
  change: (next: { period?: string; area?: string }) => void
  /** One more box of the same line. */
  children?: ReactNode
}

/** Period and place of what is asked; a period is taken when it reads as one. */
export function QuestionBar({ period, area, today, change, children }: QuestionBarProps) {
  const t = useT(indicatorWords)
  const [text, setText] = useState(period)
  const [shownPeriod, setShownPeriod] = useState(period)
  if (shownPeriod !== period) {
    setShownPeriod(period)
    setText(period)
  }
  const isGood = text === '' || readPeriod(text) !== undefined
  const take = () => (isGood ? change({ period: text }) : undefined)
  return (
    <div className="bf-stack">
      <div className="bf-filters">
        <Field label={t('period')} {...(isGood ? {} : { problem: t('periodHelp') })}>
          {(control) => (
            <Input
              {...control}
              value={text}
              placeholder={t('thisYear')}
              onChange={(event) => setText(event.target.value.trim())}
              onBlur={take}
              onPressEnter={take}
            />
          )}
        </Field>
        <Field label={t('area')}>{(control) => <AreaSelect {...control} value={area} onChange={(path) => change({ area: path })} />}</Field>
        {children}
      </div>
      {today === undefined ? null : (
        <div className="bf-row" role="group" aria-label={t('period')}>
          {quickPeriods(today).map(({ key, value }) => (
            <Button key={key} size="small" type={period === value ? 'primary' : 'default'} onClick={() => change({ period: value })}>
              {t(key)} {value}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

function quickPeriods(today: Day) {
  const month = today.slice(0, 7)
  // Safe: the first of a month is a day.
  const lastMonth = addDays(`${month}-01` as Day, -1).slice(0, 7)
  return [
    { key: 'thisYear', value: today.slice(0, 4) },
    { key: 'thisMonth', value: month },
    { key: 'lastMonth', value: lastMonth },
    { key: 'today', value: today },
  ] as const
}
