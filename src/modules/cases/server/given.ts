import type { Context } from '#kernel/server/caller/index.ts'
import { beginClassification, followClassification, type Classified } from './classify-register.ts'

/** Everything that the register holds, classified today by the shipped tables and kept. Needs a system scope. */
export async function givenClassification(ctx: Context): Promise<Classified> {
  const { runId } = await beginClassification(ctx, ctx.today)
  return followClassification(ctx, { clock: () => Date.parse(ctx.now) }, { runId, asOf: ctx.today })
}
