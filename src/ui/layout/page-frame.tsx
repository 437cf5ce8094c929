import { useEffect, type ReactNode } from 'react'

interface PageFrameProps {
  title: string
  /** A line below the title: where the numbers come from, what the page is for. */
  note?: ReactNode
  /** Small things beside the title: a status, a language of the record. */
  extra?: ReactNode
  /** The page's actions, bottom right; the primary one last. */
  actions?: ReactNode
  children: ReactNode
}

/** The frame of every page: one title, one content, actions at the bottom right (ux.md §8.1). */
export function PageFrame({ title, note, extra, actions, children }: PageFrameProps) {
  useEffect(() => {
    document.title = `${title} · 帮扶`
  }, [title])
  return (
    <div className="bf-page">
      <div className="bf-page-head">
        <h1>{title}</h1>
        {extra}
      </div>
      {note === undefined ? null : <p className="bf-page-note">{note}</p>}
      {children}
      {actions === undefined ? null : <div className="bf-page-actions">{actions}</div>}
    </div>
  )
}

/** A titled part of a page on its own card. */
export function Section({ title, extra, children }: { title?: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="bf-section">
      {title === undefined ? null : (
        <div className="bf-section-head">
          <h2>{title}</h2>
          {extra}
        </div>
      )}
      {children}
    </section>
  )
}
