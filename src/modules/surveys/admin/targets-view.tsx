import { Select } from 'antd'
import { useState } from 'react'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CampaignRecord, TargetRecord } from '../rules/survey-records.ts'
import { conclusionWords, targetStateWords } from '../rules/survey-words.ts'
import { targetStates, type TargetState } from '../rules/target-states.ts'
import { conclusionLevels, targetLevels } from './survey-levels.ts'
import { loadTargets, localMoment } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

/** Households of a campaign; those without an answer as a list of their own. A row opens its call sheet. */
export function TargetsView({ campaign, isUnanswered }: { campaign: CampaignRecord; isUnanswered: boolean }) {
  const t = useT(surveyWords)
  const say = useSay()
  const [state, setState] = useState<TargetState | ''>('')
  const mayOpen = useMay('surveys.call:read')
  const asked: Record<string, string> = { ...(isUnanswered ? { unanswered: 'true' } : {}), ...(state === '' ? {} : { state }) }
  return (
    <div className="bf-stack">
      <div className="bf-filters">
        <Field label={t('state')}>
          {(control) => (
            <Select
              {...control}
              value={state}
              onChange={(next: TargetState | '') => setState(next)}
              options={[
                { value: '' as const, label: t('all') },
                ...targetStates
                  .filter((key) => !isUnanswered || (key !== 'answered' && key !== 'ended'))
                  .map((key) => ({ value: key, label: say(targetStateWords[key]) })),
              ]}
            />
          )}
        </Field>
      </div>
      <DataList<TargetRecord>
        label={t('view.households')}
        queryKey={['surveys', 'targets', campaign.campaignId, asked]}
        load={(cursor) => loadTargets(campaign.campaignId, asked, cursor)}
        columns={useTargetColumns(campaign.subject === 'village')}
        rowKey={(row) => row.targetId}
        {...(mayOpen ? { openRow: (row: TargetRecord) => ({ to: `/surveys/calls/${row.targetId}` }) } : {})}
        empty={{ todo: t('emptyOther') }}
      />
    </div>
  )
}

function useTargetColumns(isVillages: boolean): DataColumn<TargetRecord>[] {
  const t = useT(surveyWords)
  const say = useSay()
  const who: DataColumn<TargetRecord> = {
    key: 'household',
    title: t('household'),
    value: (row) => (isVillages ? row.village : row.headName === '' ? row.householdNo : row.headName),
  }
  return [
    who,
    { key: 'place', title: t('place'), value: (row) => `${row.township} ${row.village}` },
    ...(isVillages ? [] : [{ key: 'persons', title: t('persons'), kind: 'number' as const, value: (row: TargetRecord) => row.persons }]),
    {
      key: 'state',
      title: t('state'),
      value: (row) => <StatusTag level={targetLevels[row.state]} text={say(targetStateWords[row.state])} />,
    },
    { key: 'attempts', title: t('attempts'), kind: 'number', value: (row) => row.attempts },
    { key: 'caller', title: t('caller'), value: (row) => row.callerName ?? t('nobody') },
    {
      key: 'conclusion',
      title: t('conclusion'),
      value: (row) =>
        row.conclusion === undefined ? undefined : (
          <StatusTag level={conclusionLevels[row.conclusion]} text={say(conclusionWords[row.conclusion])} />
        ),
    },
    {
      key: 'answered',
      title: t('answered'),
      kind: 'code',
      value: (row) =>
        row.answeredAt === undefined
          ? row.nextFrom === undefined
            ? undefined
            : t('due', { at: localMoment(row.nextFrom) })
          : localMoment(row.answeredAt),
    },
  ]
}
