import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { MergeOrganisation, UnmergeOrganisation } from '../contract.ts'
import { identityErrors } from './errors.ts'
import { findOrganisationRow } from './organisation-store.ts'
import { insertOrganisationEvent, listOrganisationEvents, moveAccounts, updateOrganisation } from './organisation-write-store.ts'
import { whenOrganisationsMerge } from './when-organisations-merge.ts'

/**
 * One that was entered twice becomes a mark that leads to the other one: what named it names the other one, and its name still finds it.
 * Throws `organisation-not-found`, `not-into-itself`, `changed-meanwhile`.
 */
export async function mergeOrganisation(
  ctx: Context,
  given: MergeOrganisation & { organisationId: string },
): Promise<{ moved: Record<string, number> }> {
  const { organisationId, intoId, reason } = given
  if (organisationId === intoId) throw identityErrors.notIntoItself()
  return inTransaction(ctx, async (db) => {
    const [from, into] = [await findOrganisationRow(db, ctx, organisationId), await findOrganisationRow(db, ctx, intoId)]
    if (from === undefined || into === undefined) throw identityErrors.organisationNotFound()
    // Marks lead straight to what stays; one that has taken others in hands them on first.
    const events = await listOrganisationEvents(db, ctx, organisationId)
    if (into.mergedInto !== null || from.mergedInto !== null || holdsOthers(events)) throw identityErrors.notIntoItself()
    if (!(await updateOrganisation(db, ctx, { ...from, revision: given.revision, mergedInto: into.organisationId })))
      throw identityErrors.changedMeanwhile()
    const moved: Record<string, string[]> = { accounts: await moveAccounts(db, ctx, { fromId: organisationId, toId: intoId }) }
    for (const asker of whenOrganisationsMerge)
      moved[asker.name] = await asker.repoint({ ...ctx, db }, db, { fromId: organisationId, intoId, name: into.name })
    await insertOrganisationEvent(db, ctx, { ...from, act: 'merge', moved, otherId: intoId, reason })
    await insertOrganisationEvent(db, ctx, { ...into, act: 'take-in', otherId: organisationId, reason })
    const counts = Object.fromEntries(Object.entries(moved).map(([name, ids]) => [name, ids.length]))
    const details = { intoId, moved: counts }
    await audit(db, ctx, {
      did: 'identity.organisation-merge',
      objectKind: 'identity.organisation',
      objectId: organisationId,
      reason,
      details,
    })
    return { moved: counts }
  })
}

/** Whether it has taken in others that were not taken out again. */
function holdsOthers(events: readonly { act: string; otherId: string | null }[]): boolean {
  const held = new Map<string, boolean>()
  // Newest first: the first thing said of another one is what holds.
  for (const { act, otherId } of events)
    if (otherId !== null && !held.has(otherId) && (act === 'take-in' || act === 'unmerge')) held.set(otherId, act === 'take-in')
  return [...held.values()].includes(true)
}

/** Takes a merge back: what it moved names the first one again. Throws `organisation-not-found`. */
export async function unmergeOrganisation(ctx: Context, given: UnmergeOrganisation & { organisationId: string }): Promise<void> {
  const { organisationId, reason } = given
  await inTransaction(ctx, async (db) => {
    const from = await findOrganisationRow(db, ctx, organisationId)
    const intoId = from?.mergedInto ?? undefined
    const into = intoId === undefined ? undefined : await findOrganisationRow(db, ctx, intoId)
    if (from === undefined || into === undefined || intoId === undefined) throw identityErrors.organisationNotFound()
    const merge = (await listOrganisationEvents(db, ctx, organisationId)).find((one) => one.act === 'merge')
    const moved = merge?.moved ?? {}
    if (!(await updateOrganisation(db, ctx, { ...from, mergedInto: null }))) throw identityErrors.changedMeanwhile()
    await moveAccounts(db, ctx, { fromId: intoId, toId: organisationId, userIds: moved['accounts'] ?? [] })
    for (const asker of whenOrganisationsMerge)
      await asker.putBack({ ...ctx, db }, db, { fromId: organisationId, intoId, name: from.name, moved: moved[asker.name] ?? [] })
    await insertOrganisationEvent(db, ctx, { ...from, act: 'unmerge', otherId: intoId, reason })
    await insertOrganisationEvent(db, ctx, { ...into, act: 'unmerge', otherId: organisationId, reason })
    await audit(db, ctx, { did: 'identity.organisation-unmerge', objectKind: 'identity.organisation', objectId: organisationId, reason })
  })
}
