import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import { dayOf } from '#kernel/pure/time/index.ts'
import { download, readFile, upload, write } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isFiles } from '../rules/field-kinds.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Book, FileValue, RecordRecord } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import { ledgerWords } from './ledger-words.ts'

interface Parts {
  book: Book
  record: RecordRecord
}

/** Photos, files and signatures of a record, by field; more can be added where the record may still be changed. */
export function RecordFiles({ book, record }: Parts) {
  const t = useT(ledgerWords)
  const fields = record.template.fields.filter(({ kind }) => isFiles(kind))
  if (fields.length === 0) return null
  return (
    <Section title={t('files')}>
      {fields.map((field) => (
        <FilesOfField key={field.key} book={book} record={record} field={field} />
      ))}
    </Section>
  )
}

function FilesOfField({ book, record, field }: Parts & { field: Field }) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const input = useRef<HTMLInputElement>(null)
  const path = ledgerPaths.record(book.templateKey, record.recordId)
  const value = record.values[field.key]
  // Safe: a field of files holds a list of files.
  const files: readonly FileValue[] = Array.isArray(value) ? (value as FileValue[]) : []
  const add = useMutation({
    mutationFn: async (chosen: readonly File[]) => {
      for (const file of chosen) await upload(`${path}/fields/${field.key}/files`, file)
    },
  })
  const remove = useMutation({ mutationFn: (file: FileValue) => write('POST', `${path}/files/${file.recordFileId}/remove`) })
  const name = field.name[language]
  return (
    <div className="bf-stack">
      <h3>{name}</h3>
      {files.length === 0 ? <p className="bf-quiet">—</p> : null}
      <ul className="ledger-shots">
        {files.map((file, at) => (
          <li key={file.recordFileId}>
            <Shown path={`${path}/files/${file.recordFileId}`} file={file} name={`${name} ${at + 1}`} />
            <span className="bf-source">
              {dayOf(Date.parse(file.addedAt))} {file.addedName}
            </span>
            {record.can.attach ? (
              <button
                type="button"
                className="bf-link"
                onClick={() => remove.mutate(file)}
                aria-label={t('removeFile', { name: `${name} ${at + 1}` })}
              >
                ✕
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {record.can.attach ? (
        <div>
          <Button loading={add.isPending} onClick={() => input.current?.click()}>
            {t('addFile', { name })}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            multiple
            aria-label={t('addFile', { name })}
            {...(field.kind === 'file' ? {} : { accept: 'image/*' })}
            onChange={(event) => {
              add.mutate(Array.from(event.target.files ?? []))
              event.target.value = ''
            }}
          />
        </div>
      ) : null}
      <Problem error={add.error ?? remove.error} />
    </div>
  )
}

/** Pictures are shown small and open whole; other files are saved. */
function Shown({ path, file, name }: { path: string; file: FileValue; name: string }) {
  const t = useT(ledgerWords)
  const isPicture = file.mediaType.startsWith('image/')
  const found = useQuery({
    queryKey: ['ledgers', 'file', file.recordFileId],
    queryFn: () => readFile(path),
    enabled: isPicture,
    staleTime: Infinity,
  })
  const address = useMemo(() => (found.data === undefined ? undefined : URL.createObjectURL(found.data)), [found.data])
  useEffect(() => () => (address === undefined ? undefined : URL.revokeObjectURL(address)), [address])
  if (address === undefined)
    return (
      <button type="button" className="bf-link" onClick={() => void download(path) /* a refusal leaves the page as it is */}>
        {t('seeFile', { name })}
      </button>
    )
  return (
    <a href={address} target="_blank" rel="noreferrer">
      <img src={address} alt={name} />
    </a>
  )
}
