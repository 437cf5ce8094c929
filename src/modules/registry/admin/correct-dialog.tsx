import { useMutation } from '@tanstack/react-query'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { codeLists, fields, findField } from '../policy/policy.ts'
import { findCorrectableField } from '../rules/correction-fields.ts'
import type { CorrectionRecord } from '../rules/register-records.ts'
import { correctionWords } from './correction-words.ts'
import { writeValue } from './fact-text.ts'

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
  const choose = (key: string) => {
    setField(key)
    setNewValue('')
  }
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
        {(control) => <FieldSelect {...control} entity={personId === undefined ? 'household' : 'person'} value={field} onChange={choose} />}
      </Field>
      <Field label={t('newValue')} hint={t('newValueHint')}>
        {(control) => <NewValue {...control} field={field} value={newValue} onChange={setNewValue} />}
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

/** A choice where the field has a code list or says yes or no, else a box. */
function NewValue({ field, value, onChange, ...control }: { id: string; field: string; value: string; onChange: (value: string) => void }) {
  const t = useT(correctionWords)
  const language = useLanguage()
  const found = findField(field)
  const codes =
    found?.type === 'enum' ? codeLists[found.codeList ?? '']?.codes.map((code) => ({ value: code.zh, label: code[language] })) : undefined
  const yesNo = [true, false].map((one) => ({ value: writeValue(field, one, 'zh') ?? '', label: writeValue(field, one, language) ?? '' }))
  const options = found?.type === 'boolean' ? yesNo : codes
  if (options === undefined) {
    return <Input {...control} value={value} maxLength={200} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
  }
  return (
    <Select
      {...control}
      value={value}
      onChange={onChange}
      showSearch={{ optionFilterProp: 'label' }}
      options={[{ value: '', label: t('nothing') }, ...options]}
    />
  )
}
