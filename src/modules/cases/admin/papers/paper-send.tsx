import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Problem } from '#ui/feedback/faces.tsx'
import { useT } from '#ui/words/use-t.ts'
import { sendFiles } from './paper-queries.ts'
import { paperScreenWords } from './paper-screen-words.ts'
import { Unseen } from './paper-styles.tsx'

interface SendPagesProps {
  /** What the button says, and what it says to who cannot see where it stands. */
  text: string
  label: string
  path: string
  /** Fields of the address, such as the day of signing. */
  query?: Readonly<Record<string, string>>
  isPrimary?: boolean
}

/** A button that takes photographs or PDFs and sends them at once, page by page; a phone offers its camera. */
export function SendPages({ text, label, path, query = {}, isPrimary = false }: SendPagesProps) {
  const t = useT(paperScreenWords)
  const input = useRef<HTMLInputElement>(null)
  const [progress, setProgress] = useState('')
  const [error, setError] = useState<unknown>()
  const send = async (files: readonly File[]) => {
    setError(undefined)
    const onProgress = (at: number, share: number) => setProgress(t('sending', { at, all: files.length, percent: Math.round(share * 100) }))
    try {
      await sendFiles(path, files, { query, onProgress })
    } catch (fault) {
      setError(fault)
    }
    setProgress('')
  }
  return (
    <>
      <Button type={isPrimary ? 'primary' : 'default'} loading={progress !== ''} onClick={() => input.current?.click()}>
        {text}
        {label === text ? null : <Unseen text={label} />}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={label}
        accept="image/jpeg,image/png,application/pdf"
        onChange={(event) => {
          const files = Array.from(event.target.files ?? [])
          event.target.value = '' // the same file can be chosen again
          if (files.length > 0) void send(files) // shows its own refusal
        }}
      />
      <span role="status" className="bf-quiet">
        {progress}
      </span>
      <Problem error={error} />
    </>
  )
}
