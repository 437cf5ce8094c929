import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { PolicyKey } from '../contract.ts'

/** A version that was published: whose, and from which day. */
export interface Published {
  readonly key: PolicyKey
  readonly versionId: string
  readonly areaPath: string
  readonly effectiveFrom: string
}

/** Notes, in the transaction of the publication, that a version counts; for notes only, the work is a job's. */
export type NotePublished = (ctx: Context & { readonly db: Db }, published: Published) => Promise<void>

/** Modules hang on this list what they must note when a version is published, such as that a county has to be judged again. */
export const whenPolicyPublished: NotePublished[] = []
