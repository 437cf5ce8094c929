import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { targetStateWords, wayWords } from '../rules/survey-words.ts'
import { targetLevels } from './survey-levels.ts'
import { loadMine, localMoment, type MineCard } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

/** 我的调查任务: the households that the caller has to call, due retries first. */
export function CallsPage() {
  const t = useT(surveyWords)
  const say = useSay()
  const columns: DataColumn<MineCard>[] = [
    { key: 'who', title: t('household'), value: (row) => (row.headName === '' ? row.village : row.headName) },
    { key: 'place', title: t('place'), value: (row) => `${row.township} ${row.village}` },
    { key: 'persons', title: t('persons'), kind: 'number', value: (row) => row.persons },
    {
      key: 'state',
      title: t('state'),
      value: (row) => (
        <>
          <StatusTag level={targetLevels[row.state]} text={say(targetStateWords[row.state])} />
          {row.nextFrom === undefined ? null : (
            <span className="bf-source">{row.isDue ? t('dueNow') : t('due', { at: localMoment(row.nextFrom) })}</span>
          )}
        </>
      ),
    },
    { key: 'attempts', title: t('attempts'), kind: 'number', value: (row) => row.attempts },
    { key: 'way', title: t('way'), value: (row) => say(wayWords[row.way]) },
    {
      key: 'campaign',
      title: t('campaigns'),
      value: (row) => (
        <>
          {row.campaignName}
          <span className="bf-source">{row.campaignNo}</span>
        </>
      ),
    },
    { key: 'ends', title: t('endsOn'), kind: 'code', value: (row) => row.endsOn },
  ]
  return (
    <PageFrame
      title={t('calls')}
      note={t('callsNote')}
      extra={<ListExport needs="surveys.call:read" lists={[{ label: t('calls'), path: '/surveys/mine/export' }]} />}
    >
      <DataList<MineCard>
        label={t('calls')}
        queryKey={['surveys', 'mine']}
        load={(cursor) => loadMine({}, cursor)}
        columns={columns}
        rowKey={(row) => row.targetId}
        openRow={(row) => ({ to: `/surveys/calls/${row.targetId}` })}
        empty={{ todo: t('emptyCalls') }}
      />
    </PageFrame>
  )
}
