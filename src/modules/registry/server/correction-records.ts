import type { Context } from '#kernel/server/caller/index.ts'
import { findUserNames, mayDo } from '#modules/identity/server/index.ts'
import type { CorrectionRecord } from '../rules/register-records.ts'
import { mayMove } from '../rules/correction-states.ts'
import type { CorrectionRow, StoredValue } from './correction-store.ts'

/** Corrections as screens show them, with who found and who decided; sealed values show their last four characters. */
export async function showCorrections(ctx: Context, rows: readonly CorrectionRow[]): Promise<CorrectionRecord[]> {
  const ids = rows.flatMap((row) => [row.found_by, row.confirmed_by, row.applied_by, row.rejected_by])
  const users = ids.filter((id) => id !== null && isUserId.test(id)).map(String)
  const names = new Map((await findUserNames(ctx, [...new Set(users)])).map(({ userId, name }) => [String(userId), name]))
  return rows.map((row) => showCorrection(ctx, row, names))
}

// Jobs and the command line act under names of their own, which are no accounts.
const isUserId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

function showCorrection(ctx: Context, row: CorrectionRow, names: ReadonlyMap<string, string>): CorrectionRecord {
  const mayDecide = mayDo(ctx, 'registry.correction', 'decide')
  return {
    correctionId: row.correction_id,
    householdId: row.household_id,
    householdNo: row.household_no,
    personId: row.person_id ?? undefined,
    name: row.name ?? '',
    place: [row.township, row.village, row.group_name].filter((part) => part !== null).join(' '),
    field: row.field,
    oldValue: showStored(row.old_value),
    newValue: showStored(row.new_value),
    source: row.source,
    state: row.state,
    foundOn: row.found_on,
    confirmedOn: row.confirmed_on ?? undefined,
    appliedOn: row.applied_on ?? undefined,
    rejectedOn: row.rejected_on ?? undefined,
    foundName: names.get(row.found_by),
    confirmedName: names.get(row.confirmed_by ?? ''),
    appliedName: names.get(row.applied_by ?? ''),
    rejectedName: names.get(row.rejected_by ?? ''),
    reason: row.reason ?? undefined,
    revision: row.revision,
    can: {
      confirm: mayDecide && mayMove(row.state, 'confirmed'),
      apply: mayDecide && mayMove(row.state, 'applied'),
      reject: mayDecide && mayMove(row.state, 'rejected'),
    },
  }
}

function showStored(value: StoredValue): string | number | boolean | undefined {
  if (value === null) return undefined
  return typeof value === 'object' ? `****${value.tail}` : value
}
