import { sql } from 'kysely'
import { makeId } from '../../src/kernel/pure/ids/index.ts'
import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'
import type { Context } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import type { Vault } from '../../src/kernel/server/vault/index.ts'
import { blindKinds, placeOfPersonCell } from '../../src/modules/registry/server/tables.ts'

/** A household of one person, as many as a printed figure counts. */
export interface OnePerson {
  readonly householdId: string
  readonly householdNo: string
  readonly personId: string
  readonly idNumber: string
}

let count = 0
function nextNumber(): string {
  count += 1
  const day = new Date(Date.UTC(1950, 0, 1 + Math.floor(count / 900))).toISOString().slice(0, 10).replaceAll('-', '')
  const first17 = `990301${day}${String(count % 900).padStart(3, '0')}`
  return `${first17}${checkCharacterOf(first17) ?? ''}`
}

/** Households of one person each, registered (脱贫户) unless told otherwise, in one statement each. */
export async function givenPeople(
  ctx: Context,
  vault: Vault,
  given: { count: number; areaPath: string; type?: string },
): Promise<OnePerson[]> {
  const { areaPath, type = '脱贫户' } = given
  const people = Array.from({ length: given.count }, (_, at) => {
    const idNumber = nextNumber()
    const householdNo = `9903019${String(count).padStart(9, '0')}`
    const personNo = `${householdNo}01`
    return {
      householdId: makeId(),
      personId: makeId(),
      householdNo,
      personNo,
      idNumber,
      name: `测试员${at}`,
      born: `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`,
      cell: vault.encrypt(idNumber, placeOfPersonCell('id', personNo)).toString('hex'),
      index: vault.blindIndex(blindKinds.idNumber, idNumber).toString('hex'),
    }
  })
  const list = JSON.stringify(people)
  const { countyCode } = ctx.scope
  const batch = makeId()
  const sources = JSON.stringify({ register: { batch, on: '2023-01-01' } })
  await inTransaction(ctx, async (db) => {
    await sql`
      INSERT INTO registry.household (county_code, household_id, household_no, area_path, township, village, head_name, household_type, registered, facts, sources, created_by, touched_by)
      SELECT ${countyCode}, p."householdId", p."householdNo", ${areaPath}, '菱塘镇', '柳湾村', p.name, ${type}, ${type !== '一般农户'}, '{}'::jsonb, ${sources}::jsonb, ${batch}, ${batch}
      FROM jsonb_to_recordset(${list}::jsonb) AS p ("householdId" uuid, "householdNo" text, name text)`.execute(db)
    await sql`
      INSERT INTO registry.person (county_code, person_id, person_no, household_id, area_path, name, given_name, pinyin, given_pinyin, initials, sex, born_on,
        id_cell, id_index, relation, seq_no, is_head, facts, sources, created_by, touched_by)
      SELECT ${countyCode}, p."personId", p."personNo", p."householdId", ${areaPath}, p.name, p.name, 'ceshiyuan', 'yuan', 'csy', 'male', p.born,
        decode(p.cell, 'hex'), decode(p.index, 'hex'), '户主', 1, true, '{}'::jsonb, ${sources}::jsonb, ${batch}, ${batch}
      FROM jsonb_to_recordset(${list}::jsonb) AS p ("personId" uuid, "personNo" text, "householdId" uuid, name text, born date, cell text, index text)`.execute(
      db,
    )
    await sql`
      INSERT INTO registry.membership (county_code, person_id, valid_from, household_id, area_path, relation, seq_no, created_by, touched_by)
      SELECT ${countyCode}, p."personId", '2023-01-01', p."householdId", ${areaPath}, '户主', 1, ${batch}, ${batch}
      FROM jsonb_to_recordset(${list}::jsonb) AS p ("personId" uuid, "householdId" uuid)`.execute(db)
  })
  return people
}
