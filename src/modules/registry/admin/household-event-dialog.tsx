import { useMutation } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { codeLists } from '../policy/policy.ts'
import { householdEventKinds } from '../rules/household-event-requests.ts'
import type { EventPreview } from '../rules/household-event-records.ts'
import type { HouseholdRecord } from '../rules/register-records.ts'
import { sendEvent, useEventPreview, useReadAgain } from './household-event-calls.ts'
import { EventFields } from './household-event-fields.tsx'
import { commandOf, emptyForm, type EventForm } from './household-event-form.ts'
import { EventPreviewView } from './household-event-preview.tsx'
import { householdEventWords } from './household-event-screen-words.ts'
import { Choice } from './household-event-choice.tsx'

/** 家庭变更: what happened to a household, with what it would change before it is done. */
export function HouseholdEventButton({ record, name }: { record: HouseholdRecord; name: string }) {
  const t = useT(householdEventWords)
  const [isOpen, setOpen] = useState(false)
  const readAgain = useReadAgain()
  // The page is read again once the dialog is gone: what it said stays until then.
  const close = () => {
    setOpen(false)
    void readAgain() // a failed reading shows on the page itself
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('menu')}</Button>
      <Modal open={isOpen} title={t('title', { name })} footer={null} onCancel={close} destroyOnHidden width="44rem">
        <EventDialog record={record} close={close} />
      </Modal>
    </>
  )
}

function EventDialog({ record, close }: { record: HouseholdRecord; close: () => void }) {
  const t = useT(householdEventWords)
  const [form, setForm] = useState<EventForm>(emptyForm)
  const [asked, setAsked] = useState<readonly string[]>([])
  const set = (part: Partial<EventForm>) => setForm((before) => ({ ...before, ...part }))
  const command = commandOf(form, record.householdId)
  const preview = useEventPreview(command)
  const shown = command === undefined ? undefined : preview.data
  const mayDo = shown?.can.decide === true
  const send = useMutation({ mutationFn: () => sendEvent(command ?? {}, !mayDo) })
  const open = shown?.refusals.filter((one) => mayDo || !(one.why === 'outside-scope' || one.why === 'other-unknown')) ?? []
  const isReady = shown !== undefined && !preview.isFetching && open.length === 0 && form.reason.trim().length >= 4
  // Whoever was once asked for stays in the form, so that his choice can be seen and changed.
  const needed = [...asked, ...neededBy(shown, form).filter((id) => !asked.includes(id))]
  if (needed.length > asked.length) setAsked(needed)
  if (send.isSuccess) {
    return (
      <>
        <Notice kind="success">{t(send.data.state === 'applied' ? 'done' : 'reported')}</Notice>
        <div className="bf-dialog-actions">
          <Button type="primary" onClick={close}>
            {t('close')}
          </Button>
        </div>
      </>
    )
  }
  return (
    <form
      className="bf-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) send.mutate()
      }}
    >
      <Field label={t('kind')} isRequired>
        {(control) => (
          <Choice
            {...control}
            value={form.kind}
            options={householdEventKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            onChange={(kind) => {
              const chosen = householdEventKinds.find((one) => one === kind)
              if (chosen === undefined) return
              setForm({ ...emptyForm, kind: chosen, on: form.on, reason: form.reason, paper: form.paper })
              setAsked([])
            }}
          />
        )}
      </Field>
      <Field label={t('on')} isRequired>
        {(control) => <Input {...control} type="date" value={form.on} onChange={(event) => set({ on: event.target.value })} />}
      </Field>
      <EventFields record={record} form={form} set={set} mayNumber={shown?.can.number === true} />
      <Heads {...{ record, form, set, preview: shown, asked: needed }} />
      <Field label={t('reason')} hint={t('reasonHint')} isRequired>
        {(control) => <Input {...control} value={form.reason} maxLength={200} onChange={(event) => set({ reason: event.target.value })} />}
      </Field>
      <Field label={t('paper')}>
        {(control) => <Input {...control} value={form.paper} maxLength={100} onChange={(event) => set({ paper: event.target.value })} />}
      </Field>
      {shown === undefined ? null : <EventPreviewView preview={shown} />}
      <Problem error={preview.error ?? send.error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{t('close')}</Button>
        <Button type="primary" htmlType="submit" loading={send.isPending} disabled={!isReady}>
          {shown === undefined || mayDo ? t('do') : t('report')}
        </Button>
      </div>
    </form>
  )
}

/** Persons whose relation the plan asks for, and `head` where it asks for a head. */
function neededBy(preview: EventPreview | undefined, form: EventForm): string[] {
  return (preview?.refusals ?? []).flatMap(({ why, personIds = [] }) => {
    if (why === 'head-needed' || why === 'head-not-member') return ['head']
    // The household is not seen here: what its head is to them is asked all the same, for whoever decides.
    if (why === 'other-unknown') return [...form.members]
    return why === 'relation-needed' ? personIds : []
  })
}

interface HeadsProps {
  record: HouseholdRecord
  form: EventForm
  set: (part: Partial<EventForm>) => void
  preview: EventPreview | undefined
  asked: readonly string[]
}

/** The head and the relations, as far as the plan asks for them: nothing is guessed. */
function Heads({ form, set, preview, asked }: HeadsProps) {
  const t = useT(householdEventWords)
  const language = useLanguage()
  const everybody = (preview?.before ?? []).flatMap((household) => household.members)
  const going = ['split', 'marriage', 'death', 'moved-away'].includes(form.kind) ? form.members : []
  const staying = everybody.filter((member) => !going.includes(member.personId))
  const relations = (codeLists['relationToHead']?.codes ?? [])
    .filter((code) => code.zh !== '户主')
    .map((code) => ({ value: code.zh, label: code[language] }))
  return (
    <>
      {asked.includes('head') ? (
        <Field label={t('head')} isRequired>
          {(control) => (
            <Choice
              {...control}
              value={form.headId}
              options={staying.map((member) => ({ value: member.personId, label: member.name }))}
              onChange={(headId) => set({ headId })}
            />
          )}
        </Field>
      ) : null}
      {everybody
        .filter((member) => asked.includes(member.personId) && member.personId !== form.headId && member.personId !== form.newHeadId)
        .map((member) => (
          <Field key={member.personId} label={t('relationOf', { name: member.name })} isRequired>
            {(control) => (
              <Choice
                {...control}
                value={form.relations[member.personId] ?? ''}
                options={relations}
                onChange={(relation) => set({ relations: { ...form.relations, [member.personId]: relation } })}
              />
            )}
          </Field>
        ))}
    </>
  )
}
