import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Timeline } from '#ui/data/timeline.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useCaller } from '#ui/plug/caller.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useSlot } from '#ui/plug/slots.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { OrganisationRecord } from '../contract.ts'
import { OrganisationForm } from './organisation-form.tsx'
import { MergeButton, UnmergeButton } from './organisation-merge.tsx'
import { organisationSlot } from './organisation-slot.ts'
import { organisationWords } from './organisation-words.ts'

/** One organisation, one page: its facts and former names, what the ledgers say, what looks like it, its history. */
export function OrganisationPage() {
  const t = useT(organisationWords)
  const go = useGo()
  const organisationId = usePageParam('organisationId')
  const organisation = useQuery({
    queryKey: ['identity', 'organisation', organisationId],
    queryFn: () => read<OrganisationRecord>(`/identity/organisations/${organisationId}`),
  })
  const record = organisation.data
  return (
    <PageFrame
      title={record?.name ?? t('unnamed')}
      extra={
        <>
          {record === undefined ? null : <StatusTag level="grey" text={t(`kind.${record.kind}`)} />}
          {record?.closedOn === undefined ? null : <StatusTag level="amber" text={t('closed', { day: record.closedOn })} />}
          <span className="bf-spring" />
          <Button onClick={() => go('/identity/organisations')}>{t('back')}</Button>
        </>
      }
    >
      <Loaded query={organisation} lines={8}>
        {(found) => <OrganisationParts record={found} />}
      </Loaded>
    </PageFrame>
  )
}

function OrganisationParts({ record }: { record: OrganisationRecord }) {
  const t = useT(organisationWords)
  const say = useSay()
  const { rights } = useCaller()
  const panels = useSlot(organisationSlot).filter((one) => one.needs === undefined || rights.includes(one.needs))
  const { organisationId, alike, takenIn, can } = record
  return (
    <>
      <Section title={t('head')} extra={<Actions record={record} />}>
        {record.mergedInto === undefined ? null : (
          <p>
            <PageLink to={`/identity/organisations/${record.mergedInto.organisationId}`}>
              {t('mergedInto', { name: record.mergedInto.name })}
            </PageLink>
          </p>
        )}
        <Head record={record} />
      </Section>
      {alike.length === 0 ? null : (
        <Section title={t('alike')} extra={can['merge'] === true ? <span className="bf-quiet">{t('alikeNote')}</span> : undefined}>
          <ul className="bf-plain-lines">
            {alike.map((one) => (
              <li key={one.organisationId} className="bf-row">
                <PageLink to={`/identity/organisations/${one.organisationId}`}>{one.name}</PageLink>
                <span className="bf-quiet">{[t(`kind.${one.kind}`), one.areaName].join(' · ')}</span>
                {can['merge'] === true ? <MergeButton record={record} into={one} /> : null}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {panels.map(({ key, words, isBare, panel: Panel }) =>
        isBare === true ? (
          <Panel key={key} organisationId={organisationId} />
        ) : (
          <Section key={key} title={say(words)}>
            <Panel organisationId={organisationId} />
          </Section>
        ),
      )}
      {takenIn.length === 0 ? null : (
        <Section title={t('takenIn')}>
          <ul className="bf-plain-lines">
            {takenIn.map((one) => (
              <li key={one.organisationId}>
                <PageLink to={`/identity/organisations/${one.organisationId}`}>{one.name}</PageLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {record.history.length === 0 ? null : <History record={record} />}
    </>
  )
}

function Head({ record }: { record: OrganisationRecord }) {
  const t = useT(organisationWords)
  const { kind, areaName, creditCode, business, address, formerNames } = record
  return (
    <DescriptionList
      items={[
        { key: 'kind', label: t('kind'), value: t(`kind.${kind}`) },
        { key: 'area', label: t('area'), value: areaName },
        {
          key: 'code',
          label: t('creditCode'),
          value: creditCode === undefined ? undefined : <span className="bf-figures">{creditCode}</span>,
        },
        { key: 'business', label: t('business'), value: business },
        { key: 'address', label: t('address'), value: address },
        ...(formerNames.length === 0
          ? []
          : [
              {
                key: 'former',
                label: t('formerNames'),
                value: formerNames.map((one) => t('until', { name: one.name, day: one.until })).join('；'),
              },
            ]),
      ]}
    />
  )
}

function Actions({ record }: { record: OrganisationRecord }) {
  const t = useT(organisationWords)
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const { can, name } = record
  return (
    <span className="bf-row">
      {can['unmerge'] === true ? <UnmergeButton record={record} /> : null}
      {can['merge'] === true ? <MergeButton record={record} /> : null}
      {can['change'] === true ? <Button onClick={() => setOpen(true)}>{t('change')}</Button> : null}
      <Modal open={isOpen} title={t('changeOf', { name })} footer={null} onCancel={() => setOpen(false)} destroyOnHidden width="36rem">
        <OrganisationForm
          before={record}
          close={() => setOpen(false)}
          done={() => void queries.invalidateQueries({ queryKey: ['identity'] })}
        />
      </Modal>
    </span>
  )
}

const fieldWords = {
  name: 'name',
  kind: 'kind',
  areaPath: 'area',
  creditCode: 'creditCode',
  address: 'address',
  business: 'business',
  closedOn: 'closedOn',
} as const

function History({ record }: { record: OrganisationRecord }) {
  const t = useT(organisationWords)
  const nameOf = (field: string) => {
    const known = Object.entries(fieldWords).find(([key]) => key === field)?.[1]
    return known === undefined ? field : t(known)
  }
  const kindOf = (text: string | null) => {
    const key = `kind.${text ?? ''}`
    return key in organisationWords ? t(key as keyof typeof organisationWords) : (text ?? t('nothing')) // safe: just looked up
  }
  return (
    <Section title={t('history')}>
      <Timeline
        label={t('history')}
        entries={record.history.map((one, at) => ({
          key: `${one.at} ${at}`,
          at: one.at.slice(0, 10),
          title: `${t(`act.${one.act}`, { other: one.other ?? '' })} · ${one.byName}`,
          note: (
            <>
              {Object.entries(one.changes).map(([field, [before, after]]) => (
                <span key={field} className="bf-source">
                  {t('changed', { field: nameOf(field), before: kindOf(before), after: kindOf(after) })}
                </span>
              ))}
              {one.reason === undefined ? null : <span className="bf-source">{one.reason}</span>}
            </>
          ),
        }))}
      />
    </Section>
  )
}
