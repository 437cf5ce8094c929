import { useQuery } from '@tanstack/react-query'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatCard } from '#ui/data/stat-card.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CampaignProgress, CampaignRecord, ProgressRow, RoundDifference } from '../rules/survey-records.ts'
import { sourceWords } from '../rules/survey-words.ts'
import { loadDifference, loadProgress } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

/** Where a campaign stands: counts, both coverages, by area and caller, problems, rates, and the round before. */
export function CampaignProgressView({ campaign }: { campaign: CampaignRecord }) {
  const { campaignId } = campaign
  const query = useQuery({ queryKey: ['surveys', 'progress', campaignId], queryFn: () => loadProgress(campaignId) })
  return (
    <Loaded query={query}>
      {(progress) => (
        <>
          <Sums progress={progress} campaignId={campaignId} />
          <Rates progress={progress} />
          <Classes progress={progress} />
          <Rows title="byArea" rows={progress.areas} sum={progress.sum} />
          <Rows title="byCaller" rows={progress.callers} sum={progress.sum} />
          {campaign.againOf === undefined ? null : <Difference campaignId={campaignId} />}
        </>
      )}
    </Loaded>
  )
}

const percent = (value: string | undefined, none: string) => (value === undefined ? none : `${value}%`)

function Sums({ progress, campaignId }: { progress: CampaignProgress; campaignId: string }) {
  const t = useT(surveyWords)
  const { sum, coverage, problems } = progress
  const to = `/surveys/campaigns/${campaignId}`
  return (
    <>
      {progress.imbalance.length > 0 ? <Notice kind="error">{t('imbalance', { list: progress.imbalance.join('、') })}</Notice> : null}
      <div className="bf-stats">
        <StatCard
          label={t('targets')}
          value={sum.targets}
          to={to}
          search={{ view: 'households' }}
          note={`${t('persons')} ${sum.persons.toLocaleString('en')}`}
        />
        <StatCard label={t('left')} value={sum.waiting + sum.retry} to={to} search={{ view: 'unanswered' }} />
        <StatCard label={t('answered')} value={sum.answered} />
        <StatCard label={t('problems')} value={problems.total} to={to} search={{ view: 'problems' }} />
      </div>
      <Section title={t('coverage')} extra={progress.imbalance.length === 0 ? <span className="bf-quiet">{t('balance')}</span> : null}>
        <div className="bf-stats">
          <StatCard
            label={t('coverageRecorded')}
            value={percent(coverage.recorded, '—')}
            note={`${sum.recorded.toLocaleString('en')} / ${sum.targets.toLocaleString('en')}`}
          />
          <StatCard
            label={t('coverageReached')}
            value={percent(coverage.reached, '—')}
            note={`${sum.answered.toLocaleString('en')} / ${sum.targets.toLocaleString('en')}`}
          />
        </div>
      </Section>
    </>
  )
}

function Rates({ progress }: { progress: CampaignProgress }) {
  const t = useT(surveyWords)
  const say = useSay()
  if (progress.rates.length === 0) return null
  return (
    <Section title={t('rates')}>
      <Figures
        label={t('rates')}
        heads={[t('question'), t('positive'), t('base'), t('outside'), t('percent')]}
        rows={progress.rates.map((rate) => [say(rate.label), rate.positive, rate.base, rate.outside, percent(rate.percent, t('noRate'))])}
      />
    </Section>
  )
}

function Classes({ progress }: { progress: CampaignProgress }) {
  const t = useT(surveyWords)
  const say = useSay()
  const { problems, risks } = progress
  if (problems.total + problems.withdrawn + risks === 0) return null
  const { applied, proposed } = problems.corrections
  return (
    <Section title={t('bySource')}>
      <Figures
        label={t('bySource')}
        heads={[t('source'), t('class'), t('count')]}
        rows={[...problems.classes.map((one) => [say(sourceWords[one.source]), one.class, one.count]), [t('total'), '', problems.total]]}
      />
      <p className="bf-quiet">
        {applied + proposed === 0 ? '' : `${t('corrections', { applied, proposed })}　`}
        {problems.withdrawn === 0 ? '' : `${t('withdrawn', { n: problems.withdrawn })}　`}
        {risks === 0 ? '' : t('risks', { n: risks })}
      </p>
    </Section>
  )
}

function Rows({ title, rows, sum }: { title: 'byArea' | 'byCaller'; rows: readonly ProgressRow[]; sum: CampaignProgress['sum'] }) {
  const t = useT(surveyWords)
  const cells = (one: CampaignProgress['sum']) => [
    one.targets,
    one.waiting + one.retry,
    one.answered,
    one.without + one.ended,
    one.recorded,
    one.problems,
  ]
  return (
    <Section title={t(title)}>
      <Figures
        label={t(title)}
        heads={[t('name'), t('targets'), t('left'), t('answered'), t('without'), t('recorded'), t('problems')]}
        rows={[...rows.map((one) => [one.name === '' ? t('nobody') : one.name, ...cells(one)]), [t('total'), ...cells(sum)]]}
      />
    </Section>
  )
}

function Difference({ campaignId }: { campaignId: string }) {
  const query = useQuery({ queryKey: ['surveys', 'difference', campaignId], queryFn: () => loadDifference(campaignId) })
  return <Loaded query={query}>{({ difference }) => (difference === null ? null : <DifferenceTable difference={difference} />)}</Loaded>
}

function DifferenceTable({ difference }: { difference: RoundDifference }) {
  const t = useT(surveyWords)
  const say = useSay()
  const { before, both, onlyBefore, onlyNow, questions } = difference
  return (
    <Section title={t('difference', { no: before.campaignNo })}>
      <p>{t('differenceText', { both, before: onlyBefore, now: onlyNow })}</p>
      <Figures
        label={t('difference', { no: before.campaignNo })}
        heads={[t('question'), t('same'), t('changed'), t('solved'), t('fresh')]}
        rows={questions.map((one) => [say(one.label), one.same, one.changed, one.solved, one.fresh])}
      />
    </Section>
  )
}

/** A table of figures; texts at the left, numbers at the right. */
function Figures(props: { label: string; heads: readonly string[]; rows: readonly (readonly (string | number)[])[] }) {
  const { label, heads, rows } = props
  const isNumber = (at: number) => rows.some((row) => typeof row[at] === 'number')
  return (
    <ScrollBox>
      <table className="survey-table" aria-label={label}>
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={head} scope="col" className={isNumber(at) ? 'bf-figures' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows of a fixed table have no other key
            <tr key={`${place} ${row[0] ?? ''}`}>
              {row.map((cell, at) => (
                <td key={heads[at]} className={isNumber(at) ? 'bf-figures' : ''}>
                  {typeof cell === 'number' ? cell.toLocaleString('en') : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
