import type { Context } from '../caller/index.ts'
import { inTransaction, type Db } from '../database/index.ts'
import { policyErrors } from './errors.ts'
import { hashOf, kindOf, loosenedBy, type Policies } from './policies.ts'
import type { PolicyProblem, PolicyVersion } from './policy.ts'
import {
  findVersion,
  holdPolicy,
  insertDraft,
  moveVersion,
  noteEvent,
  replaceVersion,
  updateDraft,
  type DraftText,
  type EventOfVersion,
} from './version-store.ts'

/** A change of a version as it was last seen. */
export interface Step {
  readonly versionId: string
  readonly revision: number
  readonly note: string
}

/** Begins a draft of the caller for an area. */
export async function startDraft(
  policies: Policies,
  ctx: Context,
  given: DraftText & { key: string; areaPath: string },
): Promise<PolicyVersion> {
  kindOf(policies, given.key)
  return inTransaction(ctx, async (db) => {
    const hash = hashOf(given.content)
    const versionId = await refusing(db, ctx, (inner) => insertDraft(inner, ctx, { ...given, hash }))
    await noteEvent(db, ctx, { versionId, kind: 'drafted', note: given.note, hash })
    return reread(db, ctx, versionId)
  })
}

/** Writes a draft or a returned version anew. Throws `policies.version-changed` when somebody was faster. */
export async function changeDraft(ctx: Context, given: DraftText & Step): Promise<PolicyVersion> {
  return inTransaction(ctx, async (db) => {
    await locked(db, ctx, given)
    const hash = hashOf(given.content)
    await refusing(db, ctx, (inner) => updateDraft(inner, ctx, { ...given, hash }))
    await noteEvent(db, ctx, { versionId: given.versionId, kind: 'changed', note: given.note, hash })
    return reread(db, ctx, given.versionId)
  })
}

/** Hands a draft in, gives it back to its writer, or throws it away. */
export async function stepVersion(ctx: Context, to: 'submitted' | 'returned' | 'discarded', step: Step): Promise<PolicyVersion> {
  return inTransaction(ctx, async (db) => {
    await locked(db, ctx, step)
    return moved(db, ctx, { ...step, to })
  })
}

/**
 * Publishes a version that another person wrote and handed in: it counts from its first day, in the place of one with the same first day.
 * Throws `policies.needs-another`, `document-missing`, `not-publishable` with what the owner of the policy finds wrong.
 */
export async function publishVersion(
  policies: Policies,
  ctx: Context,
  step: Step & { readonly documentNo?: string | undefined },
): Promise<{ version: PolicyVersion; replacedId: string | undefined }> {
  return inTransaction(ctx, async (db) => {
    const inner = { ...ctx, db }
    const version = await locked(db, ctx, step)
    if (version.state !== 'submitted') throw policyErrors.noSuchStep({ state: version.state })
    if (version.writtenBy.includes(ctx.caller.id) || version.submittedBy === ctx.caller.id) throw policyErrors.needsAnother()
    const documentNo = version.documentNo.trim() === '' ? (step.documentNo ?? '').trim() : version.documentNo
    if (documentNo === '') throw policyErrors.documentMissing()
    await holdPolicy(db, ctx, version.key)
    const problems = await problemsOf(policies, inner, version)
    if (problems.some((one) => one.severity === 'error')) throw policyErrors.notPublishable({ problems })
    const replacedId = await refusing(db, ctx, (point) => replaceVersion(point, ctx, version))
    const published = await moved(db, ctx, { ...step, to: 'published', documentNo })
    if (replacedId !== undefined) await noteEvent(db, ctx, { versionId: replacedId, kind: 'replaced', note: '', hash: version.hash })
    return { version: published, replacedId }
  })
}

/** What stands against a text: of its owner, who is handed what it says against the superior by `loosenedBy`. */
async function problemsOf(policies: Policies, ctx: Context, version: PolicyVersion): Promise<readonly PolicyProblem[]> {
  const problems = await kindOf(policies, version.key).check(ctx, version)
  if (problems.some((one) => one.severity === 'error')) return problems
  // The owner says it better; that nothing is loosened holds whatever he says.
  const { values, table } = await loosenedBy(policies, ctx, version)
  const loosened = values.map((one) => ({ severity: 'error' as const, code: 'loosened', name: one.name }))
  return [...problems, ...loosened, ...(table === undefined ? [] : [{ severity: 'error' as const, code: 'table-of-superior' }])]
}

async function moved(
  db: Db,
  ctx: Context,
  given: Step & { to: 'submitted' | 'returned' | 'discarded' | 'published'; documentNo?: string },
): Promise<PolicyVersion> {
  await refusing(db, ctx, (inner) => moveVersion(inner, ctx, given))
  const version = await reread(db, ctx, given.versionId)
  const kind: EventOfVersion = given.to
  await noteEvent(db, ctx, { versionId: given.versionId, kind, note: given.note, hash: version.hash })
  return version
}

async function locked(db: Db, ctx: Context, { versionId, revision }: Pick<Step, 'versionId' | 'revision'>): Promise<PolicyVersion> {
  const found = await findVersion(db, ctx, { versionId, lock: true })
  if (found === undefined) throw policyErrors.versionNotFound()
  if (found.revision !== revision) throw policyErrors.versionChanged({ revision: found.revision })
  return found
}

async function reread(db: Db, ctx: Context, versionId: string): Promise<PolicyVersion> {
  const found = await findVersion(db, ctx, { versionId, lock: false })
  if (found === undefined) throw policyErrors.versionNotFound()
  return found
}

const refusals: Readonly<Record<string, () => Error>> = {
  policy_version_four_eyes: () => policyErrors.needsAnother(),
  policy_version_document: () => policyErrors.documentMissing(),
  policy_version_step: () => policyErrors.noSuchStep(),
  policy_version_fixed: () => policyErrors.noSuchStep(),
  policy_version_revision: () => policyErrors.versionChanged(),
  policy_version_days: () => policyErrors.daysReversed(),
}

/** Runs a write in a savepoint and says in our words what the database refuses. */
async function refusing<Result>(db: Db, ctx: Context, work: (db: Db) => Promise<Result>): Promise<Result> {
  try {
    return await inTransaction({ ...ctx, db }, work)
  } catch (fault) {
    const constraint = fault instanceof Error && 'constraint' in fault ? String(fault.constraint) : ''
    throw refusals[constraint]?.() ?? fault
  }
}
