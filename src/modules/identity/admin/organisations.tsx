import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { AddOrganisation, Organisation } from '../contract.ts'
import { organisationWords } from './organisation-words.ts'

type Kind = Organisation['kind']
const kinds = ['office', 'department', 'firm', 'cooperative', 'workshop', 'other'] as const satisfies readonly Kind[]

interface Organisations {
  items: Organisation[]
  can: { add: boolean }
}

/** The organisations of the county. */
export function useOrganisations() {
  return useQuery({ queryKey: ['identity', 'organisations'], queryFn: () => read<Organisations>('/identity/organisations') })
}

/** Offices, departments and firms: a list, and a line to add one. */
export function OrganisationSection() {
  const t = useT(organisationWords)
  const organisations = useOrganisations()
  return (
    <Section title={t('title')}>
      <Loaded query={organisations} lines={3}>
        {({ items, can }) => (
          <>
            {items.length === 0 ? <p className="bf-quiet">{t('empty')}</p> : <OrganisationTable items={items} />}
            {can.add ? <AddLine /> : null}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function OrganisationTable({ items }: { items: readonly Organisation[] }) {
  const t = useT(organisationWords)
  return (
    <ScrollBox>
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('kind')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.organisationId}>
              <td>{one.name}</td>
              <td>{t(`kind.${one.kind}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function AddLine() {
  const t = useT(organisationWords)
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Kind>('department')
  const add = useMutation({
    mutationFn: () => write('POST', '/identity/organisations', { name: name.trim(), kind } satisfies AddOrganisation),
    onSuccess: () => setName(''),
  })
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') add.mutate()
      }}
    >
      <div className="bf-filters">
        <Field label={t('newName')}>
          {(control) => (
            <Input {...control} value={name} maxLength={80} autoComplete="off" onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label={t('kind')}>
          {(control) => (
            <Select {...control} value={kind} onChange={setKind} options={kinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))} />
          )}
        </Field>
        <Button htmlType="submit" disabled={name.trim() === ''} loading={add.isPending}>
          {t('add')}
        </Button>
      </div>
      <Problem error={add.error} />
    </form>
  )
}
