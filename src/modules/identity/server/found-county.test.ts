import { describe, expect, inject, it } from 'vitest'
import { openTestWorld } from '../../../../test/database.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { sql } from 'kysely'
import { firstAdministrators } from '../contract.ts'
import { listAreas } from './area-store.ts'
import { setDemoPassword } from './change-password.ts'
import { findCounty, insertCounty } from './county-store.ts'
import { removeDemoCounty } from './demo-county-store.ts'
import { foundCounty } from './found-county.ts'
import { listTakenNames } from './login-store.ts'
import { makeUserId } from './open-accounts.ts'
import { systemContext } from './system-store.ts'
import { insertUsers } from './user-store.ts'

const world = openTestWorld()
const input = (isDemo: boolean, countyCode = '990301') => ({
  countyCode,
  name: '青禾县',
  isDemo,
  administrators: firstAdministrators.map((role, at) => ({ role, name: ['沈一', '沈二', '沈三'][at] ?? '', loginName: `first${at}` })),
})

describe('founding and removing a county', () => {
  it('refuses to make one person two of the three administrators', async () => {
    const [one, two, three] = input(true).administrators
    if (one === undefined || two === undefined || three === undefined) throw new Error('three are given')
    for (const administrators of [
      [one, { ...two, name: one.name }, three],
      [one, two, { ...three, loginName: two.loginName }],
      [one, one, three],
    ]) {
      await expect(foundCounty(world.database, Date.now, { ...input(true), administrators })).rejects.toMatchObject({
        code: 'identity.three-different-people',
      })
    }
    expect(await findCounty(world.database)).toBeUndefined()
  })

  it('happens once, also when two people press at the same moment', async () => {
    const tries = await Promise.allSettled([
      foundCounty(world.database, Date.now, input(true)),
      foundCounty(world.database, Date.now, input(true, '990302')),
    ])
    const [done] = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const [refused] = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    expect(refused).toMatchObject({ code: 'identity.already-founded' })
    expect(done?.administrators.map((one) => one.role)).toEqual([...firstAdministrators])
    expect(new Set(done?.administrators.map((one) => one.oneTimePassword)).size).toBe(3)
    const county = await findCounty(world.database)
    expect(county).toMatchObject({ name: '青禾县', isDemo: true })
    const areas = await listAreas(world.as(grantCounty(county?.code ?? '')))
    expect(areas.map((area) => area.level)).toEqual(['province', 'prefecture', 'county'])
  })

  it('leaves no row of the demo county in any table, and a real county stays', async () => {
    const code = (await findCounty(world.database))?.code ?? ''
    const { countyCode, rows } = await removeDemoCounty(inject('serverAccess'), world.database.name)
    expect(countyCode).toBe(code)
    expect(rows).toBeGreaterThan(10)
    const left = await inTransaction(systemContext(world.database, Date.now, { countyCode, reason: 'test' }), (db) =>
      sql`SELECT county_code FROM identity.login UNION ALL SELECT county_code FROM identity.area UNION ALL SELECT county_code FROM kernel.audit`.execute(
        db,
      ),
    )
    expect(left.rows).toEqual([])

    const founded = await foundCounty(world.database, Date.now, input(false))
    await expect(removeDemoCounty(inject('serverAccess'), world.database.name)).rejects.toMatchObject({ code: 'identity.not-the-demo' })
    expect((await findCounty(world.database))?.isDemo).toBe(false)
    const ctx = systemContext(world.database, Date.now, { countyCode: '990301', reason: 'test' })
    const [first] = founded.administrators
    if (first === undefined) throw new Error('three are made')
    const given = { userId: first.userId, password: 'demo-demo-demo' }
    await expect(setDemoPassword(ctx, given)).rejects.toMatchObject({ code: 'identity.not-the-demo' })
  })

  it('removes the demo beside a real county row by row', async () => {
    const ctx = systemContext(world.database, Date.now, { countyCode: '990399', reason: 'test' })
    await inTransaction(ctx, async (db) => {
      await insertCounty(db, ctx, { name: '演示县', isDemo: true })
      await insertUsers(db, ctx, [{ userId: makeUserId(ctx), name: '演示', loginName: 'demo' }])
    })
    expect(await removeDemoCounty(inject('serverAccess'), world.database.name)).toEqual({ countyCode: '990399', rows: 2 })
    const real = systemContext(world.database, Date.now, { countyCode: '990301', reason: 'test' })
    expect(await inTransaction(real, (db) => listTakenNames(db, ['first0', 'first1', 'first2']))).toEqual(
      new Set(['first0', 'first1', 'first2']),
    )
  })

  it('leaves row security forced on every table', async () => {
    const ctx = systemContext(world.database, Date.now, { countyCode: '990301', reason: 'test' })
    const open = await inTransaction(ctx, (db) =>
      sql`SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
          WHERE nspname IN ('identity', 'kernel') AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)`.execute(db),
    )
    expect(open.rows).toEqual([])
  })
})
