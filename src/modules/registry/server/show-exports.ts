import type { Context } from '#kernel/server/caller/index.ts'
import { findAreaInScope, mayDo } from '#modules/identity/server/index.ts'
import { exportStateAt, type ExportRecord } from '../rules/export-records.ts'
import type { ExportRow } from './export-store.ts'

/** Exports as screens show them, with the name of the area that a filter chose, where it lies in the caller's scope. */
export async function showExports(ctx: Context, rows: readonly ExportRow[]): Promise<ExportRecord[]> {
  const names = new Map<string, string | undefined>()
  for (const path of new Set(rows.flatMap((row) => areaOf(row)))) names.set(path, (await findAreaInScope(ctx, path))?.name)
  return rows.map((row) => toRecord(ctx, row, names.get(areaOf(row)[0] ?? '')))
}

/** One export as `showExports` shows it. */
export async function showExport(ctx: Context, row: ExportRow): Promise<ExportRecord> {
  const { under } = row.filter
  return toRecord(ctx, row, typeof under === 'string' ? (await findAreaInScope(ctx, under))?.name : undefined)
}

function areaOf({ filter: { under } }: ExportRow): string[] {
  return typeof under === 'string' ? [under] : []
}

function toRecord(ctx: Context, row: ExportRow, areaName: string | undefined): ExportRecord {
  const state = exportStateAt(row.state, row.expires_at ?? undefined, ctx.now)
  const isOwn = row.asked_by === ctx.caller.id
  return {
    exportId: row.export_id,
    list: row.list,
    filter: row.filter,
    areaName,
    format: row.format,
    purpose: row.purpose,
    rows: row.rows,
    isMasked: row.is_masked,
    state,
    askedName: row.asked_name,
    askedAt: row.asked_at,
    decidedName: row.decided_name ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    note: row.decision_note ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    fileHash: row.file_hash ?? undefined,
    downloads: row.downloads,
    can: {
      decide: state === 'asked' && !isOwn && mayDo(ctx, 'registry.export', 'approve'),
      fetch: state === 'approved' && isOwn,
    },
  }
}
