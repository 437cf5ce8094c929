import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface PageLinkProps {
  to: string
  search?: Readonly<Record<string, unknown>> | undefined
  children: ReactNode
  className?: string
  title?: string
  /** What is read out where the link shows a sign only. */
  label?: string
}

/** A link to a page of the app. */
export function PageLink({ to, search, label, ...rest }: PageLinkProps) {
  return <Link to={to} search={{ ...search }} {...(label === undefined ? {} : { 'aria-label': label })} {...rest} />
}
