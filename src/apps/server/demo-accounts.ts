import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The accounts of the demo county, printed at every start; they exist in no other county. */
export interface DemoAccounts {
  password: string
  accounts: { loginName: string; name: string; role: string; area: string }[]
}

const accountsFile = 'demo-accounts.json'
/** Reads what `loadDemoCounty` wrote. */
export function readDemoAccounts(dataDirectory: string): DemoAccounts | undefined {
  const path = join(dataDirectory, accountsFile)
  // Safe: written by this program, mode 0600.
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as DemoAccounts) : undefined
}

/** Forgets the demo accounts when the county is removed. */
export function forgetDemoAccounts(dataDirectory: string): void {
  rmSync(join(dataDirectory, accountsFile), { force: true })
}

/** Writes them where only the owner of the data directory reads them. */
export function keepDemoAccounts(dataDirectory: string, accounts: DemoAccounts): void {
  writeFileSync(join(dataDirectory, accountsFile), JSON.stringify(accounts), { mode: 0o600 })
}
