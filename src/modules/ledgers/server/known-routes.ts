import { inTransaction } from '#kernel/server/database/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { AskKnown, OfBook } from '../contract.ts'
import { knownBy } from '../rules/known-values.ts'
import type { KnownValues } from '../rules/records.ts'
import { knownValues } from './fill-known.ts'
import { openLedger } from './open-ledger.ts'
import { access } from './record-routes.ts'
import { resolveLinks } from './resolve-links.ts'

/** What the register says of whom a new record is about, for the form: the fields that the caller may see; nothing of whom he may not see. */
export async function readKnown(ctx: Context, given: OfBook & AskKnown): Promise<KnownValues> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { open, maySee } = await openLedger(within, given.templateKey)
    const by = knownBy(open.template)
    if (by === undefined) return { values: {} }
    const linked = await resolveLinks(within, open, { [by.key]: { id: given.target, name: '' } })
    const found = await knownValues(within, open, { values: linked.values, places: linked.places })
    return { values: Object.fromEntries(Object.entries(found).filter(([key]) => maySee(key))) }
  })
}

/** The question of a form that was told whom it is about. */
export function knownRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/ledgers/books/:templateKey/known',
      access: access('read'),
      params: OfBook,
      query: AskKnown,
      handle: (ctx, { params, query }) => readKnown(ctx, { ...params, ...query }),
    }),
  ]
}
