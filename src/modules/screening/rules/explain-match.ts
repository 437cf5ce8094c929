import type { MatchWhy } from './match-why.ts'
import { scoreRow } from './likeness.ts'
import type { Matcher, RowPerson } from './row-person.ts'

export type { MatchWhy } from './match-why.ts'

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
