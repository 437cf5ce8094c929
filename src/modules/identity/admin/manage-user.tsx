import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { ConfirmForm } from '#ui/feedback/confirm-dialog.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ChangeUser, NewAccount, User } from '../contract.ts'
import { OneTimePasswords } from './one-time-passwords.tsx'
import { UserForm, type UserFields } from './user-form.tsx'
import { userWords } from './user-words.ts'

type Act = 'reset' | 'unlock' | 'disable' | 'enable' | 'handOver'
const acts = ['reset', 'unlock', 'handOver', 'disable', 'enable'] as const satisfies readonly Act[]

interface ManageUserProps {
  user: User
  close: () => void
}

/** Everything that can be done with one account; what is not in the record's `can` is not offered. */
export function ManageUser({ user, close }: ManageUserProps) {
  const t = useT(userWords)
  const [act, setAct] = useState<Act>()
  const [account, setAccount] = useState<NewAccount>()
  const change = useMutation({
    mutationFn: (fields: UserFields) => write('PATCH', `/identity/users/${user.userId}`, changesOf(user, fields)),
    onSuccess: close,
  })
  if (account !== undefined) return <OneTimePasswords accounts={[account]} done={close} />
  if (act !== undefined) {
    return <ActForm user={user} act={act} back={() => setAct(undefined)} done={close} showPassword={setAccount} />
  }
  return (
    <div className="bf-stack">
      {user.can['edit'] === true ? (
        <UserForm
          initial={{
            name: user.name,
            loginName: user.loginName,
            phone: '',
            areaPath: user.areaPath ?? '',
            organisationId: user.organisationId ?? '',
            roles: user.roles,
          }}
          isNew={false}
          submitText={t('save')}
          isBusy={change.isPending}
          error={change.error}
          submit={(fields) => change.mutate(fields)}
        />
      ) : null}
      <div className="bf-row">
        {acts
          .filter((one) => user.can[one] === true)
          .map((one) => (
            <Button key={one} danger={one === 'disable' || one === 'handOver'} onClick={() => setAct(one)}>
              {t(one)}
            </Button>
          ))}
      </div>
    </div>
  )
}

interface ActFormProps {
  user: User
  act: Act
  back: () => void
  done: () => void
  showPassword: (account: NewAccount) => void
}

function ActForm({ user, act, back, done, showPassword }: ActFormProps) {
  const t = useT(userWords)
  const [successor, setSuccessor] = useState('')
  const run = async (reason: string) => {
    if (act === 'reset') return showPassword(await write<NewAccount>('POST', `/identity/users/${user.userId}/reset`))
    if (act === 'handOver') await write('POST', `/identity/users/${user.userId}/hand-over`, { toUserId: successor, reason })
    else await write('POST', `/identity/users/${user.userId}/${act}`)
    return done()
  }
  return (
    <ConfirmForm
      close={back}
      confirmText={t(act)}
      isDangerous={act === 'disable' || act === 'handOver'}
      {...(act === 'handOver' ? { reason: { label: t('reason'), minLength: 2 } } : {})}
      confirm={run}
    >
      <p>{t(`${act}Ask`, { name: user.name })}</p>
      {act === 'handOver' ? <Successor user={user} value={successor} onChange={setSuccessor} /> : null}
    </ConfirmForm>
  )
}

function Successor({ user, value, onChange }: { user: User; value: string; onChange: (userId: string) => void }) {
  const t = useT(userWords)
  const [startsWith, setStartsWith] = useState('')
  const found = useQuery({
    queryKey: ['identity', 'users', 'successors', startsWith],
    queryFn: () => read<Page<User>>('/identity/users', { startsWith, state: 'active', limit: 50 }),
  })
  const others = (found.data?.items ?? []).filter((one) => one.userId !== user.userId)
  return (
    <Field label={t('successor')} isRequired>
      {(control) => (
        <Select
          {...control}
          value={value === '' ? null : value}
          onChange={onChange}
          showSearch={{ filterOption: false, onSearch: setStartsWith }}
          loading={found.isFetching}
          options={others.map((one) => ({ value: one.userId, label: `${one.name}（${one.areaName ?? one.loginName}）` }))}
          style={{ width: '100%' }}
        />
      )}
    </Field>
  )
}

/** Only what differs from the record; an empty telephone means it stays. */
function changesOf(user: User, fields: UserFields): ChangeUser {
  const isSameRoles = fields.roles.length === user.roles.length && fields.roles.every((role) => user.roles.includes(role))
  return {
    revision: user.revision,
    ...(fields.name === user.name ? {} : { name: fields.name }),
    ...(fields.phone === '' ? {} : { phone: fields.phone }),
    ...(isSameRoles ? {} : { roles: fields.roles }),
    ...(fields.organisationId === '' || fields.organisationId === user.organisationId ? {} : { organisationId: fields.organisationId }),
    ...(fields.areaPath === user.areaPath ? {} : { areaPath: fields.areaPath }),
  }
}
