import { beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { givenCounty, givenUser, actingAs, type GivenCounty, type GivenUser } from '#modules/identity/server/given.ts'
import { openTestWorld, rolledBack, testNowMs } from '../../../../test/database.ts'
import { HouseholdId, PersonId, type ProposeCorrection } from '../contract.ts'
import { precedenceOf } from '../policy/policy.ts'
import { mergeRow } from '../rules/merge-row.ts'
import { decideCorrection, listCorrections, proposeCorrection } from './correct-register.ts'
import { countCorrections } from './correction-store.ts'
import { getHousehold } from './get-household.ts'
import { givenHousehold, givenIdNumber } from './given.ts'
import { findPersonRow } from './household-store.ts'
import { getRegisterRevision } from './read-register.ts'
import { revealPerson } from './reveal-person.ts'
import { searchHouseholds } from './search-households.ts'

const world = openTestWorld()
let county: GivenCounty
let officer: GivenUser
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, clock: () => testNowMs })
})

const deps = () => ({ vault: world.vault })
/** A household of two in a transaction that is rolled back, and how to propose a correction of its head. */
async function withHousehold(work: (given: Awaited<ReturnType<typeof prepare>>) => Promise<void>): Promise<void> {
  await rolledBack(actingAs(officer, world.as(grantCounty(county.countyCode))), async (ctx) => work(await prepare(ctx)))
}
async function prepare(ctx: Context & { db: Db }) {
  const found = await givenHousehold(ctx, world.vault, {
    areaPath: county.villages[0]?.path ?? '',
    type: '一般农户',
    members: [
      { name: '覃为民', phone: '15400000011', labourSkill: '普通劳动力', monthlyIncomeFen: 300_000 },
      { name: '覃小小', relation: '之子' },
    ],
  })
  const householdId = HouseholdId.parse(found.householdId)
  const personId = PersonId.parse(found.persons[0]?.personId)
  const propose = (given: Partial<ProposeCorrection>) =>
    proposeCorrection(ctx, { householdId, personId, source: '电话调查', field: 'name', newValue: '', ...given }, deps())
  const decide = (one: { correctionId: string; revision: number }, decision: 'confirm' | 'apply' | 'reject', reason?: string) =>
    decideCorrection(ctx, one.correctionId, { revision: one.revision, decision, reason, deps: deps() })
  return { ctx, db: ctx.db, householdId, personId, propose, decide, found }
}

