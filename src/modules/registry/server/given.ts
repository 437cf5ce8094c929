import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { judgeExit } from '../rules/exit-status.ts'
import { searchOf } from './import/name-search.ts'
import { blindKinds, placeOfHouseholdPhone, placeOfPersonCell } from './tables.ts'

export { givenEmptyCounty } from './import/given.ts'

export interface GivenPerson {
  name: string
  relation?: string
  idNumber?: string
  phone?: string
  bornOn?: string
  sex?: 'male' | 'female'
  labourSkill?: string
  monthlyIncomeFen?: number
  facts?: Record<string, string | number | boolean>
}
export interface GivenHousehold {
  householdId: string
  householdNo: string
  persons: { personId: string; personNo: string; name: string; idNumber: string; phone: string | undefined }[]
}

let count = 0

/** A valid identity number of the region 990301, which was never assigned; every call makes another. */
export function givenIdNumber(): string {
  count += 1
  const first17 = `9903011970${String(1 + (count % 12)).padStart(2, '0')}15${String(count % 1000).padStart(3, '0')}`
  return `${first17}${checkCharacterOf(first17) ?? ''}`
}

/** A household with its members, the first one its head, written in the caller's transaction or committed; the tables as an import leaves them. */
export async function givenHousehold(
  ctx: Context,
  vault: Vault,
  given: {
    areaPath: string
    township?: string
    village?: string
    group?: string
    type?: string
    monitorCategory?: string
    phone?: string
    householdNo?: string
    facts?: Record<string, string | number | boolean>
    members?: readonly GivenPerson[]
    batchId?: string
    /** The day of the register that it stands in. */
    on?: string
  },
): Promise<GivenHousehold> {
  count += 1
  const householdId = makeId()
  const householdNo = given.householdNo ?? `990301${String(count).padStart(10, '0')}`
  const { phone, type = '一般农户', members = [{ name: '测试户主' }], batchId = makeId(), on = '2023-09-30' } = given
  const exit = judgeExit(type, undefined)
  const sources = JSON.stringify({ register: { batch: batchId, on } })
  const sealed = seal(vault, phone, { kind: blindKinds.phone, place: placeOfHouseholdPhone(householdNo) })
  const persons: GivenHousehold['persons'] = []
  await inTransaction(ctx, async (db) => {
    await sql`
      INSERT INTO registry.household (county_code, household_id, household_no, area_path, township, village, group_name, head_name, household_type, monitor_category,
        registered, exit_status, phone_cell, phone_index, phone_tail, facts, sources, created_by, touched_by)
      VALUES (${ctx.scope.countyCode}, ${householdId}, ${householdNo}, ${given.areaPath}, ${given.township ?? '菱塘镇'}, ${given.village ?? '柳湾村'}, ${given.group ?? null},
        ${members[0]?.name ?? null}, ${type}, ${given.monitorCategory ?? null}, ${exit.registered}, ${exit.exitStatus ?? null},
        ${sealed.cell}, ${sealed.index}, ${sealed.tail}, ${JSON.stringify(given.facts ?? {})}::jsonb, ${sources}::jsonb, ${batchId}, ${batchId})`.execute(
      db,
    )
    for (const [index, member] of members.entries()) {
      persons.push(
        await writePerson(db, { ctx, vault, member, index, householdId, householdNo, areaPath: given.areaPath, sources, batchId, on }),
      )
    }
  })
  return { householdId, householdNo, persons }
}

interface WrittenPerson {
  ctx: Context
  vault: Vault
  member: GivenPerson
  index: number
  householdId: string
  householdNo: string
  areaPath: string
  sources: string
  batchId: string
  on: string
}

