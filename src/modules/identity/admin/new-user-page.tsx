import { useMutation } from '@tanstack/react-query'
import { write } from '#kernel/browser/api/index.ts'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { NewAccount } from '../contract.ts'
import { OneTimePasswords } from './one-time-passwords.tsx'
import { UserForm, type UserFields } from './user-form.tsx'
import { userWords } from './user-words.ts'

/** Makes one account and shows its one-time password. */
export function NewUserPage() {
  const t = useT(userWords)
  const go = useGo()
  const create = useMutation({
    mutationFn: ({ phone, organisationId, ...fields }: UserFields) =>
      write<NewAccount>('POST', '/identity/users', {
        ...fields,
        ...(phone === '' ? {} : { phone }),
        ...(organisationId === '' ? {} : { organisationId }),
      }),
  })
  return (
    <PageFrame title={create.data === undefined ? t('newUser') : t('passwordsTitle')} note={t('note')}>
      <Section>
        {create.data === undefined ? (
          <UserForm
            initial={{ name: '', loginName: '', phone: '', areaPath: '', organisationId: '', roles: [] }}
            isNew
            submitText={t('create')}
            isBusy={create.isPending}
            error={create.error}
            submit={(fields) => create.mutate(fields)}
          />
        ) : (
          <OneTimePasswords accounts={[create.data]} done={() => go('/identity/users')} />
        )}
      </Section>
    </PageFrame>
  )
}
