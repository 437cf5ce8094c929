import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { HouseholdEventKind } from '../rules/household-event-requests.ts'

/** A household event that is asked about, done or taken back. */
export interface HouseholdEvent {
  eventId: string
  kind: HouseholdEventKind
  on: string
  /** The household that it is about; `otherId` the one that is made by a split or closed by a merge. */
  householdId: string
  otherId: string | undefined
  personIds: readonly string[]
}

/** A part of the program that keeps something about households: it may refuse an event, and follows one that was done. */
export interface HouseholdEventAsker {
  /** The module's name. */
  readonly name: string
  /** Codes of reasons against the event, such as an open case; empty when nothing speaks against it. */
  ask(ctx: Context, db: Db, event: HouseholdEvent): Promise<string[]>
  /**
   * Follows the households and persons, in the same transaction, after the event and again after its undo: rewrites the area and, of what
   * belongs to a person, the household. Must be harmless when nothing moved.
   */
  follow(ctx: Context, db: Db, event: FollowedEvent): Promise<void>
}

/** An event that was done or taken back: where its households are, and to which of them each of its persons belongs now. */
export interface FollowedEvent extends HouseholdEvent {
  /** Household → area. */
  areas: ReadonlyMap<string, string>
  /** Person → household; who has left the register stands with the household that he left. */
  homes: ReadonlyMap<string, string>
  /** The household that is none any more because all of its people belong to the other one; `isRemoved`: a split was taken back, its row goes. */
  ended: { householdId: string; intoId: string; isRemoved: boolean } | undefined
  /** The household that had ended with this event and lives again, because the event is taken back. */
  revived: { householdId: string; fromId: string } | undefined
}

/** Modules hang on this list who must be asked before a household splits, merges, moves or loses somebody (house.md: question). */
export const beforeHouseholdEvent: HouseholdEventAsker[] = []
