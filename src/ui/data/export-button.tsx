import { Button, Modal } from 'antd'
import { useId, useState } from 'react'
import { download, type Query } from '#kernel/browser/api/index.ts'
import { ConfirmForm } from '../feedback/confirm-dialog.tsx'
import { useMay } from '../plug/caller.tsx'
import type { Right } from '../plug/plug.ts'
import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'

/** The kinds of file in which a list goes out. */
export const exportFormats = ['xlsx', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** One way in which a list can go out. */
export interface ExportWay {
  key: string
  label: string
  /** What it holds, what is kept of it. */
  note: string
  /** What the button says; 按这个样子导出 unless said otherwise. */
  action?: string
  run: (terms: { purpose: string; format: ExportFormat }) => Promise<void>
}

/** A way that downloads a file from `path`, which takes the list's filters, `purpose` and `format`. */
export function downloadWay(given: Omit<ExportWay, 'run'> & { path: string; query: Query }): ExportWay {
  const { path, query, ...rest } = given
  return { ...rest, run: (terms) => download(path, { ...query, ...terms }) }
}

/** 按这个样子导出: takes the list out as it is filtered now; asks what it is for, and says that it is kept (ux.md D4). */
export function ExportButton({ ways, isDisabled = false }: { ways: readonly ExportWay[]; isDisabled?: boolean }) {
  const t = useT(uiWords)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)} disabled={isDisabled}>
        {t('export')}
      </Button>
      <Modal open={isOpen} onCancel={() => setOpen(false)} title={t('export')} footer={null} destroyOnHidden width="34rem">
        <ExportForm ways={ways} close={() => setOpen(false)} />
      </Modal>
    </>
  )
}

/** The lists of a page that go out whole, as they are filtered; shown at the right, to who has the right. */
export function ListExport({ needs, lists }: { needs: Right; lists: readonly { label: string; path: string; query?: Query }[] }) {
  const t = useT(uiWords)
  const isAllowed = useMay(needs)
  if (!isAllowed) return null
  const ways = lists.map(({ label, path, query = {} }) => downloadWay({ key: path + label, label, note: t('exportAll'), path, query }))
  return (
    <>
      <span className="bf-spring" />
      <ExportButton ways={ways} />
    </>
  )
}

function ExportForm({ ways, close }: { ways: readonly ExportWay[]; close: () => void }) {
  const t = useT(uiWords)
  const [chosen, setChosen] = useState(0)
  const [format, setFormat] = useState<ExportFormat>('xlsx')
  const way = ways[chosen]
  if (way === undefined) return null
  return (
    <ConfirmForm
      close={close}
      confirmText={way.action ?? t('export')}
      reason={{ label: t('exportPurpose'), minLength: 4 }}
      confirm={(purpose) => way.run({ purpose, format })}
    >
      {ways.length < 2 ? null : (
        <Choices
          label={t('exportWhat')}
          choices={ways.map((one, at) => ({ key: String(at), label: one.label }))}
          chosen={String(chosen)}
          choose={(key) => setChosen(Number(key))}
        />
      )}
      <p>{way.note}</p>
      <Choices
        label={t('exportFormat')}
        choices={exportFormats.map((key) => ({ key, label: t(`exportFormat.${key}`) }))}
        chosen={format}
        choose={setFormat}
      />
      <p className="bf-quiet">{t('exportKept')}</p>
    </ConfirmForm>
  )
}

function Choices<Key extends string>(props: {
  label: string
  choices: readonly { key: Key; label: string }[]
  chosen: Key
  choose: (key: Key) => void
}) {
  const name = useId()
  return (
    <fieldset className="bf-choices">
      <legend>{props.label}</legend>
      {props.choices.map(({ key, label }) => (
        <label key={key}>
          <input type="radio" name={name} checked={key === props.chosen} onChange={() => props.choose(key)} /> {label}
        </label>
      ))}
    </fieldset>
  )
}
