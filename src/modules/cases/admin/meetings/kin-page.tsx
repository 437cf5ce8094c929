import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ask, read, write } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { useLanguage, useSay, useT } from '#ui/words/use-t.ts'
import { ownRelations, sayKinPath, type OwnRelation } from '../../rules/meetings/kin-relations.ts'
import type { KinUser, OwnHousehold } from '../../rules/meetings/meeting-records.ts'
import type { NameHouseholdFor, NameOwnHousehold, WithdrawOwnHousehold } from '../../rules/meetings/meeting-requests.ts'
import { CaseStyles } from '../case-styles.tsx'
import { HouseholdPicker, type FoundHousehold } from './kin-household-picker.tsx'
import { kinWords, ownRelationWords } from './kin-words.ts'
import { MeetingStyles } from './meeting-styles.tsx'

const mine = '/cases/kin/mine'

/** 我的亲属: the households on whose cases the caller may not act, because they are his own or his near relatives'. */
export function KinPage() {
  const t = useT(kinWords)
  const mayForUsers = useMay('cases.kin:state-for')
  return (
    <PageFrame title={t('title')} note={t('note')}>
      <MeetingStyles />
      <CaseStyles />
      <Section title={t('mine')}>
        <NamedList path={mine} isFor={false} />
      </Section>
      <Section title={t('add')}>
        <NameForm path={mine} isFor={false} />
      </Section>
      {mayForUsers ? (
        <Section title={t('forUsers')}>
          <ForUsers />
        </Section>
      ) : null}
    </PageFrame>
  )
}

/** An office names households of the people who work below it. */
function ForUsers() {
  const t = useT(kinWords)
  const [q, setQ] = useState('')
  const [user, setUser] = useState<KinUser>()
  const text = q.trim()
  const found = useQuery({
    queryKey: ['cases', 'kin', 'users', text],
    queryFn: () => ask<{ items: KinUser[] }>('/cases/kin/users', { q: text }),
    enabled: text !== '' && user === undefined,
    gcTime: 0,
  })
  const items = found.data?.items ?? []
  if (user !== undefined) {
    const path = `/cases/kin/users/${user.userId}`
    return (
      <div className="bf-stack">
        <p>
          <strong>{user.name}</strong> {user.area}{' '}
          <button type="button" className="bf-link" onClick={() => setUser(undefined)}>
            {t('otherUser')}
          </button>
        </p>
        <NamedList path={path} isFor />
        <NameForm path={path} isFor />
      </div>
    )
  }
  return (
    <div className="bf-stack">
      <p className="bf-quiet">{t('forUsersNote')}</p>
      <Field label={t('user')}>
        {(control) => <input {...control} className="bf-input" maxLength={40} value={q} onChange={(event) => setQ(event.target.value)} />}
      </Field>
      {found.isSuccess && items.length === 0 ? <p className="bf-quiet">{t('userNone')}</p> : null}
      <ul className="meeting-found">
        {items.map((one) => (
          <li key={one.userId}>
            <button type="button" className="bf-chip" onClick={() => setUser(one)}>
              {one.name} {one.area}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface Named {
  /** Where what was named is read and written. */
  readonly path: string
  /** An office for a user: it says how it knows. */
  readonly isFor: boolean
}

function NamedList({ path, isFor }: Named) {
  const t = useT(kinWords)
  const named = useQuery({ queryKey: ['cases', 'kin', path], queryFn: () => read<{ items: OwnHousehold[] }>(path) })
  return (
    <Loaded query={named} lines={3}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="bf-quiet">{t(isFor ? 'noneFor' : 'none')}</p>
        ) : (
          <ul className="case-list-plain">
            {items.map((one) => (
              <NamedOne key={one.householdId} one={one} path={path} isFor={isFor} />
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

const wordsOf = (relation: string) => ownRelationWords[ownRelations.find((one) => one === relation) ?? 'other']

function NamedOne({ one, path, isFor }: { one: OwnHousehold } & Named) {
  const t = useT(kinWords)
  const say = useSay()
  const language = useLanguage()
  const [isAsked, setAsked] = useState(false)
  const name = one.headName ?? t('elsewhere')
  const near = one.kin.map(({ headName, path: way }) => t('nearOne', { name: headName ?? '—', path: sayKinPath(way, language) }))
  const since = t('since', { day: one.statedAt.slice(0, 10) })
  return (
    <li>
      <strong>{name}</strong> {one.village} · {say(wordsOf(one.relation))}{' '}
      {one.isByOffice && !isFor ? null : (
        <button type="button" className="bf-link" aria-label={t('withdrawOf', { name })} onClick={() => setAsked(true)}>
          {t('withdraw')}
        </button>
      )}
      <span className="bf-source">{one.isByOffice ? `${since} · ${t('byOffice')}` : since}</span>
      {near.length === 0 ? null : (
        <span className="bf-source">
          {t('near')}
          {near.join('、')}
        </span>
      )}
      <ConfirmDialog
        isOpen={isAsked}
        title={t('withdraw')}
        confirmText={t('withdraw')}
        isDangerous
        reason={{ label: t('withdrawReason'), minLength: 2 }}
        confirm={async (reason) => {
          await write('POST', `${path}/withdraw`, { householdId: one.householdId, reason } satisfies WithdrawOwnHousehold)
        }}
        close={() => setAsked(false)}
      >
        {t('withdrawAsk')}
      </ConfirmDialog>
    </li>
  )
}

function NameForm({ path, isFor }: Named) {
  const t = useT(kinWords)
  const say = useSay()
  const [found, setFound] = useState<FoundHousehold>()
  const [relation, setRelation] = useState<OwnRelation>('own')
  const [reason, setReason] = useState('')
  const [count, setCount] = useState(0)
  const save = useMutation({
    mutationFn: (householdId: string) => {
      const own = { householdId, relation } satisfies NameOwnHousehold
      return write('POST', path, isFor ? ({ ...own, reason: reason.trim() } satisfies NameHouseholdFor) : own)
    },
    onSuccess: () => {
      setFound(undefined)
      setReason('')
      setCount(count + 1)
    },
  })
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (found !== undefined) save.mutate(found.householdId)
      }}
    >
      {found === undefined ? (
        <HouseholdPicker key={count} label={t('household')} choose={setFound} />
      ) : (
        <p>
          <strong>{found.headName}</strong> <span className="bf-figures">{found.householdNo}</span> {found.village} {found.group}{' '}
          <button type="button" className="bf-link" aria-label={t('otherHousehold')} onClick={() => setFound(undefined)}>
            ✕
          </button>
        </p>
      )}
      <Field label={t(isFor ? 'relationFor' : 'relation')} isRequired>
        {(control) => (
          <select
            {...control}
            className="bf-input"
            value={relation}
            onChange={(event) => setRelation(ownRelations.find((one) => one === event.target.value) ?? 'own')}
          >
            {ownRelations.map((one) => (
              <option key={one} value={one}>
                {say(ownRelationWords[one])}
              </option>
            ))}
          </select>
        )}
      </Field>
      {isFor ? (
        <Field label={t('reason')} isRequired>
          {(control) => (
            <input {...control} className="bf-input" maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      ) : null}
      <Problem error={save.error} />
      <div className="bf-row">
        <Button
          type="primary"
          htmlType="submit"
          disabled={found === undefined || (isFor && reason.trim().length < 2)}
          loading={save.isPending}
        >
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
