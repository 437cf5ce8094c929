import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { Notice } from '#ui/feedback/faces.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isEmpty } from '../rules/judge-record.ts'
import { knownBy } from '../rules/known-values.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { FieldValue, KnownValues as Answer, RecordValues } from '../rules/records.ts'
import type { RecordForm } from './form-state.ts'
import { formWords } from './form-words.ts'

/** Fills in what the register knows of whom the record is about, as soon as that is chosen; what was typed stays, what was filled in may be corrected. */
export function KnownValues({ form, templateKey }: { form: RecordForm; templateKey: string }) {
  const t = useT(formWords)
  const language = useLanguage()
  const { template } = form.open
  const by = knownBy(template)
  const isKnown = template.fields.some(({ known }) => known !== undefined)
  const target = by === undefined ? undefined : idOf(form.values[by.key])
  const { data } = useQuery({
    queryKey: ['ledgers', 'known', templateKey, target],
    queryFn: () => read<Answer>(`${ledgerPaths.book(templateKey)}/known`, { target }),
    enabled: isKnown && target !== undefined,
  })
  const filled = useFilled(form, data)
  const names = template.fields.filter(({ key }) => filled[key] !== undefined).map(({ name }) => name[language])
  if (target === undefined || names.length === 0) return null
  return <Notice kind="info">{t('known', { names: names.join(language === 'zh' ? '、' : ', ') })}</Notice>
}

/** Puts an answer into the form once: into fields that are empty or hold what an answer before it had put there. */
function useFilled(form: RecordForm, answer: Answer | undefined): RecordValues {
  const put = useRef<{ answer: Answer | undefined; values: RecordValues }>({ answer: undefined, values: {} })
  useEffect(() => {
    if (answer === undefined || put.current.answer === answer) return
    const before = put.current.values
    put.current = { answer, values: answer.values }
    for (const [key, value] of Object.entries(answer.values)) {
      const isOwn = !isEmpty(form.values[key]) && JSON.stringify(form.values[key]) !== JSON.stringify(before[key])
      if (!isOwn) form.set(key, value)
    }
  }, [answer, form])
  return answer?.values ?? {}
}

function idOf(value: FieldValue | undefined): string | undefined {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
}
