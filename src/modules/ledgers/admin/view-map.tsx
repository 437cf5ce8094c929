import { useQuery } from '@tanstack/react-query'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { FieldValue, RecordItem } from '../rules/records.ts'
import { pages, searchRecords } from './ledger-calls.ts'
import { ledgerWords } from './ledger-words.ts'
import type { ViewProps } from './list-view.ts'

/** Records with a position: a sketch by longitude and latitude, and the same as a list of links. No map tiles are asked from anybody. */
export function MapView({ book, filter }: ViewProps) {
  const t = useT(ledgerWords)
  const field = book.template.list.map ?? book.template.fields.find(({ kind }) => kind === 'place')?.key ?? ''
  const found = useQuery({
    queryKey: ['ledgers', 'map', book.templateKey, filter],
    queryFn: () => searchRecords(book.templateKey, { ...filter, limit: 200 }),
  })
  return (
    <Loaded query={found}>
      {({ items }) => {
        const placed = items.flatMap((record) => placeOf(record, record.values[field]))
        return placed.length === 0 ? <p>{t('mapNone')}</p> : <Sketch templateKey={book.templateKey} placed={placed} />
      }}
    </Loaded>
  )
}

interface Placed {
  record: RecordItem
  x: number
  y: number
}

function placeOf(record: RecordItem, value: FieldValue | undefined): Placed[] {
  if (typeof value !== 'object' || value === null || !('longitude' in value)) return []
  return [{ record, x: Number(value.longitude), y: Number(value.latitude) }]
}

function Sketch({ templateKey, placed }: { templateKey: string; placed: readonly Placed[] }) {
  const t = useT(ledgerWords)
  const [west, east] = [Math.min(...placed.map(({ x }) => x)), Math.max(...placed.map(({ x }) => x))]
  const [south, north] = [Math.min(...placed.map(({ y }) => y)), Math.max(...placed.map(({ y }) => y))]
  const span = Math.max(east - west, north - south, 0.002)
  const px = (x: number) => 20 + ((x - (west + east) / 2) / span + 0.5) * 360
  const py = (y: number) => 20 + ((north + south) / 2 - y) * (360 / span) + 180
  return (
    <div className="ledger-side">
      <figure className="ledger-figure">
        <svg viewBox="0 0 400 400" role="img" aria-label={t('view.map')} width="100%">
          <rect x="1" y="1" width="398" height="398" fill="#F1F5FB" stroke="#5F6875" />
          {placed.map(({ record, x, y }, at) => (
            <g key={record.recordId}>
              <circle cx={px(x)} cy={py(y)} r="7" fill={record.isOverdue ? '#C4231C' : '#1554B0'} />
              <text x={px(x) + 9} y={py(y) + 4} fontSize="11">
                {at + 1}
              </text>
            </g>
          ))}
        </svg>
        <figcaption className="bf-quiet">{t('mapNote')}</figcaption>
      </figure>
      <ol className="bf-lines ledger-tall">
        {placed.map(({ record }) => (
          <li key={record.recordId}>
            <PageLink to={pages.record(templateKey, record.recordId)}>{record.title}</PageLink>{' '}
            <span className="bf-quiet">{record.areaName}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
