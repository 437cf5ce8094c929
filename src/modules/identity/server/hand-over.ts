import type { Context } from '#kernel/server/caller/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { userHandedOver, type HandOver, type UserId } from '../contract.ts'
import { getUser, keepAdministrators } from './change-user.ts'
import { identityErrors } from './errors.ts'
import { endSessions } from './session-store.ts'
import { asSystem } from './system-store.ts'
import { endRoles, updateUser } from './user-store.ts'

/** Moves a module's work from one user to another in the transaction at hand; says what and how much. */
export type TakeOver = (
  ctx: Context & { readonly db: Db },
  people: { fromUserId: UserId; toUserId: UserId },
) => Promise<{ object: string; moved: number }>

/** Modules hang on this list how their work goes over to the successor of somebody who leaves. */
export const whenHandedOver: TakeOver[] = []

/** Somebody leaves: all work goes to the successor, the account is closed, roles and sessions end. The successor's area holds the other's. */
export async function handOver(ctx: Context, given: { fromUserId: UserId } & HandOver): Promise<{ moved: Record<string, number> }> {
  const { fromUserId, toUserId, reason } = given
  if (fromUserId === ctx.caller.id || fromUserId === toUserId) throw identityErrors.notYourself()
  return inTransaction(ctx, async (db) => {
    const leaver = await getUser(db, ctx, fromUserId)
    const successor = await getUser(db, ctx, toUserId)
    if (leaver.state === 'left' || successor.state !== 'active') throw identityErrors.notActive()
    const reaches = successor.areaPath !== undefined && (leaver.areaPath ?? successor.areaPath).startsWith(successor.areaPath)
    if (!reaches) throw identityErrors.successorElsewhere()
    await keepAdministrators(db, ctx, { userId: fromUserId, roles: leaver.roles })
    const moved: Record<string, number> = {}
    for (const takeOver of whenHandedOver) {
      // One after the other: they share the transaction's one connection.
      const done = await takeOver({ ...ctx, db }, { fromUserId, toUserId })
      moved[done.object] = (moved[done.object] ?? 0) + done.moved
    }
    const change = { name: leaver.name, organisationId: leaver.organisationId, state: 'left' as const }
    if (!(await updateUser(db, ctx, { userId: fromUserId, revision: leaver.revision, change }))) throw identityErrors.changedMeanwhile()
    await endRoles(db, ctx, fromUserId)
    await asSystem({ ...ctx, db }, 'left', (system) => endSessions(system, ctx, { userId: fromUserId, reason: 'left' }))
    const details = { toUserId, moved }
    await audit(db, ctx, { did: 'identity.user-hand-over', objectKind: 'identity.user', objectId: fromUserId, reason, details })
    await announce(db, ctx, userHandedOver, { fromUserId, toUserId })
    return { moved }
  })
}
