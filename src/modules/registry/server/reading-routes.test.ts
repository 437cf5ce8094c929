import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { makeServer, type Gatekeeper } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { actingAs, givenCounty, givenUser, type GivenCounty, type GivenUser } from '#modules/identity/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { listCorrectionRoutes } from './correction-routes.ts'
import { listExportRoutes } from './export-routes.ts'
import { givenHousehold, type GivenHousehold } from './given.ts'
import { listReadingRoutes } from './reading-routes.ts'

const world = openTestWorld()
const clock = () => testNowMs
let county: GivenCounty
let server: FastifyInstance
let cadre: GivenUser
let officer: GivenUser
let mine: GivenHousehold
let theirs: GivenHousehold

// The canaries of the other village: none of them may reach the cadre by any path.
const canaries = { name: '欧阳飞燕', member: '曾小虎', phone: '15412345678', ownPhone: '16487654321', type: '脱贫户' }

// Sessions are identity's own; here the cookie names one of the users of this file, with the scope and grants of his role.
const users = new Map<string, GivenUser>()
const gatekeeper: Gatekeeper = {
  recognise: async (token) => {
    const user = users.get(token ?? '')
    return user === undefined ? undefined : { ctx: { ...actingAs(user, world.as(user.scope)), deadline: 'request' } }
  },
  forPublic: () => world.as(grantCounty(county.countyCode)),
  allows: (caller, access) => mayDo({ ...world.as(grantCounty(county.countyCode)), caller }, access.object, access.action),
}
async function given(role: 'village-cadre' | 'township-officer' | 'county-data-officer', areaPath: string): Promise<GivenUser> {
  const user = await givenUser(world.database, { role, areaPath, clock })
  users.set(user.cookie.slice(user.cookie.indexOf('=') + 1), user)
  return user
}

beforeAll(async () => {
  county = await givenCounty(world.database, { clock })
  const ctx = world.as(grantCounty(county.countyCode))
  const [one, other] = [county.villages[0]?.path ?? '', county.villages[1]?.path ?? '']
  mine = await givenHousehold(ctx, world.vault, {
    areaPath: one,
    village: '柳湾村',
    members: [
      { name: '单国强', phone: '15400000001' },
      { name: '单小妹', relation: '之女', bornOn: '2010-12-18', sex: 'female' },
    ],
    phone: '15400000001',
    facts: { wageIncome: 1_234_500, safeWater: true, bankName: '某银行' },
  })
  theirs = await givenHousehold(ctx, world.vault, {
    areaPath: other,
    village: '荷坪村',
    type: canaries.type,
    monitorCategory: '边缘易致贫户',
    phone: canaries.phone,
    members: [
      { name: canaries.name, phone: canaries.ownPhone },
      { name: canaries.member, relation: '之子' },
    ],
  })
  cadre = await given('village-cadre', one)
  officer = await given('county-data-officer', county.countyPath)
  const deps = { vault: world.vault }
  server = await makeServer({
    routes: [...listReadingRoutes(deps), ...listCorrectionRoutes(deps), ...listExportRoutes({ ...deps, filesDirectory: world.directory })],
    gatekeeper,
    log: makeLog('silent'),
  })
})
afterAll(() => server.close())

const get = (user: GivenUser, url: string) => server.inject({ url: `/api${url}`, headers: { cookie: user.cookie } })
const post = (user: GivenUser, url: string, payload: object) =>
  server.inject({ method: 'POST', url: `/api${url}`, payload, headers: { cookie: user.cookie, 'idempotency-key': makeId() } })
const search = (user: GivenUser, q: string) => post(user, '/registry/households/search', { q })
const idsOf = (answer: { json: () => { items: { householdId: string }[] } }) => answer.json().items.map((item) => item.householdId)
const theirPerson = () => theirs.persons[0] ?? { personId: '', idNumber: '', personNo: '', name: '', phone: undefined }
const myPerson = () => mine.persons[0] ?? { personId: '', idNumber: '', personNo: '', name: '', phone: undefined }

