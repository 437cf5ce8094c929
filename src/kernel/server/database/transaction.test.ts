import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openTestWorld } from '../../../../test/database.ts'
import { makeId } from '../../pure/ids/index.ts'
import { grantArea, grantCounty, grantHouseholds, grantSystem } from '../caller/index.ts'
import { audit } from '../audit/index.ts'
import { askAtOnce, asWhole, beginStatement, checkScopes, inTransaction, inTransactionAlong, literal } from './index.ts'

const world = openTestWorld()
const probeId = '00000000-0000-7000-8000-000000000000'
const countProbes = (scope: Parameters<typeof world.as>[0]) =>
  inTransaction(world.as(scope), async (db) => (await sql`SELECT 1 FROM kernel.probe`.execute(db)).rows.length)

describe('a transaction with a scope', () => {
  it('shows a row to each role inside its scope and hides it outside', async () => {
    await checkScopes(world.database)
    expect(await countProbes(grantCounty('000000'))).toBe(1)
    expect(await countProbes(grantCounty('000001'))).toBe(0)
    expect(await countProbes(grantArea('000000', '00.0000.'))).toBe(1)
    expect(await countProbes(grantArea('000000', '00.0000.000001.'))).toBe(0)
    expect(await countProbes(grantHouseholds('000000', [probeId]))).toBe(1)
    expect(await countProbes(grantHouseholds('000000', []))).toBe(0)
    expect(await countProbes(grantSystem('000000', 'test'))).toBe(1)
  })

  it('gives the login itself no right to read', async () => {
    await expect(world.database.pool.query('SELECT 1 FROM kernel.probe')).rejects.toThrow(/permission denied/)
  })

  it('forgets role and settings when it ends', async () => {
    await countProbes(grantCounty('000000'))
    const left = await world.database.pool.query<{ role: string; county: string | null }>(
      "SELECT current_user AS role, nullif(current_setting('app.county', true), '') AS county",
    )
    expect(left.rows[0]).toEqual({ role: 'bangfu_app', county: null })
  })

  it('lets the app add audit rows but never change or remove them', async () => {
    const ctx = world.as(grantCounty('000000'))
    await inTransaction(ctx, (db) => audit(db, ctx, { did: 'kernel.test', objectKind: 'probe', objectId: '1' }))
    for (const statement of [sql`UPDATE kernel.audit SET did = 'x'`, sql`DELETE FROM kernel.audit`]) {
      await expect(inTransaction(ctx, (db) => statement.execute(db))).rejects.toThrow(/permission denied/)
    }
  })

  it('refuses a setting with a character that could end the statement', () => {
    const scope = { ...grantSystem('000000', 'x'), reason: "a'; DROP TABLE x; --" }
    expect(beginStatement({ scope, caller: { id: 'b', name: '', roles: [] }, deadline: 'job' })).not.toContain("a'")
    expect(() => beginStatement({ scope, caller: { id: "a'b", name: '', roles: [] }, deadline: 'job' })).toThrow(/not allowed/)
  })

  it('that sees one state sees nothing of what others commit meanwhile', async () => {
    const ctx = world.as(grantSystem('000000', 'test'))
    const count = async (seesOneState: boolean) =>
      inTransaction(
        ctx,
        async (db) => {
          const acts = async () => (await sql<{ n: number }>`SELECT count(*)::int AS n FROM kernel.outbox`.execute(db)).rows[0]?.n ?? 0
          const before = await acts()
          await inTransaction(ctx, (other) =>
            sql`INSERT INTO kernel.outbox (county_code, outbox_id, event, payload, at) VALUES ('000000', ${makeId()}, 'test', '{}', now())`.execute(
              other,
            ),
          )
          return (await acts()) - before
        },
        seesOneState,
      )
    expect([await count(false), await count(true)]).toEqual([1, 0])
  })

  it('undoes a savepoint without losing what came before it', async () => {
    const ctx = world.as(grantCounty('000000'))
    await inTransaction(ctx, async (db) => {
      await audit(db, ctx, { did: 'kernel.kept', objectKind: 'probe', objectId: '1' })
      const failing = inTransaction({ ...ctx, db }, async (inner) => {
        await audit(inner, ctx, { did: 'kernel.lost', objectKind: 'probe', objectId: '1' })
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
    })
    const rows = await inTransaction(ctx, (db) =>
      sql<{ did: string }>`SELECT did FROM kernel.audit WHERE did IN ('kernel.kept', 'kernel.lost')`.execute(db),
    )
    expect(rows.rows.map((row) => row.did)).toEqual(['kernel.kept'])
  })

  const note = (ctx: ReturnType<typeof world.as>, did: string) =>
    inTransaction(ctx, (db) => audit(db, ctx, { did, objectKind: 'probe', objectId: '1' }))
  const noted = async (like: string) => {
    const ctx = world.as(grantCounty('000000'))
    const found = await askAtOnce<{ did: string }>(ctx, `SELECT did FROM kernel.audit WHERE did ^@ ${literal(like)} ORDER BY audit_no`)
    return found.map(({ did }) => did)
  }

  it('that is done as a whole keeps nothing once a part of it failed, even where the fault was caught', async () => {
    const ctx = world.as(grantCounty('000000'))
    const parts = inTransaction(ctx, async (db) => {
      const mine = asWhole({ ...ctx, db })
      await note(mine, 'whole.first')
      const failing = inTransaction(mine, async (inner) => {
        await audit(inner, ctx, { did: 'whole.second', objectKind: 'probe', objectId: '1' })
        throw new Error('no')
      })
      await failing.catch(() => undefined)
    })
    await expect(parts).rejects.toThrow(/nothing of it is kept/)
    await inTransaction(ctx, async (db) => {
      const mine = asWhole({ ...ctx, db })
      await note(mine, 'whole.third')
      const aside = inTransaction({ ...mine }, () => Promise.reject(new Error('no'))) // a copy has its savepoint
      await expect(aside).rejects.toThrow('no')
    })
    expect(await noted('whole.')).toEqual(['whole.third'])
  })

  it('takes statements along with its begin and its end, which stand and fall with it, whatever their values hold', async () => {
    const ctx = world.as(grantCounty('000000'))
    const insert = (
      did: string,
    ) => `INSERT INTO kernel.audit (county_code, audit_id, at, caller_id, caller_name, did, object_kind, object_id)
      VALUES ('000000', ${literal(makeId())}, now(), 'a', ${literal("it's \\ '; COMMIT; --")}, ${literal(did)}, 'probe', '1') RETURNING did`
    const along = (last: string, work = () => Promise.resolve()) =>
      inTransactionAlong<{ did: string }, unknown>(ctx, {
        first: insert('along.first'),
        work: async (_db, rows) => {
          expect(rows).toEqual([{ did: 'along.first' }])
          await work()
        },
        last: () => last,
      })
    await expect(along(insert('along.lost'), () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await expect(along('SELECT 1 / 0')).rejects.toThrow(/division/)
    expect(await noted('along.')).toEqual([])
    await along(insert('along.last'))
    expect(await noted('along.')).toEqual(['along.first', 'along.last'])
    expect(() => literal('a\0b')).toThrow(/NUL/)
    expect([literal(null), literal(Buffer.from([1, 255]))]).toEqual(['NULL', "'\\x01ff'"])
  })
})
