import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { findArea } from '#modules/identity/server/index.ts'
import { allPages, exportList } from '#modules/registry/server/index.ts'
import type { ExportRecords, OfBook } from '../contract.ts'
import { dueDayOf } from '../rules/deadlines.ts'
import { textOf } from '../rules/print-value.ts'
import type { FieldValue } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import { ledgersErrors } from './errors.ts'
import { listPage } from './list-store.ts'
import { openLedger, type Ledger } from './open-ledger.ts'
import { countyPath } from './place-record.ts'
import { isSealed } from './seal-values.ts'
import { readPlaceNames, type PlaceNames } from './show-records.ts'
import type { RecordRow } from './tables.ts'
import type { LedgerDeps } from './work-out.ts'

const rowsAtATime = 1000

/** The columns of an export: those asked for, else all fields that can be written in a cell; fields that the caller may not see never. */
function columnsOf(ledger: Ledger, asked: readonly string[] | undefined): Field[] {
  const keys = asked ?? ledger.open.template.fields.map((field) => field.key)
  return keys.flatMap((key) => {
    const field = ledger.open.fields.get(key)
    if (field === undefined || !ledger.maySee(key)) {
      if (asked !== undefined) throw ledgersErrors.unknownField({ field: key })
      return []
    }
    return [field]
  })
}

/** A value as an export and a print show it: sensitive ones masked. */
export function cellOf(field: Field, row: Pick<RecordRow, 'body'>): string {
  const value = row.body[field.key]
  // Safe: sealed values are set aside here.
  return isSealed(value) ? value.masked : textOf(field, value as FieldValue | undefined)
}

/** A list as Excel or text, in the order of the screen, with exporter, time and purpose; sensitive values stay masked. Noted and audited. */
export async function exportRecords(ctx: Context, deps: LedgerDeps, given: OfBook & ExportRecords): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { templateKey, purpose, format, columns: asked, sort, ...filters } = given
    const ledger = await openLedger(within, templateKey)
    if (!ledger.can.export) throw ledgersErrors.mayNotRead()
    const columns = columnsOf(ledger, asked)
    const placeOf = await readPlaceNames(within)
    const search = { ...filters, limit: rowsAtATime, ...(sort === undefined ? {} : { sort }) }
    const items = allPages((after) => listPage(within, ledger, { ...search, ...(after === undefined ? {} : { after }) }))
    const { name } = ledger.open.template
    const unit =
      (await findArea(within, within.scope.kind === 'area' ? within.scope.path : countyPath(within.scope.countyCode)))?.name ?? ''
    return exportList(within, {
      list: 'ledgers.records',
      columns: [...['编号', '状态', '所属', '期限'].map((label) => ({ label })), ...columns.map((field) => ({ label: labelOf(field) }))],
      rows: cells(items, { ledger, columns, placeOf }),
      // Words of a search may be a name: the note says that there were some.
      filter: { ledger: templateKey, ...filters, ...(filters.q === undefined ? {} : { q: '…' }) },
      heading: { title: `${unit}${name.zh}`, unit, fileName: name.zh },
      purpose,
      format,
      filesDirectory: deps.filesDirectory,
    })
  })
}

const labelOf = (field: Field): string => (field.unit === undefined ? field.name.zh : `${field.name.zh}（${field.unit}）`)

async function* cells(
  rows: AsyncIterable<RecordRow>,
  given: { ledger: Ledger; columns: readonly Field[]; placeOf: PlaceNames },
): AsyncGenerator<readonly string[]> {
  const { ledger, columns, placeOf } = given
  for await (const row of rows) {
    const state = ledger.open.states.get(row.state)?.name.zh ?? row.state
    const due = row.dueAt === null ? '' : dueDayOf(row.dueAt)
    yield [row.recordNo ?? '', state, placeOf(row.areaPath), due, ...columns.map((field) => cellOf(field, row))]
  }
}
