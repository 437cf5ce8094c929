import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { BulkUserRow, RoleKey, UserId } from '../contract.ts'
import { changeUser, getUser, setUserState } from './change-user.ts'
import { createUser } from './create-user.ts'
import { createUsersInBulk } from './create-users-in-bulk.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from './given.ts'
import { handOver, whenHandedOver } from './hand-over.ts'
import { listUsers } from './list-users.ts'
import { insertOrganisation } from './organisation-store.ts'
import { findUserNames, listUsersWithRole } from './people-store.ts'

const world = openTestWorld()
let county: GivenCounty
let admin: GivenUser
const asAdmin = (ctx?: Context) => ({ ...(ctx ?? world.as(grantCounty(county.countyCode))), caller: admin.caller })
const rolled = (work: (ctx: Context & { db: NonNullable<Context['db']> }) => Promise<void>) =>
  rolledBack(asAdmin(), (ctx) => work({ ...asAdmin(ctx), db: ctx.db }))
const create = (ctx: Context, loginName: string, given: { roles?: RoleKey[]; areaPath?: string; phone?: string } = {}) =>
  createUser(
    ctx,
    {
      name: `柳${loginName}`,
      loginName,
      roles: given.roles ?? ['village-cadre'],
      areaPath: given.areaPath ?? county.villages[0]?.path ?? '',
      phone: given.phone,
    },
    world.vault,
  )

beforeAll(async () => {
  county = await givenCounty(world.database)
  admin = await givenUser(world.database, { role: 'system-administrator', areaPath: county.countyPath })
})

describe('an account', () => {
  it('is opened with a one-time password and listed with a masked telephone', () =>
    rolled(async (ctx) => {
      const account = await create(ctx, 'cadre-one', { phone: '15400000001' })
      expect(account.oneTimePassword).toMatch(/^(\w{4}-){3}\w{4}$/)
      const page = await listUsers(ctx, { startsWith: 'cadre-o' }, world.vault)
      expect(page.items).toHaveLength(1)
      expect(page.items[0]).toMatchObject({
        loginName: 'cadre-one',
        roles: ['village-cadre'],
        mustChangePassword: true,
        areaName: '柳湾村',
      })
      expect(page.items[0]?.phoneMasked).not.toContain('0000000')
      expect(page.items[0]?.can).toEqual({ edit: true, disable: true, enable: false, handOver: true, reset: true, unlock: false })
      const cells = await sql<{ phone_cell: Buffer }>`SELECT phone_cell FROM identity.user_account WHERE phone_cell IS NOT NULL`.execute(
        ctx.db,
      )
      expect(cells.rows.every((row) => !row.phone_cell.includes('15400000001'))).toBe(true)
    }))

  it('is refused for a taken name, a role at the wrong level, an unknown area, or two administrators in one', () =>
    rolled(async (ctx) => {
      await create(ctx, 'taken')
      await expect(create(ctx, 'taken')).rejects.toMatchObject({ code: 'identity.login-name-taken' })
      await expect(create(ctx, 'b1', { areaPath: county.countyPath })).rejects.toMatchObject({
        details: { reasons: ['role-not-at-this-level'] },
      })
      await expect(create(ctx, 'b2', { areaPath: '43.4305.430525.' })).rejects.toMatchObject({ code: 'identity.unknown-area' })
      const roles: RoleKey[] = ['system-administrator', 'audit-administrator']
      await expect(create(ctx, 'b3', { areaPath: county.countyPath, roles })).rejects.toMatchObject({
        details: { reasons: ['roles-not-together'] },
      })
    }))

  it('cannot hold two of the three administrators even past the rules', () =>
    rolled(async (ctx) => {
      const add = sql`
        INSERT INTO identity.user_role (county_code, user_role_id, user_id, role, area_path, valid_from)
        VALUES (${county.countyCode}, gen_random_uuid(), ${admin.userId}, 'security-administrator', ${county.countyPath}, '2023-01-01')`
      await expect(inTransaction(ctx, (db) => add.execute(db))).rejects.toMatchObject({ constraint: 'user_role_three_administrators' })
    }))

  it('changes role and area with the revision it was read at, and keeps the old role with its end', () =>
    rolled(async (ctx) => {
      const { userId } = await create(ctx, 'mover')
      const areaPath = county.townships[0]?.path ?? ''
      const { revision } = await getUser(ctx.db, ctx, userId)
      await changeUser(ctx, { userId, vault: world.vault, input: { revision, roles: ['township-officer'], areaPath } })
      expect(await getUser(ctx.db, ctx, userId)).toMatchObject({ roles: ['township-officer'], areaPath, revision: revision + 1 })
      const stale = changeUser(ctx, { userId, vault: world.vault, input: { revision, name: '迟到' } })
      await expect(stale).rejects.toMatchObject({ code: 'identity.changed-meanwhile' })
      const roles = await sql<{ role: string; ended: boolean }>`
        SELECT role, valid_to IS NOT NULL AS ended FROM identity.user_role WHERE user_id = ${userId} ORDER BY role`.execute(ctx.db)
      expect(roles.rows).toEqual([
        { role: 'township-officer', ended: false },
        { role: 'village-cadre', ended: true },
      ])
    }))

  it('of the last administrator of a kind, and the own one, stays', () =>
    rolled(async (ctx) => {
      const auditor = county.administrators.find((one) => one.role === 'audit-administrator')?.userId
      if (auditor === undefined) throw new Error('the county was founded with three administrators')
      const close = setUserState(ctx, { userId: auditor, state: 'disabled' })
      await expect(close).rejects.toMatchObject({ code: 'identity.last-administrator', details: { role: 'audit-administrator' } })
      await expect(setUserState(ctx, { userId: admin.userId, state: 'disabled' })).rejects.toMatchObject({ code: 'identity.not-yourself' })
      const own = changeUser(ctx, { userId: admin.userId, vault: world.vault, input: { revision: 2, roles: ['county-data-officer'] } })
      await expect(own).rejects.toMatchObject({ code: 'identity.not-yourself' })
    }))
})