describe('a village cadre', () => {
  it('sees only households of the village in the list, its counts, totals and villages', async () => {
    expect(idsOf(await get(cadre, '/registry/households'))).toEqual([mine.householdId])
    expect((await get(cadre, '/registry/households/counts')).json()).toMatchObject({ households: 1, monitored: 0 })
    expect((await get(cadre, `/registry/households?type=${encodeURIComponent(canaries.type)}`)).json()).toEqual({ items: [] })
    const under = await get(cadre, `/registry/households?under=${county.villages[1]?.path ?? ''}`)
    expect(under.json()).toEqual({ items: [] })
    expect((await get(cadre, '/registry/totals')).json().sum).toMatchObject({ households: 1, persons: 2, registeredHouseholds: 0 })
    expect((await get(cadre, '/registry/villages')).json().items).toHaveLength(1)
  })

  it('finds nobody of another village by name, pinyin, first letters, number or telephone; the county office does', async () => {
    const person = theirPerson()
    const words = [
      canaries.name,
      '飞燕',
      '欧阳',
      'ouyang',
      'ouyangfeiyan',
      'feiyan',
      'oyfy',
      'zengxiaohu',
      'zxh',
      person.idNumber,
      person.idNumber.toLowerCase(),
    ]
    for (const q of [...words, theirs.householdNo, person.personNo, canaries.phone, canaries.ownPhone]) {
      expect([q, idsOf(await search(cadre, q))]).toEqual([q, []])
      expect([q, idsOf(await search(officer, q))]).toEqual([q, [theirs.householdId]])
    }
  })

  it('gets 404 for the address of another household, person, tag or correction, and changes nothing there', async () => {
    const person = theirPerson()
    expect((await get(cadre, `/registry/households/${theirs.householdId}`)).statusCode).toBe(404)
    expect((await get(cadre, `/registry/persons/${person.personId}/reveals`)).statusCode).toBe(404)
    const tag = (await post(officer, `/registry/households/${theirs.householdId}/tags`, { tag: 'edge', source: '村级上报' })).json()
    expect((await post(cadre, `/registry/households/${theirs.householdId}/tags`, { tag: 'dibao', source: '村级上报' })).statusCode).toBe(
      404,
    )
    expect((await post(cadre, `/registry/tags/${tag.tagId}/end`, { reason: '不再符合' })).statusCode).toBe(404)
    const proposed = { householdId: theirs.householdId, personId: person.personId, field: 'name', newValue: '欧阳飞雁', source: '电话' }
    expect((await post(cadre, '/registry/corrections', proposed)).statusCode).toBe(404)
    expect((await post(officer, '/registry/corrections', proposed)).statusCode).toBe(200)
    expect((await get(cadre, '/registry/corrections')).json()).toEqual({ items: [] })
    expect((await get(cadre, '/registry/corrections/counts')).json()).toEqual({ counts: [] })
  })

  it('may not see whole numbers, and the export of a township officer ends at the township', async () => {
    const purpose = encodeURIComponent('季度核对')
    expect((await get(cadre, `/registry/persons/export-whole?purpose=${purpose}`)).statusCode).toBe(403)
    const refused = await post(cadre, `/registry/persons/${myPerson().personId}/reveal`, { field: 'id-number', reason: '核对身份' })
    expect(refused.statusCode).toBe(403)
    expect(
      (
        await post(cadre, '/registry/village-kinds', {
          areaPath: county.villages[0]?.path,
          kind: 'exited',
          validFrom: '2020-01-01',
          source: '公告',
        })
      ).statusCode,
    ).toBe(403)
    const township = await given('township-officer', county.townships[1]?.path ?? '')
    expect(
      (await post(township, `/registry/persons/${theirPerson().personId}/reveal`, { field: 'phone', reason: '联系入户' })).statusCode,
    ).toBe(404)
  })

  it('meets no word of the other village in any answer', async () => {
    const urls = [
      '/registry/households',
      '/registry/households/counts',
      `/registry/households/${mine.householdId}`,
      '/registry/corrections',
      '/registry/villages',
    ]
    const bodies = await Promise.all(urls.map(async (url) => (await get(cadre, url)).body))
    for (const canary of [canaries.name, canaries.member, theirs.householdNo, theirPerson().idNumber.slice(-6), '荷坪']) {
      expect(bodies.filter((body) => body.includes(canary))).toEqual([])
    }
  })
})

describe('a helper', () => {
  it('sees the households that he helps and no other, by list, search, count and address', async () => {
    const user = await givenUser(world.database, {
      role: 'helper',
      areaPath: county.villages[0]?.path ?? '',
      households: [theirs.householdId],
      clock,
    })
    users.set(user.cookie.slice(user.cookie.indexOf('=') + 1), user)
    expect(idsOf(await get(user, '/registry/households'))).toEqual([theirs.householdId])
    expect((await get(user, '/registry/households/counts')).json()).toMatchObject({ households: 1 })
    expect(idsOf(await search(user, canaries.name))).toEqual([theirs.householdId])
    expect(idsOf(await search(user, '单国强'))).toEqual([])
    expect((await get(user, `/registry/households/${theirs.householdId}`)).statusCode).toBe(200)
    expect((await get(user, `/registry/households/${mine.householdId}`)).statusCode).toBe(404)
    const nobody = await givenUser(world.database, { role: 'helper', areaPath: county.villages[0]?.path ?? '', clock })
    users.set(nobody.cookie.slice(nobody.cookie.indexOf('=') + 1), nobody)
    expect(idsOf(await get(nobody, '/registry/households'))).toEqual([])
  })
})

