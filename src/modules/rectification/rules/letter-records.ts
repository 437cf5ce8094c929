import type { UnitLevel } from './problem-seat.ts'

export const letterStates = ['issued', 'received', 'answered', 'closed'] as const
export type LetterState = (typeof letterStates)[number]

/** A letter of assignment with the counts of its problems; withdrawn ones do not count. */
export interface LetterFile {
  readonly letterId: string
  /** `2023-0007`. */
  readonly letterNo: string
  readonly campaignId: string
  readonly campaignName: string
  readonly unitKind: 'area' | 'organisation'
  readonly unitId: string
  readonly unitName: string
  readonly unitLevel: UnitLevel
  readonly headName: string
  readonly areaPath: string
  readonly code: string
  readonly state: LetterState
  readonly requirement: string
  readonly dueOn: string
  readonly supplements: number
  readonly issuedName: string
  readonly issuedAt: string
  readonly receivedName: string | null
  readonly receivedAt: string | null
  readonly closedAt: string | null
  readonly isClosedKind: boolean
  readonly problems: number
  readonly waiting: number
  readonly closed: number
  readonly overdue: number
}

/** A letter as lists and its page show it: the code stays with the paper. */
export type LetterCard = Omit<LetterFile, 'code' | 'areaPath'> & { readonly can: { readonly receive: boolean; readonly remind: boolean } }

/** The number as letters write it: `整改交办〔2023〕7号`. */
export function letterNumber(word: string, letterNo: string): string {
  const [year = '', number = ''] = letterNo.split('-')
  return `${word}〔${year}〕${String(Number(number))}号`
}
