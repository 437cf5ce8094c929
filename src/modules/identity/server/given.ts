import { grantArea, grantCounty, grantHouseholds, type Caller, type Context, type Scope } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import { sessionCookie } from '#kernel/server/http/index.ts'
import { firstAdministrators, type Area, type NewAccount, type RoleKey, type UserId } from '../contract.ts'
import { countyPathOf } from '../rules/area-codes.ts'
import { listAreas } from './area-store.ts'
import { findCounty } from './county-store.ts'
import { foundCounty } from './found-county.ts'
import { importAreas } from './import-areas.ts'
import { savePassword } from './login-store.ts'
import { makeUserId, openAccounts } from './open-accounts.ts'
import { addOrganisation } from './organisations.ts'
import { hashPassword } from './passwords.ts'
import { insertSession, makeToken } from './session-store.ts'
import { systemContext, type Clock } from './system-store.ts'

/** Recognises the cookies of `givenUser`, for the route tests of other modules. */
export { makeGatekeeper } from './gatekeeper.ts'
/** An organisation without a word of the routes. */
export { insertOrganisation } from './organisation-store.ts'

/** An invented county: two townships with two villages each, every village with three groups. */
export interface GivenCounty {
  countyCode: string
  countyPath: string
  townships: Area[]
  /** In the order of their paths: the first two lie in the first township. */
  villages: Area[]
  groups: Area[]
  /** Empty where the county was there already. */
  administrators: (NewAccount & { role: RoleKey })[]
}

const countyCode = '990301'
const lists = [
  { township: '菱塘镇', code: '990301101', villages: ['柳湾村', '荷坪村'] },
  { township: '汀溪乡', code: '990301201', villages: ['稻香村', '柳湾村'] },
]

/** Founds the county 990301 with its areas, committed, or finds it when it is there. Two of its villages have the same name. */
export async function givenCounty(database: Database, options: { clock?: Clock; isDemo?: boolean } = {}): Promise<GivenCounty> {
  const { clock = Date.now, isDemo = false } = options
  const system = systemContext(database, clock, { countyCode, reason: 'given' })
  let administrators: GivenCounty['administrators'] = []
  if ((await findCounty(database)) === undefined) {
    const founded = await foundCounty(database, clock, {
      countyCode,
      name: '青禾县',
      isDemo,
      administrators: firstAdministrators.map((role, index) => ({ role, name: `管理员${'甲乙丙'[index] ?? ''}`, loginName: role })),
    })
    administrators = founded.administrators
    await importAreas(system, { isDryRun: false, rows: lists.flatMap(rowsOf) })
  }
  const areas = await listAreas(system)
  const of = (level: Area['level']) => areas.filter((area) => area.level === level)
  const countyPath = countyPathOf(countyCode)
  return { countyCode, countyPath, townships: of('township'), villages: of('village'), groups: of('group'), administrators }
}

function rowsOf({ township, code, villages }: (typeof lists)[number]) {
  return [
    { code, name: township },
    ...villages.flatMap((name, at) => {
      const villageCode = `${code}20${at}`
      const groups = [1, 2, 3].map((number) => ({ code: `${villageCode}0${number}`, name: `${number}组` }))
      return [{ code: villageCode, name }, ...groups]
    }),
  ]
}

/** A user with a role in an area, his password known, and a session that routes accept as a cookie. */
export interface GivenUser {
  userId: UserId
  name: string
  loginName: string
  password: string
  caller: Caller
  /** What authentication would grant him; `households` for a helper. */
  scope: Scope
  /** For `inject`: `{ headers: { cookie } }`. */
  cookie: string
}

let count = 0

/** Opens an account in the county of `givenCounty`, committed. */
export async function givenUser(
  database: Database,
  given: { role: RoleKey; areaPath: string; name?: string; households?: readonly string[]; clock?: Clock },
): Promise<GivenUser> {
  count += 1
  const { role, areaPath, clock = Date.now } = given
  const ctx = systemContext(database, clock, { countyCode, reason: 'given' })
  const [name, loginName, password] = [given.name ?? `测试${count}`, `given${count}`, `Lantern-${count}-river`]
  const userId = makeUserId(ctx)
  const token = makeToken(countyCode)
  const passwordHash = await hashPassword(password)
  await inTransaction(ctx, async (db) => {
    await openAccounts(db, ctx, [{ userId, name, loginName, roles: [role], areaPath }])
    await savePassword(db, ctx, { userId, passwordHash, isOneTime: false })
    await insertSession(db, ctx, { token, userId, idleMinutes: 30, longestHours: 12 })
  })
  const scope = role === 'helper' ? grantHouseholds(countyCode, given.households ?? []) : scopeOf(areaPath)
  return { userId, name, loginName, password, caller: { id: userId, name, roles: [role] }, scope, cookie: `${sessionCookie}=${token}` }
}

function scopeOf(areaPath: string): Scope {
  return areaPath === countyPathOf(countyCode) ? grantCounty(countyCode) : grantArea(countyCode, areaPath)
}

/** A context in which this user acts, with the clock of another one. */
export function actingAs(user: GivenUser, ctx: Context): Context {
  return { ...ctx, caller: user.caller, scope: user.scope }
}

/** A co-operative of the county, committed; its id. */
export async function addGivenOrganisation(ctx: Context, name: string): Promise<string> {
  return (await addOrganisation(ctx, { kind: 'cooperative', name })).organisationId
}
