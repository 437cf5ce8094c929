import type { Context } from '#kernel/server/caller/index.ts'
import type { PolicyVersion } from '#kernel/server/policies/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { PolicyCard, VersionCard } from '../contract.ts'
import type { PolicyEntry } from '../policy/policy.ts'
import { nameAreas } from './area-names.ts'

/** Versions as lists show them, with what the caller may do with each. */
export async function showVersions(ctx: Context, versions: readonly PolicyVersion[]): Promise<VersionCard[]> {
  const names = await nameAreas(
    ctx,
    versions.map((one) => one.areaPath),
  )
  return versions.map((version) => ({
    versionId: version.versionId,
    // Safe: keys of versions are those of the index, whose schema is the contract's.
    key: version.key,
    areaPath: version.areaPath,
    areaName: names(version.areaPath),
    isShipped: version.isShipped,
    state: version.state,
    effectiveFrom: version.effectiveFrom,
    effectiveTo: version.effectiveTo,
    documentNo: version.documentNo,
    documentTitle: version.documentTitle,
    clause: version.clause,
    hash: version.hash.slice(0, 12),
    note: version.note,
    draftedBy: version.draftedName,
    draftedAt: version.draftedAt,
    submittedAt: version.submittedAt,
    publishedBy: version.publishedName,
    publishedAt: version.publishedAt,
    revision: version.revision,
    can: rightsOn(ctx, version),
  }))
}

function rightsOn(ctx: Context, { isShipped, state, writtenBy, submittedBy }: PolicyVersion): VersionCard['can'] {
  const [drafts, publishes] = [mayDo(ctx, 'policies.policy', 'draft'), mayDo(ctx, 'policies.policy', 'publish')]
  const isOpen = !isShipped && (state === 'draft' || state === 'returned')
  const isOwn = writtenBy.includes(ctx.caller.id) || submittedBy === ctx.caller.id
  const isSubmitted = !isShipped && state === 'submitted'
  return {
    edit: drafts && isOpen,
    submit: drafts && !isShipped && state === 'draft',
    publish: publishes && isSubmitted && !isOwn,
    // Whoever handed it in may take it back; whoever publishes may give it back.
    return: isSubmitted && (publishes || (drafts && isOwn)),
    discard: drafts && isOpen,
  }
}

/** A policy as the catalogue shows it. */
export function showPolicy(ctx: Context, entry: PolicyEntry, given: { current: VersionCard | null; open: number }): PolicyCard {
  const { key, zh, en, form, subject, topic, answers, latitude } = entry
  const can = { draft: mayDo(ctx, 'policies.policy', 'draft'), simulate: mayDo(ctx, 'policies.policy', 'simulate') }
  return { key, zh, en, form, subject, topic, answers, latitude, ...given, can }
}
