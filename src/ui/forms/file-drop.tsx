import { Button } from 'antd'
import { useRef, useState } from 'react'
import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'

interface FileDropProps {
  label: string
  /** As the `accept` of a file input: `.xlsx,.xls,.csv,.txt`. Other kinds are still taken when dropped: the server says what is wrong with them. */
  accept: string
  isMultiple?: boolean
  isDisabled?: boolean
  onFiles: (files: File[]) => void
}

/** Takes files by drop, by choice and by paste. */
export function FileDrop({ label, accept, isMultiple = false, isDisabled = false, onFiles }: FileDropProps) {
  const t = useT(uiWords)
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const take = (list: FileList | null | undefined) => {
    const files = Array.from(list ?? [])
    if (files.length > 0 && !isDisabled) onFiles(isMultiple ? files : files.slice(0, 1))
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping has the button beside it for the keyboard
    <div
      className={isOver ? 'bf-drop bf-drop-over' : 'bf-drop'}
      role="group"
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      }}
      onPaste={(event) => take(event.clipboardData.files)}
    >
      <p className="bf-drop-title">{t('dropHere')}</p>
      <p className="bf-quiet">{t('dropAlsoPaste')}</p>
      <Button type="primary" disabled={isDisabled} onClick={() => input.current?.click()}>
        {t('chooseFiles')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={isMultiple}
        onChange={(event) => {
          take(event.target.files)
          event.target.value = '' // the same file can be chosen again after it was mended
        }}
      />
    </div>
  )
}