describe('a household page', () => {
  it('shows members with age and masked numbers, facts with their source, and nothing in full', async () => {
    const answer = await get(officer, `/registry/households/${mine.householdId}`)
    const [head, daughter] = answer.json().members
    expect(head).toMatchObject({ name: '单国强', isHead: true, phoneMasked: '154****0001' })
    expect(head.idMasked).toMatch(/^990301\*{8}\d{3}[\dX]$/)
    expect([daughter.age, daughter.relation]).toEqual([13, '之女'])
    expect(answer.json().facts.find((fact: { key: string }) => fact.key === 'wageIncome')).toMatchObject({
      value: 1_234_500,
      source: { from: 'register', on: '2023-09-30' },
    })
    for (const secret of [myPerson().idNumber, '15400000001']) expect(answer.body).not.toContain(secret)
    expect((await get(officer, '/registry/households')).body).not.toContain('1540000')
  })

  it('finds 单 by its reading as a surname', async () => {
    expect(idsOf(await search(officer, 'shanguoqiang'))).toEqual([mine.householdId])
    expect(idsOf(await search(officer, 'danguoqiang'))).toEqual([])
  })

  it('asks for a login, and refuses what is not asked for', async () => {
    expect((await server.inject('/api/registry/households')).statusCode).toBe(401)
    expect((await get(officer, '/registry/households?limit=500')).statusCode).toBe(400)
    expect((await get(officer, '/registry/households?order=name')).statusCode).toBe(400)
    expect((await get(cadre, '/registry/households?missing=true')).statusCode).toBe(403)
    expect((await get(officer, '/registry/households?missing=true')).json()).toEqual({ items: [] })
  })

  it('is exported with a footer that names exporter and purpose', async () => {
    const answer = await get(officer, `/registry/households/export?purpose=${encodeURIComponent('季度核对')}`)
    expect(answer.statusCode).toBe(200)
    const { default: exceljs } = await import('exceljs')
    const book = new exceljs.Workbook()
    // Safe: exceljs declares an older Buffer; the bytes are the same.
    await book.xlsx.load(answer.rawPayload as never)
    const lines = (book.worksheets[0]?.getSheetValues() ?? []).map((row) => JSON.stringify(row))
    expect(lines.filter((line) => line?.includes('单国强'))).toHaveLength(1)
    expect(lines.some((line) => line?.includes(officer.name) && line.includes('季度核对'))).toBe(true)
  })
})

describe('a full number', () => {
  it('is shown for a reason, the look is on the person’s list, and the answer is kept nowhere', async () => {
    const person = myPerson()
    const url = `/registry/persons/${person.personId}/reveal`
    expect((await post(officer, url, { field: 'id-number', reason: '查' })).statusCode).toBe(400)
    expect((await post(officer, url, { field: 'id-number', reason: '核对身份' })).json()).toEqual({ value: person.idNumber })
    const looks = await get(cadre, `/registry/persons/${person.personId}/reveals`)
    expect(looks.json().items).toMatchObject([
      { field: 'id-number', reason: '核对身份', callerName: officer.name, roles: ['county-data-officer'], unit: '青禾县' },
    ])
  })
})

describe('tags and village kinds', () => {
  it('are set with a source, verified, ended with a reason, and stay in the history', async () => {
    const url = `/registry/households/${mine.householdId}/tags`
    const made = (await post(cadre, url, { tag: 'dibao', source: '民政局低保名单' })).json()
    expect((await post(cadre, url, { tag: 'dibao', source: '民政局低保名单' })).json().code).toBe('registry.already-tagged')
    expect((await post(cadre, url, { tag: 'rich', source: '民政局低保名单' })).json().code).toBe('registry.unknown-tag')
    expect(idsOf(await get(cadre, '/registry/households?tag=dibao'))).toEqual([mine.householdId])
    expect((await post(cadre, `/registry/tags/${made.tagId}/verify`, {})).statusCode).toBe(403)
    expect((await post(officer, `/registry/tags/${made.tagId}/verify`, {})).json()).toMatchObject({
      verifiedOn: '2023-12-18',
      can: { verify: false },
    })
    expect((await post(officer, `/registry/tags/${made.tagId}/end`, { reason: '已退出低保' })).json()).toMatchObject({
      validTo: '2023-12-18',
      can: { end: false },
    })
    expect((await get(cadre, `/registry/households/${mine.householdId}`)).json().tags).toMatchObject([
      { tag: 'dibao', removeReason: '已退出低保' },
    ])
    expect(idsOf(await get(cadre, '/registry/households?tag=dibao'))).toEqual([])
  })

  it('let a village be poor or exited, and key-support besides; the counts come from its households', async () => {
    const areaPath = county.villages[1]?.path ?? ''
    const set = (kind: string, validFrom: string) =>
      post(officer, '/registry/village-kinds', { areaPath, kind, validFrom, source: '县公告' })
    for (const [kind, day] of [
      ['poor', '2014-01-01'],
      ['exited', '2018-12-01'],
      ['key-support', '2021-06-01'],
    ] as const)
      expect((await set(kind, day)).statusCode).toBe(200)
    expect((await set('exited', '2019-01-01')).json().code).toBe('registry.overlaps')
    expect((await set('demonstration', '2024-01-01')).json().code).toBe('registry.day-ahead')
    const listed = (await get(officer, '/registry/villages?kind=exited')).json().items
    expect(listed).toMatchObject([{ areaPath, households: 1, persons: 2, registeredPersons: 2, notExitedPersons: 0 }])
    expect(listed[0].kinds.map((one: { kind: string; validTo?: string }) => [one.kind, one.validTo ?? 'today'])).toEqual([
      ['key-support', 'today'],
      ['exited', 'today'],
      ['poor', '2018-12-01'],
    ])
  })
})
