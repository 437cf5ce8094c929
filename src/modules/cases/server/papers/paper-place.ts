import { dayOf } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { PaperValues } from '#kernel/server/documents/index.ts'
import { findArea } from '#modules/identity/server/index.ts'
import { letterDay } from '../../rules/papers/paper-text.ts'

/** County, township and village of a path, and today, as every paper names them. Province and prefecture are the first two segments. */
export async function placeValues(ctx: Context, areaPath: string): Promise<PaperValues> {
  const segments = areaPath.split('.').filter((segment) => segment !== '')
  const nameOf = async (depth: number) =>
    segments.length < depth ? '' : ((await findArea(ctx, `${segments.slice(0, depth).join('.')}.`))?.name ?? '')
  return { 县: await nameOf(3), 乡镇: await nameOf(4), 村: await nameOf(5), 今天: letterDay(dayOf(Date.parse(ctx.now))) }
}
