import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import {
  changeDraft,
  policyErrors,
  publishVersion,
  startDraft,
  stepVersion,
  versionById,
  type PolicyVersion,
} from '#kernel/server/policies/index.ts'
import { findArea } from '#modules/identity/server/index.ts'
import {
  policyPublished,
  type ChangeDraft,
  type PolicyFinding,
  type PublishDraft,
  type RollBack,
  type StartDraft,
  type StepDraft,
  type VersionCard,
} from '../contract.ts'
import { checkDraft } from './check-draft.ts'
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

/** Looks at a version whole before its transaction begins: it may take seconds, and is remembered. */
export async function lookWhole(ctx: Context, versionId: string): Promise<void> {
  await checkWhole(ctx, await versionById(countyPolicies(), ctx, versionId))
}

async function checkWhole(ctx: Context, version: PolicyVersion): Promise<PolicyFinding[]> {
  return (await checkDraft(countyPolicies(), ctx, { ...version, isWhole: true })).findings
}

/** What may be settled by another draft that is published first. */
const ofOthers = /^(loosened-|table-of-superior$|unknown-name$|parameter-empty$|breaks-table$|expression-)/

/** A draft is not handed in with faults of its own. Throws `policies.not-publishable` with all that stands against it. */
async function refuseFaulty(ctx: Context, version: PolicyVersion): Promise<void> {
  const problems = await checkWhole(ctx, version)
  const errors = problems.filter((one) => one.severity === 'error')
  if (errors.length > 0 && !errors.some((one) => ofOthers.test(one.code))) throw policyErrors.notPublishable({ problems })
}

/** Hands a draft in, gives it back or throws it away. Throws `policies.not-publishable` for one that is handed in with faults of its own. */
export async function movePolicy(
  ctx: Context,
  versionId: string,
  given: StepDraft & { to: 'submitted' | 'returned' | 'discarded' },
): Promise<VersionCard> {
  const { to, ...step } = given
  return inTransaction(ctx, async (db) => {
    const inner = { ...ctx, db }
    if (to === 'submitted') await refuseFaulty(inner, await versionById(countyPolicies(), inner, versionId))
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
