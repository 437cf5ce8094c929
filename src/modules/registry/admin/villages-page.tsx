import { Button, Modal } from 'antd'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { AreaSelect } from '#modules/identity/admin/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Field } from '#ui/forms/field.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { VillageKind } from '../contract.ts'
import type { VillageKindRecord, VillageRecord } from '../rules/register-records.ts'
import { RegisterStyles } from './register-styles.tsx'
import { VillageKindForm } from './village-kind-form.tsx'
import { villageWords } from './village-words.ts'

const kinds = VillageKind.options
const pageSearch = { kind: searchOneOf(kinds), under: searchText }

/** Villages with their kinds and what is derived from their households (M-007); a kind is changed with day and source. */
export function VillagesPage() {
  const t = useT(villageWords)
  const [search, setSearch] = usePageSearch(pageSearch)
  const [edited, setEdited] = useState<VillageRecord>()
  const filter = { ...(search.kind === undefined ? {} : { kind: search.kind }), ...(search.under === '' ? {} : { under: search.under }) }
  return (
    <PageFrame title={t('title')} note={t('note')}>
      <RegisterStyles />
      <div className="bf-filters">
        <Field label={t('township')}>
          {(control) => (
            <AreaSelect
              {...control}
              level="township"
              placeholder={t('kind.all')}
              value={search.under}
              onChange={(under) => setSearch({ under })}
            />
          )}
        </Field>
      </div>
      <ChoiceChips
        label={t('kind')}
        choices={[{ key: 'all', label: t('kind.all') }, ...kinds.map((kind) => ({ key: kind, label: t(`kind.${kind}`) }))]}
        chosen={search.kind ?? 'all'}
        choose={(key) => setSearch({ kind: kinds.find((kind) => kind === key) })}
      />
      <DataList<VillageRecord>
        label={t('label')}
        queryKey={['registry', 'villages', filter]}
        load={(after) => read<Page<VillageRecord>>('/registry/villages', { ...filter, after, limit: 50 })}
        columns={useColumns(setEdited)}
        rowKey={(row) => row.areaPath}
        openRow={(row) => ({ to: '/registry/households', search: { under: row.areaPath } })}
        empty={{ todo: t('empty') }}
      />
      <Modal
        open={edited !== undefined}
        title={t('editOf', { name: edited?.name ?? '' })}
        footer={null}
        onCancel={() => setEdited(undefined)}
        destroyOnHidden
        width="34rem"
      >
        {edited === undefined ? null : <VillageKindForm village={edited} close={() => setEdited(undefined)} />}
      </Modal>
    </PageFrame>
  )
}

function useColumns(edit: (village: VillageRecord) => void): DataColumn<VillageRecord>[] {
  const t = useT(villageWords)
  const counts = ['households', 'persons', 'registeredPersons', 'notExitedPersons'] as const
  return [
    { key: 'village', title: t('village'), value: (row) => row.name },
    { key: 'township', title: t('township'), value: (row) => row.township },
    {
      key: 'kind',
      title: t('kind'),
      value: (row) => {
        const today = row.kinds.filter((kind) => kind.validTo === undefined)
        return today.length === 0 ? undefined : <KindsToday kinds={today} />
      },
    },
    ...counts.map((key) => ({ key, title: t(key), kind: 'number' as const, value: (row: VillageRecord) => row[key].toLocaleString('en') })),
    {
      key: 'edit',
      title: t('manage'),
      value: (row) => (
        <Button size="small" onClick={() => edit(row)} aria-label={`${row.name} ${row.can['edit'] === true ? t('edit') : t('history')}`}>
          {row.can['edit'] === true ? t('edit') : t('history')}
        </Button>
      ),
    },
  ]
}

function KindsToday({ kinds: today }: { kinds: readonly VillageKindRecord[] }) {
  const t = useT(villageWords)
  return today.map(({ villageKindId, kind }) => <StatusTag key={villageKindId} level={levelOf(kind)} text={t(`kind.${kind}`)} />)
}

function levelOf(kind: VillageKind): 'red' | 'green' | 'grey' {
  return kind === 'poor' ? 'red' : kind === 'exited' ? 'green' : 'grey'
}
