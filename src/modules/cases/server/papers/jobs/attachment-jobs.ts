import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import { findCounty } from '#modules/identity/server/index.ts'
import { destroyAttachment, listOldFiles, type AttachmentDeps } from '../attachment-files.ts'
import { findFileRows } from '../attachment-store.ts'

/** A file without a row is left by a killed program, or its rows were set back by a restore: it is not hurried away. */
const daysWithoutRow = 30

/** Looks through the folder of attachments once an hour; harmless when it runs twice. Returns how many files went. */
export async function sweepAttachments(deps: AttachmentDeps & { database: Database; clock: () => number }): Promise<number> {
  const county = await findCounty(deps.database)
  if (county === undefined) return 0
  const nowMs = deps.clock()
  const caller = { id: 'system:attachments', name: '附件清理', roles: ['system'] }
  const scope = grantSystem(county.code, 'cases.sweep-attachments')
  return sweepCounty({ caller, scope, now: instantOf(nowMs), today: dayOf(nowMs), database: deps.database, deadline: 'job' }, deps)
}

/** Destroys files of attachments that were withdrawn a day ago, and old ones that no row names. Needs the county's scope. */
export async function sweepCounty(ctx: Context, deps: AttachmentDeps): Promise<number> {
  const old = listOldFiles(deps, Date.parse(ctx.now))
  if (old.length === 0) return 0
  const rows = await inTransaction(ctx, (db) =>
    findFileRows(
      db,
      ctx,
      old.map((one) => one.fileId),
    ),
  )
  const gone = old.filter(({ fileId, days }) => rows.get(fileId) ?? days > daysWithoutRow)
  for (const { fileId } of gone) destroyAttachment(deps, fileId)
  return gone.length
}
