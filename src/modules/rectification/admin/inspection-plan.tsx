import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox, Select } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { Notice } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { inspectionKinds, type InspectionKind } from '../rules/inspection-kinds.ts'
import type { TeamRecord } from '../rules/inspection-records.ts'
import { inspectionKindWords } from '../rules/inspection-words.ts'
import { FormButton, TextField } from './add-forms.tsx'
import { CampaignField } from './campaign-field.tsx'
import { inspectionWords } from './inspection-words.ts'
import { useCampaigns } from './queries.ts'
import { unitOfKey, useUnitOptions } from './unit-select.tsx'

/** The local day of the office. */
export const todayHere = (): string => dayOf(Date.now())

/** Plans inspections of several units at once; teams are made beside. */
export function PlanInspectionButton({ said }: { said: (text: string) => void }) {
  const t = useT(inspectionWords)
  const say = useSay()
  const queries = useQueryClient()
  const campaigns = useCampaigns()
  const units = useUnitOptions()
  const teams = useQuery({
    queryKey: ['rectification', 'teams'],
    queryFn: async () => (await read<{ items: TeamRecord[] }>('/rectification/teams')).items,
  })
  const [kind, setKind] = useState<InspectionKind>('supervision')
  const [chosen, setChosen] = useState<string[]>([])
  const [draft, setDraft] = useState({ campaignId: '', plannedOn: todayHere(), teamId: '', checkerName: '' })
  const [isUpgraded, setUpgraded] = useState(false)
  const change = (next: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...next }))
  const campaignId = draft.campaignId === '' ? (campaigns.data?.items[0]?.campaignId ?? '') : draft.campaignId
  const submit = async () => {
    const refs = chosen.flatMap((key) => unitOfKey(key) ?? [])
    const { plannedOn, teamId, checkerName } = draft
    const body = { campaignId, kind, units: refs, plannedOn, checkerName, isUpgraded, ...(teamId === '' ? {} : { teamId }) }
    const done = await write<{ planned: number; known: number }>('POST', '/rectification/inspections', body)
    said(t('planDone', done))
    setChosen([])
    void queries.invalidateQueries({ queryKey: ['rectification'] }) // lists are read again
  }
  const isReady = campaignId !== '' && draft.plannedOn !== '' && chosen.length >= (kind === 'cross-check' ? 2 : 1)
  return (
    <>
      <AddTeamButton made={(teamId) => change({ teamId })} />
      <FormButton label={t('plan')} isReady={isReady} submit={submit}>
        <Field label={t('kinds')} isRequired>
          {(control) => (
            <Select<InspectionKind>
              {...control}
              value={kind}
              onChange={setKind}
              options={inspectionKinds.map((key) => ({ value: key, label: say(inspectionKindWords[key]) }))}
            />
          )}
        </Field>
        {kind === 'cross-check' ? <Notice kind="info">{t('cross')}</Notice> : null}
        {kind === 'unannounced' ? <Notice kind="info">{t('secret')}</Notice> : null}
        <CampaignField label={t('campaign')} value={campaignId} change={(value) => change({ campaignId: value })} />
        <Field label={t('units')} isRequired>
          {(control) => (
            <Select<string[]>
              {...control}
              mode="multiple"
              value={chosen}
              onChange={setChosen}
              options={units}
              showSearch={{ optionFilterProp: 'label' }}
              maxTagCount={6}
            />
          )}
        </Field>
        <TextField label={t('planned')} value={draft.plannedOn} change={(plannedOn) => change({ plannedOn })} type="date" isRequired />
        {kind === 'cross-check' ? null : (
          <>
            <Field label={t('team')}>
              {(control) => (
                <Select
                  {...control}
                  value={draft.teamId}
                  onChange={(teamId: string) => change({ teamId })}
                  options={[
                    { value: '', label: t('noTeam') },
                    ...(teams.data ?? []).map((one) => ({ value: one.teamId, label: `${one.name}（${String(one.members.length)}）` })),
                  ]}
                />
              )}
            </Field>
            <TextField
              label={t('checker')}
              hint={t('checkerHint')}
              value={draft.checkerName}
              change={(checkerName) => change({ checkerName })}
            />
          </>
        )}
        {kind === 'patrol' ? (
          <Checkbox checked={isUpgraded} onChange={(event) => setUpgraded(event.target.checked)}>
            {t('upgraded')}
          </Checkbox>
        ) : null}
      </FormButton>
    </>
  )
}

function AddTeamButton({ made }: { made: (teamId: string) => void }) {
  const t = useT(inspectionWords)
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const [fromOn, setFromOn] = useState(todayHere())
  const members = text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([who = '', ...unit]) => (who === '' ? [] : [{ name: who, unit: unit.join(' ') }]))
  const submit = async () => {
    const { teamId } = await write<TeamRecord>('POST', '/rectification/teams', { name: name.trim(), members, fromOn })
    made(teamId)
    void queries.invalidateQueries({ queryKey: ['rectification', 'teams'] }) // the list is read again
  }
  return (
    <FormButton label={t('addTeam')} isReady={name.trim().length >= 2 && members.length > 0 && fromOn !== ''} submit={submit}>
      <TextField label={t('teamName')} value={name} change={setName} isRequired />
      <Field label={t('members')} isRequired>
        {(control) => (
          <textarea {...control} className="bf-input" rows={6} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <TextField label={t('since')} value={fromOn} change={setFromOn} type="date" isRequired />
    </FormButton>
  )
}
