import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { destroyFile } from '#kernel/server/files/index.ts'
import { listClosedLedgers } from './closed-ledgers.ts'
import { destroyRecordFile } from './file-keep.ts'
import { deleteStaged, endImport } from './import-store.ts'
import { importFolder } from './imports.ts'
import { unlockForSystem } from './open-ledger.ts'
import { deleteLeftOver, listForgotten, listTakenAway, markDestroyed } from './sweep-store.ts'
import type { LedgerDeps } from './work-out.ts'

/** Days after which each kind goes: a dry run that nobody applied, bad rows of an import that ended, bytes of a file that was taken away. */
export const sweepAfter = { dryRunDays: 14, badRowsDays: 90, takenAwayDays: 180 } as const
/** A file of an import that no row names any more: older than every dry run that may still wait, so that other counties' files stay. */
const strayDays = 30
const atATime = 100
const dayMs = 86_400_000

/** What a sweep took. */
export interface Swept {
  readonly dryRuns: number
  readonly rows: number
  readonly files: number
  readonly strays: number
}

/** Takes away what nobody needs any more: forgotten dry runs with their rows and files, rows without an import, bytes of files taken away long ago. */
export async function sweep(ctx: Context, deps: LedgerDeps, check: () => void = () => undefined): Promise<Swept> {
  const dryRuns = await again(check, () => sweepDryRuns(ctx, deps))
  const rows = await inTransaction(ctx, (db) => deleteLeftOver(db, ctx, sweepAfter.badRowsDays))
  const files = await again(check, () => sweepFiles(ctx, deps))
  return { dryRuns, rows, files, strays: sweepStrays(ctx, deps) }
}

async function again(check: () => void, work: () => Promise<number>): Promise<number> {
  for (let all = 0; ; ) {
    check()
    const done = await work()
    all += done
    if (done < atATime) return all
  }
}

async function sweepDryRuns(ctx: Context, deps: LedgerDeps): Promise<number> {
  const ended = await inTransaction(ctx, async (db) => {
    const found = await listForgotten(db, ctx, { days: sweepAfter.dryRunDays, most: atATime })
    for (const { importId, templateKey } of found) {
      await deleteStaged(db, ctx, importId)
      await endImport(db, ctx, { importId, state: 'discarded' })
      await audit(db, ctx, {
        did: 'ledgers.discard-import',
        objectKind: 'ledgers.import',
        objectId: importId,
        details: { template: templateKey, days: sweepAfter.dryRunDays },
      })
    }
    return found
  })
  for (const { fileId } of ended) if (fileId !== null) destroyFile(importFolder(deps), fileId)
  return ended.length
}

/** The bytes go before their row says so: a program that stops in between destroys them once more. */
async function sweepFiles(ctx: Context, deps: LedgerDeps): Promise<number> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    await unlockForSystem(within, await listClosedLedgers(within))
    const found = await listTakenAway(db, ctx, { days: sweepAfter.takenAwayDays, most: atATime })
    for (const { fileId } of found) destroyRecordFile(deps, fileId)
    if (found.length > 0)
      await markDestroyed(
        db,
        ctx,
        found.map(({ id }) => id),
      )
    return found.length
  })
}

function sweepStrays(ctx: Context, deps: LedgerDeps): number {
  const folder = importFolder(deps)
  const before = Date.parse(ctx.now) - strayDays * dayMs
  const old = namesIn(folder).filter((name) => statSync(join(folder, name)).mtimeMs < before)
  for (const name of old) rmSync(join(folder, name), { force: true })
  return old.length
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // no file was ever imported
  }
}
