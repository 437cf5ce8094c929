import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { instantOf } from '#kernel/pure/time/index.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { actingAs, givenCounty, givenUser, type GivenCounty } from '#modules/identity/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { readingPolicy } from '../policy/reading-policy.ts'
import { judgeBudget } from '../rules/reveal-budget.ts'
import { givenHousehold, type GivenHousehold } from './given.ts'
import { revealPerson } from './reveal-person.ts'

const world = openTestWorld()
const limits = readingPolicy.reveal
let county: GivenCounty
let household: GivenHousehold
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  household = await givenHousehold(world.as(grantCounty(county.countyCode)), world.vault, {
    areaPath: county.villages[0]?.path ?? '',
    members: Array.from({ length: limits.peoplePerHour + 3 }, (_, index) => ({
      name: `测试${index}`,
      phone: `1540001${String(index).padStart(4, '0')}`,
    })),
  })
})

describe('the budget of reveals', () => {
  it('is judged by people, not by looks', () => {
    const new10 = { peoplePerHour: 10, peoplePerDay: 20 }
    const nobody = { hour: false, day: false }
    expect(judgeBudget({ hour: 9, day: 9, knowsPerson: nobody }, new10)).toEqual({ ok: true })
    expect(judgeBudget({ hour: 10, day: 10, knowsPerson: nobody }, new10)).toEqual({ ok: false, limit: 10, hours: 1 })
    expect(judgeBudget({ hour: 0, day: 20, knowsPerson: nobody }, new10)).toEqual({ ok: false, limit: 20, hours: 24 })
    expect(judgeBudget({ hour: 10, day: 20, knowsPerson: { hour: true, day: true } }, new10)).toEqual({ ok: true })
  })

  it('ends at its limit also when all ask at once, comes back after an hour, and every look is audited', async () => {
    const officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, clock: () => testNowMs })
    const ctx = actingAs(officer, world.as(grantCounty(county.countyCode)))
    const look = (personId: string, at = ctx) => revealPerson(at, { personId, field: 'phone', reason: '联系入户', vault: world.vault })
    const results = await Promise.allSettled(household.persons.map((person) => look(person.personId)))
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(3)
    expect(refused[0]?.reason).toMatchObject({
      code: 'registry.reveal-budget',
      status: 429,
      details: { limit: limits.peoplePerHour, hours: 1 },
    })
    const seen = household.persons.filter((_, index) => results[index]?.status === 'fulfilled')
    const unseen = household.persons.find((_, index) => results[index]?.status === 'rejected')
    await expect(look(seen[0]?.personId ?? '')).resolves.toEqual({ value: seen[0]?.phone })
    const later = { ...ctx, now: instantOf(testNowMs + 3_600_001) }
    await expect(look(unseen?.personId ?? '', later)).resolves.toEqual({ value: unseen?.phone })
    const audited = await inTransaction(ctx, (db) =>
      sql<{
        count: number
      }>`SELECT count(*)::int AS count FROM kernel.audit WHERE did = 'registry.reveal' AND caller_id = ${officer.userId} AND reason = '联系入户'`.execute(
        db,
      ),
    )
    expect(audited.rows[0]?.count).toBe(limits.peoplePerHour + 2)
  })

  it('is a user’s own', async () => {
    const other = await givenUser(world.database, {
      role: 'township-officer',
      areaPath: county.townships[0]?.path ?? '',
      clock: () => testNowMs,
    })
    const ctx = actingAs(other, world.as(grantCounty(county.countyCode)))
    await expect(
      revealPerson(ctx, { personId: household.persons[0]?.personId ?? '', field: 'id-number', reason: '核对身份', vault: world.vault }),
    ).resolves.toEqual({
      value: household.persons[0]?.idNumber,
    })
  })
})
