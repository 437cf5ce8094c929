import { openCalendar } from '#kernel/server/calendar/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { deadlinesOf, overdueFrom } from '../rules/deadlines.ts'
import type { FieldValue } from '../rules/records.ts'
import { asSystemWithin } from './jobs/as-system.ts'
import { ledgersErrors } from './errors.ts'
import { insertEvent, listHandled } from './event-store.ts'
import { followUndone, sideOf, type WrittenRecord } from './gather-follow.ts'
import { holdLedgers, takesPart } from './gather-hold.ts'
import { listMade } from './gather-import-store.ts'
import { countTouched, listChanged, removeMade } from './import-apply-store.ts'
import { openVersion, type Ledger, type Within } from './open-ledger.ts'
import { updateRecord } from './record-store.ts'
import { syncReminders } from './reminder-store.ts'
import { derive } from './seal-values.ts'
import type { RecordRow } from './tables.ts'
import type { LedgerDeps } from './work-out.ts'
import { changedValues } from './save-record.ts'

const rowsAtATime = 500

/** Takes the rows of an applied import back. Throws `ledgers.import-touched`. */
export async function undoRows(
  ctx: Within,
  deps: LedgerDeps,
  given: { ledger: Ledger; importId: string },
): Promise<{ removed: number; restored: number }> {
  const part = await takesPart(ctx, given.ledger.templateKey)
  if (part) await holdLedgers(ctx, given.ledger.open)
  const written: WrittenRecord[] = []
  const undone = await asSystemWithin(ctx, 'import', async (system) => {
    const touched = await countTouched(system.db, system, given.importId)
    if (touched > 0) throw ledgersErrors.importTouched({ rows: touched })
    if (part) for (const row of await listMade(system.db, system, given.importId)) written.push(writtenOf(row, undefined))
    const removed = await removeMade(system.db, system, given.importId)
    return { removed, restored: await restoreChanged(system, deps, { ...given, written }) }
  })
  // What gathers from all these is worked out once, when all are back: only what remains must hold.
  if (part) await followUndone(ctx, deps, written)
  return undone
}

const writtenOf = (row: RecordRow, after: WrittenRecord['after']): WrittenRecord => ({
  templateKey: row.templateKey,
  recordId: row.recordId,
  before: sideOf(row),
  after,
})

async function restoreChanged(
  ctx: Within,
  deps: LedgerDeps,
  { importId, written }: { importId: string; written: WrittenRecord[] },
): Promise<number> {
  const calendar = await openCalendar(ctx)
  let restored = 0
  for (let after = 0; ; ) {
    const rows = await listChanged(ctx.db, ctx, { importId, after, limit: rowsAtATime })
    if (rows.length === 0) return restored
    const handled = await listHandled(
      ctx.db,
      ctx,
      rows.map((row) => row.recordId),
    )
    for (const row of rows) {
      const open = await openVersion(ctx, row)
      const madeOn = dayOf(Date.parse(row.madeAt))
      const reachedOn = { [open.template.states[0]?.key ?? '']: madeOn, ...handled.get(row.recordId)?.reachedOn }
      // Safe: deadlines read days, which are never sealed.
      const values = row.before as Readonly<Record<string, FieldValue>>
      const running = deadlinesOf(open, { values, state: row.state, madeOn, reachedOn }, calendar)
      const [earliest] = running
      const record = {
        ...row,
        body: row.before,
        derived: derive(deps.vault, open, { recordId: row.recordId, values: row.before }),
        dueAt: earliest === undefined ? null : overdueFrom(earliest.on),
      }
      await insertEvent(ctx.db, ctx, {
        ...record,
        act: 'change',
        reason: `撤销导入 ${importId}`,
        before: changedValues(row.body, row.before),
      })
      await updateRecord(ctx.db, ctx, record)
      await syncReminders(ctx.db, ctx, { ...record, running })
      written.push(writtenOf(row, { state: row.state, values: row.before }))
      restored += 1
    }
    after = rows[rows.length - 1]?.rowNo ?? after + 1
  }
}
