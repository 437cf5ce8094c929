import type { Context } from '#kernel/server/caller/index.ts'
import { whileReading } from '#kernel/server/database/index.ts'
import { textOf } from '../rules/print-value.ts'
import type { AskLinked } from '../contract.ts'
import type { FieldValue, LinkedBook, RecordItem } from '../rules/records.ts'
import { listClosedLedgers } from './closed-ledgers.ts'
import { countLinked, listLinked } from './linked-store.ts'
import { currentVersion, mayRead, openLedger, whileCounting, type Ledger, type Within } from './open-ledger.ts'
import { showRows } from './read-records.ts'
import { isSealed } from './seal-values.ts'
import type { RecordRow } from './tables.ts'

/** Fields of a linked record that a panel shows beside title and state. */
const mostShown = 4

/**
 * The records that name a household, person, organisation, area or other record, ledger by ledger, those with the newest first. Of a closed ledger whose
 * rows the caller may not read, he learns how many there are, if his scope reaches them, and nothing more.
 */
export async function linkedRecords(ctx: Context, asked: AskLinked): Promise<{ items: LinkedBook[] }> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const counts = await allCounts(within, asked)
    const items: LinkedBook[] = []
    for (const [templateKey, count] of counts) {
      if (asked.templateKey !== undefined && asked.templateKey !== templateKey) continue
      const { open } = await currentVersion(within, templateKey)
      const isClosed = open.template.access.closed === true
      const name = open.template.name
      if (!mayRead(ctx, open)) {
        if (isClosed) items.push({ templateKey, name, isClosed, count, items: [] })
        continue
      }
      const ledger = await openLedger(within, templateKey)
      const rows = await listLinked(db, ctx, { ...asked, templateKey })
      items.push({ templateKey, name, isClosed, count, items: showLinked(ledger, rows, await showRows(within, ledger, rows)) })
    }
    return { items }
  })
}

async function allCounts(ctx: Within, asked: AskLinked): Promise<Map<string, number>> {
  const counts = new Map((await countLinked(ctx.db, ctx, asked)).map((one) => [one.templateKey, one.count]))
  for (const templateKey of await listClosedLedgers(ctx)) {
    const found = await whileCounting(ctx, templateKey, () => countLinked(ctx.db, ctx, asked))
    const count = found.find((one) => one.templateKey === templateKey)?.count ?? 0
    if (count > 0) counts.set(templateKey, count)
  }
  return counts
}

function showLinked(ledger: Ledger, rows: readonly RecordRow[], items: readonly RecordItem[]): LinkedBook['items'] {
  const { template, states } = ledger.open
  const columns = template.list.columns.filter((key) => key !== template.title && ledger.maySee(key))
  return items.map((item, at) => {
    const body = rows[at]?.body ?? {}
    const shown = columns.flatMap((key) => {
      const field = ledger.open.fields.get(key)
      const value = body[key]
      // Safe: sealed values were set aside before.
      const text = field === undefined || isSealed(value) ? '' : textOf(field, value as FieldValue)
      return field === undefined || text === '' ? [] : [{ name: field.name, text }]
    })
    return { ...item, stateName: states.get(item.state)?.name ?? { zh: item.state, en: item.state }, shown: shown.slice(0, mostShown) }
  })
}
