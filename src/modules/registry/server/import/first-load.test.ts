import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { grantCounty, grantSystem } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { openTestWorld, rolledBack } from '../../../../../test/database.ts'
import { loadingFirst } from './first-load-store.ts'

const world = openTestWorld()
const system = () => world.as(grantSystem('990301', 'test'))
const many = 1_000_000

/** Indexes and foreign keys, and which tables hold their owner to row security. */
async function listIndexes(db: Db): Promise<string[]> {
  const found = await sql<{ definition: string }>`
    SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'registry'
    UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated FROM pg_constraint
    WHERE contype = 'f' AND connamespace = 'registry'::regnamespace
    UNION ALL SELECT relname || ' forced' FROM pg_class WHERE relnamespace = 'registry'::regnamespace AND relforcerowsecurity
    ORDER BY definition`.execute(db)
  return found.rows.map((row) => row.definition)
}

const makeHousehold = sql`INSERT INTO registry.household (county_code, household_id, household_no, area_path, township, village, created_by, touched_by)
  VALUES ('990301', gen_random_uuid(), '9903010010010001', '99.9903.990301.990301001.', '', '', gen_random_uuid(), gen_random_uuid())`
const makePersonWithout = sql`INSERT INTO registry.person (county_code, person_id, person_no, household_id, area_path, name, given_name, pinyin,
    given_pinyin, initials, created_by, touched_by)
  VALUES ('990301', gen_random_uuid(), '990301001001000101', gen_random_uuid(), '99.9903.990301.990301001.', '单为民', '为民', 'shanweimin',
    'weimin', 'swm', gen_random_uuid(), gen_random_uuid())`

describe('the first load of an empty register', () => {
  it('sets the search indexes aside while it writes and has all of them again afterwards', async () => {
    await rolledBack(system(), async ({ db }) => {
      const before = await listIndexes(db)
      const during = await loadingFirst(db, many, () => listIndexes(db))
      expect(before.length - during.length).toBeGreaterThan(8)
      expect(during.filter((one) => /person_pinyin|person_name/.test(one))).toEqual([])
      expect(await listIndexes(db)).toEqual(before)
    })
  })

  it('leaves the indexes as they were when it fails', async () => {
    const before = await inTransaction(system(), listIndexes)
    const failing = inTransaction(system(), (db) => loadingFirst(db, many, () => Promise.reject(new Error('no'))))
    await expect(failing).rejects.toThrow('no')
    expect(await inTransaction(system(), listIndexes)).toEqual(before)
  })

  it('finds a person whose household is not there, and takes all of it back', async () => {
    const loading = inTransaction(system(), (db) => loadingFirst(db, many, () => makePersonWithout.execute(db)))
    await expect(loading).rejects.toThrow(/person_county_code_household_id_fkey/)
  })

  it('keeps the indexes for a small load, and in a register that has held rows', async () => {
    await rolledBack(system(), async ({ db }) => {
      const before = await listIndexes(db)
      expect(await loadingFirst(db, 10, () => listIndexes(db))).toEqual(before)
      await makeHousehold.execute(db)
      expect(await loadingFirst(db, many, () => listIndexes(db))).toEqual(before)
    })
  })

  it('is open to the system only', async () => {
    const county = world.as(grantCounty('990301'))
    await expect(inTransaction(county, (db) => sql`SELECT registry.set_indexes_aside()`.execute(db))).rejects.toThrow(/permission denied/)
  })
})
