import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { county, countyPath, draft, policies, policyPeople } from '../../../../test/policy-world.ts'
import { grantCounty, type Context } from '../caller/index.ts'
import { changeDraft, hashOf, publishVersion, startDraft, stepVersion, versionsOf } from './index.ts'

const world = openTestWorld()
const { writer, other, published } = policyPeople(world)

describe('publication', () => {
  it('is refused to whoever wrote or submitted it, to a text with faults and without a document', async () => {
    await rolledBack(writer(), async (ctx) => {
      const { versionId } = await startDraft(policies, ctx, { ...draft('mine'), key: 'test.table', areaPath: countyPath })
      await expect(publishVersion(policies, ctx, { versionId, revision: 1, note: '' })).rejects.toMatchObject({
        code: 'policies.no-such-step',
      })
      await stepVersion(ctx, 'submitted', { versionId, revision: 1, note: '' })
      await expect(publishVersion(policies, ctx, { versionId, revision: 2, note: '' })).rejects.toMatchObject({
        code: 'policies.needs-another',
      })
    })
    await rolledBack(writer(), async ({ db }) => {
      await expect(published('wrong', { db })).rejects.toMatchObject({
        code: 'policies.not-publishable',
        details: { problems: [{ code: 'wrong' }] },
      })
    })
  })

  it('is held by the database against the program itself', async () => {
    const stepTo = (state: string) => sql`
      UPDATE kernel.policy_version SET state = ${state}, published_by = 'writer', published_name = '甲', published_at = now(), revision = revision + 1`
    const tried: [string, (ctx: Context) => Promise<unknown>][] = [
      ['policy_version_four_eyes', (ctx) => stepTo('published').execute(dbOf(ctx))],
      [
        'policy_version_step',
        (ctx) => sql`UPDATE kernel.policy_version SET state = 'discarded', revision = revision + 1`.execute(dbOf(ctx)),
      ],
      ['policy_version_revision', (ctx) => sql`UPDATE kernel.policy_version SET state = 'returned'`.execute(dbOf(ctx))],
      [
        'policy_version_fixed',
        (ctx) => sql`UPDATE kernel.policy_version SET state = 'returned', clause = 'x', revision = revision + 1`.execute(dbOf(ctx)),
      ],
      [
        'policy_version_signed',
        async (ctx) => {
          await sql`SET LOCAL app.caller = 'third'`.execute(dbOf(ctx))
          const forged = sql`
            UPDATE kernel.policy_version SET state = 'published', published_by = 'other', published_name = '乙', published_at = now(), revision = revision + 1`
          await forged.execute(dbOf(ctx))
        },
      ],
      [
        'policy_version_step',
        (ctx) =>
          sql`INSERT INTO kernel.policy_version (county_code, version_id, key, area_path, state, effective_from, content, hash, document_no, drafted_by,
              drafted_name, drafted_at, written_by, submitted_by, submitted_at, published_by, published_at)
            VALUES (${county}, '01890000-0000-7000-8000-000000000000', 'a.b', '', 'published', '2020-01-01', 'x', ${hashOf('x')}, '1', 'writer', '甲', now(),
              '{}', 'writer', now(), 'other', now())`.execute(dbOf(ctx)),
      ],
    ]
    for (const [constraint, attempt] of tried)
      await rolledBack(writer(), async (ctx) => {
        const { versionId } = await startDraft(policies, ctx, { ...draft('mine'), key: 'test.table', areaPath: countyPath })
        await stepVersion(ctx, 'submitted', { versionId, revision: 1, note: '' })
        await expect(attempt(ctx)).rejects.toMatchObject({ constraint })
      })
  })

  it('leaves a text that the database neither changes nor deletes, and asks for a document', async () => {
    const attempts: [object, ReturnType<typeof sql>][] = [
      [
        { constraint: 'policy_version_step' },
        sql`UPDATE kernel.policy_version SET content = 'x', hash = ${hashOf('x')}, revision = revision + 1`,
      ],
      [
        { constraint: 'policy_version_county_code_replaced_by_fkey' },
        sql`
        UPDATE kernel.policy_version SET state = 'replaced', replaced_by = '01890000-0000-7000-8000-000000000000', replaced_at = now(), revision = revision + 1`,
      ],
      [{ message: expect.stringContaining('permission denied') }, sql`DELETE FROM kernel.policy_version`],
      [{ message: expect.stringContaining('permission denied') }, sql`UPDATE kernel.policy_event SET note = 'x'`],
    ]
    for (const [refusal, attempt] of attempts)
      await rolledBack(writer(), async ({ db }) => {
        await published('first', { db })
        const tried = async () => {
          await attempt.execute(db)
          await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(db)
        }
        await expect(tried()).rejects.toMatchObject(refusal)
      })
    await rolledBack(writer(), async (ctx) => {
      const without = { ...draft('mine'), paper: { documentNo: '　', documentTitle: '', clause: '' } }
      const { versionId } = await startDraft(policies, ctx, { ...without, key: 'test.table', areaPath: countyPath })
      await stepVersion(ctx, 'submitted', { versionId, revision: 1, note: '' })
      await sql`SET LOCAL app.caller = 'other'`.execute(ctx.db)
      const step = { versionId, revision: 2, note: '' }
      await expect(publishVersion(policies, { ...other(), db: ctx.db }, step)).rejects.toMatchObject({ code: 'policies.document-missing' })
      const around = sql`
        UPDATE kernel.policy_version SET state = 'published', published_by = 'other', published_name = '乙', published_at = now(), revision = revision + 1`
      await expect(around.execute(ctx.db)).rejects.toMatchObject({ constraint: 'policy_version_document' })
    })
  })

  it('by two people at once happens once, and of two versions of the same day one follows the other', async () => {
    const drafts: string[] = []
    for (const content of ['one', 'two']) {
      const { versionId } = await startDraft(policies, writer(), {
        ...draft(content, '2022-05-05'),
        key: 'test.table',
        areaPath: countyPath,
      })
      await stepVersion(writer(), 'submitted', { versionId, revision: 1, note: '' })
      drafts.push(versionId)
    }
    const callers = ['other', 'third', 'fourth', 'fifth'].map((id) => world.as(grantCounty(county), { id, name: id }))
    const tried = await Promise.allSettled(
      callers.flatMap((ctx) => drafts.map((versionId) => publishVersion(policies, ctx, { versionId, revision: 2, note: '' }))),
    )
    expect(tried.filter((one) => one.status === 'fulfilled')).toHaveLength(2)
    const states = (await versionsOf(policies, writer(), 'test.table'))
      .filter((one) => drafts.includes(one.versionId))
      .map((one) => one.state)
    expect(states.sort()).toEqual(['published', 'replaced'])
  })
})

