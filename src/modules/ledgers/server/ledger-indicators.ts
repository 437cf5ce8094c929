import type { IndicatorDefinition } from '#kernel/pure/indicators/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { indicatorsOfTemplate } from '../rules/indicators-of-template.ts'
import { currentVersion } from './open-ledger.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { listTemplateRows } from './template-store.ts'

/** The figures of every ledger in use, shipped or the county's own, each by its newest version (docs/decisions/0035). */
export async function ledgerIndicators(ctx: Context): Promise<IndicatorDefinition[]> {
  return inTransaction(ctx, async (db) => {
    const shipped = shippedTemplates()
    const own = new Set((await listTemplateRows(db, ctx)).filter((row) => row.state !== 'draft').map((row) => row.templateKey))
    const found: IndicatorDefinition[] = []
    for (const key of new Set([...shipped.keys(), ...own])) {
      const newest = own.has(key) ? await currentVersion({ ...ctx, db }, key) : { open: shipped.get(key)?.at(-1), isWithdrawn: false }
      if (newest.open !== undefined && !newest.isWithdrawn) found.push(...indicatorsOfTemplate(newest.open.template, newest.open.keys))
    }
    return found
  })
}
