import { useMutation } from '@tanstack/react-query'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { fields } from '../policy/policy.ts'
import { findCorrectableField } from '../rules/correction-fields.ts'
import type { CorrectionRecord } from '../rules/register-records.ts'
import { correctionWords } from './correction-words.ts'

interface CorrectProps {
  householdId: string
  /** Absent: the household itself is corrected. */
  personId?: string
  name: string
}

/** A button that opens the form for one difference between the register and what is so. */
export function CorrectButton(props: CorrectProps) {
  const t = useT(correctionWords)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-label={t('proposeOf', { name: props.name })}>
        {t('propose')}
      </Button>
      <Modal
        open={isOpen}
        title={t('proposeOf', { name: props.name })}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
        width="34rem"
      >
        <CorrectForm {...props} close={() => setOpen(false)} />
      </Modal>
    </>
  )
}

function CorrectForm({ householdId, personId, close }: CorrectProps & { close: () => void }) {
  const t = useT(correctionWords)
  const [field, setField] = useState('')
  const [newValue, setNewValue] = useState('')
  const [source, setSource] = useState('')
  const send = useMutation({
    mutationFn: () =>
      write<CorrectionRecord>('POST', '/registry/corrections', {
        householdId,
        ...(personId === undefined ? {} : { personId }),
        field,
        newValue,
        source,
      }),
  })
  if (send.isSuccess) {
    return (
      <>
        <Notice kind="success">{t('proposed')}</Notice>
        <div className="bf-dialog-actions">
          <Button type="primary" onClick={close}>
            OK
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
        send.mutate()
      }}
    >
      <Field label={t('field')} isRequired>
        {(control) => (
          <FieldSelect {...control} entity={personId === undefined ? 'household' : 'person'} value={field} onChange={setField} />
        )}
      </Field>
      <Field label={t('newValue')} hint={t('newValueHint')}>
        {(control) => (
          <Input {...control} value={newValue} maxLength={200} autoComplete="off" onChange={(event) => setNewValue(event.target.value)} />
        )}
      </Field>
      <Field label={t('source')} hint={t('sourceHint')} isRequired>
        {(control) => <Input {...control} value={source} maxLength={100} onChange={(event) => setSource(event.target.value)} />}
      </Field>
      <Problem error={send.error} />
      <div className="bf-dialog-actions">
        <Button type="primary" htmlType="submit" loading={send.isPending} disabled={field === '' || source.trim() === ''}>
          {t('send')}
        </Button>
      </div>
    </form>
  )
}

function FieldSelect({
  entity,
  value,
  onChange,
  ...control
}: {
  id: string
  entity: 'household' | 'person'
  value: string
  onChange: (key: string) => void
}) {
  const t = useT(correctionWords)
  const language = useLanguage()
  const options = fields
    .filter((one) => findCorrectableField(one.key, entity) !== undefined)
    .map((one) => ({ value: one.key, label: one[language] }))
  return (
    <Select
      {...control}
      value={value === '' ? null : value}
      placeholder={t('choose')}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      onChange={(key: string) => onChange(key)}
    />
  )
}
