import type { ReactNode } from 'react'
import type { Level } from './status-tag.tsx'

export interface TimelineEntry {
  readonly key: string
  /** A day or a moment, already written for people. */
  readonly at: string
  readonly title: ReactNode
  readonly note?: ReactNode
  readonly level?: Level
}

/** What happened, newest first as given. */
export function Timeline({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) {
  return (
    <ol className="bf-timeline" aria-label={label}>
      {entries.map(({ key, at, title, note, level = 'grey' }) => (
        <li key={key} className={`bf-timeline-${level}`}>
          <span className="bf-timeline-at bf-figures">{at}</span>
          <span className="bf-timeline-title">{title}</span>
          {note === undefined ? null : <span className="bf-timeline-note">{note}</span>}
        </li>
      ))}
    </ol>
  )
}
