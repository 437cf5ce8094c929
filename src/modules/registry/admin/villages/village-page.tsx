import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useCaller } from '#ui/plug/caller.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useSlot } from '#ui/plug/slots.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { VillagePageRecord } from '../../rules/villages/village-records.ts'
import { FactList } from '../fact-list.tsx'
import { RegisterStyles } from '../register-styles.tsx'
import { KindHistory, KindTag } from '../village-kind-history.tsx'
import { CategoryTable, GroupTable, LabourTable, TagLines, TypeTable } from './village-parts.tsx'
import { villagePageWords } from './village-page-words.ts'
import { villageSlot, type VillagePanel } from './village-slot.ts'

/** One village, one page: its kinds, who lives there, cases, leads and problems, what the ledgers say, its figures. */
export function VillagePage() {
  const t = useT(villagePageWords)
  const go = useGo()
  const path = usePageParam('villagePath')
  const village = useQuery({
    queryKey: ['registry', 'village', path],
    queryFn: () => read<VillagePageRecord>(`/registry/villages/${path}`),
  })
  return (
    <PageFrame
      title={village.data?.name ?? t('unnamed')}
      extra={
        <>
          {village.data?.kinds
            .filter((one) => one.validTo === undefined)
            .map((one) => (
              <KindTag key={one.villageKindId} kind={one.kind} isOver={false} />
            ))}
          <span className="bf-spring" />
          <Button onClick={() => go('/registry/villages')}>{t('back')}</Button>
        </>
      }
    >
      <RegisterStyles />
      <Loaded query={village} lines={10}>
        {(record) => <Village record={record} />}
      </Loaded>
    </PageFrame>
  )
}

function Village({ record }: { record: VillagePageRecord }) {
  const t = useT(villagePageWords)
  const queries = useQueryClient()
  const { areaPath, kinds, facts, can } = record
  return (
    <div className="registry-columns">
      <div className="bf-stack">
        <Section
          title={t('head')}
          extra={
            <PageLink to="/registry/households" search={{ under: areaPath }}>
              {t('allHouseholds')}
            </PageLink>
          }
        >
          <VillageHead record={record} />
        </Section>
        <Section title={t('byType')}>
          <TypeTable record={record} />
        </Section>
        <Panels areaPath={areaPath} place="more" />
        {facts.length === 0 ? null : (
          <Section title={t('facts')}>
            <FactList facts={facts} core={[]} more={facts.map((fact) => fact.key)} />
          </Section>
        )}
      </div>
      <div className="bf-stack">
        <Section title={t('byCategory')}>
          <CategoryTable record={record} />
        </Section>
        <Panels areaPath={areaPath} place="side" />
        {record.byTag.length === 0 ? null : (
          <Section title={t('byTag')}>
            <TagLines record={record} />
          </Section>
        )}
        {record.byGroup.length === 0 ? null : (
          <Section title={t('byGroup')}>
            <GroupTable record={record} />
          </Section>
        )}
        <Section title={t('byLabour')}>
          <LabourTable record={record} />
        </Section>
        <Section title={t('kindHistory')}>
          <KindHistory
            kinds={kinds}
            mayEnd={can['edit'] === true}
            done={() => void queries.invalidateQueries({ queryKey: ['registry', 'village', areaPath] })}
          />
        </Section>
      </div>
    </div>
  )
}

function VillageHead({ record }: { record: VillagePageRecord }) {
  const t = useT(villagePageWords)
  const number = (value: number) => <span className="bf-figures">{value.toLocaleString('en')}</span>
  const monitored = record.byCategory.reduce((sum, one) => ({ h: sum.h + one.households, p: sum.p + one.persons }), { h: 0, p: 0 })
  return (
    <DescriptionList
      items={[
        { key: 'township', label: t('township'), value: record.township },
        { key: 'code', label: t('code'), value: <span className="bf-figures">{record.code ?? '—'}</span> },
        { key: 'households', label: t('households'), value: number(record.households) },
        { key: 'persons', label: t('persons'), value: number(record.persons) },
        { key: 'registered', label: t('registered'), value: number(record.registeredPersons) },
        { key: 'notExited', label: t('notExited'), value: number(record.notExitedPersons) },
        { key: 'monitored', label: t('monitored'), value: t('householdsPersons', monitored) },
      ]}
    />
  )
}

/** What other modules have hung here. */
function Panels({ areaPath, place }: { areaPath: string; place: VillagePanel['place'] }) {
  const say = useSay()
  const { rights } = useCaller()
  const panels = useSlot(villageSlot).filter((one) => one.place === place && (one.needs === undefined || rights.includes(one.needs)))
  return panels.map(({ key, words, isBare, panel: Panel }) =>
    isBare === true ? (
      <Panel key={key} areaPath={areaPath} />
    ) : (
      <Section key={key} title={say(words)}>
        <Panel areaPath={areaPath} />
      </Section>
    ),
  )
}
