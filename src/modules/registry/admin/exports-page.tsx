import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { download, read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { searchFlag, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { ExportRecord, ExportState } from '../rules/export-records.ts'
import { exportListWords } from '../rules/export-words.ts'
import { exportWords } from './export-words.ts'
import { nameField } from './fact-text.ts'
import { showMoment } from './import-show.ts'
import { nameTag } from './tag-words.ts'

const exportsKey = ['registry', 'exports'] as const
const pageSearch = { waiting: searchFlag }
const levels = { made: 'grey', asked: 'amber', approved: 'green', refused: 'grey', expired: 'grey' } as const satisfies Record<
  ExportState,
  Level
>

/** 导出记录: who took what out, when and why; requests for whole numbers are decided on and fetched here. */
export function ExportsPage() {
  const t = useT(exportWords)
  const [{ waiting }, setSearch] = usePageSearch(pageSearch)
  const query = waiting ? { waiting: 'true' } : {}
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={<ListExport needs="registry.export:read" lists={[{ label: t('title'), path: '/registry/exports/export', query }]} />}
    >
      <ChoiceChips
        label={t('which')}
        choices={[
          { key: 'all', label: t('all') },
          { key: 'waiting', label: t('waiting') },
        ]}
        chosen={waiting ? 'waiting' : 'all'}
        choose={(key) => setSearch({ waiting: key === 'waiting' })}
      />
      <DataList<ExportRecord>
        label={t('label')}
        queryKey={[...exportsKey, waiting]}
        load={(after) => read<Page<ExportRecord>>('/registry/exports', { ...query, after, limit: 50 })}
        columns={useColumns()}
        rowKey={(row) => row.exportId}
        empty={{ todo: t(waiting ? 'emptyWaiting' : 'empty') }}
      />
    </PageFrame>
  )
}

function useColumns(): DataColumn<ExportRecord>[] {
  const t = useT(exportWords)
  const nameList = useNameList()
  return [
    { key: 'what', title: t('what'), widthRem: 14, value: (row) => <What row={row} name={nameList(row)} /> },
    { key: 'rows', title: t('rows'), kind: 'number', value: (row) => row.rows.toLocaleString('en') },
    { key: 'purpose', title: t('purpose'), widthRem: 12, value: (row) => row.purpose },
    { key: 'who', title: t('who'), value: (row) => <Who row={row} /> },
    { key: 'state', title: t('state'), value: (row) => <Standing row={row} /> },
    {
      key: 'manage',
      title: t('manage'),
      value: (row) => (Object.values(row.can).includes(true) ? <Actions row={row} name={nameList(row)} /> : undefined),
    },
  ]
}

/** The list's name in the reader's language; a list that is no longer known stands as its key. */
function useNameList(): (row: ExportRecord) => string {
  const language = useLanguage()
  const names = new Map(Object.entries(exportListWords))
  return (row) => names.get(row.list)?.[language] ?? row.list
}

function What({ row, name }: { row: ExportRecord; name: string }) {
  const t = useT(exportWords)
  return (
    <>
      {name}
      <span className="bf-source">{[row.format, ...(row.isMasked ? [] : [t('wholeNumbers')]), ...useFilterWords(row)].join(' · ')}</span>
    </>
  )
}

function Who({ row }: { row: ExportRecord }) {
  return (
    <>
      {row.askedName}
      <span className="bf-source bf-figures">{showMoment(row.askedAt)}</span>
    </>
  )
}

const plainFilters = ['type', 'monitored', 'month', 'rule', 'from', 'to'] as const
const namedFilters = ['missing', 'overdue', 'mine', 'kind', 'state', 'found', 'householdId'] as const

/** The filter of a list in words. */
function useFilterWords({ filter, areaName }: ExportRecord): string[] {
  const t = useT(exportWords)
  const language = useLanguage()
  const valueOf = (key: string) => {
    const value = filter[key]
    return typeof value === 'string' ? value : undefined
  }
  const under = valueOf('under')
  const [tag, field] = [valueOf('tag'), valueOf('field')]
  return [
    ...(under === undefined ? [] : [t('filter.under', { value: areaName ?? under })]),
    ...plainFilters.flatMap((key) => {
      const value = valueOf(key)
      if (value === undefined) return []
      return [key === 'monitored' && value === 'any' ? t('filter.anyMonitored') : t(`filter.${key}`, { value })]
    }),
    ...(tag === undefined ? [] : [t('filter.tag', { value: nameTag(tag, language) })]),
    ...(field === undefined ? [] : [t('filter.field', { value: nameField(field, language) })]),
    ...namedFilters.flatMap((key) => (valueOf(key) === undefined ? [] : [t(`filter.${key}`)])),
  ]
}

function Standing({ row }: { row: ExportRecord }) {
  const t = useT(exportWords)
  return (
    <>
      <StatusTag level={levels[row.state]} text={t(`state.${row.state}`)} />
      {row.decidedName === undefined ? null : (
        <span className="bf-source">{t('decidedBy', { name: row.decidedName, at: showMoment(row.decidedAt) })}</span>
      )}
      {row.note === undefined ? null : <span className="bf-source">{row.note}</span>}
      {row.state === 'approved' ? <span className="bf-source">{t('until', { at: showMoment(row.expiresAt) })}</span> : null}
      {row.isMasked || row.downloads === 0 ? null : <span className="bf-source">{t('fetched', { n: row.downloads })}</span>}
    </>
  )
}

function Actions({ row, name }: { row: ExportRecord; name: string }) {
  const t = useT(exportWords)
  const queries = useQueryClient()
  const [asked, setAsked] = useState<'approve' | 'refuse'>()
  const [error, setError] = useState<unknown>()
  const filterWords = useFilterWords(row)
  const labelOf = (action: 'approve' | 'refuse' | 'fetch') => t('actionOf', { action: t(action), who: row.askedName, list: name })
  const renew = () => queries.invalidateQueries({ queryKey: exportsKey })
  const decide = async (reason: string) => {
    const note = asked === 'refuse' ? { note: reason } : {}
    await write('POST', `/registry/exports/${row.exportId}/decide`, { decision: asked, ...note })
    await renew()
  }
  const fetchFile = async () => {
    setError(undefined)
    await download(`/registry/exports/${row.exportId}/file`).catch(setError)
    await renew()
  }
  return (
    <div className="bf-row">
      {row.can['decide'] === true
        ? (['approve', 'refuse'] as const).map((action) => (
            <Button key={action} size="small" aria-label={labelOf(action)} onClick={() => setAsked(action)}>
              {t(action)}
            </Button>
          ))
        : null}
      {row.can['fetch'] === true ? (
        <Button size="small" type="primary" aria-label={labelOf('fetch')} onClick={() => void fetchFile() /* shows its own refusal */}>
          {t('fetch')}
        </Button>
      ) : null}
      <Problem error={error} />
      <ConfirmDialog
        isOpen={asked !== undefined}
        close={() => setAsked(undefined)}
        title={labelOf(asked ?? 'approve')}
        confirmText={t(asked ?? 'approve')}
        {...(asked === 'refuse' ? { reason: { label: t('refuseReason'), minLength: 4 } } : {})}
        confirm={decide}
      >
        {t('approveAsk', { who: row.askedName, n: row.rows.toLocaleString('en'), purpose: row.purpose })}
        <p>{filterWords.length === 0 ? t('unfiltered') : t('filteredBy', { words: filterWords.join('；') })}</p>
      </ConfirmDialog>
    </div>
  )
}
