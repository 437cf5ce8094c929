import { sql } from 'kysely'
import type { Scope } from '../caller/index.ts'
import type { Db } from './types.ts'

/** What says whether policies or calendar changed, of the rows that the caller may read; kept results are known by it. */
export interface Revisions {
  readonly policies: string
  readonly calendar: string | null
}

const read = new WeakMap<Db, { readonly scope: Scope; readonly asked: Promise<Revisions> }>()
const changing = new WeakSet<Db>()

/** The revisions as this transaction first asked for them; `undefined` once it has changed any itself, so that nothing unfinished is kept. */
export async function revisionsOf(db: Db, scope: Scope): Promise<Revisions | undefined> {
  if (changing.has(db)) return undefined
  const before = read.get(db)
  if (before?.scope === scope) return before.asked
  const asked = readRevisions(db, scope)
  read.set(db, { scope, asked })
  return asked
}

/** The revisions as they are now. */
export async function readRevisions(db: Db, scope: Scope): Promise<Revisions> {
  const found = await sql<Revisions>`SELECT policies, calendar FROM kernel.revisions(${scope.countyCode})`.execute(db)
  return found.rows[0] ?? { policies: '', calendar: null }
}

/** To be called by whoever changes a policy or the calendar, before he does. */
export function changesRevisions(db: Db): void {
  changing.add(db)
}
