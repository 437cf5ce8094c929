import { Button } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import { useT } from '#ui/words/use-t.ts'
import type { FieldValue } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import { formWords } from './form-words.ts'

export interface FilesProps {
  field: Field
  kept: FieldValue
  waiting: readonly File[]
  change: (files: readonly File[]) => void
}

/** Photos and files: those chosen here are uploaded when the record is saved. */
export function FilesInput({ field, waiting, change }: FilesProps) {
  const t = useT(formWords)
  const input = useRef<HTMLInputElement>(null)
  const isPhoto = field.kind === 'photo'
  return (
    <div className="bf-stack">
      <WaitingFiles field={field} waiting={waiting} change={change} />
      <div>
        <Button onClick={() => input.current?.click()}>
          {t(isPhoto ? 'takePhoto' : field.kind === 'signature' ? 'signFile' : 'chooseFile')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          aria-label={field.name.zh}
          {...(field.kind === 'file' ? {} : { accept: 'image/*' })}
          onChange={(event) => {
            change([...waiting, ...Array.from(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
      </div>
    </div>
  )
}

/** What is chosen and not uploaded yet; photos are shown small. */
export function WaitingFiles({ field, waiting, change }: Omit<FilesProps, 'kept'>) {
  const t = useT(formWords)
  const views = useMemo(
    () => waiting.map((file) => ({ file, address: file.type.startsWith('image/') ? URL.createObjectURL(file) : '' })),
    [waiting],
  )
  useEffect(() => () => views.forEach(({ address }) => address !== '' && URL.revokeObjectURL(address)), [views])
  if (waiting.length === 0) return null
  return (
    <ul className="ledger-shots">
      {views.map(({ file, address }, at) => (
        <li key={`${file.name} ${at}`}>
          {address === '' ? (
            t('waiting', { name: file.name })
          ) : (
            <img src={address} alt={t('fileNo', { field: field.name.zh, n: at + 1 })} />
          )}{' '}
          <button
            type="button"
            className="bf-link"
            aria-label={t('removeFile', { name: file.name })}
            onClick={() => change(waiting.filter((one) => one !== file))}
          >
            ✕
          </button>
        </li>
      ))}
    </ul>
  )
}
