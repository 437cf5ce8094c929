import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { AreaSelect } from '#modules/identity/admin/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { downloadWay, ExportButton } from '#ui/data/export-button.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import { intakeChannels, type IntakeCard, type IntakeChannel, type IntakeCounts } from '../../rules/intake/intake-records.ts'
import { intakeWords } from '../../rules/intake/intake-words.ts'
import { IntakeBatch } from './intake-batch.tsx'
import { IntakePane } from './intake-pane.tsx'
import { IntakeSearch } from './intake-search.tsx'
import { IntakeTags, senderOf, useDifficulties, useMatchText } from './intake-parts.tsx'
import {
  intakeQuery,
  intakeViews,
  loadIntakeCounts,
  loadIntakes,
  searchIntakes,
  localMoment,
  type IntakeFilter,
  type IntakeView,
} from './intake-queries.ts'
import { intakeScreenWords } from './intake-screen-words.ts'
import { IntakeStyles } from './intake-styles.tsx'

const inboxSearch = { view: searchOneOf(intakeViews), channel: searchOneOf(intakeChannels), area: searchText, intake: searchText }
const pageSize = 50

/** 自主申报、信访热线: what came in, most urgent first; the household beside it; finishing one opens the next (ux.md D3). */
export function IntakeInboxPage() {
  const t = useT(intakeScreenWords)
  const [search, setSearch] = usePageSearch(inboxSearch)
  const [chosen, setChosen] = useState<readonly IntakeCard[]>([])
  const [q, find] = useState('')
  const { area, intake, channel } = search
  const counts = useQuery({ queryKey: ['cases', 'intake-counts', area], queryFn: () => loadIntakeCounts(area) })
  const view = search.view ?? firstView(counts.data)
  const filter: IntakeFilter = { view, channel, area }
  const mayHandle = useMay('cases.intake:handle')
  const mayEnter = useMay('cases.intake:enter')
  const mayExport = useMay('cases.intake:export')
  const columns = useColumns(intake !== '')
  const kept = { view, ...(channel === undefined ? {} : { channel }), ...(area === '' ? {} : { area }) }
  const show = (intakeId: string) => setSearch({ view, intake: intakeId })
  const ways = [
    downloadWay({ key: 'intakes', label: t('title'), note: t('exportNote'), path: '/cases/intakes/export', query: intakeQuery(filter) }),
  ]
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        <>
          <span className="bf-spring" />
          {mayEnter ? <PageLink to="/cases/intakes/enter">{t('enter')}</PageLink> : null}
          {mayExport && q === '' ? <ExportButton ways={ways} /> : null}
        </>
      }
    >
      <IntakeStyles />
      <div className={intake === '' ? 'bf-stack' : 'bf-stack intake-top-open'}>
        <IntakeSearch q={q} find={find} />
        {q === '' ? (
          <InboxTop
            counts={counts.data}
            view={view}
            channel={channel}
            area={area}
            change={(change) => setSearch({ ...change, intake: '' })}
          />
        ) : null}
        {mayHandle ? <IntakeBatch chosen={chosen} clear={() => setChosen([])} /> : null}
      </div>
      <DataList<IntakeCard>
        label={t('label')}
        queryKey={['cases', 'intakes', q === '' ? filter : q, area]}
        load={(after) => (q === '' ? loadIntakes(filter, after, pageSize) : searchIntakes(q, { area, after, limit: pageSize }))}
        columns={columns}
        rowKey={(card) => card.intakeId}
        openRow={(card) => ({ to: '/cases/intakes', search: { ...kept, intake: card.intakeId } })}
        pageSize={pageSize}
        empty={
          q !== ''
            ? { todo: t('searchEmpty') }
            : view === 'mine'
              ? { title: t('emptyTitle'), todo: t('emptyMine') }
              : { todo: t('emptyOther') }
        }
        {...(mayHandle && view !== 'closed' && intake === ''
          ? {
              selection: {
                selected: chosen.map((card) => card.intakeId),
                onChange: (_keys: string[], rows: IntakeCard[]) => setChosen(rows),
                nameOf: (card: IntakeCard) => t('chooseRow', { name: card.name ?? t('erased') }),
              },
            }
          : {})}
        {...(intake === ''
          ? {}
          : {
              beside: {
                opened: intake,
                pane: (next: string) => <IntakePane key={intake} intakeId={intake} done={() => show(next)} back={() => show('')} />,
              },
            })}
      />
    </PageFrame>
  )
}

