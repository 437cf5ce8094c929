import { Button, Modal } from 'antd'
import { useState } from 'react'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { Book } from '../rules/records.ts'
import { fitsList } from './designer-kinds.ts'
import { pages } from './ledger-calls.ts'
import { ledgerWords } from './ledger-words.ts'
import { defaultColumns, ownColumns } from './list-columns.tsx'
import { viewOf, type ListSearch } from './list-search.ts'

interface SavedView {
  readonly name: string
  readonly search: Readonly<Record<string, unknown>>
}

const keyOf = (templateKey: string) => `bangfu.ledgers.views.${templateKey}`

/** Views of this browser: names and filters, nothing of any person. */
function readViews(templateKey: string): SavedView[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(templateKey)) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isView) : []
  } catch {
    return [] // what another program or an older one left there
  }
}

function isView(raw: unknown): raw is SavedView {
  return (
    typeof raw === 'object' &&
    raw !== null &&
    'name' in raw &&
    typeof raw.name === 'string' &&
    'search' in raw &&
    typeof raw.search === 'object'
  )
}

/** Views that were saved, each a link; and the one on the screen to be saved. */
export function SavedViews({ book, search }: { book: Book; search: ListSearch }) {
  const t = useT(ledgerWords)
  const ui = useT(uiWords)
  const [views, setViews] = useState(() => readViews(book.templateKey))
  const [name, setName] = useState<string>()
  const keep = (next: SavedView[]) => {
    setViews(next)
    localStorage.setItem(keyOf(book.templateKey), JSON.stringify(next))
  }
  const hasFilter = Object.keys(viewOf(search)).some((key) => key !== 'view')
  if (views.length === 0 && !hasFilter) return null
  return (
    <div className="bf-chips">
      {views.length === 0 ? null : <span className="bf-quiet">{t('views')}</span>}
      {views.map((view) => (
        <span key={view.name} className="ledger-view">
          <PageLink to={pages.book(book.templateKey)} search={view.search}>
            {view.name}
          </PageLink>
          <button
            type="button"
            className="bf-link"
            aria-label={t('removeView', { name: view.name })}
            onClick={() => keep(views.filter((one) => one !== view))}
          >
            ✕
          </button>
        </span>
      ))}
      {hasFilter ? (
        <button type="button" className="bf-link" onClick={() => setName('')}>
          {t('saveView')}
        </button>
      ) : null}
      <Modal
        open={name !== undefined}
        onCancel={() => setName(undefined)}
        title={t('saveView')}
        footer={null}
        width="26rem"
        destroyOnHidden
      >
        <form
          className="bf-stack"
          onSubmit={(event) => {
            event.preventDefault()
            const title = (name ?? '').trim()
            if (title === '') return
            keep([...views.filter((one) => one.name !== title), { name: title, search: viewOf(search) }])
            setName(undefined)
          }}
        >
          <Labelled label={t('viewName')}>
            {(control) => (
              <input
                {...control}
                className="bf-input"
                maxLength={20}
                value={name ?? ''}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Labelled>
          <div className="bf-dialog-actions">
            <Button type="primary" htmlType="submit">
              {ui('save')}
            </Button>
          </div>
        </form>
      </Modal>
    </div>
  )
}

/** Which columns the list shows; the choice stands in the address. */
export function ColumnChoice({ book, chosen, change }: { book: Book; chosen: readonly string[]; change: (columns: string[]) => void }) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const fields = book.template.fields.filter((field) => fitsList(field) && field.key !== book.template.title)
  const all = [
    ...fields.map((field) => ({ key: field.key, name: field.name[language] })),
    ...ownColumns.map((key) => ({ key: String(key), name: t(key) })),
  ]
  const toggle = (key: string) => {
    const next = all.filter((one) => (one.key === key ? !chosen.includes(key) : chosen.includes(one.key))).map((one) => one.key)
    change(next)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('columns')}</Button>
      <Modal open={isOpen} onCancel={() => setOpen(false)} title={t('columnsTitle')} footer={null} width="34rem">
        <p className="bf-quiet">{t('columnsNote')}</p>
        <div className="ledger-options">
          {all.map(({ key, name }) => (
            <label key={key}>
              <input type="checkbox" checked={chosen.includes(key)} onChange={() => toggle(key)} /> {name}
            </label>
          ))}
        </div>
        <div className="bf-dialog-actions">
          <Button onClick={() => change(defaultColumns(book))}>{t('columnsDefault')}</Button>
        </div>
      </Modal>
    </>
  )
}
