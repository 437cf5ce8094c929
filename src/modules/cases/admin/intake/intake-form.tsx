import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { AreaSelect, useAreas } from '#modules/identity/admin/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { difficulties, intakeChannels, type Difficulty } from '../../rules/intake/intake-records.ts'
import type { EnterIntake } from '../../rules/intake/intake-requests.ts'
import { intakeWords } from '../../rules/intake/intake-words.ts'
import { enterIntake, type EnteredIntake } from './intake-queries.ts'
import { intakeScreenWords } from './intake-screen-words.ts'

type Channel = EnterIntake['channel']
export const enteredChannels = intakeChannels.filter((one): one is Channel => one !== 'declaration')

interface Draft {
  channel: Channel
  areaPath: string
  sender: string
  senderNo: string
  receivedOn: string
  name: string
  phone: string
  idNumber: string
  text: string
  reporterName: string
  reporterRelation: string
}
const emptyPerson = { senderNo: '', receivedOn: '', name: '', phone: '', idNumber: '', text: '', reporterName: '', reporterRelation: '' }

/** What was typed, without what was left empty. */
function toEntered(draft: Draft, hard: readonly Difficulty[]): EnterIntake {
  const { channel, areaPath, name, text, ...rest } = draft
  const written = Object.fromEntries(Object.entries(rest).filter(([, value]) => value.trim() !== ''))
  return { channel, areaPath, name, text, ...written, difficulties: [...hard] }
}

/** One intake; channel, sender and village stay for the next one, Ctrl+Enter enters it. */
export function IntakeForm() {
  const t = useT(intakeScreenWords)
  const say = useSay()
  const [written, setDraft] = useState<Draft>({ channel: 'hotline', areaPath: '', sender: '', ...emptyPerson })
  // A village's own cadre has one place to choose.
  const places = (useAreas().data ?? []).filter((area) => area.level === 'village' || area.level === 'township')
  const only = places.length === 1 ? (places[0]?.path ?? '') : ''
  const draft = written.areaPath === '' ? { ...written, areaPath: only } : written
  const [hard, setHard] = useState<readonly Difficulty[]>([])
  const [isTried, setTried] = useState(false)
  const [entered, setEntered] = useState<EnteredIntake>()
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const lacks = { name: draft.name.trim() === '', areaPath: draft.areaPath === '' }
  const save = async () => {
    setTried(true)
    setEntered(undefined)
    if (lacks.name || lacks.areaPath || isBusy) return
    setBusy(true)
    try {
      setEntered(await enterIntake(toEntered(draft, hard)))
      setDraft({ ...draft, ...emptyPerson })
      setHard([])
      setTried(false)
      setError(undefined)
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const text = (key: keyof typeof emptyPerson | 'sender', label: string, more: { hint?: string; type?: string; problem?: string } = {}) => (
    <Field label={label} hint={more.hint} problem={more.problem} isRequired={key === 'name'}>
      {(control) => (
        <Input
          {...control}
          type={more.type ?? 'text'}
          value={draft[key]}
          maxLength={40}
          onChange={(event) => set({ [key]: event.target.value })}
        />
      )}
    </Field>
  )
  const problem = (key: keyof typeof lacks) => (isTried && lacks[key] ? { problem: t('required') } : {})
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {entered === undefined ? null : (
        <Notice kind="success">
          {t(entered.isJoined ? 'joined' : 'saved', { no: entered.receiptNo })}{' '}
          <PageLink to="/cases/intakes" search={{ view: 'open', intake: entered.intakeId }}>
            {t('openIt')}
          </PageLink>
        </Notice>
      )}
      <Section>
        <div className="bf-filters">
          <Field label={t('channel')}>
            {(control) => (
              <Select
                {...control}
                value={draft.channel}
                onChange={(channel) => set({ channel })}
                options={enteredChannels.map((key) => ({ value: key, label: say(intakeWords[`channel.${key}`]) }))}
              />
            )}
          </Field>
          {text('sender', t('senderField'), { hint: t('senderHint') })}
          {text('senderNo', t('senderNo'), { hint: t('senderNoHint') })}
          {text('receivedOn', t('receivedOn'), { hint: t('receivedHint'), type: 'date' })}
        </div>
        <div className="bf-filters">
          <Field label={t('area')} isRequired {...problem('areaPath')}>
            {(control) => <AreaSelect {...control} value={draft.areaPath} onChange={(areaPath) => set({ areaPath })} />}
          </Field>
          {text('name', t('who'), problem('name'))}
          {text('phone', t('phone'))}
          {text('idNumber', t('idNumber'))}
        </div>
        <div className="bf-filters">
          {text('reporterName', t('reporter'))}
          {text('reporterRelation', t('reporterRelation'))}
        </div>
        <fieldset className="bf-choices">
          <legend>{t('hard')}</legend>
          <Checkbox.Group
            value={[...hard]}
            onChange={(chosen) => setHard(difficulties.filter((one) => chosen.includes(one)))}
            options={difficulties.map((key) => ({ value: key, label: say(intakeWords[`difficulty.${key}`]) }))}
          />
        </fieldset>
        <Field label={t('text')}>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={3}
              maxLength={2000}
              value={draft.text}
              onChange={(event) => set({ text: event.target.value })}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && event.ctrlKey) void save()
              }}
            />
          )}
        </Field>
      </Section>
      <Problem error={error} />
      <div className="bf-page-actions">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
