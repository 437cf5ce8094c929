import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { upload } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { readPaste } from '#ui/data/sheet-moves.ts'
import { useT } from '#ui/words/use-t.ts'
import type { SheetRows } from '../contract.ts'
import { sheetWords } from './sheet-words.ts'

interface ChooseSheetProps {
  /** The route that turns a file into rows. */
  path: string
  label: string
  hint: string
  /** The rows as they stand, headings included. */
  take: (rows: readonly (readonly string[])[]) => void
}

/** Rows from a paste or from a file of any kind that the server reads; the file is not kept. */
export function ChooseSheet({ path, label, hint, take }: ChooseSheetProps) {
  const t = useT(sheetWords)
  const id = useId()
  const [share, setShare] = useState(0)
  const read = useMutation({
    mutationFn: (file: File) => upload<SheetRows>(path, file, { onProgress: setShare }),
    onSuccess: (sheet) => take(sheet.rows),
  })
  return (
    <>
      <div className="bf-field">
        <label htmlFor={id}>{t('paste')}</label>
        <span className="bf-hint" id={`${id}-hint`}>
          {hint}
        </span>
        <textarea
          id={id}
          className="bf-input"
          aria-describedby={`${id}-hint`}
          rows={4}
          onPaste={(event) => {
            const text = event.clipboardData.getData('text/plain')
            if (text === '') return
            event.preventDefault()
            take(readPaste(text))
          }}
        />
      </div>
      <FileDrop
        label={label}
        accept=".xlsx,.xls,.csv,.txt,.tsv"
        isDisabled={read.isPending}
        onFiles={([file]) => {
          if (file !== undefined) read.mutate(file)
        }}
      />
      {read.isPending ? <ProgressLine label={t('reading')} share={share < 1 ? share : undefined} /> : null}
      <Problem error={read.error} />
    </>
  )
}
