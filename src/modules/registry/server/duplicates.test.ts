import { describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { rolledBack } from '../../../../test/database.ts'
import { again, born, near, numberOf, one, openDuplicateWorld, other, right } from '../../../../test/duplicate-world.ts'
import { decideDuplicate, getDuplicateState, listDuplicates } from './duplicates.ts'
import { listMerges, mergePair, undoMerge } from './merge-persons.ts'

const { world, deps, asOfficer, given, search, open } = openDuplicateWorld()
const elsewhere = '99.9903.990301.990301102.990301102201.01.'
const roles = ['county-data-officer']

describe('duplicates of the register', () => {
  it('are found with their reasons, shown masked, and counted', () =>
    rolledBack(asOfficer(), async (ctx) => {
      const [first, second] = [await given(ctx, near, one), await given(ctx, other, again)]
      await given(ctx, elsewhere, { name: '赵山河', idNumber: numberOf(88), bornOn: born })
      await search(ctx)
      const { items } = await open(ctx)
      expect(items.map((item) => item.persons.map((person) => person.personId))).toEqual([
        [first.persons[0]?.personId ?? '', second.persons[0]?.personId ?? ''].toSorted((a, b) => (a < b ? -1 : 1)),
      ])
      expect(items[0]?.persons[0].idMasked).toMatch(/^\d{6}\*{8}[\dX]{4}$/)
      const levels = items[0]?.steps.map((step) => `${step.of}.${step.level}`)
      expect(levels).toEqual(expect.arrayContaining(['given.variant', 'number.one-digit', 'phone.same']))
      expect(JSON.stringify(items)).not.toContain(right)
      expect(await getDuplicateState(ctx)).toMatchObject({ search: { state: 'done', kept: 1 }, counts: { open: 1 }, can: { search: true } })
    }))

  it('that are not the same are never shown again; those for later come back with the next search', () =>
    rolledBack(asOfficer(), async (ctx) => {
      await given(ctx, near, one)
      await given(ctx, other, again)
      await search(ctx)
      const pair = async (state: 'open' | 'later' | 'different') => (await listDuplicates(ctx, { state, limit: 50 }, deps())).items[0]
      const found = await pair('open')
      await decideDuplicate(ctx, found?.pairId ?? '', { revision: found?.revision ?? 0, decision: 'later', deps: deps() })
      expect(await pair('open')).toBeUndefined()
      await search(ctx)
      const back = await pair('open')
      expect(back?.pairId).toBe(found?.pairId)
      await decideDuplicate(ctx, back?.pairId ?? '', { revision: back?.revision ?? 0, decision: 'different', note: '两兄弟', deps: deps() })
      await search(ctx)
      expect(await pair('open')).toBeUndefined()
      expect(await pair('different')).toMatchObject({ note: '两兄弟', decidedName: '测试员' })
    }))

  it('are refused when somebody else decided meanwhile', () =>
    rolledBack(asOfficer(), async (ctx) => {
      await given(ctx, near, one)
      await given(ctx, other, again)
      await search(ctx)
      const pairId = (await open(ctx)).items[0]?.pairId ?? ''
      await expect(decideDuplicate(ctx, pairId, { revision: 99, decision: 'later', deps: deps() })).rejects.toMatchObject({
        code: 'registry.revision-changed',
      })
    }))
})

describe('the scope of duplicates', () => {
  it('is the smallest area that holds both: a township sees its own pairs, and nobody those of others', async () => {
    const ctx = asOfficer()
    await inTransaction(ctx, async (db) => {
      const inside = { ...ctx, db }
      await given(inside, near, one)
      await given(inside, other, again)
      await given(inside, near, { ...one, name: '司徒明远', idNumber: numberOf(33), phone: '15400000009' })
      await given(inside, elsewhere, { ...one, name: '司徒明远', idNumber: numberOf(33), phone: '15400000009' })
      await search(inside)
    })
    const seen = async (scope: Context['scope']) =>
      (await open(world.as(scope, { roles }))).items.map((item) => item.persons[0].name.slice(0, 1))
    expect(await seen(grantCounty('990301'))).toHaveLength(2)
    expect(await seen(grantArea('990301', '99.9903.990301.990301101.'))).toEqual([expect.stringMatching(/[欧歐]/)])
    expect(await seen(grantArea('990301', '99.9903.990301.990301102.'))).toEqual([])
    expect(await seen(grantArea('990301', '99.9903.990301.990301101.990301101203.'))).toEqual([])
    // The second lock: without the store's own condition the database says the same.
    const locked = async (path: string) => {
      const area = world.as(grantArea('990301', path))
      const found = await inTransaction(area, (db) =>
        sql<{ n: number }>`SELECT count(*)::int AS n FROM registry.duplicate_pair`.execute(db),
      )
      return found.rows[0]?.n
    }
    expect([await locked('99.9903.990301.990301101.'), await locked('99.9903.990301.990301102.')]).toEqual([1, 0])
  })

  it('lets an officer merge and undo without a system scope', async () => {
    const ctx = world.as(grantArea('990301', '99.9903.990301.'), { roles })
    const pair = (await open(ctx)).items[0]
    const [stays] = pair?.persons ?? []
    const { mergeId } = await mergePair(ctx, pair?.pairId ?? '', {
      revision: pair?.revision ?? 0,
      staysId: stays?.personId ?? '',
      take: ['name'],
      reason: '一人录了两次',
      deps: deps(),
    })
    await undoMerge(ctx, mergeId, { reason: '看错了人', deps: deps() })
    expect((await listMerges(ctx, { limit: 10 })).items).toMatchObject([{ mergeId, undoReason: '看错了人', can: { undo: false } }])
  })
})
