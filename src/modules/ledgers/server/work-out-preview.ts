import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { OfBook } from '../contract.ts'
import type { WorkOut } from '../rules/brought-requests.ts'
import type { WorkedOutAnswer } from '../rules/brought-records.ts'
import { isBrought } from '../rules/template-brought.ts'
import { ledgersErrors } from './errors.ts'
import { listHandled } from './event-store.ts'
import { openLedger } from './open-ledger.ts'
import { findRecord } from './record-store.ts'
import { shownValues } from './seal-values.ts'
import { workOut, type LedgerDeps } from './work-out.ts'
import { versionOf } from './write-record.ts'

/** How a record would be if it were written now: what would be gathered and decided, and what stands against it. Writes and holds nothing. */
export async function previewRecord(ctx: Context, deps: LedgerDeps, given: OfBook & WorkOut): Promise<WorkedOutAnswer> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { recordId } = given
    const ledger = await openLedger(within, given.templateKey)
    if (!ledger.can.make) throw ledgersErrors.mayNotWrite()
    const row = recordId === undefined ? undefined : await findRecord(db, ctx, { templateKey: given.templateKey, recordId })
    if (recordId !== undefined && row === undefined) throw httpErrors.notFound()
    const open = row === undefined ? ledger.open : await versionOf(within, row)
    const handled = row === undefined ? undefined : (await listHandled(db, ctx, [row.recordId])).get(row.recordId)
    const worked = await workOut(within, deps, {
      open,
      maySee: ledger.maySee,
      recordId: recordId ?? makeId(Date.parse(ctx.now)),
      entered: given.values,
      state: row?.state ?? open.template.states[0]?.key ?? '',
      before: row === undefined ? undefined : { row, handled },
      said: given.areaPath,
    })
    const only = new Set(open.template.fields.filter(isBrought).map((field) => field.key))
    return { values: shownValues(worked.body, ledger.maySee, only), problems: [...worked.refusals, ...worked.warnings] }
  })
}
