import { Input, Select } from 'antd'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ListTerms } from '../contract.ts'
import { compareWords } from './compare-words.ts'

export type RunTerms = ListTerms & { readonly month: string }

/** Whether everything that the law asks for stands there (trust.md §5.4). */
export function areComplete(terms: RunTerms): boolean {
  return isMonth(terms.month) && [terms.sender, terms.purpose, terms.legalBasis].every((text) => text.trim() !== '')
}

function isMonth(text: string): boolean {
  return /^20\d{2}(0[1-9]|1[0-2])$/.test(text)
}

/** Month, sender, purpose, basis and retention of the lists. */
export function TermsForm({ terms, change }: { terms: RunTerms; change: (terms: RunTerms) => void }) {
  const t = useT(compareWords)
  const monthProblem = terms.month.length >= 6 && !isMonth(terms.month) ? t('monthWrong') : undefined
  return (
    <>
      <p className="bf-quiet">{t('termsNote')}</p>
      <div className="bf-form-grid">
        <Field label={t('month')} problem={monthProblem} isRequired>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              maxLength={6}
              value={terms.month}
              onChange={(event) => change({ ...terms, month: event.target.value.trim() })}
            />
          )}
        </Field>
        <Field label={t('sender')} isRequired>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              value={terms.sender}
              onChange={(event) => change({ ...terms, sender: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('purpose')} isRequired>
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              value={terms.purpose}
              onChange={(event) => change({ ...terms, purpose: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('legalBasis')} isRequired>
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              value={terms.legalBasis}
              onChange={(event) => change({ ...terms, legalBasis: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('retention')}>
          {(control) => (
            <Select
              {...control}
              value={terms.retentionDays}
              onChange={(value) => change({ ...terms, retentionDays: value })}
              options={[0, 1, 2, 3].map((days) => ({
                value: days,
                label: days === 0 ? t('retentionNow') : t('retentionDays', { n: days }),
              }))}
            />
          )}
        </Field>
      </div>
    </>
  )
}
