import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useAreas } from '#modules/identity/admin/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { CampaignRecord } from '../rules/survey-records.ts'
import { assignTargets, loadCallers, shareWork, type AbleUser, type CallerCard } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

/** Who calls: those with households and what is left, and who could be given some. */
export function CallersView({ campaign }: { campaign: CampaignRecord }) {
  const t = useT(surveyWords)
  const { campaignId } = campaign
  const query = useQuery({ queryKey: ['surveys', 'callers', campaignId], queryFn: () => loadCallers(campaignId) })
  return (
    <Loaded query={query}>
      {({ callers, able }) => (
        <>
          <ShareForm campaignId={campaignId} able={able} callers={callers} />
          <Section title={t('view.callers')}>
            <Callers callers={callers} campaignId={campaignId} />
          </Section>
        </>
      )}
    </Loaded>
  )
}

function ShareForm({ campaignId, able, callers }: { campaignId: string; able: readonly AbleUser[]; callers: readonly CallerCard[] }) {
  const t = useT(surveyWords)
  const areas = useAreas().data ?? []
  const [chosen, setChosen] = useState<readonly string[]>(() => callers.map((one) => one.userId))
  const [anew, setAnew] = useState(false)
  const share = useMutation({ mutationFn: () => shareWork(campaignId, { callers: chosen, anew }) })
  const placeOf = (path: string) => areas.find((area) => area.path === path)?.name ?? ''
  const toggle = (userId: string) => setChosen(chosen.includes(userId) ? chosen.filter((one) => one !== userId) : [...chosen, userId])
  return (
    <Section title={t('able')}>
      <p className="bf-quiet">{t('shareNote')}</p>
      <ul className="survey-callers">
        {able.map((user) => (
          <li key={user.userId}>
            <label className="bf-check">
              <input type="checkbox" checked={chosen.includes(user.userId)} onChange={() => toggle(user.userId)} /> {user.name}{' '}
              <span className="bf-quiet">{placeOf(user.areaPath)}</span>
            </label>
          </li>
        ))}
      </ul>
      <div className="survey-bar">
        <label className="bf-check">
          <input type="checkbox" checked={anew} onChange={(event) => setAnew(event.target.checked)} /> {t('shareAnew')}
        </label>
        <Button type="primary" disabled={chosen.length === 0} loading={share.isPending} onClick={() => share.mutate()}>
          {t('share')}
        </Button>
      </div>
      <Problem error={share.error} />
      {share.data === undefined ? null : (
        <Notice kind={share.data.without > 0 ? 'warning' : 'success'}>
          {t('shared', { given: share.data.given, without: share.data.without })}
        </Notice>
      )}
    </Section>
  )
}

function Callers({ callers, campaignId }: { callers: readonly CallerCard[]; campaignId: string }) {
  const t = useT(surveyWords)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const hand = useMutation({ mutationFn: () => assignTargets(campaignId, { from, ...(to === '' ? {} : { to }) }) })
  const options = callers.map((one) => ({ value: one.userId, label: one.name }))
  return (
    <>
      <ScrollBox>
        <table className="survey-table">
          <thead>
            <tr>
              <th scope="col">{t('caller')}</th>
              <th scope="col" className="bf-figures">
                {t('targets')}
              </th>
              <th scope="col" className="bf-figures">
                {t('left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {callers.map((one) => (
              <tr key={one.userId}>
                <td>{one.name}</td>
                <td className="bf-figures">{one.targets.toLocaleString('en')}</td>
                <td className="bf-figures">{one.open.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {callers.length < 2 ? null : (
        <div className="bf-filters">
          <Field label={t('caller')}>
            {(control) => <Select {...control} value={from} onChange={(next: string) => setFrom(next)} options={options} />}
          </Field>
          <Field label={t('handOver')}>
            {(control) => (
              <Select
                {...control}
                value={to}
                onChange={(next: string) => setTo(next)}
                options={[{ value: '', label: t('nobody') }, ...options]}
              />
            )}
          </Field>
          <Button disabled={from === '' || from === to} loading={hand.isPending} onClick={() => hand.mutate()}>
            {t('hand')}
          </Button>
        </div>
      )}
      <Problem error={hand.error} />
      {hand.data === undefined ? null : <Notice kind="success">{t('handed', { n: hand.data.given })}</Notice>}
    </>
  )
}
