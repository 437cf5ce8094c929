import { Button } from 'antd'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { DataList } from '#ui/data/data-list.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchOneOf, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import { inspectionKinds } from '../rules/inspection-kinds.ts'
import type { InspectionRecord } from '../rules/inspection-records.ts'
import { inspectionKindWords, inspectionStateWords } from '../rules/inspection-words.ts'
import { InspectionMonths } from './inspection-months.tsx'
import { PlanInspectionButton } from './inspection-plan.tsx'
import { RecordDialog } from './inspection-record.tsx'
import { inspectionWords } from './inspection-words.ts'
import { RectificationStyles } from './styles.tsx'

const levels = { planned: 'grey', inspected: 'amber', mending: 'amber', closed: 'green' } as const
const layouts = ['list', 'months'] as const
const pageSearch = { kind: searchOneOf(['all', ...inspectionKinds] as const), layout: searchOneOf(layouts) }

/** 督查检查: what is planned, what was found, and which unit missed a month. */
export function InspectionsPage() {
  const t = useT(inspectionWords)
  const say = useSay()
  const mayPlan = useMay('rectification.problem:enter')
  const [search, setSearch] = usePageSearch(pageSearch)
  const { kind = 'all', layout = 'list' } = search
  const [said, setSaid] = useState('')
  const [recording, setRecording] = useState<InspectionRecord>()
  const columns = useColumns(setRecording)
  const query = kind === 'all' ? {} : { kind }
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        <>
          {mayPlan ? <PlanInspectionButton said={setSaid} /> : null}
          <ListExport
            needs="rectification.problem:export"
            lists={[{ label: t('title'), path: '/rectification/inspections/export', query }]}
          />
        </>
      }
    >
      <RectificationStyles />
      <ChoiceChips
        label={t('layouts')}
        chosen={layout}
        choose={(next) => setSearch({ layout: next })}
        choices={layouts.map((key) => ({ key, label: t(`layout.${key}`) }))}
      />
      {said === '' ? null : <Notice kind="success">{said}</Notice>}
      {layout === 'months' ? (
        <InspectionMonths />
      ) : (
        <>
          <ChoiceChips
            label={t('kinds')}
            chosen={kind}
            choose={(next) => setSearch({ kind: next })}
            choices={[
              { key: 'all' as const, label: t('all') },
              ...inspectionKinds.map((key) => ({ key, label: say(inspectionKindWords[key]) })),
            ]}
          />
          <DataList<InspectionRecord>
            label={t('title')}
            queryKey={['rectification', 'inspections', kind]}
            load={(after) =>
              read<Page<InspectionRecord>>('/rectification/inspections', { ...query, limit: 50, ...(after === '' ? {} : { after }) })
            }
            columns={columns}
            rowKey={(one) => one.inspectionId}
            empty={{ todo: t('empty') }}
          />
        </>
      )}
      {recording === undefined ? null : <RecordDialog inspection={recording} said={setSaid} close={() => setRecording(undefined)} />}
    </PageFrame>
  )
}

function useColumns(record: (one: InspectionRecord) => void): DataColumn<InspectionRecord>[] {
  const t = useT(inspectionWords)
  const say = useSay()
  return [
    { key: 'unit', title: t('unit'), value: (one) => one.unitName },
    { key: 'kind', title: t('kinds'), value: (one) => say(inspectionKindWords[one.kind]) },
    { key: 'checker', title: t('checker'), value: (one) => one.checkerName },
    {
      key: 'state',
      title: t('state'),
      value: (one) => <StatusTag level={levels[one.state]} text={say(inspectionStateWords[one.state])} />,
    },
    { key: 'planned', title: t('planned'), kind: 'code', value: (one) => one.plannedOn },
    { key: 'made', title: t('made'), kind: 'code', value: (one) => one.inspectedOn ?? '—' },
    {
      key: 'problems',
      title: t('problems'),
      kind: 'code',
      value: (one) => (one.inspectedOn === null ? '—' : `${String(one.closed)} / ${String(one.problems)}`),
    },
    {
      key: 'next',
      title: t('next'),
      value: (one) =>
        one.can.record ? (
          <Button size="small" onClick={() => record(one)}>
            {t('record')}
          </Button>
        ) : one.problems > 0 ? (
          <PageLink to="/rectification/problems" search={{ inspectionId: one.inspectionId, view: 'all' }}>
            {t('seeProblems')}
          </PageLink>
        ) : (
          ''
        ),
    },
  ]
}
