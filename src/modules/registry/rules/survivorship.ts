import { readIdNumber } from '#kernel/pure/text/index.ts'
import type { SurvivalReason } from './duplicate-records.ts'
import type { FactRecord } from './register-records.ts'

/** What a row has to say for itself when one of two must stay. */
export interface RowStanding {
  idNumber: string
  facts: number
  isHead: boolean
  /** Belongs to a registered household (建档立卡). */
  isRegistered: boolean
}

/** Which of two rows should stay: the one with a right number, then of a registered household, then the head, then the one that says more; else the first. */
export function suggestStay(one: RowStanding, other: RowStanding): 0 | 1 {
  const isRight = (row: RowStanding): boolean => readIdNumber(row.idNumber.slice(0, 18)) !== undefined
  const better: ((row: RowStanding) => number)[] = [
    (row) => Number(isRight(row)),
    (row) => Number(row.isRegistered),
    (row) => Number(row.isHead),
    (row) => row.facts,
  ]
  for (const worth of better) if (worth(one) !== worth(other)) return worth(one) > worth(other) ? 0 : 1
  return 0
}

/** Whose value of a field should survive: the only one there is, a right number before a wrong one, a corrected one, the newer; else that of the row that stays. */
export function suggestValue(
  stays: FactRecord | undefined,
  leaves: FactRecord | undefined,
  numbers?: { stays: string; leaves: string },
): { suggested: 'stays' | 'leaves'; why: SurvivalReason } {
  if (stays?.value === undefined) return { suggested: leaves?.value === undefined ? 'stays' : 'leaves', why: 'only-one' }
  if (leaves?.value === undefined) return { suggested: 'stays', why: 'only-one' }
  if (numbers !== undefined) {
    const [mine, theirs] = [numbers.stays, numbers.leaves].map((number) => readIdNumber(number.slice(0, 18)) !== undefined)
    if (mine !== theirs) return { suggested: mine === true ? 'stays' : 'leaves', why: 'right-number' }
  }
  const [mine, theirs] = [stays.source, leaves.source]
  if ((mine?.from === 'correction') !== (theirs?.from === 'correction'))
    return { suggested: mine?.from === 'correction' ? 'stays' : 'leaves', why: 'corrected' }
  if (mine !== undefined && theirs !== undefined && mine.on !== theirs.on)
    return { suggested: mine.on > theirs.on ? 'stays' : 'leaves', why: 'newer' }
  return { suggested: 'stays', why: 'stays' }
}
