import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { nationalKinds } from '../policy/national-policy.ts'
import { z } from 'zod'
import { requestJob } from '#kernel/server/jobs/index.ts'
import { compareNational, type NationalSubject } from '../rules/national-differences.ts'
import type { NationalDifference } from '../rules/national-statement.ts'
import {
  listAbsent,
  listNationalHouseholds,
  listNationalPersons,
  listNationalVillages,
  listNewestExports,
  type NationalHousehold,
  type NationalPerson,
  type NationalRange,
} from './national-read-store.ts'
import { findLatestRun, updateRun } from './national-run-store.ts'
import { dropOrphans, saveChanges, type FoundChange } from './national-save-store.ts'
import { householdSubject, personSubject, villageSubject, type NationalTools } from './national-subject.ts'
import { findRevision } from './register-store.ts'
import { listLayouts } from './statement-store.ts'
import { isSecret, maskedValues } from './national-mask.ts'
import type { VillageRow } from './tables.ts'

/** Households that are read, compared and saved in one transaction. */
const householdsAtATime = 1_000
const beforeAll = '00000000-0000-0000-0000-000000000000'

/**
 * Compares the whole register with the newest exports, page by page, each in a transaction of its own, so that a run that was cut short is
 * simply begun again. Needs the county's scope. Returns how many differences there are.
 */
export async function compareRegister(ctx: Context, given: { runId: string; vault: Vault; check: () => void }): Promise<number> {
  const { runId, vault } = given
  const { countyCode } = ctx.scope
  const progress = { households: 0, found: 0 }
  const begun = await inTransaction(ctx, async (db) => {
    const newest = await listNewestExports(db, countyCode)
    const exports = Object.fromEntries(newest.filter(({ kind }) => isNational(kind)).map(({ kind, on }) => [kind, on]))
    return { revision: await findRevision(db, countyCode), exports }
  })
  for (let after: string | undefined = beforeAll; after !== undefined; ) {
    given.check()
    const range: NationalRange = { after, limit: householdsAtATime }
    const page = await inTransaction(ctx, async (db) => {
      const compared = await compareHouseholds(ctx, db, { range, vault })
      progress.households += compared.households
      progress.found += compared.found
      await updateRun(db, countyCode, { runId, ...progress })
      return compared
    })
    after = page.households < householdsAtATime ? undefined : page.last
  }
  await inTransaction(ctx, async (db) => {
    progress.found += await compareVillages(ctx, db, vault)
    await dropOrphans(db, countyCode)
    await updateRun(db, countyCode, { runId, ...progress, ...begun, ended: { state: 'done', at: ctx.now } })
  })
  return progress.found
}

/**
 * Compares households anew after a correction, an event, a merge or their undo: at once where the caller has the county's scope, otherwise
 * by a job, because an area may not read what files do not hold. Does nothing before the first comparison of the county.
 */
export async function compareAgain(ctx: Context, db: Db, given: { householdIds: readonly string[]; vault: Vault }): Promise<void> {
  if ((await findLatestRun(db, ctx.scope.countyCode)) === undefined) return
  const { householdIds, vault } = given
  if (ctx.scope.kind === 'county' || ctx.scope.kind === 'system') await compareHouseholds(ctx, db, { range: { householdIds }, vault })
  else await requestJob(db, ctx, { job: nationalHouseholdsJob, payload: { householdIds: [...householdIds] } })
}

/** The job that compares some households anew. */
export const nationalHouseholdsJob = {
  name: 'registry.compare-national-households',
  payload: z.strictObject({ householdIds: z.array(z.uuid()).max(50) }),
} as const

async function compareHouseholds(
  ctx: Context,
  db: Db,
  given: { range: NationalRange; vault: Vault },
): Promise<{ households: number; found: number; last: string | undefined }> {
  const households = await listNationalHouseholds(db, ctx.scope, given.range)
  const householdIds = 'householdIds' in given.range ? given.range.householdIds : households.map((row) => row.household_id)
  const persons = await listNationalPersons(db, ctx.scope, householdIds)
  const tools = await openTools(ctx, db, { vault: given.vault, rowIds: [...householdIds, ...persons.map((row) => row.person_id)] })
  const byId = new Map(households.map((row) => [row.household_id, row]))
  const found = households.flatMap((row) =>
    keep(tools, { entity: 'household', id: row.household_id, row, subject: householdSubject(tools, row) }),
  )
  const wholes = new Map(found.flatMap(({ subject_id: id, field, action }) => (field === '' ? [[id, action] as const] : [])))
  for (const person of persons) {
    const household = byId.get(person.household_id)
    if (household === undefined) continue
    const subject = personSubject(tools, person, { household, whole: wholes.get(household.household_id) })
    found.push(...keep(tools, { entity: 'person', id: person.person_id, row: person, subject }))
  }
  await saveChanges(db, ctx, { rows: { householdIds }, found })
  return { households: households.length, found: found.length, last: households.at(-1)?.household_id }
}

async function compareVillages(ctx: Context, db: Db, vault: Vault): Promise<number> {
  const rows = await listNationalVillages(db, ctx.scope)
  const tools = await openTools(ctx, db, { vault, rowIds: [] })
  const found = rows.flatMap((row) => keep(tools, { entity: 'village', id: row.village_id, row, subject: villageSubject(tools, row) }))
  await saveChanges(db, ctx, { rows: 'villages', found })
  return found.length
}

async function openTools(ctx: Context, db: Db, given: { vault: Vault; rowIds: readonly string[] }): Promise<NationalTools> {
  const { countyCode } = ctx.scope
  const newest = await listNewestExports(db, countyCode)
  const absent = new Map<string, Map<string, string>>()
  for (const { row_id: rowId, kind, batch_id: batchId } of await listAbsent(db, { countyCode, newest, rowIds: given.rowIds })) {
    const kinds = absent.get(rowId) ?? new Map<string, string>()
    absent.set(rowId, kinds.set(kind, batchId))
  }
  return { vault: given.vault, layouts: await listLayouts(db, ctx), newest: new Map(newest.map((one) => [one.kind, one])), absent }
}

interface Compared {
  entity: FoundChange['entity']
  id: string
  row: NationalHousehold | NationalPerson | VillageRow
  subject: NationalSubject
}

/** The differences of a row as they are kept: numbers and telephones masked. */
function keep(tools: NationalTools, given: Compared): FoundChange[] {
  const { entity, row } = given
  return compareNational(given.subject).map((one) => ({
    ...toChange(given, one),
    household_id: 'household_id' in row ? row.household_id : null,
    export_batch: tools.newest.get(one.kind)?.batches.at(-1) ?? beforeAll,
    ...(isSecret(one.field) ? maskedValues(tools.vault, { entity, row, found: one }) : {}),
  }))
}

function toChange({ entity, id, row }: Compared, one: NationalDifference): Omit<FoundChange, 'household_id' | 'export_batch'> {
  return {
    change_id: makeId(),
    entity,
    subject_id: id,
    area_path: row.area_path,
    field: one.field,
    action: one.action,
    kind: one.kind,
    export_on: one.on,
    system_value: one.system,
    our_value: one.ours,
    our_mark: one.ours,
    why: one.why,
    source: one.source ?? null,
    severity: one.severity,
  }
}

const isNational = (kind: string) => nationalKinds.some((one) => one === kind)
