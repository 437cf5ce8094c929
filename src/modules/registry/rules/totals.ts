import type { Totals, TotalsRow } from '../contract.ts'

/** The counts of one township as the database gives them, each counted on its own. */
export type TotalsCount = Omit<TotalsRow, 'balances'>

/** Balances the totals (M-004): in every township registered = exited + not exited, in households and in persons. */
export function balanceTotals(counts: readonly TotalsCount[]): Totals {
  const rows = counts.map((count): TotalsRow => ({ ...count, balances: balances(count) }))
  const sum = rows.reduce<TotalsRow>(addRows, { ...nothing })
  return { rows, sum: { ...sum, balances: balances(sum) }, balances: rows.every((row) => row.balances) }
}

const nothing: TotalsRow = {
  township: '',
  households: 0,
  persons: 0,
  registeredHouseholds: 0,
  registeredPersons: 0,
  exitedHouseholds: 0,
  exitedPersons: 0,
  notExitedHouseholds: 0,
  notExitedPersons: 0,
  balances: true,
}

function balances(row: TotalsCount): boolean {
  return (
    row.registeredHouseholds === row.exitedHouseholds + row.notExitedHouseholds &&
    row.registeredPersons === row.exitedPersons + row.notExitedPersons &&
    row.registeredHouseholds <= row.households &&
    row.registeredPersons <= row.persons
  )
}

function addRows(sum: TotalsRow, row: TotalsRow): TotalsRow {
  return {
    township: '',
    households: sum.households + row.households,
    persons: sum.persons + row.persons,
    registeredHouseholds: sum.registeredHouseholds + row.registeredHouseholds,
    registeredPersons: sum.registeredPersons + row.registeredPersons,
    exitedHouseholds: sum.exitedHouseholds + row.exitedHouseholds,
    exitedPersons: sum.exitedPersons + row.exitedPersons,
    notExitedHouseholds: sum.notExitedHouseholds + row.notExitedHouseholds,
    notExitedPersons: sum.notExitedPersons + row.notExitedPersons,
    balances: sum.balances && row.balances,
  }
}
