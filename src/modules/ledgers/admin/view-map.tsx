import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import type { Page } from '#kernel/pure/paging/index.ts'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import { frameOf, marksOn, scaleOf, zoomed, type Frame, type Mark, type Placed } from '../rules/map-plan.ts'
import type { FieldValue, RecordItem } from '../rules/records.ts'
import { pages, searchRecords, type Filter } from './ledger-calls.ts'
import { ledgerWords } from './ledger-words.ts'
import type { ViewProps } from './list-view.ts'

/** More marks than this say nothing any more: the filters narrow them. */
const mostRecords = 1000
const atATime = 200

/** Records with a position as a plan true to scale, near ones under one mark, and the same as a list. No tiles are asked from anybody: it works without the internet. */
export function MapView({ book, filter }: ViewProps) {
  const t = useT(ledgerWords)
  const field = book.template.list.map ?? book.template.fields.find(({ kind }) => kind === 'place')?.key ?? ''
  const found = useQuery({ queryKey: ['ledgers', 'map', book.templateKey, filter], queryFn: () => readAll(book.templateKey, filter) })
  return (
    <Loaded query={found}>
      {({ items, isMore }) => {
        const placed = items.flatMap((record) => placeOf(record, record.values[field]))
        return placed.length === 0 ? (
          <p>{t('mapNone')}</p>
        ) : (
          <>
            <p className="bf-quiet">
              {t('mapCount', { placed: placed.length, without: items.length - placed.length })}
              {isMore ? ` ${t('mapMore', { most: mostRecords.toLocaleString('en') })}` : ''}
            </p>
            <Plan key={JSON.stringify(filter)} templateKey={book.templateKey} placed={placed} records={items} />
          </>
        )
      }}
    </Loaded>
  )
}

async function readAll(templateKey: string, filter: Filter): Promise<{ items: RecordItem[]; isMore: boolean }> {
  const items: RecordItem[] = []
  let page: Page<RecordItem> = await searchRecords(templateKey, { ...filter, limit: atATime })
  items.push(...page.items)
  while (page.next !== undefined && items.length < mostRecords) {
    page = await searchRecords(templateKey, { ...filter, limit: atATime, after: page.next })
    items.push(...page.items)
  }
  return { items, isMore: page.next !== undefined }
}

function placeOf(record: RecordItem, value: FieldValue | undefined): Placed[] {
  if (typeof value !== 'object' || value === null || !('longitude' in value)) return []
  return [{ id: record.recordId, longitude: Number(value.longitude), latitude: Number(value.latitude) }]
}

interface PlanProps {
  templateKey: string
  placed: readonly Placed[]
  records: readonly RecordItem[]
}

function Plan({ templateKey, placed, records }: PlanProps) {
  const t = useT(ledgerWords)
  const whole = useMemo(() => frameOf(placed), [placed])
  const [near, setNear] = useState<Frame>()
  const frame = near ?? whole
  const byId = useMemo(() => new Map(records.map((one) => [one.recordId, one])), [records])
  if (frame === undefined) return null
  const marks = marksOn(frame, placed)
  const scale = scaleOf(frame)
  const shown = marks.flatMap((mark) => mark.ids).flatMap((id) => byId.get(id) ?? [])
  const look = (mark: Mark) => setNear(frameOf(placed.filter((one) => mark.ids.includes(one.id))))
  return (
    <div className="ledger-side">
      <figure className="ledger-figure">
        <div className="bf-row">
          <Button onClick={() => setNear(zoomed(frame, 0.5))}>{t('mapNearer')}</Button>
          <Button onClick={() => setNear(zoomed(frame, 2))}>{t('mapFarther')}</Button>
          <Button disabled={near === undefined} onClick={() => setNear(undefined)}>
            {t('mapWhole')}
          </Button>
        </div>
        <div className="ledger-plan" role="group" aria-label={t('view.map')}>
          {marks.map((mark) => (
            <MarkOf key={mark.ids[0]} mark={mark} records={byId} templateKey={templateKey} look={() => look(mark)} />
          ))}
          <span className="ledger-north" aria-hidden="true">
            ↑ {t('mapNorth')}
          </span>
          <span className="ledger-scale" style={{ width: `${scale.length * 100}%` }}>
            {scale.metres < 1000 ? t('metres', { n: scale.metres }) : t('kilometres', { n: scale.metres / 1000 })}
          </span>
        </div>
        <figcaption className="bf-quiet">{t('mapNote')}</figcaption>
      </figure>
      <ol className="bf-lines ledger-tall">
        {shown.map((record) => (
          <li key={record.recordId}>
            <PageLink to={pages.record(templateKey, record.recordId)}>{nameOf(record)}</PageLink>{' '}
            <span className="bf-quiet">{record.areaName}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

const nameOf = (record: RecordItem): string => (record.title === '' ? (record.recordNo ?? '—') : record.title)

interface MarkProps {
  mark: Mark
  records: ReadonlyMap<string, RecordItem>
  templateKey: string
  look: () => void
}

/** One record leads to its page; several are looked at from nearer. What is overdue is red and has a sign of its own. */
function MarkOf({ mark, records, templateKey, look }: MarkProps) {
  const t = useT(ledgerWords)
  const of = mark.ids.flatMap((id) => records.get(id) ?? [])
  const [only, another] = of
  const isOverdue = of.some((record) => record.isOverdue)
  const style = { left: `${mark.x * 100}%`, top: `${mark.y * 100}%` }
  const className = `ledger-mark${isOverdue ? ' ledger-mark-late' : ''}`
  if (only === undefined) return null
  if (another !== undefined)
    return (
      <button type="button" className={className} style={style} aria-label={t('mapSeveral', { n: of.length })} onClick={look}>
        {isOverdue ? '▲' : ''}
        {of.length}
      </button>
    )
  return (
    <span className={className} style={style}>
      <PageLink to={pages.record(templateKey, only.recordId)} title={nameOf(only)} label={nameOf(only)}>
        {isOverdue ? '▲' : '●'}
      </PageLink>
    </span>
  )
}
