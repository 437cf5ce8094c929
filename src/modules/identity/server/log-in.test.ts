import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { setUserState } from './change-user.ts'
import { makeGatekeeper } from './gatekeeper.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from './given.ts'
import { logIn } from './log-in.ts'
import { resetPassword, unlockUser } from './reset-password.ts'

const world = openTestWorld()
const minute = 60_000
let nowMs = testNowMs
const clock = () => nowMs
let county: GivenCounty
let admin: GivenUser
const enter = (loginName: string, password: string) => logIn(world.database, clock, { loginName, password, address: '127.0.0.1' })
const someone = () => givenUser(world.database, { role: 'township-officer', areaPath: county.townships[0]?.path ?? '', clock })
const asAdmin = () => world.as(grantCounty(county.countyCode), admin.caller)
const recognise = (token: string) => makeGatekeeper(world.database, clock).recognise(token)

beforeAll(async () => {
  county = await givenCounty(world.database, { clock })
  admin = await givenUser(world.database, { role: 'system-administrator', areaPath: county.countyPath, clock })
})

async function failed(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'no refusal',
    (fault: unknown) => fault,
  )
}

describe('a login', () => {
  it('begins a session with the scope of the role', async () => {
    const user = await someone()
    const { token, mustChangePassword } = await enter(` ${user.loginName.toUpperCase()}`, user.password)
    expect(mustChangePassword).toBe(false)
    const found = await recognise(token)
    expect(found?.ctx.scope).toMatchObject({ kind: 'area', countyCode: county.countyCode, path: county.townships[0]?.path })
    expect(found?.ctx.caller).toMatchObject({ id: user.userId, roles: ['township-officer'] })
    expect(await recognise(`${token.slice(0, -1)}!`)).toBeUndefined()
    expect(await recognise(token.replace(/^\d{6}/, '990302'))).toBeUndefined()
  })

  it('gives the same answer to a wrong password and to a name nobody has', async () => {
    const user = await someone()
    const wrong = await failed(enter(user.loginName, 'wrong'))
    const nobody = await failed(enter('nobody-here', 'wrong'))
    expect(wrong).toMatchObject({ code: 'identity.login-refused', status: 401, details: {} })
    expect(nobody).toMatchObject({ code: 'identity.login-refused', status: 401, details: {} })
  })

  it('locks a name after five tries for 15 minutes, whether or not somebody has it', async () => {
    const user = await someone()
    for (const name of [user.loginName, 'nobody-at-all']) {
      for (let tries = 1; tries <= 5; tries += 1)
        expect(await failed(enter(name, 'wrong'))).toMatchObject({ code: 'identity.login-refused' })
      expect(await failed(enter(name, user.password))).toMatchObject({ code: 'identity.login-locked', status: 423 })
    }
    nowMs += 14 * minute
    expect(await failed(enter(user.loginName, user.password))).toMatchObject({ code: 'identity.login-locked' })
    nowMs += 2 * minute
    expect((await enter(user.loginName, user.password)).token).toMatch(/^990301\./)
    for (let tries = 1; tries <= 4; tries += 1) await failed(enter(user.loginName, 'wrong'))
    expect((await enter(user.loginName, user.password)).token).toMatch(/^990301\./)
  })

  it('lets no more than five of twenty tries at the same moment through', async () => {
    const user = await someone()
    const answers = await Promise.all(Array.from({ length: 20 }, () => failed(enter(user.loginName, 'wrong'))))
    const codes = answers.map((answer) => (answer instanceof Error ? answer.message : ''))
    expect(codes.filter((code) => code === 'identity.login-refused')).toHaveLength(5)
    expect(codes.filter((code) => code === 'identity.login-locked')).toHaveLength(15)
  })

  it('is let in again by an administrator', async () => {
    const user = await someone()
    for (let tries = 1; tries <= 6; tries += 1) await failed(enter(user.loginName, 'wrong'))
    await unlockUser(asAdmin(), user.userId)
    expect((await enter(user.loginName, user.password)).token).toBeTruthy()
  })

  it('is written down with the act', async () => {
    const user = await someone()
    await failed(enter(user.loginName, 'wrong'))
    await enter(user.loginName, user.password)
    const rows = await inTransaction(asAdmin(), (db) =>
      sql<{ did: string }>`SELECT did FROM kernel.audit WHERE object_id = ${user.userId} ORDER BY audit_no`.execute(db),
    )
    expect(rows.rows.map((row) => row.did)).toEqual(['identity.login-refused', 'identity.login'])
  })
})

describe('a session', () => {
  it('ends when it rests, and after twelve hours whatever happens', async () => {
    const [officer, administrator] = [await someone(), admin]
    const tokens = [await enter(officer.loginName, officer.password), await enter(administrator.loginName, administrator.password)]
    const alive = () => Promise.all(tokens.map(async ({ token }) => (await recognise(token)) !== undefined))
    nowMs += 14 * minute
    expect(await alive()).toEqual([true, true])
    nowMs += 16 * minute
    expect(await alive()).toEqual([true, false])
    const start = nowMs
    for (; nowMs < start + 11 * 60 * minute; nowMs += 20 * minute) expect(await alive()).toEqual([true, false])
    nowMs += 31 * minute
    expect(await alive()).toEqual([false, false])
  })

  it('ends at once when the account is disabled, and the account is refused', async () => {
    const user = await someone()
    const { token } = await enter(user.loginName, user.password)
    await setUserState(asAdmin(), { userId: user.userId, state: 'disabled' })
    expect(await recognise(token)).toBeUndefined()
    expect(await failed(enter(user.loginName, user.password))).toMatchObject({ code: 'identity.login-refused' })
    await setUserState(asAdmin(), { userId: user.userId, state: 'active' })
    expect(await recognise(token)).toBeUndefined()
  })

  it('ends at once with a reset, and the new password works once', async () => {
    const user = await someone()
    const { token } = await enter(user.loginName, user.password)
    const { oneTimePassword } = await resetPassword(asAdmin(), user.userId)
    expect(await recognise(token)).toBeUndefined()
    const again = await enter(user.loginName, oneTimePassword)
    expect(again.mustChangePassword).toBe(true)
    expect((await recognise(again.token))?.onlyActions).toContain('change-password')
  })

  it('of a village cadre reaches that village and of a helper nothing that is not his', async () => {
    const village = county.villages[1]?.path ?? ''
    const cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: village, clock })
    const helper = await givenUser(world.database, { role: 'helper', areaPath: county.countyPath, clock })
    const scopeOf = async (user: GivenUser) => (await recognise((await enter(user.loginName, user.password)).token))?.ctx.scope
    expect(await scopeOf(cadre)).toMatchObject({ kind: 'area', lo: village, hi: `${village.slice(0, -1)}/` })
    expect(await scopeOf(helper)).toMatchObject({ kind: 'households', householdIds: [] })
  })
})
