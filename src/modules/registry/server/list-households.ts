import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { FilterHouseholds, ListHouseholds } from '../contract.ts'
import type { HouseholdCounts, HouseholdListItem } from '../rules/register-records.ts'
import { registryErrors } from './errors.ts'
import { countHouseholds, listHouseholdRows, toCard, type CardRow } from './household-list-store.ts'

/** One page of households within the scope, in the order of area and number. Throws `registry.county-office` for filters that only the county office may use. */
export async function listHouseholds(ctx: Context, query: ListHouseholds): Promise<Page<HouseholdListItem>> {
  const { after, limit, ...filters } = query
  return inTransaction(ctx, async (db) => {
    const { scope } = checkFilters(ctx, filters)
    const rows = await listHouseholdRows(db, { scope, filters, after: readCursor(after, ['text', 'text']), limit })
    const page = toPage(rows, limit, (row) => [row.area_path, row.household_no])
    return { ...page, items: page.items.map(toItem) }
  })
}

/** Counts behind the same filters. */
export async function countFiltered(ctx: Context, filters: FilterHouseholds): Promise<HouseholdCounts> {
  return inTransaction(ctx, (db) => countHouseholds(db, checkFilters(ctx, filters).scope, filters))
}

/** Differences of imports are shown to the county office only; row security would hide them silently from others. */
export function checkFilters(ctx: Context, filters: FilterHouseholds): Context {
  const isCounty = ctx.scope.kind === 'county' || ctx.scope.kind === 'system'
  if (filters.missing !== undefined && !isCounty) throw registryErrors.countyOffice()
  return ctx
}

function toItem(row: CardRow): HouseholdListItem {
  return { ...toCard(row), tags: row.tags }
}
