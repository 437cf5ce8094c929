import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem, Skeleton } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { DoorFrame, useStart } from './door-frame.tsx'
import { AdministratorFields, CountyFields, emptyFounding, foundingOf, type Founding } from './found-fields.tsx'
import { foundWords } from './found-words.ts'
import { OneTimePasswords } from './one-time-passwords.tsx'
import { nameRole } from './roles.ts'
import type { Founded } from '../contract.ts'

/** A county begins: its code, its name, its first three administrators with their one-time passwords. */
export function FoundPage() {
  const t = useT(foundWords)
  const start = useStart()
  const [founded, setFounded] = useState<{ name: string; accounts: Founded['administrators'] }>()
  return (
    <DoorFrame title={t('title')} isWide>
      {founded !== undefined ? (
        <FoundedCounty {...founded} />
      ) : start.data === undefined ? (
        <Skeleton />
      ) : start.data.can.found ? (
        <FoundForm onFounded={setFounded} />
      ) : start.data.can.startEmpty && start.data.county !== undefined ? (
        <LeaveDemo countyName={start.data.county.name} />
      ) : (
        <>
          <h1>{t('title')}</h1>
          <Notice kind="warning">{t('notHere')}</Notice>
          <PageLink to="/identity/login">{t('back')}</PageLink>
        </>
      )}
    </DoorFrame>
  )
}

function FoundForm({ onFounded }: { onFounded: (founded: { name: string; accounts: Founded['administrators'] }) => void }) {
  const t = useT(foundWords)
  const form = useForm<Founding>({ defaultValues: emptyFounding, mode: 'onTouched' })
  const found = useMutation({
    mutationFn: (founding: Founding) => write<Founded>('POST', '/identity/found', foundingOf(founding)),
    onSuccess: (answer, founding) => onFounded({ name: founding.name.trim(), accounts: answer.administrators }),
  })
  return (
    <FormProvider {...form}>
      <form
        className="bf-stack"
        noValidate
        onSubmit={(event) => void form.handleSubmit((input) => found.mutate(input))(event) /* the mutation keeps its error */}
      >
        <h1>{t('title')}</h1>
        <p className="bf-quiet">{t('note')}</p>
        <h2>{t('county')}</h2>
        <CountyFields />
        <h2>{t('administrators')}</h2>
        <AdministratorFields />
        <Problem error={found.error} />
        <div className="bf-dialog-actions">
          <PageLink to="/identity/login">{t('back')}</PageLink>
          <Button type="primary" htmlType="submit" loading={found.isPending}>
            {t('button')}
          </Button>
        </div>
      </form>
    </FormProvider>
  )
}

/** The demo county is emptied first; its name is typed, because it cannot be taken back. */
function LeaveDemo({ countyName }: { countyName: string }) {
  const t = useT(foundWords)
  const [typed, setTyped] = useState('')
  const leave = useMutation({ mutationFn: () => write('POST', '/identity/start-empty', { countyName: typed.trim() }) })
  return (
    <form
      className="bf-form"
      onSubmit={(event) => {
        event.preventDefault()
        leave.mutate()
      }}
    >
      <h1>{t('leaveTitle')}</h1>
      <Notice kind="warning">{t('leaveNote', { name: countyName })}</Notice>
      <Field label={t('leaveLabel', { name: countyName })}>
        {(control) => <Input {...control} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />}
      </Field>
      <Problem error={leave.error} />
      <div className="bf-dialog-actions">
        <PageLink to="/identity/login">{t('back')}</PageLink>
        <Button type="primary" danger htmlType="submit" disabled={typed.trim() !== countyName} loading={leave.isPending}>
          {t('leaveButton')}
        </Button>
      </div>
    </form>
  )
}

function FoundedCounty({ name, accounts }: { name: string; accounts: Founded['administrators'] }) {
  const t = useT(foundWords)
  const language = useLanguage()
  const go = useGo()
  const queries = useQueryClient()
  const done = () => {
    queries.clear()
    go('/identity/login')
  }
  return (
    <>
      <h1>{t('made', { name })}</h1>
      <OneTimePasswords accounts={accounts.map((account) => ({ ...account, roleName: nameRole(account.role, language) }))} done={done} />
      <p className="bf-quiet">{t('next')}</p>
    </>
  )
}
