import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import { areaWords } from './area-words.ts'
import { useStart } from './door-frame.tsx'

/** The filing number (备案号) that the login page shows (ux.md §2.5). */
export function FilingSection() {
  const t = useT(areaWords)
  const start = useStart()
  const [typed, setTyped] = useState<string>()
  const save = useMutation({
    mutationFn: (filingNumber: string) => write('PATCH', '/identity/county', { filingNumber }),
    onSuccess: () => setTyped(undefined),
  })
  const value = typed ?? start.data?.county?.filingNumber ?? ''
  return (
    <Section title={t('filingTitle')}>
      <form
        className="bf-filters"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(value.trim())
        }}
      >
        <Field label={t('filing')} hint={t('filingHint')}>
          {(control) => (
            <Input {...control} value={value} maxLength={60} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
          )}
        </Field>
        <Button htmlType="submit" loading={save.isPending} disabled={typed === undefined}>
          {t('save')}
        </Button>
      </form>
      <Problem error={save.error} />
      {save.isSuccess && typed === undefined ? <Notice kind="success">{t('saved')}</Notice> : null}
    </Section>
  )
}
