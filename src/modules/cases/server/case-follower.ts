import type { RawBuilder } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { CaseEvent, CaseFile } from '../rules/case-records.ts'

/** A move that has just been written: the case before (undefined: it was opened) and after it. */
export interface MovedCase {
  readonly before: CaseFile | undefined
  readonly after: CaseFile
  readonly event: CaseEvent
}

/** What must follow a move in its transaction: clocks begin and stop, a notice comes down. */
export type CaseFollower = (ctx: Context & { readonly db: Db }, moved: MovedCase) => Promise<void>

/**
 * What a part writes together with a case that is opened, as one statement more: it reads all that it needs now, before the case has its number and
 * others wait for it. `file` is the case as it will be, but for its number.
 */
export type CaseOpener = (ctx: Context & { readonly db: Db }, file: CaseFile) => Promise<RawBuilder<unknown>>