describe('eight people who publish one version at once', () => {
  it('have one effect, a hundred times', async () => {
    const callers = Array.from({ length: 8 }, (_, at) => world.as(grantCounty(county), { id: `publisher-${at}`, name: `${at}` }))
    for (let round = 0; round < 100; round += 1) {
      const day = `${2030 + Math.floor(round / 12)}-${String(1 + (round % 12)).padStart(2, '0')}-01`
      const { versionId } = await startDraft(policies, writer(), { ...draft(`round ${round}`, day), key: 'test.table', areaPath: '' })
      await stepVersion(writer(), 'submitted', { versionId, revision: 1, note: '' })
      const tried = await Promise.allSettled(callers.map((ctx) => publishVersion(policies, ctx, { versionId, revision: 2, note: '' })))
      const refused = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
      expect(refused).toHaveLength(7)
      for (const fault of refused) expect(fault).toMatchObject({ code: 'policies.version-changed' })
    }
  })
})

describe('a draft', () => {
  it('is changed by its revision, and a returned one is a draft again that remembers its writers', async () => {
    await rolledBack(writer(), async (ctx) => {
      const { versionId } = await startDraft(policies, ctx, { ...draft('a'), key: 'test.table', areaPath: countyPath })
      await changeDraft(ctx, { ...draft('b'), versionId, revision: 1, note: '' })
      await expect(changeDraft(ctx, { ...draft('c'), versionId, revision: 1, note: '' })).rejects.toMatchObject({
        code: 'policies.version-changed',
        details: { revision: 2 },
      })
      await stepVersion(ctx, 'submitted', { versionId, revision: 2, note: '' })
      await expect(changeDraft(ctx, { ...draft('c'), versionId, revision: 3, note: '' })).rejects.toMatchObject({
        code: 'policies.no-such-step',
      })
      await sql`SET LOCAL app.caller = 'other'`.execute(ctx.db)
      const second = { ...other(), db: ctx.db }
      await stepVersion(second, 'returned', { versionId, revision: 3, note: '条款不对' })
      await changeDraft(second, { ...draft('d'), versionId, revision: 4, note: '' })
      const submitted = await stepVersion(second, 'submitted', { versionId, revision: 5, note: '' })
      expect(submitted).toMatchObject({ state: 'submitted', content: 'd', writtenBy: ['writer', 'other'] })
      await sql`SET LOCAL app.caller = 'writer'`.execute(ctx.db)
      await expect(publishVersion(policies, ctx, { versionId, revision: 6, note: '' })).rejects.toMatchObject({
        code: 'policies.needs-another',
      })
    })
  })
})

function dbOf(ctx: Context) {
  if (ctx.db === undefined) throw new Error('inside a transaction only')
  return ctx.db
}
