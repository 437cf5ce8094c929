import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { AddTag, EndTag } from '../contract.ts'
import { tagPolicy } from '../policy/reading-policy.ts'
import type { TagRecord } from '../rules/register-records.ts'
import { registryErrors } from './errors.ts'
import { findHouseholdRow } from './household-store.ts'
import { endTagRow, insertTag, toTag, verifyTagRow, type TagRow } from './tag-store.ts'

const mayAll = { end: true, verify: true }

/** Tags a household from a day on, with the source (M-005). Throws `registry.not-found`, `unknown-tag`, `already-tagged`, `day-ahead`. */
export async function tagHousehold(ctx: Context, householdId: string, input: AddTag): Promise<TagRecord> {
  return inTransaction(ctx, async (db) => {
    const household = await findHouseholdRow(db, ctx.scope, householdId)
    if (household === undefined) throw registryErrors.notFound()
    if (!tagPolicy.tags.some((tag) => tag.key === input.tag)) throw registryErrors.unknownTag({ tag: input.tag })
    const validFrom = input.validFrom ?? ctx.today
    if (validFrom > ctx.today) throw registryErrors.dayAhead({ day: validFrom })
    const made = await insertTag(db, ctx, { ...input, tagId: makeId(), householdId, areaPath: household.area_path, validFrom })
    if (made === undefined) throw registryErrors.alreadyTagged({ tag: input.tag })
    await audit(db, ctx, {
      did: 'registry.tag',
      objectKind: 'registry.household',
      objectId: householdId,
      details: { tag: input.tag, tagId: made.tag_id },
    })
    return toTag(made, mayAll)
  })
}

/** Ends a tag today, with the reason; it stays in the household's history. Throws `registry.not-found`. */
export async function endTag(ctx: Context, tagId: string, input: EndTag): Promise<TagRecord> {
  return inTransaction(ctx, async (db) => {
    const ended = found(await endTagRow(db, ctx, { tagId, reason: input.reason }))
    await audit(db, ctx, {
      did: 'registry.end-tag',
      objectKind: 'registry.household',
      objectId: ended.household_id,
      reason: input.reason,
      details: { tag: ended.tag, tagId },
    })
    return toTag(ended, mayAll)
  })
}

/** Says that somebody has checked a tag (tagged → verified → removed). Throws `registry.not-found`. */
export async function verifyTag(ctx: Context, tagId: string): Promise<TagRecord> {
  return inTransaction(ctx, async (db) => {
    const verified = found(await verifyTagRow(db, ctx, tagId))
    await audit(db, ctx, {
      did: 'registry.verify-tag',
      objectKind: 'registry.household',
      objectId: verified.household_id,
      details: { tag: verified.tag, tagId },
    })
    return toTag(verified, mayAll)
  })
}

function found(row: TagRow | undefined): TagRow {
  if (row === undefined) throw registryErrors.notFound()
  return row
}
