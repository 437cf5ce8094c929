import type { Context } from '#kernel/server/caller/index.ts'
import { isGranted } from '../rules/roles.ts'
import { identityPolicy } from './policy.ts'

/** Whether the caller's roles grant an action, for the `can` of records: `mayDo(ctx, 'screening.lead', 'return')`. */
export function mayDo(ctx: Context, object: string, action: string): boolean {
  return isGranted(identityPolicy(), ctx.caller.roles, { object, action })
}
