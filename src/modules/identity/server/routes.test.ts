import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld } from '../../../../test/database.ts'
import { makeServer } from '#kernel/server/http/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { Founded, Me, RoleKey, Start, firstAdministrators } from '../contract.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from './given.ts'
import { makeIdentityPlug } from './module.ts'

const world = openTestWorld()
let server: FastifyInstance
let county: GivenCounty
const users = new Map<RoleKey, GivenUser>()

type Verb = 'GET' | 'POST' | 'PATCH'
interface Call {
  cookie?: string | undefined
  body?: object | undefined
  key?: string
  address?: string
}
const call = (method: Verb, path: string, { cookie, body, key = makeId(), address }: Call = {}) =>
  server.inject({
    method,
    url: `/api${path}`,
    headers: { ...(cookie === undefined ? {} : { cookie }), ...(method === 'GET' ? {} : { 'idempotency-key': key }) },
    ...(body === undefined ? {} : { payload: body }),
    ...(address === undefined ? {} : { remoteAddress: address }),
  })
const cookieOf = (answer: Awaited<ReturnType<typeof call>>) => `bangfu_session=${answer.cookies[0]?.value ?? ''}`
const cookie = (role: RoleKey) => users.get(role)?.cookie

const founding = {
  countyCode: '990301',
  name: '青禾县',
  administrators: firstAdministrators.map((role, at) => ({ role, name: ['沈一', '沈二', '沈三'][at], loginName: `first${at}` })),
}

beforeAll(async () => {
  const plug = makeIdentityPlug({ database: world.database, vault: world.vault })
  server = await makeServer({ routes: plug.routes, gatekeeper: plug.gatekeeper, log: makeLog('silent') })
})
afterAll(() => server.close())

