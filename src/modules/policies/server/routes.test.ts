import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { makeServer } from '#kernel/server/http/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { readDate, readNumber, type FeelContext, type Value } from '#kernel/pure/expressions/index.ts'
import { grantSystem } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { actingAs, givenCounty, givenUser, makeGatekeeper, type GivenCounty, type GivenUser } from '#modules/identity/server/given.ts'
import type { CheckedText, PolicyCard, PolicyDifference, PolicyText, VersionCard } from '../contract.ts'
import { compiledTable, decideWith } from './compiled-policy.ts'
import { makePoliciesPlug } from './module.ts'
import { areasWithOwn, parametersFor } from './policy-for.ts'

const world = openTestWorld()
const clock = () => testNowMs
let server: FastifyInstance
let county: GivenCounty
let people: Record<'writer' | 'second' | 'leader' | 'township', GivenUser>

beforeAll(async () => {
  const gatekeeper = makeGatekeeper(world.database, clock)
  server = await makeServer({ routes: makePoliciesPlug().routes, gatekeeper, log: makeLog('silent') })
  county = await givenCounty(world.database, { clock })
  const user = (role: 'county-data-officer' | 'county-leader' | 'township-officer', areaPath: string) =>
    givenUser(world.database, { role, areaPath, clock })
  people = {
    writer: await user('county-data-officer', county.countyPath),
    second: await user('county-data-officer', county.countyPath),
    leader: await user('county-leader', county.countyPath),
    township: await user('township-officer', county.townships[0]?.path ?? ''),
  }
})
afterAll(() => server.close())

