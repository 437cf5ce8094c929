import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import { EmptyFace, Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { searchText, useGo, usePageSearch } from '#ui/plug/page-search.ts'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'
import type { VillagePoster, VillagePosters } from '../../rules/intake/intake-records.ts'
import { intakeScreenWords } from './intake-screen-words.ts'
import { IntakeStyles } from './intake-styles.tsx'

const posterSearch = { area: searchText }

/** Posters with the villages' codes, one on each sheet of A4, to be hung in the village's office. */
export function DeclarationPostersPage() {
  const t = useT(intakeScreenWords)
  const ui = useT(uiWords)
  const go = useGo()
  const [{ area }] = usePageSearch(posterSearch)
  const { origin, host } = window.location
  const posters = useQuery({
    queryKey: ['cases', 'village-codes', 'posters', area],
    queryFn: () => read<VillagePosters>('/cases/village-codes/posters', { area, origin }),
  })
  const isLocal = posters.data?.items.some((poster) => poster.address.startsWith(`${origin}/`)) === true
  return (
    <main className="bf-sheet intake-posters">
      <IntakeStyles />
      <div className="bf-no-print">
        <div className="bf-page-actions">
          <Button onClick={() => go('/cases/village-codes')}>{t('codesTitle')}</Button>
          <Button type="primary" onClick={() => window.print()}>
            {ui('print')}
          </Button>
        </div>
        {isLocal ? <Notice kind="warning">{t('posterLocal', { host })}</Notice> : null}
      </div>
      <Loaded query={posters}>
        {(found) =>
          found.items.length === 0 ? (
            <>
              <h1>{t('codesTitle')}</h1>
              <EmptyFace todo={t('posterNone')} />
            </>
          ) : (
            found.items.map((poster) => <Poster key={poster.address} poster={poster} all={found} />)
          )
        }
      </Loaded>
    </main>
  )
}

function Poster({ poster, all }: { poster: VillagePoster; all: VillagePosters }) {
  const t = useT(intakeScreenWords)
  const { qr, township, village, phone, address } = poster
  const phones = [...(phone === null ? [] : [t('posterVillagePhone', { phone })]), ...all.telephones].join('、')
  return (
    <section className="intake-poster" aria-label={`${township} ${village}`}>
      <h1>{t('posterTitle')}</h1>
      <h2>
        {township} {village}
      </h2>
      <svg viewBox={`0 0 ${String(qr.size)} ${String(qr.size)}`} role="img" aria-label={address} shapeRendering="crispEdges">
        <path d={qr.path} fill="#000" />
      </svg>
      <p>{t('posterHow')}</p>
      <p>{t('posterPromise', { answer: all.answerDays, result: all.resultDays })}</p>
      <p>{t('posterPhones', { phones })}</p>
      <p className="intake-address">{address}</p>
    </section>
  )
}
