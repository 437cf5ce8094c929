import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import { withoutResult, type ClassCounts, type ClassCountsOfPlace, type WordCounts } from '../../contract.ts'
import { columnsOfMatrix, countAt, type MatrixColumn } from '../../rules/classes/class-matrix.ts'
import { depthOf, villageDepth } from '../../rules/case-seat.ts'
import { classWords } from './class-words.ts'

const names = '/cases/classification/names'
/** The day that is looked at, as the address carries it. */
type Day = { readonly asOf?: string }
type Groups = ReturnType<typeof columnsOfMatrix>

/** Places × layers and classes; a township leads to its villages, a number to its names, and the last line adds up. */
export function ClassMatrix({ found, day }: { found: ClassCounts; day: Day }) {
  const t = useT(classWords)
  const { places, sum, under, can } = found
  const groups = columnsOfMatrix(sum)
  const isVillages = places[0] !== undefined && depthOf(places[0].areaPath) >= villageDepth
  return (
    <>
      {under === null || !isVillages ? null : (
        <p>
          {can.run ? (
            <PageLink to="/cases/classification" search={day}>
              {t('wholeCounty')}
            </PageLink>
          ) : null}{' '}
          {can.run ? '/ ' : ''}
          <strong>{under.name}</strong>
        </p>
      )}
      <ScrollBox>
        <table className="bf-table class-matrix" aria-label={t('matrix')}>
          <MatrixHead groups={groups} isVillages={isVillages} />
          <tbody>
            {places.map((place) => (
              <tr key={place.areaPath}>
                <th scope="row" className="class-name">
                  <PageLink
                    to={isVillages ? names : '/cases/classification'}
                    search={{ ...(isVillages ? { area: place.areaPath } : { under: place.areaPath }), ...day }}
                  >
                    {place.name}
                  </PageLink>
                </th>
                <Figures place={place} groups={groups} search={{ area: place.areaPath, ...day }} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="class-sum">
              <th scope="row">{t('sum')}</th>
              <Figures place={sum} groups={groups} search={{ ...(under === null ? {} : { area: under.path }), ...day }} />
            </tr>
          </tfoot>
        </table>
      </ScrollBox>
    </>
  )
}

function MatrixHead({ groups, isVillages }: { groups: Groups; isVillages: boolean }) {
  const t = useT(classWords)
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={2} className="class-name">
          {t(isVillages ? 'village' : 'township')}
        </th>
        <th scope="col" rowSpan={2} className="bf-number">
          {t('households')}
        </th>
        {groups.map(({ layer, columns }) => {
          const isWhole = columns[0]?.labourClass === undefined
          return (
            <th key={layer} scope={isWhole ? 'col' : 'colgroup'} colSpan={columns.length} rowSpan={isWhole ? 2 : 1} className="class-layer">
              {layer === '' ? t('undecided') : layer}
            </th>
          )
        })}
      </tr>
      <tr>
        {groups.flatMap(({ layer, columns }) =>
          columns.flatMap(({ labourClass }, at) =>
            labourClass === undefined
              ? []
              : [
                  <th key={`${layer} ${labourClass}`} scope="col" className={at === 0 ? 'bf-number class-first' : 'bf-number'}>
                    {labourClass === '' ? t('undecided') : labourClass}
                  </th>,
                ],
          ),
        )}
      </tr>
    </thead>
  )
}

/** The numbers of a row; each one leads to its names, 0 to none. */
function Figures({ place, groups, search }: { place: ClassCountsOfPlace; groups: Groups; search: Readonly<Record<string, string>> }) {
  const link = (count: number, column: MatrixColumn | undefined) =>
    count === 0 ? (
      '0'
    ) : (
      <PageLink to={names} search={{ ...search, ...searchOf(column) }}>
        {count.toLocaleString('en')}
      </PageLink>
    )
  return (
    <>
      <td className="bf-number">{link(place.households, undefined)}</td>
      {groups.flatMap(({ layer, columns }) =>
        columns.map((column, at) => (
          <td key={`${layer} ${column.labourClass ?? ''}`} className={at === 0 ? 'bf-number class-first' : 'bf-number'}>
            {link(countAt(place.cells, column), column)}
          </td>
        )),
      )}
    </>
  )
}

function searchOf(column: MatrixColumn | undefined): Readonly<Record<string, string>> {
  if (column === undefined) return {}
  const word = (text: string) => (text === '' ? withoutResult : text)
  return { layer: word(column.layer), ...(column.labourClass === undefined ? {} : { labourClass: word(column.labourClass) }) }
}

const views = ['kind', 'card', 'alert'] as const

/** Kinds, cards and measures of the place as a whole. */
export function OtherViews({ found, day }: { found: ClassCounts; day: Day }) {
  const t = useT(classWords)
  const { sum, under } = found
  const place = { ...(under === null ? {} : { area: under.path }), ...day }
  return (
    <div className="class-others">
      {views.map((view) => (
        <div key={view}>
          <h3>{t(view)}</h3>
          <ul>
            {ordered(sum[view]).map(([word, count]) => (
              <li key={word}>
                <span>{word === '' ? t(view === 'kind' ? 'none' : 'undecided') : word}</span>
                <PageLink to={names} search={{ ...place, [view]: word === '' ? withoutResult : word }}>
                  <span className="bf-figures">{count.toLocaleString('en')}</span>
                </PageLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}

/** As the words stand; without a result last. */
function ordered(counts: WordCounts): [string, number][] {
  return Object.entries(counts).sort(([one], [other]) => Number(one === '') - Number(other === '') || (one < other ? -1 : 1))
}
