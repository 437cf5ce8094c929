import { Button } from 'antd'
import type { ReactNode } from 'react'
import { uiWords } from '../words/ui-words.ts'
import { useSayError, useT } from '../words/use-t.ts'

/** Nothing here: says why and what to do next, with the button that does it. */
export function EmptyFace({ title, todo, action }: { title?: string; todo: string; action?: ReactNode }) {
  const t = useT(uiWords)
  return (
    <div className="bf-face" role="status">
      <p className="bf-face-title">{title ?? t('emptyTitle')}</p>
      <p className="bf-face-todo">{todo}</p>
      {action}
    </div>
  )
}

/** Reading failed: what happened, what to do, whom to call, and a button to try again. */
export function FailedFace({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const t = useT(uiWords)
  const say = useSayError()
  return (
    <div className="bf-face bf-face-failed" role="alert">
      <p className="bf-face-title">{t('failedTitle')}</p>
      <p className="bf-face-todo">{say(error)}</p>
      {retry === undefined ? null : <Button onClick={retry}>{t('retry')}</Button>}
    </div>
  )
}

/** Lines in the place of text that is still being read. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  const t = useT(uiWords)
  return (
    <div className="bf-skeleton-block" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="bf-skeleton" style={{ width: `${90 - ((line * 17) % 45)}%` }} />
      ))}
    </div>
  )
}

/** A refusal beside what caused it: `<Problem error={save.error} />` shows nothing while there is none. */
export function Problem({ error }: { error: unknown }) {
  const say = useSayError()
  return error === null || error === undefined ? null : (
    <p className="bf-problem" role="alert">
      {say(error)}
    </p>
  )
}

/** A remark that stands out: `info` blue, `warning` amber, `success` green, `error` red; always in words. */
export function Notice({ kind, children }: { kind: 'info' | 'warning' | 'success' | 'error'; children: ReactNode }) {
  return <div className={`bf-notice bf-notice-${kind}`}>{children}</div>
}
