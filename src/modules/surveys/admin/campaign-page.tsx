import { useQuery } from '@tanstack/react-query'
import { ListExport } from '#ui/data/export-button.tsx'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchOneOf, usePageParam, usePageSearch } from '#ui/plug/page-search.ts'
import { useMay } from '#ui/plug/caller.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { campaignKindWords, campaignStateWords, wayWords } from '../rules/survey-words.ts'
import { CampaignMoves } from './campaign-moves.tsx'
import { CampaignPopulation } from './campaign-population.tsx'
import { CampaignProgressView } from './campaign-progress.tsx'
import { CallersView } from './callers-view.tsx'
import { ImportView } from './import-view.tsx'
import { ProblemsView } from './problems-view.tsx'
import { SurveyStyles } from './survey-styles.tsx'
import { TargetsView } from './targets-view.tsx'
import { campaignLevels } from './survey-levels.ts'
import { loadCampaign, type CampaignPage as Campaign } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

const views = ['progress', 'households', 'unanswered', 'problems', 'callers', 'import'] as const
type View = (typeof views)[number]
const pageSearch = { view: searchOneOf(views) }

/** One campaign: where it stands, its households, problems, callers; before its list is fixed, who would be asked. */
export function CampaignPage() {
  const campaignId = usePageParam('campaignId')
  const query = useQuery({ queryKey: ['surveys', 'campaign', campaignId], queryFn: () => loadCampaign(campaignId) })
  return <Loaded query={query}>{(campaign) => <CampaignFrame campaign={campaign} />}</Loaded>
}

function CampaignFrame({ campaign }: { campaign: Campaign }) {
  const t = useT(surveyWords)
  const say = useSay()
  const [search, setSearch] = usePageSearch(pageSearch)
  const mayCall = useMay('surveys.call:make')
  const { campaignId } = campaign
  const view = search.view ?? 'progress'
  const shown = views.filter((key) =>
    key === 'callers' ? campaign.can.share : key === 'import' ? mayCall && campaign.state === 'open' : true,
  )
  return (
    <PageFrame
      title={campaign.name}
      extra={
        <>
          <StatusTag level={campaignLevels[campaign.state]} text={say(campaignStateWords[campaign.state])} />
          {campaign.state === 'draft' ? null : (
            <ListExport
              needs="surveys.campaign:export"
              lists={(['targets', 'problems', 'progress'] as const).map((list) => ({
                label: t(list === 'targets' ? 'view.households' : list === 'problems' ? 'view.problems' : 'view.progress'),
                path: `/surveys/campaigns/${campaignId}/${list}/export`,
              }))}
            />
          )}
        </>
      }
      actions={<CampaignMoves campaign={campaign} />}
    >
      <SurveyStyles />
      <Section>
        <DescriptionList
          items={[
            { key: 'no', label: t('no'), value: campaign.campaignNo },
            { key: 'kind', label: t('kind'), value: `${say(campaignKindWords[campaign.kind])} · ${say(wayWords[campaign.way])}` },
            { key: 'period', label: t('period'), value: `${campaign.startsOn} – ${campaign.endsOn}` },
            { key: 'form', label: t('form'), value: campaign.formTitle },
            ...(chosenBy(campaign) === '' ? [] : [{ key: 'filter', label: t('population'), value: chosenBy(campaign) }]),
            ...(campaign.seed === undefined
              ? []
              : [{ key: 'seed', label: t('sample'), value: t('seedShown', { seed: campaign.seed, n: campaign.sampleSize ?? 0 }) }]),
          ]}
        />
        {campaign.rounds.length < 2 ? null : (
          <p className="survey-rounds">
            {t('rounds')}：
            {campaign.rounds.map((one) => (
              <PageLink key={one.campaignId} to={`/surveys/campaigns/${one.campaignId}`}>
                {t('round', { n: one.roundNo })} {one.campaignNo}
              </PageLink>
            ))}
          </p>
        )}
      </Section>
      {campaign.state === 'draft' ? (
        <CampaignPopulation key={campaign.revision} campaign={campaign} />
      ) : (
        <>
          <ChoiceChips
            label={t('views')}
            chosen={view}
            choose={(next) => setSearch({ view: next })}
            choices={shown.map((key) => ({ key, label: t(`view.${key}`) }))}
          />
          <CampaignView view={view} campaign={campaign} />
        </>
      )}
    </PageFrame>
  )
}

/** What the households were chosen by, as far as it stands in words. */
function chosenBy({ filter }: Campaign): string {
  const { types, tags, by } = filter
  return [types, tags, ...by.map((one) => one.values)].flatMap((words) => (words.length === 0 ? [] : [words.join('、')])).join(' · ')
}

function CampaignView({ view, campaign }: { view: View; campaign: Campaign }) {
  switch (view) {
    case 'progress':
      return <CampaignProgressView campaign={campaign} />
    case 'households':
      return <TargetsView campaign={campaign} isUnanswered={false} />
    case 'unanswered':
      return <TargetsView campaign={campaign} isUnanswered />
    case 'problems':
      return <ProblemsView campaignId={campaign.campaignId} />
    case 'callers':
      return <CallersView campaign={campaign} />
    case 'import':
      return <ImportView campaignId={campaign.campaignId} />
  }
}
