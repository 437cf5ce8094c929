import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { ask } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { downloadWay, ExportButton } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Field } from '#ui/forms/field.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { searchFlag, searchOneOf, searchText, useGo, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { organisationKinds, type OrganisationItem } from '../contract.ts'
import { AreaSelect } from './area-select.tsx'
import { OrganisationForm } from './organisation-form.tsx'
import { organisationWords } from './organisation-words.ts'

const pageSearch = { kind: searchOneOf(organisationKinds), under: searchText, withClosed: searchFlag }

/** The register of organisations: firms, co-operatives, workshops, offices; entered once and named by every ledger. */
export function OrganisationsPage() {
  const t = useT(organisationWords)
  const go = useGo()
  const queries = useQueryClient()
  const mayAdd = useMay('identity.organisation:enter')
  const [search, setSearch] = usePageSearch(pageSearch)
  const [words, setWords] = useState('')
  const [isAdding, setAdding] = useState(false)
  const { kind, under, withClosed } = search
  const filter = { ...(under === '' ? {} : { under }), ...(withClosed ? { withClosed } : {}) }
  const q = words.trim()
  const asked = { ...filter, ...(kind === undefined ? {} : { kinds: [kind] }), ...(q === '' ? {} : { q }) }
  const query = {
    ...(kind === undefined ? {} : { kind }),
    ...(under === '' ? {} : { under }),
    ...(withClosed ? { withClosed: 'true' } : {}),
  }
  const ways = [
    downloadWay({ key: 'organisations', label: t('listTitle'), note: t('exportNote'), path: '/identity/organisations/export', query }),
  ]
  return (
    <PageFrame
      title={t('listTitle')}
      note={t('listNote')}
      extra={
        <>
          <span className="bf-spring" />
          <ExportButton ways={ways} />
        </>
      }
      actions={
        mayAdd ? (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('newName')}
          </Button>
        ) : undefined
      }
    >
      <div className="bf-filters">
        <Field label={t('find')} hint={t('findHint')}>
          {(control) => <Input.Search {...control} allowClear maxLength={80} onSearch={setWords} />}
        </Field>
        <Field label={t('area')}>
          {(control) => (
            <AreaSelect {...control} placeholder={t('anyArea')} value={under} onChange={(path) => setSearch({ under: path })} />
          )}
        </Field>
      </div>
      <ChoiceChips
        label={t('kind')}
        chosen={kind ?? ''}
        choose={(key) => setSearch({ kind: organisationKinds.find((one) => one === key) })}
        choices={[{ key: '', label: t('allKinds') }, ...organisationKinds.map((one) => ({ key: one, label: t(`kind.${one}`) }))]}
      />
      <label className="bf-row">
        <input type="checkbox" checked={withClosed} onChange={(event) => setSearch({ withClosed: event.target.checked })} />
        {t('withClosed')}
      </label>
      <DataList<OrganisationItem>
        label={t('listLabel')}
        queryKey={['identity', 'organisation-list', asked]}
        load={(after) =>
          ask<Page<OrganisationItem>>('/identity/organisations/search', { ...asked, ...(after === '' ? {} : { after }), limit: 50 })
        }
        columns={useColumns()}
        rowKey={(row) => row.organisationId}
        openRow={(row) => ({ to: `/identity/organisations/${row.organisationId}` })}
        empty={{ todo: t('listEmpty') }}
      />
      <Modal open={isAdding} title={t('addTitle')} footer={null} onCancel={() => setAdding(false)} destroyOnHidden width="36rem">
        <OrganisationForm
          close={() => setAdding(false)}
          done={(id) => {
            void queries.invalidateQueries({ queryKey: ['identity'] })
            go(`/identity/organisations/${id}`)
          }}
        />
      </Modal>
    </PageFrame>
  )
}

function useColumns(): DataColumn<OrganisationItem>[] {
  const t = useT(organisationWords)
  return [
    { key: 'name', title: t('name'), value: (row) => row.name },
    { key: 'kind', title: t('kind'), value: (row) => t(`kind.${row.kind}`) },
    { key: 'area', title: t('area'), value: (row) => row.areaName },
    { key: 'creditCode', title: t('creditCode'), kind: 'code', value: (row) => row.creditCode },
    { key: 'business', title: t('business'), value: (row) => row.business },
    {
      key: 'note',
      title: t('formerNames'),
      value: (row) =>
        row.closedOn !== undefined ? (
          <StatusTag level="grey" text={t('closed', { day: row.closedOn })} />
        ) : row.formerly === undefined ? undefined : (
          t('formerly', { name: row.formerly })
        ),
    },
  ]
}
