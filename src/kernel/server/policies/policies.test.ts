import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { grantArea, grantCounty, grantHouseholds } from '../caller/index.ts'
import type { Context } from '../caller/index.ts'
import { inTransaction } from '../database/index.ts'
import {
  changeDraft,
  hashOf,
  listEvents,
  makePolicies,
  policyFor,
  publishVersion,
  startDraft,
  stepVersion,
  versionById,
  versionsOf,
  type DraftText,
  type PolicyKind,
  type PolicyValue,
} from './index.ts'

const world = openTestWorld()
const county = '990301'
const countyPath = '99.9903.990301.'
const writer = () => world.as(grantCounty(county), { id: 'writer', name: '甲' })
const other = () => world.as(grantCounty(county), { id: 'other', name: '乙' })
const at = (ctx: Context, now: string): Context => ({ ...ctx, now: now as Context['now'] })

const shipped = {
  effectiveFrom: '2020-01-01',
  effectiveTo: null,
  documentNo: '国办发〔2020〕1号',
  documentTitle: '',
  clause: '',
  note: '',
  examples: [],
}
const line = (value: string | null, latitude: PolicyValue['latitude'] = 'raise') =>
  JSON.stringify([{ name: '线', unit: '元', value, latitude }])
const table: PolicyKind = {
  key: 'test.table',
  form: 'table',
  latitude: 'free',
  shipped: [{ ...shipped, areaCode: '', content: 'nation' }],
  values: () => [],
  check: (_, draft) => Promise.resolve(draft.content.includes('wrong') ? [{ severity: 'error', code: 'wrong' }] : []),
}
const values: PolicyKind = {
  ...table,
  key: 'test.line',
  form: 'parameters',
  shipped: [{ ...shipped, areaCode: '', content: line('6000') }],
  // Safe: the tests write nothing else.
  values: (content) => JSON.parse(content) as PolicyValue[],
}
const fixed: PolicyKind = { ...table, key: 'test.fixed', latitude: 'fixed' }
const policies = makePolicies([table, values, fixed], { standInCode: '' })

const draft = (content: string, effectiveFrom = '2023-01-01'): DraftText => ({
  content,
  effectiveFrom,
  effectiveTo: null,
  paper: { documentNo: '青办发〔2023〕1号', documentTitle: '', clause: '' },
  note: '',
  examples: [],
})

/** Drafts, hands in and publishes as two people. */
async function published(
  content: string,
  given: { key?: string; from?: string; areaPath?: string; now?: string; db?: Context['db'] } = {},
) {
  const { key = 'test.table', from = '2023-01-01', areaPath = countyPath, now = '2023-06-01T00:00:00.000Z', db } = given
  const within = (ctx: Context) => at(db === undefined ? ctx : { ...ctx, db }, now)
  const made = await startDraft(policies, within(writer()), { ...draft(content, from), key, areaPath })
  const { versionId } = made
  await stepVersion(within(writer()), 'submitted', { versionId, revision: 1, note: '' })
  if (db !== undefined) await sql`SET LOCAL app.caller = 'other'`.execute(db)
  const done = await publishVersion(policies, within(other()), { versionId, revision: 2, note: '' })
  if (db !== undefined) await sql`SET LOCAL app.caller = 'writer'`.execute(db)
  return done
}

const contentOn = async (ctx: Context, asOf: string, more: { areaPath?: string; knownAt?: string; key?: string } = {}) =>
  (await policyFor(policies, ctx, more.key ?? 'test.table', { asOf, ...more }))?.version.content

