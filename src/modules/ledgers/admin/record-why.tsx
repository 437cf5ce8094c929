import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { PolicyStyles, WhyDetails } from '#modules/policies/admin/index.ts'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { DecidedWhy, FieldWhy, GatheredWhy } from '../rules/brought-records.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { RecordRecord } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import { pages } from './ledger-calls.ts'
import { whyWords } from './record-why-words.ts'

/** A gathered or decided value, and below it, when asked for, why it is what it is. */
export function BroughtValue(given: { templateKey: string; record: RecordRecord; field: Field; text: string }) {
  const { templateKey, record, field, text } = given
  const t = useT(whyWords)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <span className="bf-figures">{text === '' ? '—' : text}</span>{' '}
      <button type="button" className="bf-link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(field.gathers === undefined ? 'decided' : 'gathered')}
      </button>
      {isOpen ? <Why path={`${ledgerPaths.record(templateKey, record.recordId)}/why/${field.key}`} revision={record.revision} /> : null}
    </>
  )
}

function Why({ path, revision }: { path: string; revision: number }) {
  const t = useT(whyWords)
  const why = useQuery({ queryKey: ['ledgers', 'why', path, revision], queryFn: () => read<FieldWhy>(path) })
  return (
    <Loaded query={why} lines={3}>
      {(found) =>
        found.kind === 'gathered' ? (
          <Gathered why={found} />
        ) : found.kind === 'decided' ? (
          <Decided why={found} />
        ) : (
          <p className="bf-quiet">{t('unknown')}</p>
        )
      }
    </Loaded>
  )
}

function Gathered({ why }: { why: GatheredWhy }) {
  const t = useT(whyWords)
  const language = useLanguage()
  const others = why.count - why.items.length
  return (
    <div className="bf-stack">
      <p className="bf-quiet">
        {t('from', { ledger: why.ledger[language], count: why.count })}
        {' · '}
        {t('conditions', { conditions: why.conditions.map((one) => one[language]).join('；') })}
      </p>
      {why.count === 0 ? <p className="bf-quiet">{t('none')}</p> : null}
      <ul className="ledger-lines">
        {why.items.map((item) => (
          <li key={item.recordId}>
            <PageLink to={pages.record(why.templateKey, item.recordId)}>
              {[item.recordNo ?? '', item.title].filter((part) => part !== '').join(' ') || item.recordId}
            </PageLink>{' '}
            <span className="bf-quiet">{item.areaName}</span>
          </li>
        ))}
      </ul>
      {others > 0 ? <p className="bf-quiet">{t('others', { n: others })}</p> : null}
    </div>
  )
}

function Decided({ why }: { why: DecidedWhy }) {
  const t = useT(whyWords)
  const language = useLanguage()
  return (
    <div className="bf-stack">
      <PolicyStyles />
      <p className="bf-quiet">{t('said', { policy: why.policy[language], day: why.asOf })}</p>
      {why.why === undefined ? <p className="bf-quiet">{t('notThen', { hash: why.hash })}</p> : <WhyDetails why={why.why} />}
    </div>
  )
}
