import type { ReactNode } from 'react'
import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'

/** A value that nobody knows yet; shown as 待核, never as 0 (ux.md §8.7). */
export const unknownValue = { isUnknown: true } as const
export type Shown = ReactNode | typeof unknownValue

/** A value in a cell or a description: empty is —, unknown is 待核. */
export function Value({ of }: { of: Shown }) {
  const t = useT(uiWords)
  if (isUnknown(of)) return <span className="bf-unknown">{t('unknown')}</span>
  if (of === undefined || of === null || of === '') return <span className="bf-quiet">—</span>
  return <>{of}</>
}

function isUnknown(value: Shown): value is typeof unknownValue {
  return value === unknownValue
}