describe('a correction', () => {
  it('is found, confirmed and applied; the value then comes from it, and the name is found by its sound', () =>
    withHousehold(async ({ ctx, db, householdId, personId, propose, decide }) => {
      const before = await getRegisterRevision(ctx, db)
      const found = await propose({ field: 'name', newValue: ' 单为民' })
      expect(found).toMatchObject({
        state: 'found',
        oldValue: '覃为民',
        newValue: '单为民',
        foundName: officer.name,
        confirmedName: undefined,
        can: { confirm: true, apply: true, reject: true },
      })
      const confirmed = await decide(found, 'confirm')
      const applied = await decide(confirmed, 'apply')
      expect(applied).toMatchObject({ state: 'applied', confirmedOn: '2023-12-18', appliedOn: '2023-12-18', can: { apply: false } })
      const record = await getHousehold(ctx, householdId, deps())
      expect(record).toMatchObject({ headName: '单为民', members: [{ personId, name: '单为民' }, { name: '覃小小' }] })
      expect(record.members[0]?.facts.find((fact) => fact.key === 'name')?.source).toEqual({
        from: 'correction',
        id: found.correctionId,
        on: '2023-12-18',
      })
      expect(record.changes[0]).toMatchObject({ by: 'correction', changes: { name: ['覃为民', '单为民'] } })
      expect((await searchHouseholds(ctx, { q: 'shanweimin', limit: 50 }, world.vault)).items).toHaveLength(1)
      expect((await searchHouseholds(ctx, { q: '覃为民', limit: 50 }, world.vault)).items).toEqual([])
      expect(await getRegisterRevision(ctx, db)).toBe(before + 1)
    }))

  it('stands against the next file: what the file says is a conflict, not a change', () =>
    withHousehold(async ({ ctx, db, personId, propose, decide }) => {
      await decide(await propose({ field: 'laborSkill', newValue: '丧失劳动力' }), 'apply')
      const row = await findPersonRow(db, ctx.scope, personId)
      const current = {
        values: { laborSkill: row?.labour_skill ?? undefined },
        sources: { register: { on: '2023-09-30' } },
        exceptions: row?.exceptions ?? {},
        conflicts: {},
      }
      const stated = { kind: 'register' as const, on: '2024-03-31', fields: ['laborSkill'], values: { laborSkill: '普通劳动力' } }
      expect(mergeRow(current, stated, precedenceOf)).toMatchObject({ take: [], conflicts: [{ field: 'laborSkill', reason: 'corrected' }] })
    }))

  it('of a number or telephone is kept sealed, shown by its tail, and found by the new number', () =>
    withHousehold(async ({ ctx, db, personId, propose, decide, found }) => {
      const idNumber = givenIdNumber()
      const made = await propose({ field: 'idNumber', newValue: idNumber.toLowerCase() })
      expect([made.oldValue, made.newValue]).toEqual([`****${found.persons[0]?.idNumber.slice(-4) ?? ''}`, `****${idNumber.slice(-4)}`])
      const stored = await sql<{ text: string }>`SELECT c::text AS text FROM registry.correction c`.execute(db)
      expect(stored.rows[0]?.text).not.toContain(idNumber)
      await decide(made, 'apply')
      expect((await searchHouseholds(ctx, { q: idNumber, limit: 50 }, world.vault)).items).toHaveLength(1)
      expect(await revealPerson(ctx, { personId, field: 'id-number', reason: '核对身份', vault: world.vault })).toEqual({ value: idNumber })
      await decide(await propose({ field: 'personPhone', newValue: '164 0000 0012' }), 'apply')
      expect(await revealPerson(ctx, { personId, field: 'phone', reason: '核对电话', vault: world.vault })).toEqual({
        value: '16400000012',
      })
    }))

  it('of the type judges the exit status anew, and the totals still balance', () =>
    withHousehold(async ({ ctx, householdId, propose, decide }) => {
      await decide(await propose({ personId: undefined, field: 'householdType', newValue: '脱贫户' }), 'apply')
      expect(await getHousehold(ctx, householdId, deps())).toMatchObject({ type: '脱贫户', exitStatus: 'exited' })
    }))

  it('of the relation ends one membership and begins another', () =>
    withHousehold(async ({ db, personId, propose, decide }) => {
      await decide(await propose({ field: 'relationToHead', newValue: '配偶' }), 'apply')
      const rows = await sql<{ relation: string; valid_to: string | null }>`
        SELECT relation, valid_to FROM registry.membership WHERE person_id = ${personId}::uuid ORDER BY valid_from`.execute(db)
      expect(rows.rows).toEqual([
        { relation: '户主', valid_to: '2023-12-18' },
        { relation: '配偶', valid_to: null },
      ])
    }))

  it('is refused when it says nothing new, cannot be read, names no such field, or is open already', () =>
    withHousehold(async ({ propose }) => {
      await expect(propose({ newValue: '覃为民' })).rejects.toMatchObject({ code: 'registry.same-value' })
      await expect(propose({ newValue: '' })).rejects.toMatchObject({ code: 'registry.not-readable', details: { problem: 'needed' } })
      await expect(propose({ field: 'monthlyWage', newValue: '很多' })).rejects.toMatchObject({
        code: 'registry.not-readable',
        details: { problem: 'no-amount' },
      })
      await expect(propose({ field: 'idNumber', newValue: '990301197001150010' })).rejects.toMatchObject({ code: 'registry.not-readable' })
      await expect(propose({ field: 'householdNo', newValue: '1' })).rejects.toMatchObject({ code: 'registry.unknown-field' })
      await propose({ newValue: '覃卫民' })
      await expect(propose({ newValue: '覃伟民' })).rejects.toMatchObject({ code: 'registry.already-proposed' })
    }))

  it('is rejected only with a reason, and decided only once and only as it was read', () =>
    withHousehold(async ({ ctx, db, propose, decide }) => {
      const found = await propose({ newValue: '覃卫民' })
      await expect(decide(found, 'reject')).rejects.toMatchObject({ code: 'registry.reason-needed' })
      const rejected = await decide(found, 'reject', '与户口簿一致')
      await expect(decide(found, 'apply')).rejects.toMatchObject({ code: 'registry.revision-changed' })
      await expect(decide(rejected, 'apply')).rejects.toMatchObject({ code: 'registry.wrong-state' })
      expect((await listCorrections(ctx, { limit: 50, state: 'rejected' })).items).toHaveLength(1)
      expect(await countCorrections(db, ctx.scope, { from: '2023-12-01', to: '2023-12-31' })).toEqual([
        { state: 'rejected', field: 'name', count: 1 },
      ])
      expect(await countCorrections(db, ctx.scope, { from: '2024-01-01' })).toEqual([])
    }))

  it('is not applied when the value has changed meanwhile', () =>
    withHousehold(async ({ db, personId, propose, decide }) => {
      const found = await propose({ field: 'monthlyWage', newValue: '3500' })
      await sql`UPDATE registry.person SET monthly_income_fen = 320000 WHERE person_id = ${personId}::uuid`.execute(db)
      await expect(decide(found, 'apply')).rejects.toMatchObject({ code: 'registry.value-moved' })
    }))
})
