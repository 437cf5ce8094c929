import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { publishVersion, startDraft, stepVersion } from '#kernel/server/policies/index.ts'
import { countyPath, countyPolicies } from './county-policies.ts'

export { countyPolicies } from './county-policies.ts'
export { explainHousehold } from './why-household.ts'

/** A text drafted by one person and published by another, without a word of the routes; for tests of modules that decide by it. */
export async function givenPublished(
  ctx: Context,
  given: { key: string; content: string; effectiveFrom: string; areaPath?: string; documentNo?: string; examples?: readonly unknown[] },
): Promise<{ versionId: string }> {
  const {
    key,
    content,
    effectiveFrom,
    areaPath = countyPath(ctx.scope.countyCode),
    documentNo = '青测发〔2023〕1号',
    examples = [],
  } = given
  const paper = { documentNo, documentTitle: '', clause: '' }
  const as = (id: string): Context => ({ ...ctx, caller: { ...ctx.caller, id, name: id } })
  return inTransaction(ctx, async (db) => {
    const within = (id: string) => ({ ...as(id), db })
    const sign = (id: string) => sql`SELECT set_config('app.caller', ${id}, true)`.execute(db)
    await sign('given:writer')
    const draft = { content, effectiveFrom, effectiveTo: null, paper, note: '', examples, key, areaPath }
    const { versionId } = await startDraft(countyPolicies(), within('given:writer'), draft)
    await stepVersion(within('given:writer'), 'submitted', { versionId, revision: 1, note: '' })
    await sign('given:publisher')
    await publishVersion(countyPolicies(), within('given:publisher'), { versionId, revision: 2, note: '' })
    await sign(ctx.caller.id)
    return { versionId }
  })
}
