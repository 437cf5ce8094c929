import type { Context } from '#kernel/server/caller/index.ts'
import { listAreas } from '#modules/identity/server/index.ts'
import { dueDayOf } from '../rules/deadlines.ts'
import type { RecordItem } from '../rules/records.ts'
import type { Ledger } from './open-ledger.ts'
import { shownValues } from './seal-values.ts'
import type { RecordRow } from './tables.ts'

/** Names of places as they are called today: township and village of a path. */
export type PlaceNames = (areaPath: string) => string

/** Reads the names of the county's places once. */
export async function readPlaceNames(ctx: Context): Promise<PlaceNames> {
  const names = new Map((await listAreas(ctx, { level: 'village' })).map((area) => [area.path, { name: area.name, level: area.level }]))
  const county = [...names.values()].find((one) => one.level === 'county')?.name ?? ''
  return (areaPath) => {
    const parts = areaPath.split('.').slice(0, -1)
    const below = parts.map((_, at) => names.get(`${parts.slice(0, at + 1).join('.')}.`))
    const text = below.map((one) => (one?.level === 'township' || one?.level === 'village' ? one.name : '')).join('')
    return text === '' ? county : text
  }
}

/** A record as lists show it: fields that the caller may see, `only` some of them, sensitive ones masked. */
export function showItem(
  row: RecordRow,
  given: { ledger: Pick<Ledger, 'maySee'>; now: string; placeOf: PlaceNames; only?: ReadonlySet<string> },
): RecordItem {
  const { ledger, now, placeOf, only } = given
  return {
    recordId: row.recordId,
    ...(row.recordNo === null ? {} : { recordNo: row.recordNo }),
    title: row.title,
    state: row.state,
    version: row.version,
    areaPath: row.areaPath,
    areaName: placeOf(row.areaPath),
    ...(row.householdId === null ? {} : { householdId: row.householdId }),
    ...(row.dueAt === null ? {} : { dueOn: dueDayOf(row.dueAt) }),
    isOverdue: row.dueAt !== null && !row.settled && row.dueAt <= now,
    isRemoved: row.removedAt !== null,
    madeName: row.madeName,
    madeAt: row.madeAt,
    changedAt: row.changedAt,
    revision: row.revision,
    values: shownValues(row.body, ledger.maySee, only),
  }
}