describe('the first page', () => {
  it('founds the county from this machine only, once, and leads through the one-time password', async () => {
    expect(Start.parse((await call('GET', '/identity/start')).json())).toEqual({ can: { found: true, startEmpty: false } })
    const elsewhere = await call('POST', '/identity/found', { body: founding, address: '192.0.2.7' })
    expect([elsewhere.statusCode, elsewhere.json()]).toMatchObject([403, { code: 'identity.not-from-here' }])
    const founded = Founded.parse((await call('POST', '/identity/found', { body: founding })).json())
    expect((await call('POST', '/identity/found', { body: { ...founding, countyCode: '990302' } })).json()).toMatchObject({
      code: 'identity.already-founded',
    })
    expect((await call('GET', '/identity/start')).json()).toEqual({
      county: { name: '青禾县', isDemo: false },
      can: { found: false, startEmpty: false },
    })

    const [first] = founded.administrators
    if (first === undefined) throw new Error('three are made')
    const login = await call('POST', '/identity/login', { body: { loginName: first.loginName, password: first.oneTimePassword } })
    expect(login.json()).toEqual({ mustChangePassword: true })
    expect(login.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    const session = { cookie: cookieOf(login) }
    expect(Me.parse((await call('GET', '/identity/me', session)).json())).toMatchObject({ mustChangePassword: true, can: {} })
    expect((await call('GET', '/identity/users', session)).json()).toMatchObject({ code: 'http.password-change-needed' })
    const change = (currentPassword: string, newPassword: string) =>
      call('POST', '/identity/password', { ...session, body: { currentPassword, newPassword } })
    expect((await change('wrong-wrong-1', 'quiet river stones')).json()).toMatchObject({ code: 'identity.wrong-password' })
    expect((await change(first.oneTimePassword, 'short')).json()).toMatchObject({
      code: 'identity.password-not-allowed',
      details: { reasons: ['too-short'] },
    })
    expect((await change(first.oneTimePassword, 'quiet river stones')).statusCode).toBe(204)
    expect((await call('GET', '/identity/users', session)).statusCode).toBe(200)
    const me = Me.parse((await call('GET', '/identity/me', session)).json())
    expect(me).toMatchObject({
      mustChangePassword: false,
      county: { code: '990301', name: '青禾县', isDemo: false },
      area: { level: 'county' },
    })
    expect(me.can).toMatchObject({ 'identity.user:manage': true })

    expect((await call('POST', '/identity/logout', session)).statusCode).toBe(204)
    expect((await call('GET', '/identity/me', session)).statusCode).toBe(401)
    expect(
      (await call('POST', '/identity/login', { body: { loginName: first.loginName, password: first.oneTimePassword } })).statusCode,
    ).toBe(401)
  })
})

describe('who may and who may not', () => {
  const someId = makeId()
  const routes: { method: Verb; path: string; body?: object; may: RoleKey[] }[] = [
    { method: 'GET', path: '/identity/users', may: ['county-data-officer', ...firstAdministrators] },
    { method: 'POST', path: '/identity/users', body: {}, may: ['system-administrator'] },
    { method: 'POST', path: '/identity/users/bulk', body: {}, may: ['system-administrator'] },
    { method: 'PATCH', path: `/identity/users/${someId}`, body: {}, may: ['system-administrator'] },
    { method: 'POST', path: `/identity/users/${someId}/reset`, may: ['system-administrator', 'security-administrator'] },
    { method: 'POST', path: `/identity/users/${someId}/unlock`, may: ['system-administrator', 'security-administrator'] },
    { method: 'POST', path: `/identity/users/${someId}/disable`, may: ['system-administrator'] },
    { method: 'POST', path: `/identity/users/${someId}/enable`, may: ['system-administrator'] },
    { method: 'POST', path: `/identity/users/${someId}/hand-over`, body: {}, may: ['system-administrator'] },
    { method: 'GET', path: '/identity/areas', may: [...RoleKey.options] },
    { method: 'POST', path: '/identity/areas/import', body: {}, may: ['system-administrator', 'county-data-officer'] },
    {
      method: 'GET',
      path: '/identity/organisations',
      may: [
        'county-data-officer',
        'county-leader',
        'department-clerk',
        'supervisor',
        'township-officer',
        'village-cadre',
        ...firstAdministrators,
      ],
    },
    {
      method: 'POST',
      path: '/identity/organisations',
      body: {},
      may: ['system-administrator', 'county-data-officer', 'department-clerk', 'township-officer'],
    },
    { method: 'PATCH', path: '/identity/county', body: {}, may: ['system-administrator'] },
    { method: 'GET', path: '/identity/me', may: [...RoleKey.options] },
  ]

  beforeAll(async () => {
    county = await givenCounty(world.database)
    const { importAreas, systemContext } = await import('./module.ts')
    const system = systemContext(world.database, Date.now, { countyCode: county.countyCode, reason: 'given' })
    await importAreas(system, {
      isDryRun: false,
      rows: [
        { code: '990301101', name: '菱塘镇' },
        { code: '990301101200', name: '柳湾村' },
        { code: '990301101201', name: '荷坪村' },
        { code: '990301201', name: '汀溪乡' },
      ],
    })
    county = await givenCounty(world.database)
    const places: Partial<Record<RoleKey, string | undefined>> = {
      'township-officer': county.townships[0]?.path,
      'village-cadre': county.villages[0]?.path,
    }
    for (const role of RoleKey.options) {
      users.set(role, await givenUser(world.database, { role, areaPath: places[role] ?? county.countyPath }))
    }
  })

  it.each(routes)('$method $path', async ({ method, path, body, may }) => {
    for (const role of RoleKey.options) {
      const { statusCode } = await call(method, path, { cookie: cookie(role), body })
      // A caller who may come in is then told what is wrong with the empty body or the unknown id.
      expect(statusCode, role).toSatisfy((status: number) => (may.includes(role) ? [200, 204, 400, 404].includes(status) : status === 403))
    }
    expect((await call(method, path, { body })).statusCode, 'nobody').toBe(401)
    expect((await call(method, path, { body, cookie: `bangfu_session=990301.${'a'.repeat(43)}` })).statusCode, 'a made-up session').toBe(
      401,
    )
  })
})

describe('an answer', () => {
  it('with areas stays below the own area, whatever is asked for', async () => {
    const read = async (role: RoleKey, query: string) => {
      const answer = await call('GET', `/identity/areas${query}`, { cookie: cookie(role) })
      return [answer.statusCode, answer.json<{ items?: { name: string }[] }>().items?.map((area) => area.name)]
    }
    expect(await read('village-cadre', '')).toEqual([200, ['柳湾村']])
    expect(await read('township-officer', '')).toEqual([200, ['菱塘镇', '柳湾村', '荷坪村']])
    expect(await read('township-officer', `?under=${county.villages[1]?.path ?? ''}`)).toEqual([200, ['荷坪村']])
    for (const path of [county.countyPath, county.townships[1]?.path ?? '']) {
      expect((await read('village-cadre', `?under=${path}`))[0]).toBe(404)
    }
  })

  it('with a one-time password comes once; the same key again is refused and makes no second account', async () => {
    const body = { name: '季远', loginName: 'jiyuan', roles: ['village-cadre'], areaPath: county.villages[0]?.path ?? '' }
    const once = { cookie: cookie('system-administrator'), body, key: makeId() }
    const first = await call('POST', '/identity/users', once)
    expect(first.json()).toMatchObject({ loginName: 'jiyuan' })
    const second = await call('POST', '/identity/users', once)
    expect([second.statusCode, second.json()]).toMatchObject([409, { code: 'http.already-answered' }])
    const found = await call('GET', '/identity/users?startsWith=jiyuan', { cookie: cookie('audit-administrator') })
    expect(found.json()).toMatchObject({ items: [{ name: '季远', can: { edit: false, reset: false } }] })
    expect(found.body).not.toContain(first.json<{ oneTimePassword: string }>().oneTimePassword)
  })

  it('refuses a field that is not asked for', async () => {
    const body = { name: '季近', loginName: 'jijin', roles: ['village-cadre'], areaPath: county.villages[0]?.path ?? '', state: 'active' }
    expect((await call('POST', '/identity/users', { cookie: cookie('system-administrator'), body })).statusCode).toBe(400)
  })

  it('shows the filing number on the first page once it is set', async () => {
    await call('PATCH', '/identity/county', { cookie: cookie('system-administrator'), body: { filingNumber: '湘备 0001 号' } })
    expect((await call('GET', '/identity/start')).json()).toMatchObject({ county: { filingNumber: '湘备 0001 号' } })
  })

  it('with the rows of an uploaded sheet keeps their places; what is no sheet is refused with a reason', async () => {
    const upload = (path: string, payload: Buffer, role: RoleKey) =>
      server.inject({
        method: 'POST',
        url: `/api${path}`,
        headers: {
          cookie: cookie(role) ?? '',
          'content-type': 'application/octet-stream',
          'x-file-name': encodeURIComponent('村名单.csv'),
        },
        payload,
      })
    const text = Buffer.from('\ufeff区划代码,名称\r\n\r\n990301102,桐溪镇\r\n')
    const read = await upload('/identity/areas/sheet', text, 'county-data-officer')
    expect(read.json<{ rows: string[][] }>().rows.map((cells) => cells.join())).toEqual(['区划代码,名称', '', '990301102,桐溪镇'])
    expect((await upload('/identity/users/sheet', text, 'county-data-officer')).statusCode).toBe(403)
    const empty = await upload('/identity/users/sheet', Buffer.alloc(0), 'system-administrator')
    expect([empty.statusCode, empty.json()]).toMatchObject([400, { code: 'files.empty' }])
    const picture = await upload('/identity/users/sheet', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 'system-administrator')
    expect(picture.statusCode).toBe(422)
  })
})
