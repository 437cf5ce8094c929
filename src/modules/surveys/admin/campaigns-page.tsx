import { useQuery } from '@tanstack/react-query'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchOneOf, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import { campaignStates } from '../rules/campaign-states.ts'
import type { CampaignRecord } from '../rules/survey-records.ts'
import { campaignKindWords, campaignStateWords, wayWords } from '../rules/survey-words.ts'
import { campaignLevels } from './survey-levels.ts'
import { loadCampaigns } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

const listSearch = { state: searchOneOf(campaignStates) }

/** 调查排查: the campaigns that concern the caller's area. */
export function CampaignsPage() {
  const t = useT(surveyWords)
  const say = useSay()
  const [search, setSearch] = usePageSearch(listSearch)
  const asked: Record<string, string> = search.state === undefined ? {} : { state: search.state }
  const first = useQuery({ queryKey: ['surveys', 'may-draft'], queryFn: () => loadCampaigns({}, '', 1) })
  const columns: DataColumn<CampaignRecord>[] = [
    { key: 'name', title: t('name'), value: (row) => row.name },
    { key: 'no', title: t('no'), kind: 'code', value: (row) => row.campaignNo },
    { key: 'kind', title: t('kind'), value: (row) => say(campaignKindWords[row.kind]) },
    { key: 'round', title: t('rounds'), value: (row) => t('round', { n: row.roundNo }) },
    { key: 'way', title: t('way'), value: (row) => say(wayWords[row.way]) },
    {
      key: 'state',
      title: t('state'),
      value: (row) => <StatusTag level={campaignLevels[row.state]} text={say(campaignStateWords[row.state])} />,
    },
    { key: 'period', title: t('period'), kind: 'code', value: (row) => `${row.startsOn} – ${row.endsOn}` },
    { key: 'form', title: t('form'), value: (row) => row.formTitle },
  ]
  return (
    <PageFrame
      title={t('campaigns')}
      note={t('campaignsNote')}
      extra={
        <>
          {first.data?.can.draft === true ? <PageLink to="/surveys/campaigns/new">{t('draft')}</PageLink> : null}
          <PageLink to="/surveys/forms">{t('form')}</PageLink>
          <ListExport
            needs="surveys.campaign:export"
            lists={[{ label: t('campaigns'), path: '/surveys/campaigns/export', query: asked }]}
          />
        </>
      }
    >
      <ChoiceChips
        label={t('states')}
        chosen={search.state ?? 'all'}
        choose={(next) => setSearch({ state: campaignStates.find((key) => key === next) })}
        choices={[{ key: 'all' as const, label: t('all') }, ...campaignStates.map((key) => ({ key, label: say(campaignStateWords[key]) }))]}
      />
      <DataList<CampaignRecord>
        label={t('campaigns')}
        queryKey={['surveys', 'campaigns', asked]}
        load={(cursor) => loadCampaigns(asked, cursor)}
        columns={columns}
        rowKey={(row) => row.campaignId}
        openRow={(row) => ({ to: `/surveys/campaigns/${row.campaignId}` })}
        empty={{ todo: search.state === undefined ? t('emptyCampaigns') : t('emptyOther') }}
      />
    </PageFrame>
  )
}
