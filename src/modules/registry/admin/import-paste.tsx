import { Button } from 'antd'
import { useCallback, useId, useMemo, useState, type ReactNode } from 'react'
import { SheetGrid } from '#ui/data/sheet-grid.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { ApiError } from '#kernel/browser/api/index.ts'
import { useT } from '#ui/words/use-t.ts'
import { columnLetters, showCount } from './import-show.ts'
import { importMendWords } from './import-mend-words.ts'
import { fileOfPaste, lookAtPaste, type PastedTable } from './paste-text.ts'

/** Cells from Excel or WPS instead of a file: pasted, looked at, sent as they stand. What offers files makes room meanwhile. */
export function ImportPaste({ send, children }: { send: (file: File) => void; children: ReactNode }) {
  const t = useT(importMendWords)
  const [pasted, setPasted] = useState<PastedTable>()
  const [isEmpty, setEmpty] = useState(false)
  const id = useId()
  const take = (text: string) => {
    const found = lookAtPaste(text)
    setPasted(found)
    setEmpty(found === undefined)
  }
  if (pasted !== undefined)
    return (
      <>
        <p>{t('pastedCount', { rows: showCount(pasted.rows), columns: pasted.columns, shown: pasted.head.length })}</p>
        <PastedGrid pasted={pasted} />
        <div className="bf-dialog-actions">
          <Button onClick={() => setPasted(undefined)}>{t('pasteAgain')}</Button>
          <Button
            type="primary"
            onClick={() => {
              send(fileOfPaste(pasted, Date.now()))
              setPasted(undefined)
            }}
          >
            {t('usePaste', { rows: showCount(pasted.rows) })}
          </Button>
        </div>
      </>
    )
  return (
    <>
      {children}
      <div className="bf-field">
        <label htmlFor={id}>{t('paste')}</label>
        <span className="bf-hint" id={`${id}-hint`}>
          {t('pasteHint')}
        </span>
        <textarea
          id={id}
          className="bf-input"
          aria-describedby={`${id}-hint`}
          rows={2}
          value=""
          onChange={(event) => take(event.target.value)}
          onPaste={(event) => {
            event.preventDefault() // a hundred thousand rows must not pass through the text box
            take(event.clipboardData.getData('text/plain'))
          }}
        />
        <Problem error={isEmpty ? new ApiError('registry.paste-empty', 422) : undefined} />
      </div>
    </>
  )
}

function PastedGrid({ pasted: { head, columns } }: { pasted: PastedTable }) {
  const t = useT(importMendWords)
  const titles = useMemo(
    () =>
      Array.from({ length: columns }, (_, index) => ({ key: String(index), title: columnLetters(index), isReadOnly: true, widthRem: 8 })),
    [columns],
  )
  const cell = useCallback((row: number, key: string) => ({ text: head[row]?.[Number(key)] ?? '' }), [head])
  const rowNumber = useCallback((row: number) => row + 1, [])
  return <SheetGrid label={t('pastedLabel')} columns={titles} rowCount={head.length} rowNumber={rowNumber} cell={cell} heightRem={14} />
}
