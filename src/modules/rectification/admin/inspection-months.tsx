import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { EmptyFace } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { MonthsRecord } from '../rules/inspection-records.ts'
import { inspectionKindWords } from '../rules/inspection-words.ts'
import { inspectionWords } from './inspection-words.ts'

/** The month of today in Shanghai, and the one eleven months before. */
function lastTwelve(): { from: string; to: string } {
  const today = new Date(Date.now() + 8 * 3_600_000)
  const before = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 11, 1))
  return { from: before.toISOString().slice(0, 7), to: today.toISOString().slice(0, 7) }
}

/** Which unit was looked at in which month, and which it missed (M-119, M-120). */
export function InspectionMonths() {
  const t = useT(inspectionWords)
  const say = useSay()
  const [kind, setKind] = useState<'monthly' | 'party-review'>('monthly')
  const span = lastTwelve()
  const query = useQuery({
    queryKey: ['rectification', 'inspection-months', kind, span],
    queryFn: () => read<MonthsRecord>('/rectification/inspections/months', { kind, ...span }),
  })
  return (
    <Section title={say(inspectionKindWords[kind])}>
      <ChoiceChips
        label={t('kinds')}
        chosen={kind}
        choose={setKind}
        choices={(['monthly', 'party-review'] as const).map((key) => ({ key, label: say(inspectionKindWords[key]) }))}
      />
      <p className="bf-quiet">{t('monthsNote')}</p>
      <Loaded query={query}>
        {({ months, units }) =>
          units.length === 0 ? (
            <EmptyFace title={t('layout.months')} todo={t('monthsEmpty')} />
          ) : (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a table that is wider than the page must be moved by the arrows
            <div className="bf-scroll" tabIndex={0} role="group" aria-label={t('layout.months')}>
              <table className="bf-table">
                <thead>
                  <tr>
                    <th scope="col">{t('unit')}</th>
                    {months.map((month) => (
                      <th key={month} scope="col">
                        {month}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {units.map((unit) => (
                    <tr key={unit.unitName}>
                      <th scope="row">{unit.unitName}</th>
                      {months.map((month) => (
                        <td key={month} className={unit.missed.includes(month) ? 'rect-missed' : undefined}>
                          {unit.missed.includes(month) ? t('monthMissed') : t('monthMade')}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Section>
  )
}
