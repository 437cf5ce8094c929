import { createContext, useContext } from 'react'
import type { Right } from './plug.ts'

/** Who sits here, as the shell and the pages need it. */
export interface CallerFacts {
  readonly id: string
  readonly name: string
  readonly roleNames: string
  readonly countyName: string
  readonly isDemo: boolean
  /** The caller's area in words, such as a township's name. */
  readonly areaName: string
  readonly isCountyWide: boolean
  readonly rights: readonly Right[]
}

export const CallerContext = createContext<CallerFacts | undefined>(undefined)

/** The caller; only pages behind the login may ask. */
export function useCaller(): CallerFacts {
  const caller = useContext(CallerContext)
  if (caller === undefined) throw new Error('this page stands before the login and has no caller')
  return caller
}

/** Whether the caller's role grants a right; for menus and page entrances. Records say by `can` what may be done with them. */
export function useMay(right: Right | undefined): boolean {
  const caller = useContext(CallerContext)
  return right === undefined || caller?.rights.includes(right) === true
}
