import { Button, Modal } from 'antd'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { AreaSelect } from '#modules/identity/admin/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ExportButton } from '#ui/data/export-button.tsx'
import { Field } from '#ui/forms/field.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { VillageKind } from '../contract.ts'
import type { VillageRecord } from '../rules/register-records.ts'
import { useListWay } from './export-ways.ts'
import { RegisterStyles } from './register-styles.tsx'
import { VillageBulk } from './village-bulk.tsx'
import { VillageKindForm } from './village-kind-form.tsx'
import { KindTag, spanOf } from './village-kind-history.tsx'
import { villageWords } from './village-words.ts'

const kinds = VillageKind.options
const pageSearch = { kind: searchOneOf(kinds), under: searchText }

/** Villages with their kinds and what is derived from their households (M-007); a kind is changed with day and source. */
export function VillagesPage() {
  const t = useT(villageWords)
  const [search, setSearch] = usePageSearch(pageSearch)
  const mayEdit = useMay('registry.village:edit')
  const [edited, setEdited] = useState<VillageRecord>()
  const [chosen, setChosen] = useState<readonly VillageRecord[]>([])
  const filter = { ...(search.kind === undefined ? {} : { kind: search.kind }), ...(search.under === '' ? {} : { under: search.under }) }
  const mayExport = useMay('registry.household:export')
  const ways = useListWay('villages', filter)
  const narrow = (change: Parameters<typeof setSearch>[0]) => {
    setChosen([]) // what is no longer on screen must not be changed with the rest
    setSearch(change)
  }
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        <>
          <span className="bf-spring" />
          {mayExport ? <ExportButton ways={ways} /> : null}
        </>
      }
    >
      <RegisterStyles />
      <div className="bf-filters">
        <Field label={t('township')}>
          {(control) => (
            <AreaSelect
              {...control}
              level="township"
              placeholder={t('kind.all')}
              value={search.under}
              onChange={(under) => narrow({ under })}
            />
          )}
        </Field>
      </div>
      <ChoiceChips
        label={t('kind')}
        choices={[{ key: 'all', label: t('kind.all') }, ...kinds.map((kind) => ({ key: kind, label: t(`kind.${kind}`) }))]}
        chosen={search.kind ?? 'all'}
        choose={(key) => narrow({ kind: kinds.find((kind) => kind === key) })}
      />
      <VillageBulk chosen={chosen} clear={() => setChosen([])} />
      <DataList<VillageRecord>
        label={t('label')}
        queryKey={['registry', 'villages', filter]}
        load={(after) => read<Page<VillageRecord>>('/registry/villages', { ...filter, after, limit: 50 })}
        columns={useColumns(setEdited)}
        rowKey={(row) => row.areaPath}
        openRow={(row) => ({ to: `/registry/villages/${row.areaPath}` })}
        empty={{ todo: t('empty') }}
        {...(mayEdit
          ? {
              selection: {
                selected: chosen.map((row) => row.areaPath),
                onChange: (_keys: string[], picked: VillageRecord[]) => setChosen(picked),
                nameOf: (row: VillageRecord) => t('choose.row', { name: row.name }),
              },
            }
          : {})}
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
      widthRem: 17,
      value: (row) => (row.kinds.length === 0 ? undefined : <Kinds village={row} />),
    },
    ...counts.map((key) => ({
      key,
      title: t(key),
      kind: 'number' as const,
      value: (row: VillageRecord) =>
        key === 'households' ? (
          <PageLink to="/registry/households" search={{ under: row.areaPath }}>
            {row[key].toLocaleString('en')}
          </PageLink>
        ) : (
          row[key].toLocaleString('en')
        ),
    })),
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

/** The kinds of today with the day since when and the paper, and below what the village was before. */
function Kinds({ village: { kinds: all } }: { village: VillageRecord }) {
  const t = useT(villageWords)
  const today = all.filter((kind) => kind.validTo === undefined)
  const before = all.filter((kind) => kind.validTo !== undefined)
  return (
    <>
      {today.map((one) => (
        <div key={one.villageKindId}>
          <KindTag kind={one.kind} isOver={false} />
          <span className="bf-source">{`${spanOf(one, t)} · ${one.source}`}</span>
        </div>
      ))}
      {before.length === 0 ? null : (
        <span className="bf-source">
          {t('earlier', { kinds: before.map((one) => `${t(`kind.${one.kind}`)} ${spanOf(one, t)}`).join('；') })}
        </span>
      )}
    </>
  )
}