async function writePerson(db: Db, given: WrittenPerson): Promise<GivenHousehold['persons'][number]> {
  const { ctx, vault, member, index, householdId, householdNo, areaPath, sources, batchId, on } = given
  const personId = makeId()
  const personNo = `${householdNo}${String(index + 1).padStart(2, '0')}`
  const idNumber = member.idNumber ?? givenIdNumber()
  const relation = member.relation ?? (index === 0 ? '户主' : '其他')
  const search = searchOf(member.name)
  const id = seal(vault, idNumber, { kind: blindKinds.idNumber, place: placeOfPersonCell('id', personNo) })
  const own = seal(vault, member.phone, { kind: blindKinds.phone, place: placeOfPersonCell('phone', personNo) })
  await sql`
    INSERT INTO registry.person (county_code, person_id, person_no, household_id, area_path, name, given_name, pinyin, given_pinyin, initials, sex, born_on,
      id_cell, id_index, phone_cell, phone_index, phone_tail, relation, seq_no, is_head, labour_skill, monthly_income_fen, facts, sources, created_by, touched_by)
    VALUES (${ctx.scope.countyCode}, ${personId}, ${personNo}, ${householdId}, ${areaPath}, ${member.name}, ${search.givenName}, ${search.pinyin},
      ${search.givenPinyin}, ${search.initials}, ${member.sex ?? 'male'}, ${member.bornOn ?? '1970-01-15'}, ${id.cell}, ${id.index}, ${own.cell}, ${own.index}, ${own.tail},
      ${relation}, ${index + 1}, ${index === 0}, ${member.labourSkill ?? null}, ${member.monthlyIncomeFen ?? null}, ${JSON.stringify(member.facts ?? {})}::jsonb,
      ${sources}::jsonb, ${batchId}, ${batchId})`.execute(db)
  await sql`
    INSERT INTO registry.membership (county_code, person_id, valid_from, household_id, area_path, relation, seq_no, created_by, touched_by)
    VALUES (${ctx.scope.countyCode}, ${personId}, ${on}, ${householdId}, ${areaPath}, ${relation}, ${index + 1}, ${batchId}, ${batchId})`.execute(
    db,
  )
  return { personId, personNo, name: member.name, idNumber, phone: member.phone }
}

function seal(vault: Vault, plain: string | undefined, given: { kind: string; place: Parameters<Vault['encrypt']>[1] }) {
  if (plain === undefined) return { cell: null, index: null, tail: null }
  return { cell: vault.encrypt(plain, given.place), index: vault.blindIndex(given.kind, plain.slice(0, 18)), tail: plain.slice(-4) }
}

/** Two persons whom a search took for one, and a merge that was undone, as a search and an officer leave them. `mark` stands in every text. */
export async function givenDuplicate(
  ctx: Context,
  given: { areaPath: string; personIds: readonly [string, string]; mark: string },
): Promise<{ pairId: string; mergeId: string }> {
  const [pairId, mergeId, searchId] = [makeId(), makeId(), makeId()]
  const [one, other] = [...given.personIds].sort()
  const steps = [{ of: 'given', level: 'written', bits: 9 }]
  await inTransaction(ctx, async (db) => {
    await sql`
      INSERT INTO registry.duplicate_search (county_code, search_id, state, started_by, started_name, started_at, finished_at)
      VALUES (${ctx.scope.countyCode}, ${searchId}, 'done', 'test', 'test', ${ctx.now}, ${ctx.now})`.execute(db)
    await sql`
      INSERT INTO registry.duplicate_pair (county_code, pair_id, person_a, person_b, area_path, score, steps, block, search_id)
      VALUES (${ctx.scope.countyCode}, ${pairId}, ${one}, ${other}, ${given.areaPath}, 9, ${JSON.stringify(steps)}::jsonb, 'number', ${searchId})`.execute(
      db,
    )
    await sql`
      INSERT INTO registry.person_merge (county_code, merge_id, winner_id, loser_id, area_path, chosen, before, moved, reason, merged_by, merged_name, merged_at,
        undone_by, undone_name, undone_at, undo_reason)
      VALUES (${ctx.scope.countyCode}, ${mergeId}, ${one}, ${other}, ${given.areaPath}, '[]', '{}', '{}', ${given.mark}, 'test', ${given.mark}, ${ctx.now},
        'test', ${given.mark}, ${ctx.now}, ${given.mark})`.execute(db)
  })
  return { pairId, mergeId }
}

/** A change that waits to be entered in the national system; `mark` stands in both of its values. */
export async function givenNationalChange(
  ctx: Context,
  given: { areaPath: string; householdId: string; personId: string; mark: string },
): Promise<string> {
  const changeId = makeId()
  await inTransaction(ctx, (db) =>
    sql`
      INSERT INTO registry.national_change (county_code, change_id, entity, subject_id, household_id, area_path, field, action, kind, export_on,
        export_batch, system_value, our_value, our_mark, why, severity, found_on)
      VALUES (${ctx.scope.countyCode}, ${changeId}, 'person', ${given.personId}, ${given.householdId}, ${given.areaPath}, 'employer', 'change-value',
        'work', ${ctx.today}::date, ${makeId()}, ${given.mark}, ${given.mark}, ${given.mark}, 'other-source', 'middle', ${ctx.today}::date)`.execute(
      db,
    ),
  )
  return changeId
}
