import type { InputColumn } from '#kernel/pure/decisions/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { getRegisterRevision } from '#modules/registry/server/index.ts'
import { householdFacts, personFacts } from '../rules/fact-functions.ts'
import { loadSubjects } from './fact-load.ts'
import type { AskSubjects, FactSubject, LoadedSubjects } from './fact-subjects.ts'

/** Columns that are kept for the next question, all counties and callers together. */
const mostBytes = 192_000_000

interface Kept {
  readonly revision: number
  readonly subjects: LoadedSubjects
}

const kept = new Map<string, Kept>()

/**
 * As `loadSubjects` for all subjects under the scope, with the columns of an earlier question where nothing changed since: one entry for each database, county,
 * scope, kind of subject and day, dropped as soon as the register has another revision. Facts that change without it (open leads, tags, village
 * kinds) are read each time. `key` names what was loaded: equal keys mean equal values; undefined where that cannot be said.
 */
export async function recallSubjects(
  ctx: Context,
  db: Db,
  ask: AskSubjects,
): Promise<{ subjects: LoadedSubjects; key: string | undefined }> {
  const scope = scopeKey(ctx.scope)
  const settled = ask.facts.filter((name) => followsRegister(ask.of, name))
  if (scope === undefined || ask.of === 'village' || ask.householdIds !== undefined)
    return { subjects: await loadSubjects(ctx, db, ask), key: undefined }
  const revision = await getRegisterRevision(ctx, db)
  const county = `${ctx.database.name} ${ctx.scope.countyCode}`
  const key = [county, scope, ask.of, ask.asOf].join('|')
  dropOutdated(county, revision)
  const before = kept.get(key)?.subjects
  const missing = before === undefined ? settled : settled.filter((name) => before.columns[name] === undefined)
  const loaded = before !== undefined && missing.length === 0 ? before : await loadMissing(ctx, db, { ask, before, missing, settled })
  // What was changed while it was read belongs to no revision.
  const isWhole = (await getRegisterRevision(ctx, db)) === revision
  if (isWhole) keep(key, { revision, subjects: loaded })
  if (settled.length === ask.facts.length) return { subjects: loaded, key: isWhole ? `${key}|${revision}` : undefined }
  const fresh = await loadSubjects(ctx, db, { ...ask, facts: ask.facts.filter((name) => !settled.includes(name)) })
  const subjects = areSame(loaded, fresh) ? joined(loaded, fresh.columns, fresh.bytes) : await loadSubjects(ctx, db, ask)
  return { subjects, key: undefined }
}

interface Missing {
  readonly ask: AskSubjects
  readonly before: LoadedSubjects | undefined
  readonly missing: readonly string[]
  readonly settled: readonly string[]
}

/** Reads what is not kept; everything, where the subjects are others than those kept. */
async function loadMissing(ctx: Context, db: Db, { ask, before, missing, settled }: Missing): Promise<LoadedSubjects> {
  const found = await loadSubjects(ctx, db, { ...ask, facts: missing })
  if (before === undefined) return found
  return areSame(before, found) ? joined(before, found.columns, found.bytes) : loadSubjects(ctx, db, { ...ask, facts: settled })
}

function joined(one: LoadedSubjects, columns: Readonly<Record<string, InputColumn>>, bytes: number): LoadedSubjects {
  return { ...one, columns: { ...one.columns, ...columns }, bytes: one.bytes + bytes }
}

function areSame(one: LoadedSubjects, other: LoadedSubjects): boolean {
  return one.count === other.count && one.ids.every((id, record) => id === other.ids[record])
}

function keep(key: string, entry: Kept): void {
  kept.delete(key)
  kept.set(key, entry)
  let bytes = [...kept.values()].reduce((sum, { subjects }) => sum + subjects.bytes, 0)
  for (const [oldest, { subjects }] of kept) {
    if (bytes <= mostBytes) return
    kept.delete(oldest)
    bytes -= subjects.bytes
  }
}

function dropOutdated(county: string, revision: number): void {
  for (const [key, entry] of kept) if (key.startsWith(`${county}|`) && entry.revision !== revision) kept.delete(key)
}

/** Who sees the same rows: never a wider scope's. A helper's households are few and read each time. */
function scopeKey(scope: Scope): string | undefined {
  if (scope.kind === 'area') return `area ${scope.lo} ${scope.hi}`
  return scope.kind === 'households' ? undefined : scope.kind
}

/** Whether a fact can change only with the register's revision. */
function followsRegister(of: FactSubject, name: string): boolean {
  const needs = of === 'person' ? personFacts[name]?.needs : householdFacts[name]?.needs
  return needs !== undefined && needs.lead !== true && needs.household?.includes('tags') !== true
}
