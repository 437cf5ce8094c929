import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** A merge of two persons that is asked about, done or undone. */
export interface PersonMerge {
  mergeId: string
  winnerId: string
  loserId: string
  /** The household to which the person who stays belongs. */
  householdId: string
  areaPath: string
}

/** A part of the program that keeps something about persons: it may refuse a merge, and points at the winner what pointed at the loser. */
export interface MergeAsker {
  /** The module's name. */
  readonly name: string
  /** Codes of reasons against the merge, such as an open case; empty when nothing speaks against it. */
  ask(ctx: Context, db: Db, merge: PersonMerge): Promise<string[]>
  /** Points what belongs to the loser at the winner; returns the ids of what was moved, for the undo. */
  repoint(ctx: Context, db: Db, merge: PersonMerge): Promise<string[]>
  /** Points back what `repoint` moved. */
  putBack(ctx: Context, db: Db, merge: PersonMerge & { moved: readonly string[] }): Promise<void>
}

/** Modules hang on this list who must be asked before two persons become one, and who must follow (house.md: question). */
export const beforeMerge: MergeAsker[] = []
