import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Notes, in the transaction of a change, that the register changed; `changeId` is the import batch, the correction or whatever else did it. */
export type NoteChange = (ctx: Context & { readonly db: Db }, changeId: string) => Promise<void>

/**
 * Modules hang on this list what they must note with every change, such as the households that have to be checked again. It is for
 * notes only: work that takes time is done later, by whoever finds the note.
 */
export const whenRegisterChanged: NoteChange[] = []

/** Tells everybody on the list, one after the other: they share the transaction's one connection. */
export async function tellChanged(db: Db, ctx: Context, changeId: string): Promise<void> {
  for (const note of whenRegisterChanged) await note({ ...ctx, db }, changeId)
}
