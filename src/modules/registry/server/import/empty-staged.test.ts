import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { openTestWorld, rolledBack } from '../../../../../test/database.ts'
import { emptyStaged, insertPlaces } from './staging-store.ts'

const world = openTestWorld()
const system = () => world.as(grantSystem('990301', 'test'))
const place = { areaNo: 0, township: '甲乡', village: '乙村', group: '', villageCode: undefined }

async function wait(ctx: Context, db: Db): Promise<string> {
  const batchId = makeId()
  await insertPlaces(db, ctx, { batchId, places: [place] })
  return batchId
}

async function countWaiting(db: Db): Promise<number> {
  const found = await sql<{ n: number }>`SELECT count(*)::int AS n FROM registry.staged_area`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** Rows that other tests of this database wait with would decide the outcome. */
const cleared = (work: (ctx: Context, db: Db) => Promise<void>) =>
  rolledBack(system(), async (ctx) => {
    await sql`DELETE FROM registry.staged_area`.execute(ctx.db)
    await work(ctx, ctx.db)
  })

describe('waiting rows', () => {
  it('go all at once where one batch waits alone', async () => {
    await cleared(async (ctx, db) => {
      const batchId = await wait(ctx, db)
      expect(await emptyStaged(db, ctx, { batchId, fromBytes: 0 })).toBe(true)
      expect(await countWaiting(db)).toBe(0)
    })
  })

  it('stay where rows of another batch or of another county wait beside them', async () => {
    await cleared(async (ctx, db) => {
      const batchIds = [await wait(ctx, db), await wait(ctx, db)]
      for (const batchId of batchIds) expect(await emptyStaged(db, ctx, { batchId, fromBytes: 0 })).toBe(false)
      const elsewhere = { ...ctx, scope: grantSystem('990302', 'test') }
      expect(await emptyStaged(db, elsewhere, { batchId: batchIds[0] ?? '', fromBytes: 0 })).toBe(false)
      expect(await countWaiting(db)).toBe(2)
    })
  })

  it('stay when they are few', async () => {
    await cleared(async (ctx, db) => {
      const batchId = await wait(ctx, db)
      expect(await emptyStaged(db, ctx, { batchId, fromBytes: 2 ** 40 })).toBe(false)
      expect(await countWaiting(db)).toBe(1)
    })
  })

  it('are emptied by the system only', async () => {
    const county = world.as(grantCounty('990301'))
    const emptying = inTransaction(county, (db) => emptyStaged(db, county, { batchId: makeId(), fromBytes: 0 }))
    await expect(emptying).rejects.toThrow(/permission denied/)
  })
})
