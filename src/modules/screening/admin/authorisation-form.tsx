import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import { ListKind } from '../contract.ts'
import { authorisationsKey, noteAuthorisation } from './authorisation-calls.ts'
import { todayHere } from './authorisation-table.tsx'
import { authorisationWords } from './authorisation-words.ts'
import { useRuleNames } from './lead-parts.tsx'

/** Notes a 授权书 of a household by hand. */
export function AuthorisationForm({ householdId, close }: { householdId: string; close: () => void }) {
  const t = useT(authorisationWords)
  const names = useRuleNames()
  const queries = useQueryClient()
  const members = useQuery({
    queryKey: ['screening', 'members', householdId],
    queryFn: () => read<{ members: { personId: string; name: string; leftOn?: string }[] }>(`/registry/households/${householdId}`),
  })
  const [personId, setPerson] = useState('')
  const [givenOn, setGivenOn] = useState(todayHere())
  const [validUntil, setValidUntil] = useState('')
  const [lists, setLists] = useState<ListKind[]>([])
  const [paper, setPaper] = useState('')
  const save = useMutation({
    mutationFn: () =>
      noteAuthorisation({
        householdId,
        personId: personId === '' ? null : personId,
        givenOn,
        validUntil: validUntil === '' ? null : validUntil,
        lists,
        paper,
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: authorisationsKey })
      close()
    },
  })
  const present = (members.data?.members ?? []).filter((one) => one.leftOn === undefined)
  return (
    <form
      className="bf-form"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Field label={t('person')} isRequired>
        {(control) => (
          <Select
            {...control}
            value={personId}
            onChange={setPerson}
            options={[{ value: '', label: t('whole') }, ...present.map((one) => ({ value: one.personId, label: one.name }))]}
          />
        )}
      </Field>
      <Field label={t('givenOn')} isRequired>
        {(control) => <Input {...control} type="date" value={givenOn} onChange={(event) => setGivenOn(event.target.value)} />}
      </Field>
      <Field label={t('validUntil')}>
        {(control) => <Input {...control} type="date" value={validUntil} onChange={(event) => setValidUntil(event.target.value)} />}
      </Field>
      <Field label={t('lists')}>
        {(control) => (
          <Select<ListKind[]>
            {...control}
            mode="multiple"
            value={lists}
            onChange={setLists}
            options={ListKind.options.map((list) => ({ value: list, label: names.list(list) }))}
          />
        )}
      </Field>
      <Field label={t('paper')} isRequired>
        {(control) => <Input {...control} maxLength={120} value={paper} onChange={(event) => setPaper(event.target.value)} />}
      </Field>
      <Problem error={save.error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={paper.trim() === '' || givenOn === ''}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
