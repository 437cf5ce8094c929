import type { Context } from '#kernel/server/caller/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { CorrectionRecord } from '../rules/register-records.ts'
import { mayMove } from '../rules/correction-states.ts'
import type { CorrectionRow, StoredValue } from './correction-store.ts'

/** A correction as screens show it; sealed values show their last four characters. */
export function showCorrection(ctx: Context, row: CorrectionRow): CorrectionRecord {
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