describe('a list of users', () => {
  it('is read page by page without loss or repetition', () =>
    rolled(async (ctx) => {
      for (let number = 0; number < 7; number += 1) await create(ctx, `paged${number}`)
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await listUsers(ctx, { startsWith: 'paged', limit: 3, ...(after === undefined ? {} : { after }) }, world.vault)
        seen.push(...page.items.map((user) => user.loginName))
        after = page.next
      } while (after !== undefined)
      expect(seen).toEqual(Array.from({ length: 7 }, (_, number) => `paged${number}`))
    }))

  it('tells other modules who answers for a village', () =>
    rolled(async (ctx) => {
      const { userId } = await create(ctx, 'answers')
      const [here, there] = county.villages
      expect(await listUsersWithRole(ctx, { role: 'village-cadre', under: here?.path })).toMatchObject([{ userId, areaPath: here?.path }])
      expect(await listUsersWithRole(ctx, { role: 'village-cadre', under: there?.path })).toEqual([])
      expect((await findUserNames(ctx, [userId])).map((one) => one.name)).toEqual(['柳answers'])
    }))
})

describe('accounts from a sheet', () => {
  const row = (number: number, given: Partial<BulkUserRow>): BulkUserRow => ({
    row: number,
    name: '曾可',
    phone: `1540000${String(number).padStart(4, '0')}`,
    organisation: '',
    role: '村干部',
    area: '菱塘镇 柳湾村',
    ...given,
  })

  it('are all accounted for: made with a password or refused with column and reason', () =>
    rolled(async (ctx) => {
      await insertOrganisation(ctx.db, ctx, { kind: 'department', name: '青禾县民政局', areaPath: county.countyPath })
      const rows = [
        row(2, {}),
        row(3, {}),
        row(4, { loginName: 'Zengke3', area: '990301101200' }),
        row(5, { name: '', phone: '12' }),
        row(6, { role: '县长', area: '无名村' }),
        row(7, { area: '柳湾村' }),
        row(8, { role: '乡镇干部' }),
        row(9, { phone: '1540000 0002' }),
        row(10, { organisation: '没有的单位', area: '' }),
        row(11, { role: 'county-leader', area: '青禾县', organisation: '青禾县民政局' }),
        row(12, { area: '汀溪乡柳湾村', loginName: '曾' }),
      ]
      const results = await createUsersInBulk(ctx, rows, world.vault)
      expect(results.map((one) => one.row)).toEqual(rows.map((one) => one.row))
      const made = results.flatMap((one) => (one.state === 'made' ? [one.account.loginName] : []))
      expect(made).toEqual(['zengke', 'zengke2', 'zengke3', 'zengke4'])
      const refused = results.flatMap((one) =>
        one.state === 'refused' ? [[one.row, ...one.problems.map((two) => `${two.field} ${two.reason}`)]] : [],
      )
      expect(refused).toEqual([
        [5, 'name no-name', 'phone bad-phone'],
        [6, 'role unknown-role', 'area unknown-area'],
        [7, 'area ambiguous-area'],
        [8, 'area role-not-at-this-level'],
        [9, 'name twice-in-sheet'],
        [10, 'organisation unknown-organisation', 'area unknown-area'],
        [12, 'loginName bad-login-name'],
      ])
      const again = await createUsersInBulk(ctx, rows.slice(0, 2), world.vault)
      expect(again).toMatchObject([{ problems: [{ reason: 'already-there' }] }, { problems: [{ reason: 'already-there' }] }])
    }))
})

describe('somebody who leaves', () => {
  const leave = (ctx: Context, fromUserId: UserId, toUserId: UserId) => handOver(ctx, { fromUserId, toUserId, reason: '调离' })

  it('hands the work over in the same transaction and loses roles and account', () =>
    rolled(async (ctx) => {
      const [from, to] = [
        await create(ctx, 'leaver'),
        await create(ctx, 'heir', { roles: ['township-officer'], areaPath: county.townships[0]?.path ?? '' }),
      ]
      const asked: unknown[] = []
      const takeOver: (typeof whenHandedOver)[number] = async (_ctx, people) => {
        asked.push(people)
        return { object: 'screening.lead', moved: 3 }
      }
      whenHandedOver.push(takeOver)
      try {
        expect(await leave(ctx, from.userId, to.userId)).toEqual({ moved: { 'screening.lead': 3 } })
      } finally {
        whenHandedOver.splice(whenHandedOver.indexOf(takeOver), 1)
      }
      expect(asked).toEqual([{ fromUserId: from.userId, toUserId: to.userId }])
      expect(await getUser(ctx.db, ctx, from.userId)).toMatchObject({ state: 'left', roles: [] })
      const { rows } = await sql<{ did: string; reason: string }>`
        SELECT did, reason FROM kernel.audit WHERE object_id = ${from.userId} AND did = 'identity.user-hand-over'`.execute(ctx.db)
      expect(rows).toEqual([{ did: 'identity.user-hand-over', reason: '调离' }])
      await expect(leave(ctx, from.userId, to.userId)).rejects.toMatchObject({ code: 'identity.not-active' })
    }))

  it('needs a successor whose area holds the work', () =>
    rolled(async (ctx) => {
      const [from, to] = [await create(ctx, 'here'), await create(ctx, 'there', { areaPath: county.villages[2]?.path ?? '' })]
      await expect(leave(ctx, from.userId, to.userId)).rejects.toMatchObject({ code: 'identity.successor-elsewhere' })
    }))
})
