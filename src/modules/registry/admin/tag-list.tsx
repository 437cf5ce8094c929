import { useMutation } from '@tanstack/react-query'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { defineWords } from '#kernel/pure/words/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { TagRecord } from '../rules/register-records.ts'
import { listTags, nameTag } from './tag-words.ts'

const words = defineWords({
  none: { zh: '没有标签', en: 'No tag' },
  add: { zh: '加标签', en: 'Add a tag' },
  tag: { zh: '标签', en: 'Tag' },
  source: { zh: '依据', en: 'Source' },
  sourceHint: { zh: '例如：民政局 2023 年 9 月低保名单', en: 'Such as: list of the civil affairs office' },
  since: { zh: '{tag}（{day} 起）', en: '{tag} (since {day})' },
  verified: { zh: '已核', en: 'verified' },
  verify: { zh: '核实', en: 'Verify' },
  end: { zh: '去掉', en: 'End' },
  endOf: { zh: '去掉标签“{tag}”', en: 'End the tag "{tag}"' },
  endAsk: { zh: '从今天起不再有这个标签，历史保留。', en: 'The tag ends today; its history stays.' },
  endReason: { zh: '原因（至少 4 个字）', en: 'Reason (4 characters or more)' },
  past: { zh: '过去的标签：{tags}', en: 'Former tags: {tags}' },
  span: { zh: '{tag} {from} 至 {to}', en: '{tag} {from} to {to}' },
})

/** Key-group tags of a household (M-005): those of today, what may be done with them, and those of the past. */
export function TagList({ householdId, tags, mayAdd }: { householdId: string; tags: readonly TagRecord[]; mayAdd: boolean }) {
  const t = useT(words)
  const language = useLanguage()
  const today = tags.filter((tag) => tag.validTo === undefined)
  const past = tags.filter((tag) => tag.validTo !== undefined)
  return (
    <>
      <ul className="registry-tags">
        {today.map((tag) => (
          <TagItem key={tag.tagId} tag={tag} />
        ))}
        {today.length === 0 ? <li className="bf-quiet">{t('none')}</li> : null}
        {mayAdd ? (
          <li>
            <AddTag householdId={householdId} taken={today.map((tag) => tag.tag)} />
          </li>
        ) : null}
      </ul>
      {past.length === 0 ? null : (
        <p className="bf-quiet">
          {t('past', {
            tags: past.map((tag) => t('span', { tag: nameTag(tag.tag, language), from: tag.validFrom, to: tag.validTo ?? '' })).join('、'),
          })}
        </p>
      )}
    </>
  )
}

function TagItem({ tag }: { tag: TagRecord }) {
  const t = useT(words)
  const language = useLanguage()
  const [isEnding, setEnding] = useState(false)
  const verify = useMutation({ mutationFn: () => write<TagRecord>('POST', `/registry/tags/${tag.tagId}/verify`, {}) })
  const name = nameTag(tag.tag, language)
  return (
    <li title={tag.source}>
      <StatusTag level={tag.verifiedOn === undefined ? 'grey' : 'green'} text={t('since', { tag: name, day: tag.validFrom })} />
      {tag.verifiedOn === undefined ? null : <span className="bf-quiet">{t('verified')}</span>}
      {tag.can['verify'] === true ? (
        <Button size="small" loading={verify.isPending} onClick={() => verify.mutate()} aria-label={`${t('verify')} ${name}`}>
          {t('verify')}
        </Button>
      ) : null}
      {tag.can['end'] === true ? (
        <Button size="small" onClick={() => setEnding(true)} aria-label={`${t('end')} ${name}`}>
          {t('end')}
        </Button>
      ) : null}
      <Problem error={verify.error} />
      <ConfirmDialog
        isOpen={isEnding}
        close={() => setEnding(false)}
        title={t('endOf', { tag: name })}
        confirmText={t('end')}
        reason={{ label: t('endReason'), minLength: 4 }}
        confirm={async (reason) => {
          await write<TagRecord>('POST', `/registry/tags/${tag.tagId}/end`, { reason })
        }}
      >
        {t('endAsk')}
      </ConfirmDialog>
    </li>
  )
}

function AddTag({ householdId, taken }: { householdId: string; taken: readonly string[] }) {
  const t = useT(words)
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const [tag, setTag] = useState('')
  const [source, setSource] = useState('')
  const add = useMutation({
    mutationFn: () => write<TagRecord>('POST', `/registry/households/${householdId}/tags`, { tag, source: source.trim() }),
    onSuccess: () => {
      setOpen(false)
      setTag('')
    },
  })
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('add')}
      </Button>
      <Modal open={isOpen} title={t('add')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden width="30rem">
        <form
          className="bf-form"
          onSubmit={(event) => {
            event.preventDefault()
            add.mutate()
          }}
        >
          <Field label={t('tag')} isRequired>
            {(control) => (
              <Select
                {...control}
                value={tag === '' ? null : tag}
                options={listTags(language).filter((one) => !taken.includes(one.value))}
                onChange={(key: string) => setTag(key)}
              />
            )}
          </Field>
          <Field label={t('source')} hint={t('sourceHint')} isRequired>
            {(control) => <Input {...control} value={source} maxLength={100} onChange={(event) => setSource(event.target.value)} />}
          </Field>
          <Problem error={add.error} />
          <div className="bf-dialog-actions">
            <Button type="primary" htmlType="submit" loading={add.isPending} disabled={tag === '' || source.trim() === ''}>
              {t('add')}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  )
}
