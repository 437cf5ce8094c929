import type { OpenTemplate } from '../rules/open-template.ts'
import { listAllVersions } from './linked-store.ts'
import { openVersion, type Within } from './open-ledger.ts'
import { shippedTemplates } from './shipped-templates.ts'

/** All ledgers of the county at once. */
export interface AllLedgers {
  /** The newest version in use of each, by key. */
  readonly current: ReadonlyMap<string, OpenTemplate>
  /** Ledgers of which a version in use is or was closed. */
  readonly closed: readonly string[]
}

/** The ledgers of the county with one question; versions of its own are opened once and then known by their hash. */
export async function readAllLedgers(ctx: Within): Promise<AllLedgers> {
  const current = new Map<string, OpenTemplate>()
  const closed = new Set<string>()
  for (const [key, versions] of shippedTemplates()) {
    const newest = versions[versions.length - 1]
    if (newest !== undefined) current.set(key, newest)
    if (versions.some((one) => one.template.access.closed === true)) closed.add(key)
  }
  const own = new Map<string, Awaited<ReturnType<typeof listAllVersions>>>()
  for (const one of await listAllVersions(ctx.db, ctx)) {
    if (one.state === 'draft') continue
    own.set(one.templateKey, [...(own.get(one.templateKey) ?? []), one])
    if (one.isClosed) closed.add(one.templateKey)
  }
  for (const [key, versions] of own) {
    const published = versions.filter((one) => one.state === 'published')
    const newest = published[published.length - 1] ?? versions[versions.length - 1]
    if (newest !== undefined) current.set(key, await openVersion(ctx, { templateKey: key, version: newest.version, hash: newest.hash }))
  }
  return { current, closed: [...closed].sort() }
}
