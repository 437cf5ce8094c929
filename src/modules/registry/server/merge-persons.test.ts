import { describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { rolledBack } from '../../../../test/database.ts'
import { again, near, numberOf, one, openDuplicateWorld, other, wrong } from '../../../../test/duplicate-world.ts'
import { getDuplicateState } from './duplicates.ts'
import { getHousehold } from './get-household.ts'
import { beforeMerge, type MergeAsker } from './merge-askers.ts'
import { listMerges, mergePair, mergePersons, previewMerge, undoMerge } from './merge-persons.ts'
import { proposeCorrection } from './correct-register.ts'
import { getRegisterRevision } from './read-register.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { HouseholdId, PersonId } from '../contract.ts'

const { deps, asOfficer, given, search, open } = openDuplicateWorld()

describe('a merge', () => {
  async function merged(ctx: Context & { db: Db }, take: string[] = ['schoolName']) {
    const [first, second] = [await given(ctx, near, one, { name: '欧阳小妹' }), await given(ctx, other, again)]
    await search(ctx)
    const pair = (await open(ctx)).items[0]
    const staysId = first.persons[0]?.personId ?? ''
    const leavesId = second.persons[0]?.personId ?? ''
    const { mergeId } = await mergePair(ctx, pair?.pairId ?? '', {
      revision: pair?.revision ?? 0,
      staysId,
      take,
      reason: '一人录了两次',
      deps: deps(),
    })
    return { first, second, pair, staysId, leavesId, mergeId }
  }
  const everything = async (db: Db) =>
    (
      await sql<{ rows: string }>`
        SELECT (SELECT jsonb_agg(to_jsonb(p) - 'revision' ORDER BY p.person_id) FROM registry.person p)::text
          || (SELECT jsonb_agg(to_jsonb(m) ORDER BY m.person_id, m.valid_from) FROM registry.membership m)::text
          || (SELECT jsonb_agg(to_jsonb(h) - 'revision' ORDER BY h.household_id) FROM registry.household h)::text
          || coalesce((SELECT jsonb_agg(to_jsonb(c) ORDER BY c.correction_id) FROM registry.correction c)::text, '') AS rows`.execute(db)
    ).rows[0]?.rows

  it('is shown before it is done: which row stays, which value survives and why', () =>
    rolledBack(asOfficer(), async (ctx) => {
      const [first] = [await given(ctx, near, one), await given(ctx, other, again)]
      await search(ctx)
      const pairId = (await open(ctx)).items[0]?.pairId ?? ''
      const preview = await previewMerge(ctx, pairId, { deps: deps() })
      expect(preview.staysId).toBe(first.persons[0]?.personId)
      expect(Object.fromEntries(preview.fields.map((field) => [field.key, `${field.suggested} ${field.why}`]))).toMatchObject({
        idNumber: 'stays right-number',
        workPlace: 'stays stays',
        schoolName: 'leaves only-one',
      })
      expect(preview.emptied).toBeDefined()
      const turned = await previewMerge(ctx, pairId, { staysId: preview.leavesId, deps: deps() })
      expect(turned.fields.find((field) => field.key === 'idNumber')).toMatchObject({ suggested: 'leaves', why: 'right-number' })
    }))

  it('makes two rows one, with the chosen values and a record of where they come from', () =>
    rolledBack(asOfficer(), async (ctx) => {
      const revision = await getRegisterRevision(ctx, ctx.db)
      const { first, second, staysId, mergeId } = await merged(ctx, ['schoolName', 'idNumber'])
      const home = await getHousehold(ctx, first.householdId, deps())
      const person = home.members.find((member) => member.personId === staysId)
      expect(person?.facts.find((fact) => fact.key === 'schoolName')).toMatchObject({
        value: '县一中',
        source: { from: 'correction', id: mergeId },
      })
      expect(person?.idMasked?.slice(-4)).toBe(wrong.slice(-4))
      expect((await getHousehold(ctx, second.householdId, deps())).members).toEqual([])
      expect(await getRegisterRevision(ctx, ctx.db)).toBeGreaterThan(revision)
      expect((await listMerges(ctx, { limit: 10 })).items).toMatchObject([{ mergeId, fields: 2, can: { undo: true } }])
      expect(await getDuplicateState(ctx)).toMatchObject({ counts: { open: 0, merged: 1 } })
      await search(ctx)
      expect((await open(ctx)).items).toEqual([])
    }))

  it('is undone to the letter', () =>
    rolledBack(asOfficer(), async (ctx) => {
      const [first, second] = [await given(ctx, near, one), await given(ctx, other, again)]
      const [staysId, leavesId] = [first, second].map((home) => home.persons[0]?.personId ?? '')
      await proposeCorrection(
        ctx,
        {
          householdId: HouseholdId.parse(second.householdId),
          personId: PersonId.parse(leavesId),
          field: 'workPlace',
          newValue: '省内',
          source: '入户走访',
        },
        deps(),
      )
      const before = await everything(ctx.db)
      const { mergeId } = await mergePersons(
        ctx,
        { staysId: staysId ?? '', leavesId: leavesId ?? '', take: ['name', 'idNumber', 'workPlace'], reason: '一人录了两次' },
        deps(),
      )
      const corrections = await sql<{
        person: string
        household: string
      }>`SELECT person_id AS person, household_id AS household FROM registry.correction`.execute(ctx.db)
      expect(corrections.rows).toEqual([{ person: staysId, household: first.householdId }])
      await undoMerge(ctx, mergeId, { reason: '看错了人', deps: deps() })
      expect(await everything(ctx.db)).toBe(before)
      await expect(undoMerge(ctx, mergeId, { reason: '再撤一次', deps: deps() })).rejects.toMatchObject({ code: 'registry.wrong-state' })
    }))

  it('cannot be undone once one of the two was written again', () =>
    rolledBack(asOfficer(), async (ctx) => {
      const { staysId, mergeId } = await merged(ctx)
      await sql`UPDATE registry.person SET touched_by = ${makeId()}::uuid WHERE person_id = ${staysId}::uuid`.execute(ctx.db)
      await expect(undoMerge(ctx, mergeId, { reason: '看错了人', deps: deps() })).rejects.toMatchObject({ code: 'registry.touched-later' })
      expect((await listMerges(ctx, { limit: 10 })).items[0]?.can).toEqual({ undo: false })
    }))

  it('passes the place of the head on within a household, and is refused for a head elsewhere', () =>
    rolledBack(asOfficer(), async (ctx) => {
      const home = await given(ctx, near, one, { ...again, relation: '之子' })
      const [head, twin] = home.persons.map((person) => person.personId)
      await mergePersons(ctx, { staysId: twin ?? '', leavesId: head ?? '', take: ['name', 'idNumber'], reason: '一人录了两次' }, deps())
      const now = await getHousehold(ctx, home.householdId, deps())
      expect(now.members).toMatchObject([{ personId: twin, isHead: true, relation: '户主', name: '欧阳国强' }])
      expect(now.headName).toBe('欧阳国强')
      const family = await given(ctx, other, { ...one, idNumber: numberOf(35) }, { name: '欧阳小妹' })
      const leaving = { staysId: twin ?? '', leavesId: family.persons[0]?.personId ?? '', take: [], reason: '一人录了两次' }
      await expect(mergePersons(ctx, leaving, deps())).rejects.toMatchObject({ code: 'registry.head-elsewhere' })
    }))

  it('asks whoever keeps something about the one who leaves, and takes them along', () =>
    rolledBack(asOfficer(), async (ctx) => {
      const asked: string[] = []
      let isOpen = true
      const asker: MergeAsker = {
        name: 'cases',
        ask: () => Promise.resolve(isOpen ? ['open-case'] : []),
        repoint: (_ctx, _db, merge) => Promise.resolve([`moved from ${merge.loserId}`]),
        putBack: (_ctx, _db, { moved }) => Promise.resolve(void asked.push(...moved)),
      }
      beforeMerge.push(asker)
      try {
        const [first, second] = [await given(ctx, near, one), await given(ctx, other, again)]
        const [staysId, leavesId] = [first.persons[0]?.personId ?? '', second.persons[0]?.personId ?? '']
        const input = { staysId, leavesId, take: [], reason: '一人录了两次' }
        await expect(mergePersons(ctx, input, deps())).rejects.toMatchObject({
          code: 'registry.merge-refused',
          details: { by: 'cases', why: 'open-case' },
        })
        isOpen = false
        const { mergeId } = await mergePersons(ctx, input, deps())
        await undoMerge(ctx, mergeId, { reason: '看错了人', deps: deps() })
        expect(asked).toEqual([`moved from ${leavesId}`])
      } finally {
        beforeMerge.splice(beforeMerge.indexOf(asker), 1)
      }
    }))

  it('needs a reason, two members of today, and is not done twice', () =>
    rolledBack(asOfficer(), async (ctx) => {
      const { staysId, leavesId } = await merged(ctx)
      await expect(mergePersons(ctx, { staysId, leavesId, take: [], reason: ' ' }, deps())).rejects.toMatchObject({
        code: 'registry.reason-needed',
      })
      await expect(mergePersons(ctx, { staysId, leavesId, take: [], reason: '再来一次' }, deps())).rejects.toMatchObject({
        code: 'registry.already-merged',
      })
      await expect(mergePersons(ctx, { staysId, leavesId: makeId(), take: [], reason: '没有这个人' }, deps())).rejects.toMatchObject({
        code: 'registry.not-found',
      })
    }))
})
