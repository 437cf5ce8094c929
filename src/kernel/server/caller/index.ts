import type { Day, Instant } from '#kernel/pure/time/index.ts'
import type { Database, Db } from '../database/types.ts'

declare const granted: unique symbol

/** What a caller may reach. Only authentication and the machine's administrator make one: an omitted scope never means all. */
export type Scope = (
  | { readonly kind: 'area'; readonly countyCode: string; readonly path: string; readonly lo: string; readonly hi: string }
  | { readonly kind: 'households'; readonly countyCode: string; readonly householdIds: readonly string[] }
  | { readonly kind: 'county'; readonly countyCode: string }
  | { readonly kind: 'system'; readonly countyCode: string; readonly reason: string }
) & { readonly [granted]: true }

/** Who acts. `id` is the user's id, or the name of the command for acts of the machine's administrator. */
export interface Caller {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  readonly organisationId?: string
}

/** Everything a use case is handed: who, how far, when, and the database. `db` is there inside a transaction. */
export interface Context {
  readonly caller: Caller
  readonly scope: Scope
  readonly now: Instant
  readonly today: Day
  readonly database: Database
  readonly db?: Db
  /** How long a statement may run: 2 s for a request, 60 s for a job (trust.md §1.3). */
  readonly deadline: 'request' | 'job'
}

/** The first path after all paths below `path`: the last `.` becomes the next character. */
export function endOfRange(path: string): string {
  if (!/^(\d+\.)+$/.test(path)) throw new Error('an area path is digits, each segment ended by a dot')
  return `${path.slice(0, -1)}/`
}

/** Grants a range of areas. To be called by authentication only; a test reads who imports it. */
export function grantArea(countyCode: string, path: string): Scope {
  return grant({ kind: 'area', countyCode, path, lo: path, hi: endOfRange(path) })
}

/** Grants a list of households. To be called by authentication only. */
export function grantHouseholds(countyCode: string, householdIds: readonly string[]): Scope {
  return grant({ kind: 'households', countyCode, householdIds })
}

/** Grants the whole county. To be called by authentication only. */
export function grantCounty(countyCode: string): Scope {
  return grant({ kind: 'county', countyCode })
}

/** Grants an act of the system itself, with the reason that the audit shows. To be called by authentication and the command line only. */
export function grantSystem(countyCode: string, reason: string): Scope {
  return grant({ kind: 'system', countyCode, reason })
}

type Ungranted<Given> = Given extends Scope ? Omit<Given, typeof granted> : never

function grant(scope: Ungranted<Scope>): Scope {
  if (!/^\d{6}$/.test(scope.countyCode)) throw new Error('a county code is six digits')
  // Safe: this function is what `granted` means.
  return scope as Scope
}
