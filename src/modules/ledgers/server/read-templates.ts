import type { Context } from '#kernel/server/caller/index.ts'
import { whileReading } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { GetTemplate, OfBook } from '../contract.ts'
import { assignKeys } from '../rules/assign-keys.ts'
import { checkNamed } from '../rules/check-named.ts'
import { checkTemplate } from '../rules/check-template.ts'
import type { BookCard } from '../rules/records.ts'
import type { TemplateCard, TemplateRecord, TemplateVersion } from '../rules/template-records.ts'
import type { Template } from '../rules/template.ts'
import { countBooks } from './count-store.ts'
import { ledgersErrors } from './errors.ts'
import { canOf, currentVersion, mayRead, openLedger, whileCounting, type Within } from './open-ledger.ts'
import { surroundingsOf } from './known-policies.ts'
import { knownRoles, shippedTemplates } from './shipped-templates.ts'
import { countByVersion, listTemplateRows, type TemplateRow } from './template-store.ts'

/** The ledgers that the caller may read, with how many records they have; the menu page. */
export async function listBooks(ctx: Context): Promise<{ items: BookCard[] }> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const own = await listTemplateRows(db, ctx)
    const keys = new Set([...shippedTemplates().keys(), ...own.filter((one) => one.state !== 'draft').map((one) => one.templateKey)])
    const counts = await countBooks(within)
    const items: BookCard[] = []
    for (const templateKey of [...keys].sort()) {
      const { open, isWithdrawn } = await currentVersion(within, templateKey)
      if (!mayRead(ctx, open)) continue
      const { name, help, about, access } = open.template
      const isClosed = access.closed === true
      const count = isClosed ? await closedCount(within, templateKey) : counts.get(templateKey)
      const { records, overdue } = count ?? { records: 0, overdue: 0 }
      if (isWithdrawn && records === 0) continue
      const base = { templateKey, pack: templateKey.split('.')[0] ?? '', name, about, version: open.version, isClosed, records, overdue }
      items.push({ ...base, ...(help === undefined ? {} : { help }), can: canOf(ctx, open, isWithdrawn) })
    }
    return { items }
  })
}

async function closedCount(ctx: Within, templateKey: string): Promise<{ records: number; overdue: number } | undefined> {
  await openLedger(ctx, templateKey)
  return whileCounting(ctx, templateKey, async () => (await countBooks(ctx)).get(templateKey))
}

/** All templates for the office that designs them. */
export async function listTemplates(ctx: Context): Promise<{ items: TemplateCard[] }> {
  return whileReading(ctx, async (db) => {
    const rows = await listTemplateRows(db, ctx)
    const counted = await countByVersion(db, ctx)
    const keys = [...new Set([...shippedTemplates().keys(), ...rows.map((row) => row.templateKey)])].sort()
    return {
      items: keys.map((templateKey) => {
        const own = rows.filter((row) => row.templateKey === templateKey)
        const records = counted.filter((row) => row.templateKey === templateKey)
        return toCard(ctx, { templateKey, own, records })
      }),
    }
  })
}

interface Known {
  templateKey: string
  own: readonly TemplateRow[]
  records: readonly { version: number; records: number }[]
}

function toCard(ctx: Context, { templateKey, own, records }: Known): TemplateCard {
  const shipped = shippedTemplates().get(templateKey) ?? []
  const { version, template } = inUse(own, shipped) ?? { version: undefined, template: own[own.length - 1]?.definition }
  const all = records.reduce((sum, one) => sum + one.records, 0)
  const older = records.filter((one) => version !== undefined && one.version < version).reduce((sum, one) => sum + one.records, 0)
  const used = own.filter((one) => one.state !== 'draft')
  return {
    templateKey,
    pack: templateKey.split('.')[0] ?? '',
    name: template?.name ?? { zh: templateKey, en: templateKey },
    isShipped: shipped.length > 0,
    isClosed: template?.access.closed === true,
    ...(version === undefined ? {} : { version }),
    hasDraft: own.some((one) => one.state === 'draft'),
    isWithdrawn: used.length > 0 && used.every((one) => one.state === 'withdrawn') && shipped.length === 0,
    mechanisms: template?.mechanisms ?? [],
    records: all,
    olderRecords: older,
    can: canTemplate(ctx, { own, older }),
  }
}

function inUse(
  own: readonly TemplateRow[],
  shipped: readonly { version: number; template: Template }[],
): { version: number; template: Template } | undefined {
  const published = own.filter((one) => one.state === 'published')
  const newest = published[published.length - 1]
  if (newest !== undefined) return { version: newest.version, template: newest.definition }
  return shipped[shipped.length - 1]
}

function canTemplate(ctx: Context, given: { own: readonly TemplateRow[]; older: number }): TemplateCard['can'] {
  const edit = mayDo(ctx, 'ledgers.template', 'edit')
  return {
    edit,
    publish: edit && given.own.some((one) => one.state === 'draft'),
    withdraw: edit && given.own.some((one) => one.state === 'published'),
    migrate: edit && given.older > 0,
  }
}

/** One version of a template for its page: the asked one, else the draft, else the one in use. */
export async function readTemplateRecord(ctx: Context, given: OfBook & GetTemplate): Promise<TemplateRecord> {
  return whileReading(ctx, async (db) => {
    const { templateKey } = given
    const own = await listTemplateRows(db, ctx, templateKey)
    const shipped = shippedTemplates().get(templateKey) ?? []
    const counted = await countByVersion(db, ctx, templateKey)
    const countOf = (version: number) => counted.find((one) => one.version === version)?.records ?? 0
    const draft = own.find((one) => one.state === 'draft')
    const wanted = given.version ?? draft?.version ?? inUse(own, shipped)?.version ?? own[own.length - 1]?.version
    const row = own.find((one) => one.version === wanted)
    const open = shipped.find((one) => one.version === wanted)
    if (row === undefined && open === undefined) throw ledgersErrors.templateUnknown()
    const template = row?.definition ?? open?.template
    if (template === undefined) throw ledgersErrors.templateUnknown()
    const older = counted.filter((one) => one.version < (inUse(own, shipped)?.version ?? 0)).reduce((sum, one) => sum + one.records, 0)
    const earlier = [...shipped.map((one) => one.keys), ...own.filter((one) => one.state !== 'draft').map((one) => one.keys)]
    return {
      template,
      version: wanted ?? 1,
      state: row?.state ?? 'published',
      isShipped: row === undefined,
      ...(row === undefined ? {} : { revision: row.revision }),
      keys: row?.keys ?? open?.keys ?? {},
      problems:
        row?.state === 'draft'
          ? [
              ...checkTemplate(template, assignKeys(template, earlier), knownRoles),
              ...checkNamed(template, await surroundingsOf({ ...ctx, db })),
            ]
          : [],
      versions: [
        ...shipped.map(
          (one): TemplateVersion => ({ version: one.version, state: 'published', isShipped: true, records: countOf(one.version) }),
        ),
        ...own.map((one) => toVersion(one, countOf(one.version))),
      ],
      can: canTemplate(ctx, { own, older }),
    }
  })
}

function toVersion(row: TemplateRow, records: number): TemplateVersion {
  const { version, state, revision, madeName, madeAt, publishedName, publishedAt } = row
  const published = publishedName === null || publishedAt === null ? {} : { publishedName, publishedAt }
  return { version, state, isShipped: false, revision, madeName, madeAt, ...published, records }
}
