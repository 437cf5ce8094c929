import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openTestWorld } from '../../../../test/database.ts'
import { makeId } from '../../pure/ids/index.ts'
import { grantArea, grantCounty, grantHouseholds, grantSystem } from '../caller/index.ts'
import { audit } from '../audit/index.ts'
import { beginStatement, checkScopes, inTransaction } from './index.ts'

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
})
