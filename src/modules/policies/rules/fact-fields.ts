import { readDayCell, readScaled, readWord, readYes, type HouseholdFact, type PersonFact } from './fact.ts'

// Facts that are one field of the household's or the person's row, as the register holds it.

/** A yes or no. */
export function yesOf(key: string): HouseholdFact {
  return { needs: { household: [key] }, value: (row) => readYes(row.cell(key)) }
}

/** A number, as an integer at `decimals`. */
export function numberOf(key: string, decimals = 0): HouseholdFact {
  return { needs: { household: [key] }, value: (row) => readScaled(row.cell(key), decimals) }
}

/** An amount: the register keeps fen, and so does the column. */
export function moneyOf(key: string): HouseholdFact {
  return numberOf(key)
}

/** One of some words. */
export function wordOf(key: string, words: readonly string[]): HouseholdFact {
  return { needs: { household: [key] }, value: (row) => readWord(row.cell(key), words) }
}

/** A day. */
export function dayOf(key: string): HouseholdFact {
  return { needs: { household: [key] }, value: (row) => readDayCell(row.cell(key)) }
}

export function personYes(key: string): PersonFact {
  return { needs: { member: [key] }, value: ({ own }) => readYes(own.cell(key)) }
}

export function personNumber(key: string, decimals = 0): PersonFact {
  return { needs: { member: [key] }, value: ({ own }) => readScaled(own.cell(key), decimals) }
}

export function personWord(key: string, words: readonly string[]): PersonFact {
  return { needs: { member: [key] }, value: ({ own }) => readWord(own.cell(key), words) }
}
