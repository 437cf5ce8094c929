import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { changeDraft, publishVersion, startDraft, stepVersion, versionById, type PolicyVersion } from '#kernel/server/policies/index.ts'
import { findArea } from '#modules/identity/server/index.ts'
import {
  policyPublished,
  type ChangeDraft,
  type PublishDraft,
  type RollBack,
  type StartDraft,
  type StepDraft,
  type VersionCard,
} from '../contract.ts'
import { countyPath, countyPolicies } from './county-policies.ts'
import { policiesErrors } from './errors.ts'
import { showVersions } from './version-cards.ts'
import { whenPolicyPublished } from './when-published.ts'

/** Begins a draft, for the county unless another area is told. Throws `policies.not-above` for an area that is none of the county's. */
export async function draftPolicy(ctx: Context, key: string, input: StartDraft): Promise<VersionCard> {
  const { areaPath = countyPath(ctx.scope.countyCode), ...text } = input
  return inTransaction(ctx, async (db) => {
    const inner = { ...ctx, db }
    await refuseOtherAreas(inner, areaPath)
    return noted(inner, 'draft', await startDraft(countyPolicies(), inner, { ...text, key, areaPath }))
  })
}

/** A superior of the county, the county, or an area within it that exists. */
async function refuseOtherAreas(ctx: Context, areaPath: string): Promise<void> {
  const county = countyPath(ctx.scope.countyCode)
  if (county.startsWith(areaPath)) return
  if (!areaPath.startsWith(county) || (await findArea(ctx, areaPath)) === undefined) throw policiesErrors.notAbove({ areaPath })
}

/** Writes a draft or a returned version anew. */
export async function changePolicy(ctx: Context, versionId: string, input: ChangeDraft): Promise<VersionCard> {
  return inTransaction(ctx, async (db) => {
    const inner = { ...ctx, db }
    return noted(inner, 'change', await changeDraft(inner, { ...input, versionId }))
  })
}

/** An older text once more, as a draft for the area it was of; a shipped text of an area that is not above the county is drafted for the county. */
export async function rollBack(ctx: Context, versionId: string, input: RollBack): Promise<VersionCard> {
  const { content, examples, key, areaPath } = await versionById(countyPolicies(), ctx, versionId)
  const county = countyPath(ctx.scope.countyCode)
  const isOwn = county.startsWith(areaPath) || areaPath.startsWith(county)
  return inTransaction(ctx, async (db) => {
    const inner = { ...ctx, db }
    const draft = { ...input, effectiveTo: null, content, examples, key, areaPath: isOwn ? areaPath : county }
    return noted(inner, 'roll-back', await startDraft(countyPolicies(), inner, draft), { from: versionId })
  })
}

/** Hands a draft in, gives it back or throws it away. */
export async function movePolicy(
  ctx: Context,
  versionId: string,
  given: StepDraft & { to: 'submitted' | 'returned' | 'discarded' },
): Promise<VersionCard> {
  const { to, ...step } = given
  return inTransaction(ctx, async (db) => {
    const inner = { ...ctx, db }
    return noted(inner, to, await stepVersion(inner, to, { ...step, versionId }), {}, given.note)
  })
}

/** Publishes what another person wrote, and announces it. Throws `policies.not-publishable` with everything that stands against it. */
export async function publishPolicy(ctx: Context, versionId: string, input: PublishDraft): Promise<VersionCard> {
  return inTransaction(ctx, async (db) => {
    const inner = { ...ctx, db }
    const { version, replacedId = null } = await publishVersion(countyPolicies(), inner, { ...input, versionId })
    const { key, areaPath, effectiveFrom, effectiveTo } = version
    await announce(db, ctx, policyPublished, { key, versionId, areaPath, effectiveFrom, effectiveTo, replacedId })
    for (const note of whenPolicyPublished) await note(inner, { key, versionId, areaPath, effectiveFrom })
    return noted(inner, 'publish', version, { effectiveFrom, documentNo: version.documentNo, replacedId }, input.note)
  })
}

/** Writes the audit row of an act and shows the version as it now is. */
async function noted(
  ctx: Context & { db: NonNullable<Context['db']> },
  did: string,
  version: PolicyVersion,
  details: Readonly<Record<string, unknown>> = {},
  reason = '',
): Promise<VersionCard> {
  await audit(ctx.db, ctx, {
    did: `policies.${did}`,
    objectKind: 'policies.version',
    objectId: version.versionId,
    ...(reason === '' ? {} : { reason }),
    details: { key: version.key, areaPath: version.areaPath, hash: version.hash.slice(0, 12), ...details },
  })
  const [card] = await showVersions(ctx, [version])
  if (card === undefined) throw new Error('a version was shown')
  return card
}
