import { Button } from 'antd'
import { useRef, useState } from 'react'
import { download, upload, write } from '#kernel/browser/api/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { TemplateRecord } from '../../rules/papers/paper-records.ts'
import { showMoment } from '../case-parts.tsx'
import { usePaperTemplates } from './paper-queries.ts'
import { paperScreenWords } from './paper-screen-words.ts'
import { PaperStyles, Unseen } from './paper-styles.tsx'

/** 设置 › 文书模板: every paper with its template, the fields it may show, and the way to a template of the county's own. */
export function PaperTemplatesPage() {
  const t = useT(paperScreenWords)
  const templates = usePaperTemplates()
  return (
    <PageFrame title={t('templates.title')} note={t('templates.note')}>
      <PaperStyles />
      <Loaded query={templates} lines={10}>
        {({ items, can }) => (
          <div className="bf-stack">
            {items.map((item) => (
              <TemplateOf key={item.kind} item={item} canEdit={can.edit} />
            ))}
          </div>
        )}
      </Loaded>
    </PageFrame>
  )
}

function TemplateOf({ item, canEdit }: { item: TemplateRecord; canEdit: boolean }) {
  const t = useT(paperScreenWords)
  const say = useSay()
  const name = say(item)
  return (
    <Section
      title={name}
      extra={<StatusTag level={item.isOwn ? 'green' : 'grey'} text={item.isOwn ? t('templates.own') : t('templates.shipped')} />}
    >
      <div className="bf-stack">
        {item.isOwn && item.at !== null ? (
          <p className="bf-quiet">
            {t('templates.by', { name: item.byName ?? '', day: showMoment(item.at) })}
            {item.leftOut.length === 0 ? '' : ` · ${t('templates.leftOut', { fields: item.leftOut.join('、') })}`}
          </p>
        ) : null}
        <TemplateActions item={item} name={name} canEdit={canEdit} />
        <details className="paper-earlier">
          <summary>{t('templates.fields')}</summary>
          <TemplateFields item={item} />
        </details>
      </div>
    </Section>
  )
}

function TemplateActions({ item, name, canEdit }: { item: TemplateRecord; name: string; canEdit: boolean }) {
  const t = useT(paperScreenWords)
  const input = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [isDropping, setDropping] = useState(false)
  const [said, setSaid] = useState('')
  const [error, setError] = useState<unknown>()
  const path = `/cases/paper-templates/${item.kind}`
  const send = async (file: File) => {
    setBusy(true)
    setError(undefined)
    setSaid('')
    try {
      const { leftOut } = await upload<{ leftOut: string[] }>(path, file)
      setSaid(leftOut.length === 0 ? t('templates.used', { name }) : t('templates.usedWithout', { name, fields: leftOut.join('、') }))
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <>
      <div className="bf-row">
        <Button onClick={() => void download(path).catch(setError)}>
          {t('templates.download')}
          <Unseen text={name} />
        </Button>
        {canEdit ? (
          <Button loading={isBusy} onClick={() => input.current?.click()}>
            {t('templates.upload')}
            <Unseen text={name} />
          </Button>
        ) : null}
        {canEdit && item.isOwn ? (
          <Button onClick={() => setDropping(true)}>
            {t('templates.drop')}
            <Unseen text={name} />
          </Button>
        ) : null}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('templates.uploadOf', { name })}
        accept=".docx"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = '' // the same file can be chosen again after it was mended
          if (file !== undefined) void send(file) // shows its own refusal
        }}
      />
      {said === '' ? null : <Notice kind="success">{said}</Notice>}
      <Problem error={error} />
      <ConfirmDialog
        isOpen={isDropping}
        title={t('templates.drop')}
        confirmText={t('templates.drop')}
        confirm={() => write('POST', `${path}/drop`, {})}
        close={() => setDropping(false)}
      >
        {t('templates.dropAsk', { name })}
      </ConfirmDialog>
    </>
  )
}

/** How a field is written in a template, and what comes in its place. */
function TemplateFields({ item }: { item: TemplateRecord }) {
  const t = useT(paperScreenWords)
  const say = useSay()
  return (
    <ScrollBox>
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{t('templates.tag')}</th>
            <th scope="col">{t('templates.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {item.fields.map((field) => (
            <tr key={field.path}>
              <td>
                <code>{tagOf(field)}</code>
              </td>
              <td>
                {say(field)}
                {field.isList ? <span className="bf-source">{t('templates.list')}</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function tagOf({ path, isList }: TemplateRecord['fields'][number]): string {
  const [list = '', row] = path.split('/')
  if (isList) return `{#${list}}…{/${list}}`
  return row === undefined ? `{${list}}` : `　{${row}}`
}
