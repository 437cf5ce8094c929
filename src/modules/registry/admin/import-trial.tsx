import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { EmptyFace, Notice } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { DifferenceCounts, Entity, ImportBatch, NewArea } from '../contract.ts'
import { ImportBalance } from './import-balance.tsx'
import { ImportDifferences } from './import-differences.tsx'
import { importScreenWords } from './import-screen-words.ts'
import { showCount } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'
import { ImportWinners } from './import-winners.tsx'

const entities = ['household', 'person', 'village'] as const satisfies readonly Entity[]
const statuses = ['new', 'changed', 'same', 'conflict', 'missing'] as const satisfies readonly (keyof DifferenceCounts)[]
const listed = ['changed', 'conflict', 'missing'] as const
const trialSearch = { entity: searchOneOf(entities), status: searchOneOf(listed) }

/** What the batch would write or decide on: everything but the rows that stay the same. */
export function countNews(batch: ImportBatch): number {
  return entities.reduce(
    (sum, entity) => sum + countOf(batch, entity, 'new') + countOf(batch, entity, 'changed') + countOf(batch, entity, 'conflict'),
    0,
  )
}

/** One figure of the trial run; 0 for what the file does not speak of. */
export function countOf(batch: ImportBatch, entity: Entity, status: keyof DifferenceCounts): number {
  return batch.differences[entity]?.[status] ?? 0
}

/** Step 4: what the import would do, nothing of it done: figures, rows field by field, new areas, totals. */
export function ImportTrial({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const [search, setSearch] = usePageSearch(trialSearch)
  const present = entities.filter((entity) => batch.differences[entity] !== undefined)
  const hasRows = present.flatMap((entity) =>
    listed.filter((status) => countOf(batch, entity, status) > 0).map((status) => ({ entity, status })),
  )
  const chosen = search.entity !== undefined && search.status !== undefined ? { entity: search.entity, status: search.status } : hasRows[0]
  const newAreas = batch.differences.newAreas ?? []
  const choose = (figure: Chosen) => {
    setSearch(figure)
    requestAnimationFrame(() => document.getElementById(detailsId)?.scrollIntoView())
  }
  return (
    <>
      <Section title={t('stepTrial')}>
        {batch.state === 'staged' ? <p>{t('trialNote')}</p> : null}
        {countNews(batch) === 0 ? <Notice kind="success">{t('trialSame')}</Notice> : null}
        {present.length === 0 ? <EmptyFace title={t('differencesNone')} todo={t('note')} /> : null}
        <TrialTable batch={batch} present={present} chosen={chosen} choose={choose} />
        <Doubtful batch={batch} />
      </Section>
      {batch.kind === 'village' || batch.state !== 'staged' ? null : <ImportWinners batch={batch} />}
      {newAreas.length === 0 ? null : <NewAreas areas={newAreas} count={batch.differences.newAreaCount ?? newAreas.length} />}
      <div id={detailsId}>{chosen === undefined ? null : <ImportDifferences batch={batch} {...chosen} />}</div>
      {batch.kind === 'village' ? null : <ImportBalance batch={batch} />}
    </>
  )
}

const detailsId = 'import-details'

/** Rows that were taken with a doubt; they can still be mended. */
function Doubtful({ batch: { counts } }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const [, setSearch] = usePageSearch(doubtSearch)
  const n = counts.suspicious ?? 0
  if (n === 0) return null
  return (
    <p>
      {t('trialDoubtful', { n: showCount(n) })}{' '}
      <button type="button" className="bf-link" onClick={() => setSearch({ step: 'check', severity: 'suspicious' }, { replace: false })}>
        {t('toDoubtful')}
      </button>
    </p>
  )
}

const doubtSearch = { step: searchText, severity: searchText }

interface Chosen {
  entity: Entity
  status: (typeof listed)[number]
}

function TrialTable(props: {
  batch: ImportBatch
  present: readonly Entity[]
  chosen: Chosen | undefined
  choose: (chosen: Chosen) => void
}) {
  const { batch, present, chosen, choose } = props
  const t = useT(importScreenWords)
  const say = useT(importStateWords)
  return (
    <ScrollBox>
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{t('entity')}</th>
            {statuses.map((status) => (
              <th key={status} scope="col" className="bf-number">
                {t(`status.${status}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {present.map((entity) => (
            <tr key={entity}>
              <th scope="row">{say(`entity.${entity}`)}</th>
              {statuses.map((status) => {
                const n = countOf(batch, entity, status)
                const target = listed.find((one) => one === status)
                const isChosen = chosen?.entity === entity && chosen.status === status
                const label = t('seeRows', { entity: say(`entity.${entity}`), status: t(`status.${status}`), n })
                return (
                  <td key={status} className="bf-number">
                    {target === undefined || n === 0 ? (
                      showCount(n)
                    ) : (
                      <button
                        type="button"
                        className={isChosen ? 'bf-chip bf-chip-on' : 'bf-chip'}
                        aria-pressed={isChosen}
                        aria-label={label}
                        onClick={() => choose({ entity, status: target })}
                      >
                        {showCount(n)}
                      </button>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function NewAreas({ areas, count }: { areas: readonly NewArea[]; count: number }) {
  const t = useT(importScreenWords)
  return (
    <Section title={t('newAreas', { n: showCount(count) })} extra={<PageLink to="/identity/areas">{t('toAreas')}</PageLink>}>
      <p className="bf-quiet">{t('newAreasNote')}</p>
      <div className="bf-scroll import-tall">
        <table className="bf-table" aria-label={t('newAreas', { n: showCount(count) })}>
          <thead>
            <tr>
              <th scope="col">{t('township')}</th>
              <th scope="col">{t('village')}</th>
              <th scope="col">{t('group')}</th>
              <th scope="col">{t('code')}</th>
            </tr>
          </thead>
          <tbody>
            {areas.map((area) => (
              <tr key={`${area.township}/${area.village}/${area.group ?? ''}`}>
                <td>{area.township}</td>
                <td>{area.village}</td>
                <td>{area.group ?? '—'}</td>
                <td className="bf-figures">{area.code ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > areas.length ? <p className="bf-quiet">{t('newAreasListed', { n: areas.length })}</p> : null}
    </Section>
  )
}
