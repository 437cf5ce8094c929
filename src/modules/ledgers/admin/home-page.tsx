import { useState } from 'react'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { EmptyFace } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { BookCard } from '../rules/records.ts'
import { useTemplates } from './designer-calls.ts'
import { pages, useBooks } from './ledger-calls.ts'
import { LedgerStyles } from './ledger-styles.tsx'
import { ledgerWords } from './ledger-words.ts'
import { NewLedgerLink } from './new-ledger-link.tsx'
import { usePackName } from './pack-name.ts'

const packOrder = [
  'own',
  'generic',
  'employment',
  'industry',
  'markets',
  'funds',
  'safeguards',
  'integrity',
  'governance',
  'environment',
  'grid',
]

/** All ledgers of the county by pack: how much they hold, what is overdue, and the way to a new one. */
export function HomePage() {
  const t = useT(ledgerWords)
  const books = useBooks()
  return (
    <PageFrame title={t('homeTitle')} note={t('homeNote')} extra={<NewLedgerLink />}>
      <LedgerStyles />
      <Loaded query={books}>{({ items }) => <Books items={items} />}</Loaded>
      <Drafts />
    </PageFrame>
  )
}

function Books({ items }: { items: readonly BookCard[] }) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const go = useGo()
  const packName = usePackName()
  const [words, setWords] = useState('')
  const text = words.trim().toLowerCase()
  const found = items.filter((one) => `${one.name.zh} ${one.name.en} ${one.help?.zh ?? ''}`.toLowerCase().includes(text))
  const rank = (pack: string) => (packOrder.includes(pack) ? packOrder.indexOf(pack) : packOrder.length)
  const packs = [...new Set(found.map((one) => one.pack))].sort((one, other) => rank(one) - rank(other))
  if (items.length === 0) return <EmptyFace todo={t('homeEmpty')} action={<NewLedgerLink />} />
  return (
    <>
      {items.length < 7 ? null : (
        <div className="bf-filters">
          <Field label={t('search')}>
            {(control) => (
              <input
                {...control}
                className="bf-input"
                type="search"
                maxLength={40}
                value={words}
                onChange={(event) => setWords(event.target.value)}
                onKeyDown={(event) => {
                  const [only] = found
                  if (event.key === 'Enter' && !event.nativeEvent.isComposing && only !== undefined) go(pages.book(only.templateKey))
                }}
              />
            )}
          </Field>
        </div>
      )}
      {found.length === 0 ? <EmptyFace todo={t('homeNone')} action={<NewLedgerLink />} /> : null}
      {packs.map((pack) => (
        <section key={pack} className="bf-stack">
          <h2>{packName(pack)}</h2>
          <ul className="ledger-cards">
            {found
              .filter((one) => one.pack === pack)
              .map((one) => (
                <Card key={one.templateKey} card={one} name={one.name[language]} help={one.help?.[language]} />
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Card({ card, name, help }: { card: BookCard; name: string; help: string | undefined }) {
  const t = useT(ledgerWords)
  const { templateKey, records, overdue, isClosed, can } = card
  return (
    <li className="ledger-card">
      <h3>
        <PageLink to={pages.book(templateKey)}>{name}</PageLink>
      </h3>
      {help === undefined || help === '' ? null : <p className="bf-quiet ledger-two-lines">{help}</p>}
      <p className="ledger-card-foot">
        <span className="bf-figures">{t('records', { n: records.toLocaleString('en') })}</span>
        {overdue === 0 ? null : (
          <PageLink to={pages.book(templateKey)} search={{ due: 'overdue' }}>
            <StatusTag level="red" text={t('overdueN', { n: overdue.toLocaleString('en') })} />
          </PageLink>
        )}
        {isClosed ? <StatusTag level="grey" text={t('closed')} /> : null}
        <span className="bf-spring" />
        {can.make ? <PageLink to={pages.make(templateKey)}>{t('make')}</PageLink> : null}
      </p>
    </li>
  )
}

/** Templates that were begun and not yet published. */
function Drafts() {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const templates = useTemplates()
  const drafts = (templates.data?.items ?? []).filter((one) => one.version === undefined && one.hasDraft)
  if (drafts.length === 0) return null
  return (
    <section className="bf-stack">
      <h2>{t('drafts')}</h2>
      <ul className="ledger-cards">
        {drafts.map((one) => (
          <li key={one.templateKey} className="ledger-card">
            <h3>
              <PageLink to={pages.design(one.templateKey)}>{one.name[language]}</PageLink>
            </h3>
          </li>
        ))}
      </ul>
    </section>
  )
}
