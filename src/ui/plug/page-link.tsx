import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface PageLinkProps {
  to: string
  search?: Readonly<Record<string, unknown>> | undefined
  children: ReactNode
  className?: string
  title?: string
}

/** A link to a page of the app. */
export function PageLink({ to, search, ...rest }: PageLinkProps) {
  return <Link to={to} search={{ ...search }} {...rest} />
}
