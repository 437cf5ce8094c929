import type { Context, Scope } from '../caller/index.ts'
import { readRevisions, revisionsOf, type Database, type Db } from '../database/index.ts'
import type { PolicyVersion } from './policy.ts'
import { findVersions } from './version-store.ts'

const mostKept = 300
/** Characters of texts that one answer may hold to be kept: some parameters, not the tables of a province. */
const mostText = 100_000
const keptOf = new WeakMap<Database, Map<string, readonly PolicyVersion[]>>()

/**
 * The published and replaced versions of some policies that the caller may read. Kept in memory by the revision of the policies, which each
 * transaction asks for: what another process published counts from its commit on. A transaction that changes policies itself keeps nothing.
 */
export async function findDecided(db: Db, ctx: Context, keys: readonly string[]): Promise<readonly PolicyVersion[]> {
  const find = () => findVersions(db, ctx, { keys, states: 'decided' })
  const revisions = await revisionsOf(db, ctx.scope)
  if (revisions === undefined) return find()
  const kept = keptOf.get(ctx.database) ?? new Map<string, readonly PolicyVersion[]>()
  keptOf.set(ctx.database, kept)
  const name = [ctx.scope.countyCode, rangeOf(ctx.scope), revisions.policies, ...keys].join('|')
  const before = kept.get(name)
  if (before !== undefined) return before
  const found = await find()
  // What was published between the two questions is not kept under the revision before it.
  const isSame = (await readRevisions(db, ctx.scope)).policies === revisions.policies
  if (isSame && found.reduce((sum, one) => sum + one.content.length, 0) <= mostText) {
    if (kept.size >= mostKept) kept.clear()
    kept.set(name, found)
  }
  return found
}

/** Callers of one range read the same versions. */
function rangeOf(scope: Scope): string {
  return scope.kind === 'area' ? `area ${scope.lo}` : scope.kind
}
