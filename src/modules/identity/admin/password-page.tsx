import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { Controller, useForm } from 'react-hook-form'
import { isApiError, read, write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { Redirect } from '#ui/plug/redirect.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ChangePassword, Me } from '../contract.ts'
import { passwords } from '../policy/2026-01-01.json'
import { DoorFrame } from './door-frame.tsx'
import { doorWords } from './door-words.ts'

interface PasswordForm extends ChangePassword {
  repeated: string
}
const { leastLength } = passwords

/** Where a one-time password is changed for one's own; also reached from the caller's menu. */
export function PasswordPage() {
  const t = useT(doorWords)
  const me = useQuery({ queryKey: ['identity', 'me'], queryFn: () => read<Me>('/identity/me') })
  const form = useForm<PasswordForm>({ defaultValues: { currentPassword: '', newPassword: '', repeated: '' } })
  const change = useMutation({
    mutationFn: ({ currentPassword, newPassword }: PasswordForm) =>
      write('POST', '/identity/password', { currentPassword, newPassword } satisfies ChangePassword),
    onSuccess: () => window.location.assign('/'),
  })
  const { errors } = form.formState
  if (isApiError(me.error) && me.error.status === 401) return <Redirect to="/identity/login" />
  const isFirst = me.data?.mustChangePassword === true
  return (
    <DoorFrame title={t('passwordTitle')}>
      <h1>{t('passwordTitle')}</h1>
      {isFirst ? <Notice kind="info">{t('passwordFirst')}</Notice> : null}
      <form
        className="bf-form"
        noValidate
        onSubmit={(event) => void form.handleSubmit((input) => change.mutate(input))(event) /* the mutation keeps its error */}
      >
        <Controller
          name="currentPassword"
          control={form.control}
          rules={{ required: true }}
          render={({ field }) => (
            <Field label={t('currentPassword')} problem={errors.currentPassword === undefined ? undefined : t('fillBoth')}>
              {(control) => <Input.Password {...control} {...field} autoComplete="current-password" />}
            </Field>
          )}
        />
        <Controller
          name="newPassword"
          control={form.control}
          rules={{ minLength: leastLength, required: true }}
          render={({ field }) => (
            <Field
              label={t('newPassword')}
              hint={t('newPasswordHint', { n: leastLength })}
              problem={errors.newPassword === undefined ? undefined : t('tooShort', { n: leastLength })}
            >
              {(control) => <Input.Password {...control} {...field} autoComplete="new-password" />}
            </Field>
          )}
        />
        <Controller
          name="repeated"
          control={form.control}
          rules={{ validate: (value, all) => value === all.newPassword }}
          render={({ field }) => (
            <Field label={t('repeatPassword')} problem={errors.repeated === undefined ? undefined : t('notTheSame')}>
              {(control) => <Input.Password {...control} {...field} autoComplete="new-password" />}
            </Field>
          )}
        />
        <Problem error={change.error} />
        <div className="bf-dialog-actions">
          {isFirst ? null : <PageLink to="/">{t('back')}</PageLink>}
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('changeButton')}
          </Button>
        </div>
      </form>
    </DoorFrame>
  )
}
