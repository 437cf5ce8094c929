import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { FailedFace, Skeleton } from './faces.tsx'

/** Shows a query's loading and failed faces, and its content once it is there. */
export function Loaded<Data>({
  query,
  children,
  lines,
}: {
  query: UseQueryResult<Data>
  children: (data: Data) => ReactNode
  lines?: number
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isError) return <FailedFace error={query.error} retry={() => void query.refetch()} /> // the query keeps its own error
  return lines === undefined ? <Skeleton /> : <Skeleton lines={lines} />
}
