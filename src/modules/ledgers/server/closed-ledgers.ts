import { shippedTemplates } from './shipped-templates.ts'
import type { Within } from './open-ledger.ts'
import { listTemplateRows } from './template-store.ts'

/** The ledgers of which a version in use is or was closed. */
export async function listClosedLedgers(ctx: Within): Promise<string[]> {
  const own = await listTemplateRows(ctx.db, ctx)
  const closed = own.filter((row) => row.state !== 'draft' && row.definition.access.closed === true).map((row) => row.templateKey)
  for (const [key, versions] of shippedTemplates()) if (versions.some((one) => one.template.access.closed === true)) closed.push(key)
  return [...new Set(closed)].sort()
}

/** Where records belong by a person, ledger by ledger: the field that says whom they are about. */
export async function listPersonFields(ctx: Within): Promise<{ templateKey: string; fieldKey: string }[]> {
  const own = (await listTemplateRows(ctx.db, ctx)).filter((row) => row.state !== 'draft').map((row) => row.definition)
  const shipped = [...shippedTemplates().values()].flatMap((versions) => versions.map((one) => one.template))
  const found = [...own, ...shipped].flatMap((template) => {
    const field = template.about === 'person' ? template.fields.find((one) => one.kind === 'person') : undefined
    return field === undefined ? [] : [{ templateKey: template.key, fieldKey: field.key }]
  })
  return [...new Map(found.map((one) => [`${one.templateKey} ${one.fieldKey}`, one])).values()]
}
