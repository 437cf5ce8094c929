import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import { Field } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { codeLists } from '../policy/policy.ts'
import type { HouseholdRecord } from '../rules/register-records.ts'
import { Choice } from './household-event-choice.tsx'
import type { EventForm } from './household-event-form.ts'
import { MarriageFields, Members, membersOf, OtherField, type EventPart as Part } from './household-event-other.tsx'
import { householdEventWords } from './household-event-screen-words.ts'

interface FieldsProps {
  record: HouseholdRecord
  form: EventForm
  set: (part: Partial<EventForm>) => void
  mayNumber: boolean
}

/** What an event of the chosen kind needs to know. */
export function EventFields({ record, form, set, mayNumber }: FieldsProps) {
  const t = useT(householdEventWords)
  switch (form.kind) {
    case 'split':
      return <SplitFields {...{ record, form, set, mayNumber }} />
    case 'merge':
      return <OtherField {...{ record, form, set }} label={t('other')} />
    case 'marriage':
      return <MarriageFields {...{ record, form, set }} />
    case 'move':
      return <PlaceFields {...{ form, set }} />
    case 'death':
      return <OneMember {...{ record, form, set }} />
    case 'moved-away':
      return <Members {...{ people: membersOf(record), form, set }} />
    case 'joined':
    case 'birth':
      return <PersonFields {...{ form, set }} />
  }
}

function OneMember({ record, form, set }: Part) {
  const t = useT(householdEventWords)
  const options = membersOf(record).map((member) => ({ value: member.personId, label: member.name }))
  return (
    <Field label={t('whoDied')} isRequired>
      {(control) => (
        <Choice {...control} value={form.members[0] ?? ''} options={options} onChange={(id) => set({ members: [id], headId: '' })} />
      )}
    </Field>
  )
}

function SplitFields({ record, form, set, mayNumber }: FieldsProps) {
  const t = useT(householdEventWords)
  const going = membersOf(record).filter((member) => form.members.includes(member.personId))
  return (
    <>
      <Members {...{ people: membersOf(record), form, set }} />
      {going.length === 0 ? null : (
        <Field label={t('newHead')} isRequired>
          {(control) => (
            <Choice
              {...control}
              value={form.newHeadId}
              options={going.map((member) => ({ value: member.personId, label: member.name }))}
              onChange={(newHeadId) => set({ newHeadId })}
            />
          )}
        </Field>
      )}
      {mayNumber ? (
        <Field label={t('householdNo')} hint={t('householdNoHint')}>
          {(control) => (
            <Input
              {...control}
              value={form.householdNo}
              maxLength={32}
              onChange={(event) => set({ householdNo: event.target.value.trim() })}
            />
          )}
        </Field>
      ) : null}
    </>
  )
}

interface AreaItem {
  path: string
  parentPath: string
  level: string
  name: string
}

/** Villages within reach, then the groups of the chosen one. */
function PlaceFields({ form, set }: Omit<Part, 'record'>) {
  const t = useT(householdEventWords)
  const village = form.areaPath.split('.').slice(0, 5).join('.')
  const areas = useAreas({ level: 'village' })
  const groups = useAreas(village === '' ? undefined : { level: 'group', under: `${village}.` }).filter((area) => area.level === 'group')
  const nameOf = (path: string) => areas.find((area) => area.path === path)?.name ?? ''
  return (
    <>
      <Field label={t('village')} isRequired>
        {(control) => (
          <Choice
            {...control}
            value={village === '' ? '' : `${village}.`}
            options={areas
              .filter((area) => area.level === 'village')
              .map((area) => ({ value: area.path, label: `${nameOf(area.parentPath)} ${area.name}`.trim() }))}
            onChange={(areaPath) => set({ areaPath })}
          />
        )}
      </Field>
      {groups.length === 0 ? null : (
        <Field label={t('group')}>
          {(control) => (
            <Choice
              {...control}
              value={form.areaPath}
              options={groups.map((area) => ({ value: area.path, label: area.name }))}
              onChange={(areaPath) => set({ areaPath })}
            />
          )}
        </Field>
      )}
    </>
  )
}

function useAreas(wanted: { level: string; under?: string } | undefined): AreaItem[] {
  const found = useQuery({
    queryKey: ['identity', 'areas', wanted ?? 'none'],
    queryFn: () => read<{ items: AreaItem[] }>('/identity/areas', wanted ?? {}),
    enabled: wanted !== undefined,
  })
  return wanted === undefined ? [] : (found.data?.items ?? [])
}

function PersonFields({ form, set }: Omit<Part, 'record'>) {
  const t = useT(householdEventWords)
  const language = useLanguage()
  const { person } = form
  const put = (part: Partial<EventForm['person']>) => set({ person: { ...person, ...part } })
  const relations = (codeLists['relationToHead']?.codes ?? []).filter((code) => code.zh !== '户主')
  return (
    <>
      <Field label={t('personName')} isRequired>
        {(control) => (
          <Input
            {...control}
            value={person.name}
            maxLength={40}
            autoComplete="off"
            onChange={(event) => put({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('sex')} isRequired>
        {(control) => (
          <Choice
            {...control}
            value={person.sex}
            options={(['male', 'female'] as const).map((sex) => ({ value: sex, label: t(sex) }))}
            onChange={(sex) => put({ sex })}
          />
        )}
      </Field>
      <Field label={t('bornOn')} isRequired>
        {(control) => <Input {...control} type="date" value={person.bornOn} onChange={(event) => put({ bornOn: event.target.value })} />}
      </Field>
      <Field label={t('idNumber')}>
        {(control) => (
          <Input
            {...control}
            value={person.idNumber}
            maxLength={18}
            autoComplete="off"
            onChange={(event) => put({ idNumber: event.target.value.trim().toUpperCase() })}
          />
        )}
      </Field>
      <Field label={t('relation')} isRequired>
        {(control) => (
          <Choice
            {...control}
            value={person.relation}
            options={relations.map((code) => ({ value: code.zh, label: code[language] }))}
            onChange={(relation) => put({ relation })}
          />
        )}
      </Field>
    </>
  )
}
