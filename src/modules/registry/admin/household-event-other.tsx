import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { ask, read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { HouseholdListItem, HouseholdRecord } from '../rules/register-records.ts'
import { Choice } from './household-event-choice.tsx'
import type { EventForm } from './household-event-form.ts'
import { householdEventWords } from './household-event-screen-words.ts'

export interface EventPart {
  record: HouseholdRecord
  form: EventForm
  set: (part: Partial<EventForm>) => void
}

/** A marriage: who goes from one registered household to the other, in which of the two directions. */
export function MarriageFields({ record, form, set }: EventPart) {
  const t = useT(householdEventWords)
  const other = useQuery({
    queryKey: ['registry', 'household', form.otherId],
    queryFn: () => read<HouseholdRecord>(`/registry/households/${form.otherId}`),
    enabled: form.way === 'enter' && form.otherId !== '',
  })
  const people = form.way === 'leave' ? membersOf(record) : other.data === undefined ? [] : membersOf(other.data)
  return (
    <>
      <Field label={t('way')} isRequired>
        {(control) => (
          <Choice
            {...control}
            value={form.way}
            options={(['leave', 'enter'] as const).map((way) => ({ value: way, label: t(`way.${way}`) }))}
            onChange={(way) =>
              set({ way: way === 'enter' ? 'enter' : 'leave', otherId: '', otherNo: '', members: [], headId: '', relations: {} })
            }
          />
        )}
      </Field>
      {form.way === 'leave' ? <Members {...{ people, form, set }} /> : null}
      <OtherField key={form.way} {...{ record, form, set }} label={t(form.way === 'leave' ? 'otherTo' : 'otherFrom')} />
      {form.way === 'enter' && people.length > 0 ? <Members {...{ people, form, set }} /> : null}
    </>
  )
}

/** Who belongs to the household today. */
export const membersOf = (record: HouseholdRecord): readonly { personId: string; name: string }[] =>
  record.members.filter((member) => member.leftOn === undefined)

/** Which of these persons it is about. */
export function Members({
  people,
  form,
  set,
}: {
  people: readonly { personId: string; name: string }[]
  form: EventForm
  set: EventPart['set']
}) {
  const t = useT(householdEventWords)
  const toggle = (id: string) =>
    set({
      members: form.members.includes(id) ? form.members.filter((one) => one !== id) : [...form.members, id],
      newHeadId: '',
      headId: '',
    })
  return (
    <fieldset className="bf-field">
      <legend>{t('who')}</legend>
      <div className="bf-row">
        {people.map(({ personId, name }) => (
          <label key={personId}>
            <input type="checkbox" checked={form.members.includes(personId)} onChange={() => toggle(personId)} /> {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The household that joins is searched for as on the list of households. */
export function OtherField({ record, form, set, label }: EventPart & { label: string }) {
  const t = useT(householdEventWords)
  const [words, setWords] = useState('')
  const found = useQuery({
    queryKey: ['registry', 'household-events', 'other', words],
    queryFn: () => ask<Page<HouseholdListItem>>('/registry/households/search', { q: words, limit: 20 }),
    enabled: words.length > 1,
    gcTime: 0,
  })
  const isNumber = /^[0-9A-Za-z]{8,32}$/.test(words)
  const others = (found.data?.items ?? []).filter((one) => one.householdId !== record.householdId)
  return (
    <>
      <Field label={label} isRequired>
        {(control) => <Input {...control} value={words} maxLength={40} onChange={(event) => setWords(event.target.value.trim())} />}
      </Field>
      {form.kind === 'marriage' && form.way === 'leave' && isNumber && found.isSuccess && others.length === 0 ? (
        <label className="bf-field">
          <span>
            <input
              type="checkbox"
              checked={form.otherNo === words}
              onChange={(event) => set({ otherId: '', otherNo: event.target.checked ? words : '', relations: {} })}
            />{' '}
            {t('otherUnseen', { no: words })}
          </span>
        </label>
      ) : null}
      {others.length === 0 ? null : (
        <Field label={t('otherChosen')} isRequired>
          {(control) => (
            <Choice
              {...control}
              value={form.otherId}
              options={others.map((one) => ({
                value: one.householdId,
                label: [one.headName, one.householdNo, one.township, one.village, one.group].filter((part) => part !== undefined).join(' '),
              }))}
              onChange={(otherId) =>
                set({
                  otherId,
                  otherNo: '',
                  headId: '',
                  relations: {},
                  ...(form.kind === 'marriage' && form.way === 'enter' ? { members: [] } : {}),
                })
              }
            />
          )}
        </Field>
      )}
    </>
  )
}
