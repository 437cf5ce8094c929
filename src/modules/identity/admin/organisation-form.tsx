import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { ask, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import { organisationKinds, type Organisation, type OrganisationItem, type OrganisationRecord } from '../contract.ts'
import { isCreditCode } from '../rules/credit-code.ts'
import { AreaSelect } from './area-select.tsx'
import { organisationWords } from './organisation-words.ts'

/** Organisations by part of a name, a former name or the credit code. */
export function useFoundOrganisations(words: string, isOn = true) {
  const q = words.trim()
  return useQuery({
    queryKey: ['identity', 'found-organisations', q],
    queryFn: async () => (await ask<Page<OrganisationItem>>('/identity/organisations/search', { q, limit: 8 })).items,
    enabled: isOn && q.length > 1,
  })
}

/** A new organisation, or the facts of one that is there. A change asks for its reason. */
export function OrganisationForm({ before, done, close }: { before?: OrganisationRecord; done: (id: string) => void; close: () => void }) {
  const t = useT(organisationWords)
  const [facts, setFacts] = useState({
    name: before?.name ?? '',
    kind: before?.kind ?? ('firm' as Organisation['kind']),
    areaPath: before?.areaPath ?? '',
    creditCode: before?.creditCode ?? '',
    business: before?.business ?? '',
    address: before?.address ?? '',
    closedOn: before?.closedOn ?? '',
    reason: '',
  })
  const change = (one: Partial<typeof facts>) => setFacts({ ...facts, ...one })
  const alike = useFoundOrganisations(facts.name, before === undefined)
  const code = facts.creditCode.trim().toUpperCase()
  const isWrong = code !== '' && !isCreditCode(code)
  const save = useMutation({
    mutationFn: () => send(facts, before),
    onSuccess: (id) => {
      done(id)
      close()
    },
  })
  const text = (key: 'business' | 'address') => (
    <Field label={t(key)}>
      {(control) => (
        <Input
          {...control}
          value={facts[key]}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => change({ [key]: event.target.value })}
        />
      )}
    </Field>
  )
  const isReady = facts.name.trim() !== '' && !isWrong && (before === undefined || facts.reason.trim().length > 1)
  return (
    <form
      className="bf-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) save.mutate()
      }}
    >
      <Field label={t('name')} isRequired>
        {(control) => (
          <Input
            {...control}
            value={facts.name}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Alike items={alike.data ?? []} />
      <Field label={t('kind')} isRequired>
        {(control) => (
          <Select
            {...control}
            value={facts.kind}
            onChange={(kind) => change({ kind })}
            options={organisationKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          />
        )}
      </Field>
      <Field label={t('area')}>
        {(control) => <AreaSelect {...control} value={facts.areaPath} onChange={(areaPath) => change({ areaPath })} />}
      </Field>
      <Field label={t('creditCode')} hint={t('creditHint')} problem={isWrong ? t('creditWrong') : undefined}>
        {(control) => (
          <Input
            {...control}
            value={facts.creditCode}
            maxLength={18}
            autoComplete="off"
            onChange={(event) => change({ creditCode: event.target.value })}
          />
        )}
      </Field>
      {text('business')}
      {text('address')}
      {before === undefined ? null : (
        <>
          <Field label={t('closedOn')}>
            {(control) => (
              <Input {...control} type="date" value={facts.closedOn} onChange={(event) => change({ closedOn: event.target.value })} />
            )}
          </Field>
          <Field label={t('reason')} hint={t('reasonHint')} isRequired>
            {(control) => (
              <Input {...control} value={facts.reason} maxLength={200} onChange={(event) => change({ reason: event.target.value })} />
            )}
          </Field>
        </>
      )}
      <Problem error={save.error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

function Alike({ items }: { items: readonly OrganisationItem[] }) {
  const t = useT(organisationWords)
  if (items.length === 0) return null
  return (
    <div className="bf-hint">
      {t('alreadyThere')}
      <ul>
        {items.map((one) => (
          <li key={one.organisationId}>
            <PageLink to={`/identity/organisations/${one.organisationId}`}>{one.name}</PageLink> {one.areaName}
          </li>
        ))}
      </ul>
    </div>
  )
}

interface Facts {
  name: string
  kind: Organisation['kind']
  areaPath: string
  creditCode: string
  business: string
  address: string
  closedOn: string
  reason: string
}

async function send(facts: Facts, before: OrganisationRecord | undefined): Promise<string> {
  const { name, kind, areaPath, creditCode, business, address, closedOn, reason } = facts
  const place = areaPath === '' ? {} : { areaPath }
  if (before === undefined) {
    const code = creditCode.trim() === '' ? {} : { creditCode: creditCode.trim() }
    const made = await write<Organisation>('POST', '/identity/organisations', {
      name: name.trim(),
      kind,
      ...place,
      ...code,
      business,
      address,
    })
    return made.organisationId
  }
  const { organisationId, revision } = before
  await write('PATCH', `/identity/organisations/${organisationId}`, {
    revision,
    name: name.trim(),
    kind,
    ...place,
    creditCode: creditCode.trim(),
    business,
    address,
    closedOn: closedOn === '' ? null : closedOn,
    reason: reason.trim(),
  })
  return organisationId
}
