import { PageLink } from '../plug/page-link.tsx'
import type { Level } from './status-tag.tsx'

interface StatCardProps {
  label: string
  /** A count, or a text already formatted. */
  value: number | string
  /** A number is a link to its list (ux.md §8.2); without `to` there is none to show. */
  to?: string
  search?: Readonly<Record<string, unknown>> | undefined
  level?: Level | undefined
  note?: string
}

/** A figure with its label; it leads to the rows behind it. */
export function StatCard({ label, value, to, search, level, note }: StatCardProps) {
  const content = (
    <>
      <span className="bf-stat-value">{typeof value === 'number' ? value.toLocaleString('en') : value}</span>
      <span className="bf-stat-label">{label}</span>
      {note === undefined ? null : <span className="bf-stat-note">{note}</span>}
    </>
  )
  const className = level === undefined ? 'bf-stat' : `bf-stat bf-stat-${level}`
  return to === undefined ? (
    <div className={className}>{content}</div>
  ) : (
    <PageLink className={className} to={to} search={search}>
      {content}
    </PageLink>
  )
}
