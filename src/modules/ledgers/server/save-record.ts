import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { writeDecided } from './decide-store.ts'
import { ledgersErrors } from './errors.ts'
import { insertEvent } from './event-store.ts'
import type { Ledger, Within } from './open-ledger.ts'
import { findTwin, updateRecord, type RecordToWrite } from './record-store.ts'
import { syncReminders } from './reminder-store.ts'
import type { DerivedColumns, RecordRow, StoredBody } from './tables.ts'
import type { WorkedOut } from './work-out.ts'

/** What of a worked out record is written. */
export function asWritten(worked: WorkedOut): Pick<RecordToWrite, 'areaPath' | 'householdId' | 'dueAt' | 'body' | 'derived'> {
  const { areaPath, householdId } = worked.place
  return { areaPath, householdId, dueAt: worked.dueAt, body: worked.body, derived: worked.derived }
}

/** Writes within a savepoint and says by name what may stand only once. */
export async function uniquely<Answer>(
  ctx: Within,
  given: { ledger: Pick<Ledger, 'open' | 'templateKey'>; derived: DerivedColumns },
  write: (ctx: Within) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await inTransaction(ctx, (db) => write({ ...ctx, db }))
  } catch (fault) {
    const constraint = fault instanceof Error && 'constraint' in fault && typeof fault.constraint === 'string' ? fault.constraint : ''
    const no = constraint === 'record_unique_1' ? 0 : constraint === 'record_unique_2' ? 1 : undefined
    if (no === undefined) throw fault
    const { open, templateKey } = given.ledger
    const names = (open.template.unique?.[no] ?? []).map((key) => open.fields.get(key)?.name.zh ?? key).join('、')
    const recordId = await findTwin(ctx.db, ctx, { templateKey, unique1: given.derived.unique1, unique2: given.derived.unique2 })
    throw ledgersErrors.notUnique({ names, ...(recordId === undefined ? {} : { recordId }) })
  }
}

/** Writes a record over its row, with its event, reminders and audit. Returns the new revision. */
export async function saveOver(
  ctx: Within,
  given: {
    ledger: Pick<Ledger, 'open' | 'templateKey' | 'isClosed'>
    row: RecordRow
    worked: WorkedOut
    state: string
    isRemoved?: boolean
    act: Pick<Parameters<typeof insertEvent>[2], 'act' | 'move' | 'from' | 'into' | 'byAnother' | 'reason' | 'before'>
  },
): Promise<number> {
  const { ledger, row, worked, state, act, isRemoved = false } = given
  const settled = ledger.open.states.get(state)?.settled === true
  const record = {
    ...asWritten(worked),
    recordId: row.recordId,
    templateKey: row.templateKey,
    version: ledger.open.version,
    recordNo: row.recordNo,
    state,
    settled,
    closed: row.closed,
  }
  // The event first: the database looks whether a second person is a second person at what was there before.
  await insertEvent(ctx.db, ctx, { ...record, ...act })
  const revision = await uniquely(ctx, { ledger, derived: worked.derived }, (inner) =>
    updateRecord(inner.db, ctx, { ...record, revision: row.revision, isRemoved }),
  )
  if (revision === undefined) throw ledgersErrors.changedMeanwhile({ revision: row.revision })
  await syncReminders(ctx.db, ctx, { ...record, running: isRemoved ? [] : worked.running })
  await writeDecided(ctx.db, ctx, { record: { ...record, closed: row.closed }, decided: worked.decided, isNew: false })
  await audit(ctx.db, ctx, {
    did: `ledgers.${act.act}`,
    objectKind: 'ledgers.record',
    objectId: row.recordId,
    ...(act.reason === undefined ? {} : { reason: act.reason }),
    details: {
      template: row.templateKey,
      version: ledger.open.version,
      fields: Object.keys(act.before ?? {}),
      ...(act.move === undefined ? {} : { move: act.move }),
    },
  })
  return revision
}

/** What stood in the fields that differ, null for what was empty. */
export function changedValues(before: StoredBody, after: StoredBody): StoredBody {
  const changed: Record<string, StoredBody[string]> = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) changed[key] = before[key] ?? null
  return changed
}
