import { makeId } from '#kernel/pure/ids/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { DecideCorrection, ListCorrections, ProposeCorrection } from '../contract.ts'
import { findField } from '../policy/policy.ts'
import { findCorrectableField, readCorrection } from '../rules/correction-fields.ts'
import { mayMove, stateAfter } from '../rules/correction-states.ts'
import type { CorrectionRecord } from '../rules/register-records.ts'
import { applyCorrection } from './apply-correction.ts'
import { showCorrections } from './correction-records.ts'
import { findCorrectionForUpdate, insertCorrection, listCorrectionRows, moveCorrection, type CorrectionRow } from './correction-store.ts'
import { currentValue, readStored, storeValue, type Corrected } from './correction-values.ts'
import { registryErrors } from './errors.ts'
import type { ReadingDeps } from './get-household.ts'
import { findHouseholdRow, findPersonRow } from './household-store.ts'

/**
 * Notes one difference between what is so and what stands in the register (M-008). Throws `registry.not-found`, `unknown-field`,
 * `not-readable`, `same-value`, `already-proposed`.
 */
export async function proposeCorrection(ctx: Context, input: ProposeCorrection, deps: ReadingDeps): Promise<CorrectionRecord> {
  return inTransaction(ctx, async (db) => {
    const about = await getCorrected(ctx, db, input)
    const field = findCorrectableField(input.field, input.personId === undefined ? 'household' : 'person')
    if (field === undefined) throw registryErrors.unknownField({ field: input.field })
    const read = readCorrection(field, input.newValue)
    if (!read.ok) throw registryErrors.notReadable({ field: field.key, problem: read.problem })
    const old = currentValue(field, about, deps.vault)
    if (old === read.value) throw registryErrors.sameValue({ field: field.key })
    const correctionId = makeId()
    const { vault } = deps
    const isNew = await insertCorrection(db, ctx, {
      correctionId,
      householdId: input.householdId,
      personId: input.personId,
      areaPath: about.household.area_path,
      field: field.key,
      oldValue: storeValue({ field, value: old, correctionId, column: 'old_value', vault }),
      newValue: storeValue({ field, value: read.value, correctionId, column: 'new_value', vault }),
      source: input.source,
    })
    if (!isNew) throw registryErrors.alreadyProposed({ field: field.key })
    await audit(db, ctx, {
      did: 'registry.propose-correction',
      objectKind: 'registry.correction',
      objectId: correctionId,
      details: { field: field.key },
    })
    return showOne({ ...ctx, db }, correctionId)
  })
}

/** Confirms, applies or rejects a correction. Throws `registry.not-found`, `revision-changed`, `wrong-state`, `reason-needed`, `value-moved`. */
export async function decideCorrection(
  ctx: Context,
  correctionId: string,
  given: DecideCorrection & { deps: ReadingDeps },
): Promise<CorrectionRecord> {
  const { deps, revision, decision, reason } = given
  return inTransaction(ctx, async (db) => {
    const found = await getCorrection(ctx, db, correctionId)
    if (found.revision !== revision) throw registryErrors.revisionChanged({ revision: found.revision })
    const to = stateAfter[decision]
    if (!mayMove(found.state, to)) throw registryErrors.wrongState({ state: found.state })
    if (decision === 'reject' && (reason ?? '') === '') throw registryErrors.reasonNeeded()
    if (decision === 'apply') await writeCorrected(ctx, db, { found, deps })
    await moveCorrection(db, ctx, { correctionId, revision, to, reason })
    await audit(db, ctx, {
      did: `registry.${decision}-correction`,
      objectKind: 'registry.correction',
      objectId: correctionId,
      ...(reason === undefined ? {} : { reason }),
      details: { field: found.field },
    })
    return showOne({ ...ctx, db }, correctionId)
  })
}

/** Applies what was found, if the register still holds the value that was found wrong. */
async function writeCorrected(ctx: Context, db: Db, given: { found: CorrectionRow; deps: ReadingDeps }): Promise<void> {
  const { found, deps } = given
  const { vault } = deps
  const correctionId = found.correction_id
  const about = await getCorrected(ctx, db, { householdId: found.household_id, personId: found.person_id ?? undefined })
  const field = findField(found.field)
  if (field === undefined) throw registryErrors.unknownField({ field: found.field })
  const old = readStored({ stored: found.old_value, correctionId, column: 'old_value', vault })
  if (currentValue(field, about, vault) !== old) throw registryErrors.valueMoved({ field: field.key })
  const value = readStored({ stored: found.new_value, correctionId, column: 'new_value', vault })
  await applyCorrection(ctx, db, { ...about, field, value, correctionId, vault })
}

/** Corrections within the scope, newest first. */
export async function listCorrections(ctx: Context, query: ListCorrections): Promise<Page<CorrectionRecord>> {
  return inTransaction(ctx, async (db) => {
    const { after, limit, ...filter } = query
    const rows = await listCorrectionRows(db, { scope: ctx.scope, filter, after: readCursor(after, ['day', 'id']), limit })
    const page = toPage(rows, limit, (row) => [row.found_on, row.correction_id])
    return { ...page, items: await showCorrections({ ...ctx, db }, page.items) }
  })
}

async function showOne(ctx: Context & { db: Db }, correctionId: string): Promise<CorrectionRecord> {
  const [shown] = await showCorrections(ctx, [await getCorrection(ctx, ctx.db, correctionId)])
  if (shown === undefined) throw registryErrors.notFound()
  return shown
}

async function getCorrection(ctx: Context, db: Db, correctionId: string): Promise<CorrectionRow> {
  const found = await findCorrectionForUpdate(db, ctx.scope, correctionId)
  if (found === undefined) throw registryErrors.notFound()
  return found
}

/** The household and the person of a correction; a person must belong to the household. */
async function getCorrected(ctx: Context, db: Db, about: { householdId: string; personId?: string | undefined }): Promise<Corrected> {
  const household = await findHouseholdRow(db, ctx.scope, about.householdId)
  const person = about.personId === undefined ? undefined : await findPersonRow(db, ctx.scope, about.personId)
  if (household === undefined || (about.personId !== undefined && person?.household_id !== about.householdId))
    throw registryErrors.notFound()
  return { household, person }
}
