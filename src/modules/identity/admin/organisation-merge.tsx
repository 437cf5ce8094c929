import { useQueryClient } from '@tanstack/react-query'
import { Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { ConfirmDialog, ConfirmForm } from '#ui/feedback/confirm-dialog.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { Organisation, OrganisationRecord } from '../contract.ts'
import { useFoundOrganisations } from './organisation-form.tsx'
import { organisationWords } from './organisation-words.ts'

type Named = Pick<Organisation, 'organisationId' | 'name'>

/** Merges an organisation into another one: the one that is given, or one that is searched. */
export function MergeButton({ record, into }: { record: OrganisationRecord; into?: Named }) {
  const t = useT(organisationWords)
  const go = useGo()
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState<Named | undefined>(into)
  const merge = async (reason: string) => {
    const { organisationId, revision } = record
    await write('POST', `/identity/organisations/${organisationId}/merge`, { revision, intoId: chosen?.organisationId, reason })
    await queries.invalidateQueries()
    go(`/identity/organisations/${chosen?.organisationId ?? organisationId}`)
  }
  const names = { from: record.name, into: chosen?.name ?? '' }
  return (
    <>
      <Button size={into === undefined ? 'middle' : 'small'} onClick={() => setOpen(true)}>
        {into === undefined ? t('mergeInto') : t('merge')}
      </Button>
      <Modal
        open={isOpen}
        title={chosen === undefined ? t('mergeInto') : t('mergeTitle', names)}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
        width="36rem"
      >
        {into === undefined ? <ChooseOrganisation except={record.organisationId} choose={setChosen} /> : null}
        {chosen === undefined ? null : (
          <ConfirmForm confirmText={t('merge')} reason={{ label: t('reason'), minLength: 2 }} confirm={merge} close={() => setOpen(false)}>
            {t('mergeAsk', names)}
          </ConfirmForm>
        )}
      </Modal>
    </>
  )
}

function ChooseOrganisation({ except, choose }: { except: string; choose: (one: Named | undefined) => void }) {
  const t = useT(organisationWords)
  const [words, setWords] = useState('')
  const found = useFoundOrganisations(words)
  const items = (found.data ?? []).filter((one) => one.organisationId !== except)
  return (
    <Field label={t('chooseInto')} hint={t('findHint')}>
      {(control) => (
        <Select
          {...control}
          showSearch={{ filterOption: false, onSearch: setWords }}
          notFoundContent={null}
          options={items.map((one) => ({ value: one.organisationId, label: `${one.name} ${one.areaName}` }))}
          onChange={(id: string) => choose(items.find((one) => one.organisationId === id))}
          style={{ width: '100%' }}
        />
      )}
    </Field>
  )
}

/** Takes a merge back. */
export function UnmergeButton({ record }: { record: OrganisationRecord }) {
  const t = useT(organisationWords)
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('unmerge')}</Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={t('unmerge')}
        confirmText={t('unmerge')}
        reason={{ label: t('reason'), minLength: 2 }}
        confirm={async (reason) => {
          await write('POST', `/identity/organisations/${record.organisationId}/unmerge`, { reason })
          await queries.invalidateQueries()
        }}
        close={() => setOpen(false)}
      >
        {t('unmergeAsk')}
      </ConfirmDialog>
    </>
  )
}
