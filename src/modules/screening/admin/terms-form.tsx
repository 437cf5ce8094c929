import { AutoComplete, Input, Select } from 'antd'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ListTerms } from '../contract.ts'
import { useOrganisationNames, useSenderTerms } from './compare-calls.ts'
import { compareWords } from './compare-words.ts'
import { wizardWords } from './wizard-words.ts'

export type RunTerms = ListTerms & { readonly month: string }

/** Whether everything that the law asks for stands there (trust.md §5.4). */
export function areComplete(terms: RunTerms): boolean {
  const texts = [terms.sender, terms.sharingItem, terms.purpose, terms.legalBasis]
  return isMonth(terms.month) && /^\d{4}-\d{2}-\d{2}$/.test(terms.expiresOn) && texts.every((text) => text.trim() !== '')
}

function isMonth(text: string): boolean {
  return /^20\d{2}(0[1-9]|1[0-2])$/.test(text)
}

interface TermsProps {
  terms: RunTerms
  change: (terms: RunTerms) => void
}

/** Month, sender, sharing item, purpose, basis and expiry of the lists; nothing is read before they stand there. */
export function TermsForm({ terms, change }: TermsProps) {
  const t = useT(compareWords)
  const w = useT(wizardWords)
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
        <SenderField terms={terms} change={change} />
        <TextField label={w('sharingItem')} value={terms.sharingItem} set={(sharingItem) => change({ ...terms, sharingItem })} />
        <TextField label={t('purpose')} value={terms.purpose} set={(purpose) => change({ ...terms, purpose })} />
        <TextField label={t('legalBasis')} value={terms.legalBasis} set={(legalBasis) => change({ ...terms, legalBasis })} />
        <Field label={w('expiresOn')} isRequired>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={terms.expiresOn}
              onChange={(event) => change({ ...terms, expiresOn: event.target.value })}
            />
          )}
        </Field>
        <Field label={w('keepFile')} hint={w('retentionNote')}>
          {(control) => (
            <Select
              {...control}
              value={terms.retentionDays}
              onChange={(value) => change({ ...terms, retentionDays: value })}
              options={[0, 1, 2, 3].map((days) => ({ value: days, label: days === 0 ? w('keepNone') : w('keepDays', { n: days }) }))}
            />
          )}
        </Field>
      </div>
    </>
  )
}

function TextField({ label, value, set }: { label: string; value: string; set: (text: string) => void }) {
  return (
    <Field label={label} isRequired>
      {(control) => <Input {...control} maxLength={200} value={value} onChange={(event) => set(event.target.value)} />}
    </Field>
  )
}

/** The sender, chosen among the county's organisations and earlier senders, or written. A sender of before brings its terms. */
function SenderField({ terms, change }: TermsProps) {
  const t = useT(compareWords)
  const w = useT(wizardWords)
  const known = useSenderTerms().data?.items ?? []
  const organisations = useOrganisationNames().data ?? []
  const names = [...new Set([...known.map((one) => one.sender), ...organisations])]
  const choose = (sender: string) => {
    const before = known.find((one) => one.sender === sender)
    change(before === undefined ? { ...terms, sender } : { ...before, month: terms.month })
  }
  return (
    <Field label={t('sender')} hint={known.length === 0 ? undefined : w('senderHint')} isRequired>
      {(control) => (
        <AutoComplete
          {...control}
          value={terms.sender}
          maxLength={80}
          options={names.filter((name) => name.includes(terms.sender)).map((name) => ({ value: name }))}
          onChange={(sender: string) => change({ ...terms, sender })}
          onSelect={choose}
        />
      )}
    </Field>
  )
}
