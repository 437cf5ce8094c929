import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { useCaller } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import { depthOf, villageDepth } from '../../rules/case-seat.ts'
import type { ClockForecast, ForecastOfPlace } from '../../rules/clocks/clock-records.ts'
import { clockScreenWords } from './clock-screen-words.ts'

export const clockNames = '/cases/clocks/names'

/** The counts of a place, in their order. */
const counts = ['running', 'overdue', 'dueWeek', 'breachWeek', 'breachLater', 'paused', 'ownDays', 'othersDays'] as const
export type ClockCount = (typeof counts)[number]

/** Which names stand behind a count. */
export const searchOfCount: Readonly<Record<ClockCount, Readonly<Record<string, unknown>>>> = {
  running: {},
  overdue: { overdue: true },
  dueWeek: { dueWithin: 7 },
  breachWeek: { breach: 'week' },
  breachLater: { breach: 'later' },
  paused: { paused: true },
  ownDays: { party: 'own' },
  othersDays: { party: 'others' },
}

const levels: Partial<Record<ClockCount, string>> = { overdue: 'clock-red', breachWeek: 'clock-amber', breachLater: 'clock-amber' }

/** Places × what runs, is late and will be; a township leads to its villages, a number to its names, and the last line adds up. */
export function ClockPlaces({ found }: { found: ClockForecast }) {
  const t = useT(clockScreenWords)
  const { places, sum, under } = found
  const { isCountyWide } = useCaller()
  const isVillages = places[0] !== undefined && depthOf(places[0].areaPath) >= villageDepth
  return (
    <>
      {under === null || !isVillages || !isCountyWide ? null : (
        <p>
          <PageLink to="/cases/clocks" search={{}}>
            {t('wholeCounty')}
          </PageLink>{' '}
          / <strong>{under.name}</strong>
        </p>
      )}
      <ScrollBox>
        <table className="bf-table clock-table" aria-label={t('byPlace')}>
          <thead>
            <tr>
              <th scope="col" className="clock-name">
                {t(isVillages ? 'village' : 'township')}
              </th>
              {counts.map((count) => (
                <th key={count} scope="col" className={classOf(count)}>
                  {t(count)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {places.map((place) => (
              <tr key={place.areaPath}>
                <th scope="row" className="clock-name">
                  {isVillages ? (
                    <PageLink to={clockNames} search={{ area: place.areaPath }}>
                      {place.name}
                    </PageLink>
                  ) : (
                    <PageLink to="/cases/clocks" search={{ under: place.areaPath }}>
                      {place.name}
                    </PageLink>
                  )}
                </th>
                <Counts place={place} area={{ area: place.areaPath }} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="clock-sum">
              <th scope="row">{t('sum')}</th>
              <Counts place={sum} area={under === null ? {} : { area: under.path }} />
            </tr>
          </tfoot>
        </table>
      </ScrollBox>
    </>
  )
}

function classOf(count: ClockCount): string {
  return count === 'ownDays' ? 'bf-number clock-first' : 'bf-number'
}

function Counts({ place, area }: { place: ForecastOfPlace; area: Readonly<Record<string, unknown>> }) {
  return (
    <>
      {counts.map((count) => (
        <td key={count} className={classOf(count)}>
          {place[count] === 0 ? (
            '0'
          ) : (
            <PageLink to={clockNames} search={{ ...area, ...searchOfCount[count] }}>
              <span className={levels[count]}>{place[count].toLocaleString('en')}</span>
            </PageLink>
          )}
        </td>
      ))}
    </>
  )
}
