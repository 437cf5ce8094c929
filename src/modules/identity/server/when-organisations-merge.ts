import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Two entries of one organisation become one: what names the first names the second from now on. */
export interface OrganisationMerge {
  readonly fromId: string
  readonly intoId: string
  /** Name of the one that stays. */
  readonly name: string
}

/** A part of the program that keeps something about organisations. */
export interface OrganisationMergeAsker {
  /** The module's name. */
  readonly name: string
  /** Points at the one that stays what pointed at the other; what was moved, for the way back. */
  repoint(ctx: Context, db: Db, merge: OrganisationMerge): Promise<string[]>
  /** Points back what `repoint` moved; `name` is that of the one that comes back. */
  putBack(ctx: Context, db: Db, merge: OrganisationMerge & { moved: readonly string[] }): Promise<void>
}

/** Modules hang on this list who must follow when two organisations become one (house.md: question). */
export const whenOrganisationsMerge: OrganisationMergeAsker[] = []