type Person = keyof typeof people
const call = async <Answer>(person: Person, method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => {
  const headers = { cookie: people[person].cookie, ...(method === 'GET' ? {} : { 'idempotency-key': makeId() }) }
  const answer = await server.inject({ method, url: `/api${path}`, headers, ...(body === undefined ? {} : { payload: body }) })
  return { status: answer.statusCode, body: answer.json<Answer>() }
}
const contextOf = (person: Person) => actingAs(people[person], world.as(grantSystem(county.countyCode, 'test')))

const line = 'cases.income-line'
const paper = { documentNo: '青农组〔2023〕3号', documentTitle: '监测范围收入线', clause: '第二条' }
const lineText = (value: string) =>
  JSON.stringify({
    values: [{ name: '监测范围收入线', en: 'Line', unit: '元/人·年', decimals: 2, value, latitude: 'raise', note: '按省里批复' }],
  })
const draftOf = (content: string, more: object = {}) => ({
  content,
  effectiveFrom: '2024-01-01',
  effectiveTo: null,
  paper,
  note: '',
  examples: [],
  ...more,
})

/** Drafts and hands in as one person; returns the card. */
async function handedIn(key: string, draft: object): Promise<VersionCard> {
  const made = await call<VersionCard>('writer', 'POST', `/policies/${key}/drafts`, draft)
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  const step = `/policies/versions/${made.body.versionId}/submit`
  const submitted = await call<VersionCard>('writer', 'POST', step, { revision: made.body.revision })
  expect(submitted.status, JSON.stringify(submitted.body)).toBe(200)
  return submitted.body
}

const publish = (person: Person, card: VersionCard, more: object = {}) =>
  call<VersionCard & { code?: string; details?: { problems?: { code: string; zh: string }[] } }>(
    person,
    'POST',
    `/policies/versions/${card.versionId}/publish`,
    { revision: card.revision, ...more },
  )

describe('the catalogue', () => {
  it('shows every policy with what is in force and what the caller may do', async () => {
    const { body } = await call<{ items: PolicyCard[] }>('writer', 'GET', '/policies')
    const card = body.items.find((one) => one.key === 'cases.layer')
    expect(card).toMatchObject({
      form: 'table',
      subject: 'household',
      current: { areaName: '国家', state: 'published', isShipped: true },
      can: { draft: true },
    })
    const seen = await call<{ items: PolicyCard[] }>('township', 'GET', '/policies')
    expect(seen.body.items.map((one) => one.key)).toEqual(body.items.map((one) => one.key))
    expect(seen.body.items.every((one) => !one.can.draft && !one.can.simulate)).toBe(true)
  })

  it('shows a text with its facts, parameters, examples and their results, and no fault of it', async () => {
    const { body } = await call<PolicyText>('township', 'GET', '/policies/cases.layer')
    expect(body.content).toContain('层次')
    expect(body.facts.map((one) => one.name)).toContain('风险消除满月数')
    expect(body.parameters.find((one) => one.name === '稳定消除满月数')).toMatchObject({
      value: 6,
      areaName: '国家',
      key: 'cases.layer-months',
    })
    expect(body.results.length).toBeGreaterThan(0)
    expect(body.results.every((one) => one.isEqual)).toBe(true)
    expect(body.findings.filter((one) => one.severity === 'error')).toEqual([])
    expect((await call<{ code: string }>('writer', 'GET', '/policies/cases.layer?asOf=2001-01-01')).body.code).toBe('policies.not-in-force')
    expect((await call<{ code: string }>('writer', 'GET', '/policies/cases.absent')).body.code).toBe('policies.unknown-policy')
  })

  it('checks a text that is not stored', async () => {
    const asked = { content: lineText('很高'), effectiveFrom: '2024-01-01', examples: [] }
    const { body } = await call<CheckedText>('writer', 'POST', `/policies/${line}/check`, asked)
    expect(body.findings.map((one) => one.zh)).toContain('“监测范围收入线”应填数字，现在是“很高”。')
  })
})

describe('a new line for the county', () => {
  it('goes from draft to publication by two people, is announced, and judges from its first day on', async () => {
    const card = await handedIn(line, draftOf(lineText('7200')))
    expect(card).toMatchObject({ state: 'submitted', areaName: '青禾县', can: { publish: false, return: true } })
    expect((await publish('writer', card)).body.code).toBe('policies.needs-another')
    const seen = await call<{ items: VersionCard[] }>('leader', 'GET', `/policies/${line}/versions`)
    expect(seen.body.items.find((one) => one.versionId === card.versionId)?.can).toMatchObject({ publish: true, edit: false })
    const done = await publish('leader', card)
    expect(done).toMatchObject({ status: 200, body: { state: 'published', publishedBy: people.leader.name } })

    const valueOn = async (asOf: string) => (await parametersFor(contextOf('writer'), { asOf })).get('监测范围收入线')?.value
    expect(await valueOn('2024-01-01')).toBe('7200')
    expect(await valueOn('2023-12-31')).not.toBe('7200')
    const notes = await inTransaction(contextOf('leader'), (db) =>
      sql<{ did: string }>`SELECT did FROM kernel.audit WHERE object_id = ${card.versionId} ORDER BY audit_no`.execute(db),
    )
    expect(notes.rows.map((row) => row.did)).toEqual(['policies.draft', 'policies.submitted', 'policies.publish'])
    const system = world.as(grantSystem(county.countyCode, 'test'))
    const told = await inTransaction(system, (db) =>
      sql<{ payload: object }>`SELECT payload FROM kernel.outbox WHERE event = 'policies.published'`.execute(db),
    )
    expect(told.rows.map((row) => row.payload)).toEqual([
      {
        key: line,
        versionId: card.versionId,
        areaPath: county.countyPath,
        effectiveFrom: '2024-01-01',
        effectiveTo: null,
        replacedId: null,
      },
    ])
  })

  it('may be raised by a township and never lowered, and the refusal names line, superior and document', async () => {
    const areaPath = county.townships[0]?.path
    const low = await handedIn(line, draftOf(lineText('7199.99'), { areaPath }))
    const refused = await publish('second', low)
    expect(refused).toMatchObject({ status: 422, body: { code: 'policies.not-publishable' } })
    expect(refused.body.details?.problems?.map((one) => one.zh)).toContain(
      '“监测范围收入线”写的是 7199.99元/人·年，低于青禾县定的 7200元/人·年（青农组〔2023〕3号）：下级只能提高，不能降低。',
    )
    const high = await handedIn(line, draftOf(lineText('7500'), { areaPath }))
    expect((await publish('second', high)).status).toBe(200)
    const valueIn = async (path: string | undefined) =>
      (await parametersFor(contextOf('township'), { asOf: '2024-06-01', areaPath: path })).get('监测范围收入线')?.value
    expect([await valueIn(areaPath), await valueIn(county.countyPath)]).toEqual(['7500', '7200'])
    expect(await areasWithOwn(contextOf('writer'), 'cases.monitored-object')).toEqual([areaPath])
  })

  it('is rolled back by publishing the older text once more, with its own day and document, by two people', async () => {
    const versions = (await call<{ items: VersionCard[] }>('writer', 'GET', `/policies/${line}/versions`)).body.items
    const older = versions.find((one) => one.state === 'published' && one.areaPath === county.countyPath)
    const newer = await handedIn(line, draftOf(lineText('8000'), { effectiveFrom: '2024-07-01' }))
    expect((await publish('second', newer)).status).toBe(200)
    const again = { effectiveFrom: '2024-10-01', paper: { ...paper, documentNo: '青农组〔2024〕9号' } }
    const drafted = await call<VersionCard>('second', 'POST', `/policies/versions/${older?.versionId ?? ''}/roll-back`, again)
    expect(drafted.body).toMatchObject({ state: 'draft', documentNo: '青农组〔2024〕9号', effectiveFrom: '2024-10-01', hash: older?.hash })
    const submitted = await call<VersionCard>('second', 'POST', `/policies/versions/${drafted.body.versionId}/submit`, { revision: 1 })
    expect((await publish('writer', submitted.body)).status).toBe(200)
    const valueOn = async (asOf: string) => (await parametersFor(contextOf('writer'), { asOf })).get('监测范围收入线')?.value
    expect([await valueOn('2024-06-30'), await valueOn('2024-07-01'), await valueOn('2024-10-01')]).toEqual(['7200', '8000', '7200'])
  })

  it('takes its document number when it is signed, if the draft had none, and then no other', async () => {
    const none = { ...paper, documentNo: '' }
    const card = await handedIn(line, draftOf(lineText('8100'), { effectiveFrom: '2025-01-01', paper: none }))
    expect((await publish('leader', card)).body.code).toBe('policies.document-missing')
    const done = await publish('leader', card, { documentNo: '青农组〔2024〕12号' })
    expect(done.body).toMatchObject({ state: 'published', documentNo: '青农组〔2024〕12号' })
    const other = await handedIn(line, draftOf(lineText('8200'), { effectiveFrom: '2026-01-01' }))
    expect((await publish('leader', other, { documentNo: '另一个文号' })).body.documentNo).toBe(paper.documentNo)
  })

  it('is compared with another version value by value', async () => {
    const versions = (await call<{ items: VersionCard[] }>('writer', 'GET', `/policies/${line}/versions`)).body.items
    const of = (effectiveFrom: string) =>
      versions.find((one) => one.effectiveFrom === effectiveFrom && one.areaPath === county.countyPath && !one.isShipped)?.versionId ?? ''
    const { body } = await call<PolicyDifference>(
      'township',
      'GET',
      `/policies/differences?from=${of('2024-01-01')}&to=${of('2024-07-01')}`,
    )
    expect(body.parameters).toEqual([
      { name: '监测范围收入线', unit: '元/人·年', from: { value: '7200', latitude: 'raise' }, to: { value: '8000', latitude: 'raise' } },
    ])
  })
})

describe('a draft', () => {
  it('is refused when somebody was faster, and for areas that are none of the county’s', async () => {
    const made = await call<VersionCard>('writer', 'POST', `/policies/${line}/drafts`, draftOf(lineText('1')))
    const path = `/policies/versions/${made.body.versionId}`
    const change = draftOf(lineText('2'), { revision: 1 })
    expect((await call<VersionCard>('second', 'PUT', path, change)).body).toMatchObject({ revision: 2 })
    expect(await call('writer', 'PUT', path, change)).toMatchObject({
      status: 409,
      body: { code: 'policies.version-changed', details: { revision: 2 } },
    })
    for (const areaPath of ['98.', '99.9903.990301.990301999.'])
      expect(
        (await call<{ code: string }>('writer', 'POST', `/policies/${line}/drafts`, draftOf(lineText('1'), { areaPath }))).body.code,
      ).toBe('policies.not-above')
    expect((await call('township', 'GET', `/policies/${line}?versionId=${made.body.versionId}`)).status).toBe(404)
    expect((await call<VersionCard>('writer', 'POST', `${path}/discard`, { revision: 2 })).body.state).toBe('discarded')
  })
})

describe('the door', () => {
  const facts = (more: Readonly<Record<string, Value>>): FeelContext => new Map(Object.entries(more))

  it('judges one record with the text and the parameters of its day, and says by which', async () => {
    const asOf = '2023-12-18'
    const { value, rules, policy } = await decideWith(
      contextOf('township'),
      'cases.layer',
      facts({ 监测状态: '已消除', 是脱贫户: true, 风险消除满月数: readNumber('6'), 判断日: readDate(asOf) }),
      { asOf },
    )
    expect([value, rules]).toEqual(['第二层', [2]])
    expect(policy.versions.map((one) => one.key)).toEqual(['cases.layer', 'cases.layer-months'])
    const unknown = await decideWith(contextOf('township'), 'cases.layer', facts({ 监测状态: '已消除', 是脱贫户: true }), { asOf })
    expect(unknown.value).toBeNull()
  })

  it('compiles a text once, and has another hash when a parameter that it reads is another', async () => {
    const ctx = contextOf('writer')
    const [one, again] = [
      await compiledTable(ctx, 'cases.monitored-object', { asOf: '2024-02-01' }),
      await compiledTable(ctx, 'cases.monitored-object', { asOf: '2024-03-01' }),
    ]
    expect(again.compiled).toBe(one.compiled)
    const later = await compiledTable(ctx, 'cases.monitored-object', { asOf: '2024-08-01' })
    expect([later.versionId, later.hash === one.hash]).toEqual([one.versionId, false])
    const tried = await compiledTable(ctx, 'cases.monitored-object', { asOf: '2024-02-01' }, { key: line, content: lineText('8000') })
    expect(tried.hash).toBe(later.hash)
    // As it was known before the line was published.
    const before = await compiledTable(ctx, 'cases.monitored-object', { asOf: '2024-02-01', knownAt: '2023-01-01T00:00:00.000Z' })
    expect(before.hash).not.toBe(one.hash)
  })

  it('says when nothing is in force', async () => {
    await expect(compiledTable(contextOf('writer'), 'cases.layer', { asOf: '1999-01-01' })).rejects.toMatchObject({
      code: 'policies.not-in-force',
    })
    await expect(compiledTable(contextOf('writer'), line, { asOf: '2024-01-01' })).rejects.toMatchObject({ code: 'policies.not-a-table' })
  })
})
