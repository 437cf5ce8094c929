import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask } from '#kernel/browser/api/index.ts'
import { isFiles } from '../rules/field-kinds.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { WorkedOutAnswer } from '../rules/brought-records.ts'
import type { RecordValues } from '../rules/records.ts'
import { isBrought, isWorkedOut } from '../rules/template-brought.ts'

/** Milliseconds that nothing was typed before the server is asked. */
const pause = 400
const nothing: RecordValues = {}

export interface Brought {
  /** Whether the ledger brings anything at all. */
  readonly isAny: boolean
  readonly values: RecordValues
  /** The values are those of what was entered before: the server is being asked. */
  readonly isLate: boolean
}

/**
 * What the server gathers and decides for what is entered, asked a moment after the last key; nothing is written. Only where `of` says whose form it is:
 * a template that is being tried has no records to gather.
 */
export function useBrought(given: {
  open: OpenTemplate
  of: { recordId?: string } | undefined
  standing: RecordValues
  changes: Readonly<Record<string, unknown>>
}): Brought {
  const { open, of, standing, changes } = given
  const { template } = open
  const isAny = of !== undefined && template.fields.some(isBrought)
  const sent = (key: string) => {
    const field = open.fields.get(key)
    return field !== undefined && !isWorkedOut(field) && !isFiles(field.kind) && field.sensitive !== true
  }
  const body = JSON.stringify({ ...of, values: Object.fromEntries(Object.entries(changes).filter(([key]) => sent(key))) })
  const asked = useLater(body)
  const found = useQuery({
    queryKey: ['ledgers', 'work-out', template.key, asked],
    queryFn: () => ask<WorkedOutAnswer>(`${ledgerPaths.book(template.key)}/work-out`, JSON.parse(asked)),
    enabled: isAny,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  const kept = Object.fromEntries(Object.entries(standing).filter(([key]) => isBrought(open.fields.get(key) ?? {})))
  return { isAny, values: isAny ? (found.data?.values ?? kept) : nothing, isLate: isAny && (body !== asked || found.isFetching) }
}

function useLater(text: string): string {
  const [later, setLater] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  return later
}
