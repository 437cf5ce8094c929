import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import { firstAdministrators, type Founded, type FoundCounty } from '../contract.ts'
import { countyPathOf } from '../rules/area-codes.ts'
import type { PlannedArea } from '../rules/area-plan.ts'
import { insertAreas } from './area-store.ts'
import { insertCounty, lockFounding } from './county-store.ts'
import { identityErrors } from './errors.ts'
import { makeUserId, openAccounts } from './open-accounts.ts'
import { identityPolicy } from './policy.ts'
import { systemContext, type Clock } from './system-store.ts'

/**
 * Founds the county of an empty database: the county, its place in the areas, and the first three administrators with one-time
 * passwords, which are returned this once. Refused where there is a county already.
 */
export async function foundCounty(database: Database, clock: Clock, input: FoundCounty & { isDemo?: boolean }): Promise<Founded> {
  refuseSamePerson(input.administrators)
  const ctx = systemContext(database, clock, { countyCode: input.countyCode, reason: 'founding' })
  return inTransaction(ctx, async (db) => {
    if (await lockFounding(db)) throw identityErrors.alreadyFounded()
    await insertCounty(db, ctx, { name: input.name, isDemo: input.isDemo === true })
    await insertAreas(db, ctx, upperAreas(input))
    const areaPath = countyPathOf(input.countyCode)
    const drafts = input.administrators.map(({ name, loginName, role }) => ({
      name,
      loginName,
      roles: [role],
      areaPath,
      userId: makeUserId(ctx),
    }))
    const accounts = await openAccounts(db, ctx, drafts)
    await auditFounding({ ...ctx, db }, input)
    return {
      countyCode: input.countyCode,
      administrators: accounts.map((account) => ({
        ...account,
        role: drafts.find((draft) => draft.userId === account.userId)?.roles[0] ?? 'system-administrator',
      })),
    }
  })
}

async function auditFounding(ctx: Context & { db: NonNullable<Context['db']> }, input: FoundCounty & { isDemo?: boolean }): Promise<void> {
  const details = { isDemo: input.isDemo === true, administrators: input.administrators.length }
  await audit(ctx.db, ctx, { did: 'identity.found', objectKind: 'identity.county', objectId: input.countyCode, details })
}

/** System, security and audit administrator are three people: each role once, no name and no login name twice. */
function refuseSamePerson(administrators: FoundCounty['administrators']): void {
  const count = firstAdministrators.length
  for (const key of ['role', 'name', 'loginName'] as const) {
    if (new Set(administrators.map((one) => one[key])).size !== count) throw identityErrors.threeDifferentPeople({ field: key })
  }
}

function upperAreas(input: FoundCounty): PlannedArea[] {
  const county = input.countyCode
  const [province, prefecture] = [county.slice(0, 2), county.slice(0, 4)]
  const area = (level: PlannedArea['level'], code: string, given: { name: string; parentPath: string }): PlannedArea => ({
    ...given,
    level,
    code,
    officialCode: code,
    path: `${given.parentPath}${code}.`,
    isOwnCode: false,
  })
  return [
    area('province', province, { name: input.provinceName ?? identityPolicy().provinces[province] ?? province, parentPath: '' }),
    area('prefecture', prefecture, { name: input.prefectureName ?? prefecture, parentPath: `${province}.` }),
    area('county', county, { name: input.name, parentPath: `${province}.${prefecture}.` }),
  ]
}
