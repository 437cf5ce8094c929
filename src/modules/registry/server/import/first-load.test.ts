import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { grantCounty, grantSystem } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { openTestWorld, rolledBack } from '../../../../../test/database.ts'
import { loadingFirst } from './first-load-store.ts'

const world = openTestWorld()
const system = () => world.as(grantSystem('990301', 'test'))
const many = 1_000_000

async function listIndexes(db: Db): Promise<string[]> {
  const found = await sql<{ definition: string }>`
    SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'registry' ORDER BY indexname`.execute(db)
  return found.rows.map((row) => row.definition)
}

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

  it('keeps the indexes for a small load, and in a register that has held rows', async () => {
    await rolledBack(system(), async ({ db }) => {
      const before = await listIndexes(db)
      expect(await loadingFirst(db, 10, () => listIndexes(db))).toEqual(before)
      await sql`INSERT INTO registry.household (county_code, household_id, household_no, area_path, township, village, created_by, touched_by)
        VALUES ('990301', gen_random_uuid(), '9903010010010001', '99.9903.990301.990301001.', '', '', gen_random_uuid(), gen_random_uuid())`.execute(
        db,
      )
      expect(await loadingFirst(db, many, () => listIndexes(db))).toEqual(before)
    })
  })

  it('is open to the system only', async () => {
    const county = world.as(grantCounty('990301'))
    await expect(inTransaction(county, (db) => sql`SELECT registry.set_indexes_aside()`.execute(db))).rejects.toThrow(/permission denied/)
  })
})
