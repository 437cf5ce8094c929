import type { LinkStep } from '#modules/registry/rules/index.ts'
import { scoreRow } from './likeness.ts'
import type { Matcher, RowPerson } from './match-row.ts'

/** Why a row was tied to a person: the score in bits and the steps that it is the sum of. Holds no value of the row. */
export interface MatchWhy {
  score: number
  steps: LinkStep[]
}

/** The fact under which a row that will be explained keeps what it said until its list is read; it is never stored. */
export const saidFact = '?said'
const separator = '\u001f'

/** What a row says of the person, as one text. */
export function writeSaid(cells: readonly string[], lostTail: boolean): string {
  return [lostTail ? '1' : '', ...cells].join(separator)
}

/** Explains a row by what it said; `undefined` where the matcher cannot read sounds. */
export function explainMatch(matcher: Matcher, said: string, person: number): MatchWhy | undefined {
  const [lostTail, id = '', name = '', phone = '', township = '', village = '', group = '', address = ''] = said.split(separator)
  const place = matcher.locator.locate({ township, village, group, address })
  const row: RowPerson = { id, lostTail: lostTail === '1', name, hasNames: true, phone, place, group }
  return scoreRow(matcher, row, person)
}
