import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { ImportKind } from '../contract.ts'
import type { ChangeRecord, CorrectionRecord, FactRecord, HouseholdRecord } from '../rules/register-records.ts'
import { listHouseholdCorrections } from './correction-store.ts'
import { showCorrections } from './correction-records.ts'
import { registryErrors } from './errors.ts'
import { maskOf, showFacts } from './fact-records.ts'
import { toCard } from './household-list-store.ts'
import { toMember } from './household-members.ts'
import { findHouseholdRow, listBatchChanges, listMakingBatches, listPersonRows, type FoundHousehold } from './household-store.ts'
import { placeOfHouseholdPhone, type PersonRow } from './tables.ts'
import { listTagRows, toTag } from './tag-store.ts'

/** What reading needs besides the database: the keys. */
export interface ReadingDeps {
  vault: Vault
}

/** One household, one file (一户一档): what it is, who belongs to it, where each value comes from, what changed. Throws `registry.not-found` out of scope. */
export async function getHousehold(ctx: Context, householdId: string, deps: ReadingDeps): Promise<HouseholdRecord> {
  return inTransaction(ctx, async (db) => {
    const row = await findHouseholdRow(db, ctx.scope, householdId)
    if (row === undefined) throw registryErrors.notFound()
    const persons = await listPersonRows(db, ctx.scope, { householdIds: [householdId], withFormer: true })
    const may = (object: string, action: string) => mayDo(ctx, `registry.${object}`, action)
    const memberCan = { reveal: may('person', 'reveal'), correct: may('correction', 'propose') }
    const corrections = await showCorrections({ ...ctx, db }, await listHouseholdCorrections(db, ctx.scope, householdId))
    const { phone_cell: phone } = row
    const phoneMasked = phone === null ? undefined : maskOf('phone', deps.vault.decrypt(phone, placeOfHouseholdPhone(row.household_no)))
    const record: HouseholdRecord = {
      ...toCard(row),
      revision: row.revision,
      phoneMasked,
      facts: showFacts('household', row, { ...columnsOfHousehold(row), householdPhone: phoneMasked }),
      members: persons.map((person) => toMember(person, { vault: deps.vault, today: ctx.today, can: memberCan })),
      tags: (await listTagRows(db, ctx.scope, householdId)).map((tag) =>
        toTag(tag, { end: may('tag', 'edit'), verify: may('tag', 'verify') }),
      ),
      changes: await listChanges(db, { row, persons, corrections }),
      corrections,
      can: { tag: may('tag', 'edit'), correct: memberCan.correct, reveal: memberCan.reveal, event: may('household-event', 'report') },
    }
    return withCorrectionDays(record)
  })
}

/** Columns of a household that are fields of the policy, by field key. */
function columnsOfHousehold(row: FoundHousehold): Record<string, string | undefined> {
  return {
    headName: row.head_name ?? undefined,
    householdType: row.household_type ?? undefined,
    monitorCategory: row.monitor_category ?? undefined,
  }
}

/** Changes of imports and applied corrections as one timeline, newest first; what made the household stands at its beginning. */
async function listChanges(
  db: Db,
  given: { row: FoundHousehold; persons: readonly PersonRow[]; corrections: readonly CorrectionRecord[] },
): Promise<ChangeRecord[]> {
  const { row, persons } = given
  const changed = await listBatchChanges(db, row.county_code, row.household_id)
  const fromBatches = changed.map(
    (one): ChangeRecord => ({
      at: one.at,
      by: 'batch',
      id: one.batch_id,
      source: one.file_name,
      ...kindOf(one.kind),
      entity: one.entity,
      name: one.name ?? undefined,
      changes: one.changes,
    }),
  )
  const makers = await listMakingBatches(db, row.county_code, [...new Set([row.created_by, ...persons.map((person) => person.created_by)])])
  const made = makers.map((batch): ChangeRecord => {
    const names = persons.filter((person) => person.created_by === batch.batch_id).map((person) => person.name)
    const isHousehold = batch.batch_id === row.created_by
    return {
      at: batch.applied_at ?? '',
      by: 'batch',
      id: batch.batch_id,
      source: batch.file_name,
      ...kindOf(batch.kind),
      entity: isHousehold ? 'new-household' : 'new-person',
      name: names.join('、'),
      changes: {},
    }
  })
  return [...fromBatches, ...given.corrections.flatMap(appliedChange), ...made].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

/** The kind of import that a stored text names. */
export function kindOf(written: string | null): { kind?: ImportKind } {
  const kind = ImportKind.safeParse(written)
  return kind.success ? { kind: kind.data } : {}
}

function appliedChange(one: CorrectionRecord): ChangeRecord[] {
  if (one.appliedOn === undefined) return []
  const entity = one.personId === undefined ? 'household' : 'person'
  return [
    {
      at: one.appliedOn,
      by: 'correction',
      id: one.correctionId,
      source: one.source,
      entity,
      name: one.name,
      changes: { [one.field]: [one.oldValue, one.newValue] },
    },
  ]
}

/** Values that a correction wrote show the day on which it was applied. */
function withCorrectionDays(record: HouseholdRecord): HouseholdRecord {
  const days = new Map(record.corrections.map((one) => [one.correctionId, one.appliedOn ?? '']))
  const dated = (fact: FactRecord): FactRecord =>
    fact.source?.from === 'correction' ? { ...fact, source: { ...fact.source, on: days.get(fact.source.id) ?? '' } } : fact
  return {
    ...record,
    facts: record.facts.map(dated),
    members: record.members.map((member) => ({ ...member, facts: member.facts.map(dated) })),
  }
}
