import { dueDay, type DueDay } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { listAreas } from '#modules/identity/server/index.ts'
import { findHouseholds, listHouseholdMembers, type MemberRecord } from '#modules/registry/server/index.ts'
import { worklistPolicyOn } from '../policy/worklist.ts'
import { seatOf, townshipOf, villageOf, type Seat } from '../rules/worklist-places.ts'
import type { HouseholdBrief } from '../rules/worklist-records.ts'

/** What the worklist needs besides the database: the keys, because masked numbers are made from sealed ones. */
export interface WorklistDeps {
  readonly vault: Vault
}

/** Where the caller sits. A helper, who sees single households, sits nowhere. */
export function seatOfCaller(ctx: Context): Seat {
  const { scope } = ctx
  if (scope.kind === 'households') return { level: 'none', path: '' }
  return seatOf(scope.kind === 'area' ? scope.path : undefined)
}

/** Households in a line, by id; those that the register does not show to the caller are missing. */
export async function readBriefs(ctx: Context, householdIds: readonly string[]): Promise<ReadonlyMap<string, HouseholdBrief>> {
  const wanted = [...new Set(householdIds)]
  const cards = wanted.length === 0 ? [] : await inTransaction(ctx, (db) => findHouseholds(ctx, db, wanted))
  return new Map(
    cards.map((card) => [
      card.householdId,
      {
        householdId: card.householdId,
        householdNo: card.householdNo,
        headName: card.headName ?? '',
        householdType: card.type ?? '',
        monitorCategory: card.monitorCategory ?? '',
        township: card.township,
        village: card.village,
        group: card.group ?? '',
      },
    ]),
  )
}

/** Today's members of households, numbers and telephones masked; the keys are household ids. */
export async function readMembers(
  ctx: Context,
  householdIds: readonly string[],
  deps: WorklistDeps,
): Promise<ReadonlyMap<string, MemberRecord[]>> {
  const wanted = [...new Set(householdIds)]
  return wanted.length === 0
    ? new Map()
    : inTransaction(ctx, (db) => listHouseholdMembers(ctx, db, { householdIds: wanted, vault: deps.vault }))
}

/** Names of the villages that some paths lie in, with their township; by the village's path. */
export async function readPlaces(ctx: Context, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const villages = [...new Set(paths.map(villageOf))]
  if (villages.length === 0) return new Map()
  const below = ctx.scope.kind === 'area' ? { under: townshipOf(ctx.scope.path) } : {}
  const names = new Map((await listAreas(ctx, { ...below, level: 'village' })).map((area) => [area.path, area.name]))
  const nameOf = (village: string) => [...new Set([townshipOf(village), village])].map((path) => names.get(path) ?? '').join(' ')
  return new Map(villages.map((village) => [village, nameOf(village).trim()]))
}

/** The day until which findings that are sent today must be mended, by the policy in force and the county's working days. */
export async function dueDayOf(ctx: Context): Promise<DueDay> {
  const { fixDays, calendar } = worklistPolicyOn(ctx.today)
  return dueDay(ctx.today, { days: fixDays, calendar }, await openCalendar(ctx))
}
