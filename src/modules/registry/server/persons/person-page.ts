import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { KinRecord, PastMembership, PersonRecord } from '../../rules/persons/person-records.ts'
import { showCorrections } from '../correction-records.ts'
import { listHouseholdCorrections } from '../correction-store.ts'
import { registryErrors } from '../errors.ts'
import { kindOf, type ReadingDeps } from '../get-household.ts'
import { toCard } from '../household-list-store.ts'
import { toMember } from '../household-members.ts'
import { findHouseholdRow, listBatchChanges, listPersonRows } from '../household-store.ts'
import type { PersonRow } from '../tables.ts'
import { findPerson, listMemberships, type FoundPerson, type MembershipSpan } from './person-page-store.ts'

/** One person, one page, numbers masked. Throws `registry.not-found` out of scope. */
export async function getPerson(ctx: Context, personId: string, deps: ReadingDeps): Promise<PersonRecord> {
  return inTransaction(ctx, async (db) => {
    const row = await findPerson(db, ctx.scope, personId)
    const household = row === undefined ? undefined : await findHouseholdRow(db, ctx.scope, row.household_id)
    if (row === undefined || household === undefined) throw registryErrors.notFound()
    const may = (object: string, action: string) => mayDo(ctx, `registry.${object}`, action)
    const isMerged = row.merged_into !== null
    const can = { reveal: may('person', 'reveal') && !isMerged, correct: may('correction', 'propose') && !isMerged && row.left_on === null }
    const others = await listPersonRows(db, ctx.scope, { householdIds: [row.household_id], withFormer: false })
    return {
      person: toMember(row, { vault: deps.vault, today: ctx.today, can }),
      household: toCard(household),
      ...(row.merged_into === null ? {} : { mergedInto: row.merged_into }),
      kin: others.filter((one) => one.person_id !== personId).map((one) => toKin(one, ctx, deps)),
      memberships: (await listMemberships(db, ctx.scope, personId)).map(toMembership),
      changes: await changesOf(db, row),
      corrections: await correctionsOf({ ...ctx, db }, row),
      can,
    }
  })
}

function toKin(row: PersonRow, ctx: Context, { vault }: ReadingDeps): KinRecord {
  const { personId, name, sex, age, relation, isHead, leftOn } = toMember(
    { ...row, id_cell: null, phone_cell: null, facts: {} },
    { vault, today: ctx.today, can: {} },
  )
  return { personId, name, sex, age, relation, isHead, leftOn }
}

function toMembership(row: MembershipSpan): PastMembership {
  return {
    householdId: row.household_id,
    householdNo: row.household_no,
    headName: row.head_name ?? undefined,
    place: [row.township, row.village, row.group_name].filter((part) => part !== null).join(' '),
    relation: row.relation ?? undefined,
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    endReason: row.end_reason ?? undefined,
  }
}

/** What files changed of this person while he was of his household of today, newest first. */
async function changesOf(db: Db, row: FoundPerson): Promise<PersonRecord['changes']> {
  const changes = await listBatchChanges(db, row.county_code, row.household_id)
  return changes
    .filter((one) => one.row_id === row.person_id)
    .map((one) => ({
      at: one.at,
      by: 'batch',
      id: one.batch_id,
      source: one.file_name,
      ...kindOf(one.kind),
      entity: one.entity,
      name: undefined,
      changes: one.changes,
    }))
}

async function correctionsOf(ctx: Context & { readonly db: Db }, row: FoundPerson): Promise<PersonRecord['corrections']> {
  const rows = await listHouseholdCorrections(ctx.db, ctx.scope, row.household_id)
  return (await showCorrections(ctx, rows)).filter((one) => one.personId === row.person_id)
}
