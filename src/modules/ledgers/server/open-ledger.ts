import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { openTemplate, type OpenTemplate } from '../rules/open-template.ts'
import type { BookCan } from '../rules/records.ts'
import { TemplateKey } from '../rules/template.ts'
import { ledgersErrors } from './errors.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { findTemplateRow, listVersions } from './template-store.ts'

export type Within = Context & { readonly db: Db }

/** The first version number of a county's own. */
export const firstOwnVersion = 1001

/** A ledger that was opened for this caller, in this transaction. */
export interface Ledger {
  readonly templateKey: string
  /** The version with which records are made. */
  readonly open: OpenTemplate
  readonly isClosed: boolean
  readonly isWithdrawn: boolean
  readonly can: BookCan
  /** Whether the caller's roles see a field. */
  readonly maySee: (fieldKey: string) => boolean
}

const opened = new Map<string, OpenTemplate>()
const mostOpened = 400

/** A version of a template, opened once; published versions never change. Throws `ledgers.template-unknown`. */
export async function openVersion(ctx: Within, given: { templateKey: string; version: number; hash?: string }): Promise<OpenTemplate> {
  const { templateKey, version } = given
  if (version < firstOwnVersion) {
    const shipped = shippedTemplates()
      .get(templateKey)
      ?.find((one) => one.version === version)
    if (shipped === undefined) throw ledgersErrors.templateUnknown()
    return shipped
  }
  // By the hash of what it says: a county that was founded anew may have another template by the same name.
  const hash = given.hash ?? (await listVersions(ctx.db, ctx, templateKey)).find((one) => one.version === version)?.hash ?? ''
  const name = `${ctx.scope.countyCode} ${templateKey} ${version} ${hash}`
  const known = opened.get(name)
  if (known !== undefined) return known
  const row = await findTemplateRow(ctx.db, ctx, given)
  if (row === undefined) throw ledgersErrors.templateUnknown()
  const open = openTemplate(row.definition, version, row.keys)
  if (row.state === 'draft') return open
  if (opened.size >= mostOpened) opened.clear()
  opened.set(name, open)
  return open
}

/** The newest version in use, whoever asks: the county's newest published one, else the newest shipped one. */
export async function currentVersion(ctx: Within, templateKey: string): Promise<{ open: OpenTemplate; isWithdrawn: boolean }> {
  const own = await listVersions(ctx.db, ctx, templateKey)
  const used = own.filter((one) => one.state !== 'draft')
  const published = used.filter((one) => one.state === 'published')
  const newest = published[published.length - 1] ?? used[used.length - 1]
  if (newest !== undefined)
    return {
      open: await openVersion(ctx, { templateKey, version: newest.version, hash: newest.hash }),
      isWithdrawn: published.length === 0,
    }
  const shipped = shippedTemplates().get(templateKey)
  const open = shipped?.[shipped.length - 1]
  if (open === undefined) throw ledgersErrors.templateUnknown()
  return { open, isWithdrawn: false }
}

/** What a caller may do with a ledger whose template is this. */
export function canOf(ctx: Context, open: OpenTemplate, isWithdrawn: boolean): BookCan {
  const { access } = open.template
  const reads = isSystem(ctx) || access.read.some((role) => ctx.caller.roles.includes(role))
  const writes = isSystem(ctx) || access.write.some((role) => ctx.caller.roles.includes(role))
  const may = (action: string) => isSystem(ctx) || mayDo(ctx, 'ledgers.record', action)
  return {
    make: writes && !isWithdrawn && may('write'),
    import: writes && !isWithdrawn && may('import'),
    export: reads && may('export'),
    sample: writes && open.template.sampling !== undefined && may('write'),
    design: mayDo(ctx, 'ledgers.template', 'edit'),
  }
}

const isSystem = (ctx: Context): boolean => ctx.scope.kind === 'system'

/** Whether the caller's roles may read a ledger. */
export function mayRead(ctx: Context, open: OpenTemplate): boolean {
  return isSystem(ctx) || [...open.template.access.read, ...open.template.access.write].some((role) => ctx.caller.roles.includes(role))
}

/**
 * Opens a ledger for the caller: the only way to its records. A closed ledger is unlocked here, for this transaction, after it was asked who the
 * caller is (`app.open_ledgers`, the second lock of docs/decisions/0032). Throws `ledgers.template-unknown`, also to who may not read it.
 */
export async function openLedger(ctx: Within, templateKey: string): Promise<Ledger> {
  const { open, isWithdrawn } = await currentVersion(ctx, templateKey)
  // Whom a template does not name learns no more than of one that is nowhere.
  if (!mayRead(ctx, open)) throw ledgersErrors.templateUnknown()
  const isClosed = open.template.access.closed === true
  await unlock(ctx.db, isClosed ? templateKey : '')
  return { templateKey, open, isClosed, isWithdrawn, can: canOf(ctx, open, isWithdrawn), maySee: maySeeOf(ctx, open) }
}

/**
 * Runs a count over closed ledgers (keys with commas between) for who may know how many there are, but not which; nothing else may be read in `count`,
 * unless the caller may read all of them.
 */
export async function whileCounting<Answer>(ctx: Within, templateKeys: string, count: () => Promise<Answer>): Promise<Answer> {
  await unlock(ctx.db, templateKeys)
  try {
    return await count()
  } finally {
    await unlock(ctx.db, '')
  }
}

/** Opens closed ledgers for an act of the system itself on rows it finds by household or id: following, counting anew, taking to a new version. */
export async function unlockForSystem(ctx: Within, templateKeys: readonly string[]): Promise<void> {
  if (ctx.scope.kind !== 'system') throw new Error('only the system opens ledgers without asking who the caller is')
  await unlock(ctx.db, templateKeys.join(','))
}

async function unlock(db: Db, templateKeys: string): Promise<void> {
  // SET takes no bind parameter: the keys are what the shape of keys allows (trust.md §2.3).
  const isSafe = templateKeys === '' || templateKeys.split(',').every((key) => TemplateKey.safeParse(key).success)
  if (!isSafe) throw new Error('not a template key')
  await sql.raw(`SET LOCAL app.open_ledgers = '${templateKeys}'`).execute(db)
}

/** Which fields of a ledger the caller's roles see. */
export function maySeeOf(ctx: Context, open: OpenTemplate): (fieldKey: string) => boolean {
  if (isSystem(ctx)) return () => true
  return (fieldKey) => {
    const roles = open.fields.get(fieldKey)?.readBy
    return roles === undefined || roles.some((role) => ctx.caller.roles.includes(role))
  }
}
