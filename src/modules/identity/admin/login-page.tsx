import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { Controller, useForm } from 'react-hook-form'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { LogIn } from '../contract.ts'
import { DoorFrame, useStart } from './door-frame.tsx'
import { doorWords } from './door-words.ts'

const loginSearch = { next: searchText }

/** The first page: who comes in, or how a county begins. */
export function LoginPage() {
  const t = useT(doorWords)
  const start = useStart()
  const county = start.data?.county
  return (
    <DoorFrame title={t('loginTitle')}>
      <div>
        <h1>{county?.name ?? t('system')}</h1>
        {county === undefined ? null : <p className="bf-quiet">{t('system')}</p>}
      </div>
      {county?.isDemo === true ? <Notice kind="warning">{t('demoHint')}</Notice> : null}
      {start.isError ? <Problem error={start.error} /> : null}
      {start.data !== undefined && county === undefined ? <NoCounty canFound={start.data.can.found} /> : <LoginForm />}
      {start.data?.can.startEmpty === true ? <PageLink to="/identity/found">{t('leaveDemo')}</PageLink> : null}
    </DoorFrame>
  )
}

function NoCounty({ canFound }: { canFound: boolean }) {
  const t = useT(doorWords)
  return (
    <>
      <Notice kind={canFound ? 'info' : 'warning'}>{canFound ? t('noCountyYet') : t('noCountyElsewhere')}</Notice>
      {canFound ? (
        <PageLink to="/identity/found" className="bf-button">
          {t('startEmpty')}
        </PageLink>
      ) : null}
    </>
  )
}

function LoginForm() {
  const t = useT(doorWords)
  const queries = useQueryClient()
  const [{ next }] = usePageSearch(loginSearch)
  const form = useForm<LogIn>({ defaultValues: { loginName: '', password: '' } })
  const logIn = useMutation({
    mutationFn: (input: LogIn) => write('POST', '/identity/login', input),
    onSuccess: () => {
      queries.clear()
      // The whole page anew: nothing of an earlier caller is left in memory. Only addresses of our own are followed.
      window.location.assign(/^\/(?![/\\])/.test(next) ? next : '/')
    },
  })
  const { errors } = form.formState
  return (
    <form
      className="bf-form"
      noValidate
      onSubmit={(event) => void form.handleSubmit((input) => logIn.mutate({ ...input, loginName: input.loginName.trim() }))(event)} // the mutation keeps its error
    >
      <Controller
        name="loginName"
        control={form.control}
        rules={{ required: true }}
        render={({ field }) => (
          <Field label={t('loginName')} problem={errors.loginName === undefined ? undefined : t('fillBoth')}>
            {(control) => <Input {...control} {...field} size="large" autoComplete="username" autoCapitalize="none" />}
          </Field>
        )}
      />
      <Controller
        name="password"
        control={form.control}
        rules={{ required: true }}
        render={({ field }) => (
          <Field label={t('password')} problem={errors.password === undefined ? undefined : t('fillBoth')}>
            {(control) => <Input.Password {...control} {...field} size="large" autoComplete="current-password" />}
          </Field>
        )}
      />
      <Problem error={logIn.error} />
      <Button type="primary" size="large" htmlType="submit" block loading={logIn.isPending}>
        {t('loginButton')}
      </Button>
    </form>
  )
}
