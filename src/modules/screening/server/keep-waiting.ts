import type { Context } from '#kernel/server/caller/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { instantOf } from '#kernel/pure/time/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { ListKind } from '../contract.ts'
import type { OpenFact } from '../rules/tally.ts'
import type { OpenRecord, RepairRecord, Slip } from './outcome.ts'
import type { Leaving } from '../policy/register-changes.ts'
import { eventField, insertOpen, insertRepairs } from './open-match-store.ts'
import type { LeavingRecord } from './repair-events.ts'

/** The longest that anything of an unmatched row may stay (trust.md §5.4). */
export const longestWaitMs = 72 * 3_600_000

/** What is kept, encrypted, of a row that waits for a person: enough to judge it like any other row of the list. */
export interface WaitingRow {
  name: string
  rest: string
  isNew: boolean
  facts: OpenFact[]
}

type ReceiptOf = (file: number) => string

/** Keeps the rows that wait for a person, for 72 hours at most. */
export async function keepWaiting(
  db: Db,
  ctx: Context,
  given: { vault: Vault; runId: string; list: ListKind; rows: readonly OpenRecord[]; receiptOf: ReceiptOf },
): Promise<void> {
  const until = waitUntil(ctx)
  const rows = given.rows.map((row) => {
    const id = makeId()
    const { name, rest, isNew, facts } = row
    const waiting = seal(given.vault, id, { name, rest, isNew, facts }).toString('base64')
    const { sheet, cause, candidates, rowKey } = row
    return { id, receiptId: given.receiptOf(row.file), sheet, row: row.row, cause, candidates, rowKey, waiting }
  })
  if (rows.length > 0) await insertOpen(db, ctx.scope.countyCode, { runId: given.runId, list: given.list, until, rows })
}

/** Keeps the rows that show a mistake of the register, for 72 hours at most. */
export async function keepRepairs(
  db: Db,
  ctx: Context,
  given: { vault: Vault; runId: string; rows: readonly RepairRecord[]; receiptOf: ReceiptOf },
): Promise<void> {
  const rows = given.rows.map(({ file, value, slip, ...row }) => {
    const id = makeId()
    const cell = given.vault.encrypt(JSON.stringify({ value, slip }), placeOfRepair(id)).toString('base64')
    return { ...row, id, receiptId: given.receiptOf(file), cell }
  })
  if (rows.length > 0) await insertRepairs(db, ctx.scope.countyCode, { runId: given.runId, until: waitUntil(ctx), rows })
}

/** Keeps the rows that say that somebody has left whom the register still has, for 72 hours at most. */
export async function keepLeavings(
  db: Db,
  ctx: Context,
  given: { vault: Vault; runId: string; rows: readonly LeavingRecord[]; receiptOf: ReceiptOf },
): Promise<void> {
  const rows = given.rows.map(({ file, leaving, ...row }) => {
    const id = makeId()
    const cell = given.vault.encrypt(JSON.stringify({ leaving }), placeOfRepair(id)).toString('base64')
    return { ...row, field: eventField, id, receiptId: given.receiptOf(file), cell }
  })
  if (rows.length > 0) await insertRepairs(db, ctx.scope.countyCode, { runId: given.runId, until: waitUntil(ctx), rows })
}

function waitUntil(ctx: Context): string {
  return instantOf(Date.parse(ctx.now) + longestWaitMs)
}

function seal(vault: Vault, openMatchId: string, row: WaitingRow): Buffer {
  return vault.encrypt(JSON.stringify(row), placeOfWaiting(openMatchId))
}

/** The row that waits. Throws `vault.not-readable`. */
export function openWaiting(vault: Vault, openMatchId: string, cell: Uint8Array): WaitingRow {
  // Safe: `seal` wrote it, and the vault refuses what was changed since.
  return JSON.parse(vault.decrypt(cell, placeOfWaiting(openMatchId))) as WaitingRow
}

function placeOfWaiting(rowId: string) {
  return { table: 'screening.open_match', column: 'waiting', rowId }
}

/** What the list states instead of a field, or of somebody who has left. */
export type RepairCell = { value: string; slip: Slip } | { leaving: Leaving }

/** What the list states. Throws `vault.not-readable`. */
export function openRepair(vault: Vault, repairId: string, cell: Uint8Array): RepairCell {
  // Safe: `keepRepairs` or `keepLeavings` wrote it, and the vault refuses what was changed since.
  return JSON.parse(vault.decrypt(cell, placeOfRepair(repairId))) as RepairCell
}

function placeOfRepair(rowId: string) {
  return { table: 'screening.repair', column: 'value', rowId }
}
