import { useQueries } from '@tanstack/react-query'
import { useRef } from 'react'
import { EmptyFace, FailedFace, Skeleton } from '#ui/feedback/faces.tsx'
import { StatCard } from '#ui/data/stat-card.tsx'
import { useListKeys } from '#ui/data/use-list-keys.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useCaller } from '#ui/plug/caller.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSlot } from '#ui/plug/slots.ts'
import { todaySlot, type TodayCard, type TodayItem } from '#ui/plug/today.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import { todayWords } from './today-words.ts'

/** 工作台: the numbers that concern the caller and one list of what is to be done, soonest first (ux.md D1). */
export function TodayPage() {
  const t = useT(todayWords)
  const say = useSay()
  const caller = useCaller()
  const sections = useSlot(todaySlot).filter((section) => section.needs === undefined || caller.rights.includes(section.needs))
  const queries = useQueries({
    queries: sections.map((section) => ({ queryKey: ['today', caller.id, section.key], queryFn: section.load })),
  })
  const works = queries.flatMap((query) => (query.data === undefined ? [] : [query.data]))
  const cards = works.flatMap((work) => work.cards).sort(byUrgency)
  const items = works.flatMap((work) => work.items).sort(bySoonest)
  const isLoading = queries.some((query) => query.isPending)
  return (
    <PageFrame title={t('title')}>
      {queries.map((query, index) =>
        query.isError ? (
          <FailedFace key={sections[index]?.key} error={query.error} retry={() => void query.refetch()} /> // the query keeps its own error
        ) : null,
      )}
      {isLoading ? <Skeleton /> : null}
      {cards.length === 0 ? null : (
        <div className="bf-stats" role="group" aria-label={t('numbers')}>
          {cards.map((card) => (
            <StatCard key={card.key} label={say(card.words)} value={card.count} to={card.to} search={card.search} level={card.level} />
          ))}
        </div>
      )}
      {items.length > 0 ? (
        <Section title={t('listCount', { n: items.length })} extra={<span className="bf-quiet">{t('listKeys')}</span>}>
          <TodayList items={items} />
        </Section>
      ) : isLoading ? null : (
        <EmptyFace title={t('doneTitle')} todo={cards.length === 0 ? t('nothingYet') : t('doneTodo')} />
      )}
    </PageFrame>
  )
}

function TodayList({ items }: { items: readonly TodayItem[] }) {
  const t = useT(todayWords)
  const say = useSay()
  const go = useGo()
  const frame = useRef<HTMLDivElement>(null)
  const open = (index: number) => {
    const item = items[index]
    if (item !== undefined) go(item.to, item.search)
  }
  const { current, setCurrent } = useListKeys({ frame, count: items.length, open })
  const hasSources = items.some((item) => item.from !== undefined)
  return (
    <div ref={frame} className="bf-scroll">
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{t('about')}</th>
            <th scope="col">{t('kind')}</th>
            <th scope="col">{t('ask')}</th>
            {hasSources ? <th scope="col">{t('from')}</th> : null}
            <th scope="col">{t('due')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <tr
              key={item.key}
              data-row-key={item.key}
              className={index === current ? 'bf-row-current' : ''}
              onClick={() => setCurrent(index)}
            >
              <td>
                <PageLink to={item.to} search={item.search}>
                  {item.title}
                </PageLink>
                {item.place === undefined ? null : <span className="bf-source">{item.place}</span>}
              </td>
              <td>{say(item.kind)}</td>
              <td>{say(item.ask)}</td>
              {hasSources ? <td>{item.from === undefined ? <span className="bf-quiet">—</span> : say(item.from)}</td> : null}
              <td className="bf-figures">
                <DueOf item={item} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The day, and what is left until then in working days where that is known. */
function DueOf({ item: { dueOn, daysLeft, isOverdue } }: { item: TodayItem }) {
  const t = useT(todayWords)
  if (daysLeft === undefined)
    return (
      <>
        {isOverdue === true ? <StatusTag level="red" text={t('overdue')} /> : null} {dueOn ?? '—'}
      </>
    )
  const text = daysLeft < 0 ? t('daysLate', { n: -daysLeft }) : daysLeft === 0 ? t('dueToday') : t('daysLeft', { n: daysLeft })
  return (
    <>
      <StatusTag level={daysLeft < 0 ? 'red' : daysLeft <= 1 ? 'amber' : 'grey'} text={text} /> <span className="bf-source">{dueOn}</span>
    </>
  )
}

const urgency: Readonly<Record<string, number>> = { red: 0, amber: 1 }
/** Red numbers first, then amber ones, as far as there is something behind them. */
function byUrgency(one: TodayCard, other: TodayCard): number {
  const place = ({ count, level }: TodayCard) => (count === 0 ? 3 : (urgency[level ?? 'grey'] ?? 2))
  return place(one) - place(other)
}

/** Overdue and soonest first; what has no day stands last. */
function bySoonest(one: TodayItem, other: TodayItem): number {
  return (one.dueOn ?? '9999').localeCompare(other.dueOn ?? '9999')
}