describe('a version of a policy', () => {
  it('counts from its first day once another person has published it, and until then the superior’s does', async () => {
    await rolledBack(writer(), async (ctx) => {
      const made = await startDraft(policies, ctx, { ...draft('county'), key: 'test.table', areaPath: countyPath })
      expect(await contentOn(ctx, '2023-06-01')).toBe('nation')
      await stepVersion(ctx, 'submitted', { versionId: made.versionId, revision: 1, note: '' })
      expect(await contentOn(ctx, '2023-06-01')).toBe('nation')
      await sql`SET LOCAL app.caller = 'other'`.execute(ctx.db)
      await publishVersion(policies, { ...other(), db: ctx.db }, { versionId: made.versionId, revision: 2, note: '' })
      expect([await contentOn(ctx, '2022-12-31'), await contentOn(ctx, '2023-01-01')]).toEqual(['nation', 'county'])
    })
  })

  it('is replaced by one of the same first day, and replayed as it was known on any past moment', async () => {
    await rolledBack(writer(), async ({ db }) => {
      const ctx = { ...writer(), db }
      const first = await published('first', { now: '2023-02-01T00:00:00.000Z', db })
      const second = await published('second', { now: '2023-03-01T00:00:00.000Z', db })
      expect(second.replacedId).toBe(first.version.versionId)
      const known = (knownAt: string) => contentOn(ctx, '2023-05-01', { knownAt })
      expect(await contentOn(ctx, '2023-05-01')).toBe('second')
      expect([await known('2023-01-15T00:00:00.000Z'), await known('2023-02-15T00:00:00.000Z')]).toEqual(['nation', 'first'])
      expect(await known('2023-03-15T00:00:00.000Z')).toBe('second')
      const old = await versionById(policies, ctx, first.version.versionId)
      expect([old.state, old.content]).toEqual(['replaced', 'first'])
      const events = await listEvents(db, ctx, first.version.versionId)
      expect(events.map((one) => one.kind).sort()).toEqual(['drafted', 'published', 'replaced', 'submitted'])
    })
  })

  it('of a part of the county counts there and nowhere else', async () => {
    await rolledBack(writer(), async ({ db }) => {
      const ctx = { ...writer(), db }
      await published('part', { areaPath: `${countyPath}990301101.`, db })
      const of = (areaPath: string) => contentOn(ctx, '2023-06-01', { areaPath })
      expect([await of(`${countyPath}990301101.990301101200.`), await of(`${countyPath}990301201.`), await of(countyPath)]).toEqual([
        'part',
        'nation',
        'nation',
      ])
    })
  })

  it('has the same id and hash on every machine when it is shipped', async () => {
    const [first] = await versionsOf(policies, writer(), 'test.table')
    expect(first).toMatchObject({ versionId: '7f8b21ec-5a2e-8ae9-b162-b81c2bbbcc98', hash: hashOf('nation'), isShipped: true })
  })
})

describe('values', () => {
  it('may be tightened below and never loosened', async () => {
    await rolledBack(writer(), async ({ db }) => {
      await expect(published(line('5999'), { key: 'test.line', db })).rejects.toMatchObject({ code: 'policies.not-publishable' })
    })
    await rolledBack(writer(), async ({ db }) => {
      const ctx = { ...writer(), db }
      await published(line('7000'), { key: 'test.line', db })
      const found = await policyFor(policies, ctx, 'test.line', { asOf: '2023-06-01' })
      expect(found?.values.get('线')).toMatchObject({ value: '7000', version: { areaPath: countyPath } })
      const before = await policyFor(policies, ctx, 'test.line', { asOf: '2022-06-01' })
      expect(before?.values.get('线')).toMatchObject({ value: '6000', version: { areaPath: '' } })
      expect(before?.hash).not.toBe(found?.hash)
    })
  })

  it('of a table that the superior keeps for himself cannot be said below', async () => {
    await rolledBack(writer(), async ({ db }) => {
      await expect(published('county', { key: 'test.fixed', db })).rejects.toMatchObject({ code: 'policies.not-publishable' })
    })
    await rolledBack(writer(), async ({ db }) => {
      await published('the nation’s new text, written down here', { key: 'test.fixed', areaPath: '', db })
      expect(await contentOn({ ...writer(), db }, '2023-06-01', { key: 'test.fixed' })).toContain('new text')
    })
  })
})

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

  it('is seen by the county offices only, and a published text by those whom it concerns, never by another county', async () => {
    const part = await published('part', { areaPath: `${countyPath}990301101.`, from: '2021-01-01' })
    const open = await startDraft(policies, writer(), { ...draft('open'), key: 'test.table', areaPath: countyPath })
    const seen = async (scope: Parameters<typeof world.as>[0]) =>
      (await versionsOf(policies, world.as(scope), 'test.table')).filter((one) => !one.isShipped).map((one) => one.versionId)
    const own = await seen(grantArea(county, `${countyPath}990301101.`))
    expect(own).toContain(part.version.versionId)
    expect(own).not.toContain(open.versionId)
    expect(await seen(grantArea(county, `${countyPath}990301101.990301101200.`))).toContain(part.version.versionId)
    expect(await seen(grantArea(county, `${countyPath}990301201.`))).not.toContain(part.version.versionId)
    expect(await seen(grantHouseholds(county, []))).not.toContain(open.versionId)
    expect(await seen(grantCounty('990302'))).toEqual([])
    await expect(versionById(policies, world.as(grantCounty('990302')), open.versionId)).rejects.toMatchObject({
      code: 'policies.version-not-found',
    })
    const foreign = inTransaction(world.as(grantCounty('990302')), (db) =>
      sql`UPDATE kernel.policy_version SET revision = revision + 1 RETURNING version_id`.execute(db),
    )
    expect((await foreign).rows).toEqual([])
  })
})

function dbOf(ctx: Context) {
  if (ctx.db === undefined) throw new Error('inside a transaction only')
  return ctx.db
}