/** Offices with nothing of their own begin with all that is open. */
function firstView(counts: IntakeCounts | undefined): IntakeView {
  return counts !== undefined && counts.mine === 0 ? 'open' : 'mine'
}

interface InboxTopProps {
  counts: IntakeCounts | undefined
  view: IntakeView
  channel: IntakeChannel | undefined
  area: string
  change: (change: { view?: IntakeView; channel?: IntakeChannel | undefined; area?: string }) => void
}

function InboxTop({ counts, view, channel, area, change }: InboxTopProps) {
  const t = useT(intakeScreenWords)
  const say = useSay()
  const numberOf = (one: IntakeView) => {
    if (counts === undefined) return {}
    const { states } = counts
    if (one === 'closed') return { count: states.closed }
    return { count: one === 'open' ? states.new + states.matched + states.linked + states['in-case'] : counts[one] }
  }
  return (
    <>
      <ChoiceChips
        label={t('views')}
        chosen={view}
        choose={(next) => change({ view: next })}
        choices={intakeViews.map((key) => ({ key, label: t(`view.${key}`), ...numberOf(key) }))}
      />
      <div className="bf-filters">
        <Field label={t('channels')}>
          {(control) => (
            <Select
              {...control}
              value={channel ?? ''}
              onChange={(next: IntakeChannel | '') => change({ view, channel: next === '' ? undefined : next })}
              options={[
                { value: '' as const, label: t('allChannels') },
                ...intakeChannels.map((key) => ({ value: key, label: say(intakeWords[`channel.${key}`]) })),
              ]}
            />
          )}
        </Field>
        <Field label={t('area')}>
          {(control) => <AreaSelect {...control} value={area} onChange={(next) => change({ view, area: next })} />}
        </Field>
      </div>
    </>
  )
}

function useColumns(isBeside: boolean): DataColumn<IntakeCard>[] {
  const t = useT(intakeScreenWords)
  const say = useSay()
  const hard = useDifficulties()
  const matchText = useMatchText()
  const nameOf = (card: IntakeCard) => card.name ?? t('erased')
  const placeOf = (card: IntakeCard) => [card.township, card.village].filter((part) => part !== '').join(' ')
  const sourceOf = (card: IntakeCard) => `${say(intakeWords[`channel.${card.channel}`])} ${localMoment(card.receivedAt).slice(5)}`
  const state: DataColumn<IntakeCard> = { key: 'state', title: t('state'), value: (card) => <IntakeTags card={card} /> }
  if (isBeside) {
    const who = (card: IntakeCard) => (
      <>
        {nameOf(card)}
        <span className="bf-source">{placeOf(card)}</span>
        <span className="bf-source">{sourceOf(card)}</span>
      </>
    )
    return [{ key: 'who', title: t('who'), value: who }, state]
  }
  return [
    { key: 'who', title: t('who'), value: nameOf },
    {
      key: 'source',
      title: t('source'),
      value: (card) => (
        <>
          {say(intakeWords[`channel.${card.channel}`])}
          <span className="bf-source">{senderOf(card)}</span>
          <span className="bf-source bf-figures">{localMoment(card.receivedAt)}</span>
        </>
      ),
    },
    { key: 'place', title: t('place'), value: placeOf },
    {
      key: 'hard',
      title: t('hard'),
      value: (card) => (
        <>
          {hard(card)}
          {card.submissions > 1 ? <span className="bf-source">{t('times', { n: card.submissions })}</span> : null}
        </>
      ),
    },
    {
      key: 'household',
      title: t('household'),
      value: (card) => (
        <>
          {card.household?.headName ?? ''}
          <span className="bf-source">{matchText(card)}</span>
        </>
      ),
    },
    state,
  ]
}
