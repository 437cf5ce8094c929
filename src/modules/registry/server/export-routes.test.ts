import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { instantOf } from '#kernel/pure/time/index.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { makeServer, type Gatekeeper } from '#kernel/server/http/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { actingAs, givenCounty, givenUser, type GivenCounty, type GivenUser } from '#modules/identity/server/given.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { readBytes } from '../../../../test/sheet-files.ts'
import type { ExportRecord } from '../rules/export-records.ts'
import { decideExportRow, insertExport } from './export-store.ts'
import { listExportRoutes } from './export-routes.ts'
import { givenHousehold, type GivenHousehold } from './given.ts'

const world = openTestWorld()
const hourMs = 3_600_000
let nowMs = testNowMs
const clock = () => nowMs
let county: GivenCounty
let server: FastifyInstance
let filesDirectory: string
let cadre: GivenUser
let township: GivenUser
let officer: GivenUser
let leader: GivenUser
let mine: GivenHousehold
let theirs: GivenHousehold

const users = new Map<string, GivenUser>()
// Sessions are identity's own; here the cookie names one of the users of this file, with the scope and grants of his role.
const gatekeeper: Gatekeeper = {
  recognise: async (token) => {
    const user = users.get(token ?? '')
    const now = instantOf(nowMs)
    return user === undefined ? undefined : { ctx: { ...actingAs(user, world.as(user.scope)), now, deadline: 'request' } }
  },
  forPublic: () => world.as(grantCounty(county.countyCode)),
  allows: (caller, access) => mayDo({ ...world.as(grantCounty(county.countyCode)), caller }, access.object, access.action),
}
type Role = 'village-cadre' | 'township-officer' | 'county-data-officer' | 'county-leader'
async function given(role: Role, areaPath: string): Promise<GivenUser> {
  const user = await givenUser(world.database, { role, areaPath, clock })
  users.set(user.cookie.slice(user.cookie.indexOf('=') + 1), user)
  return user
}

beforeAll(async () => {
  county = await givenCounty(world.database, { clock })
  filesDirectory = join(world.directory, 'export-files')
  const ctx = world.as(grantCounty(county.countyCode))
  const [one, other] = [county.villages[0]?.path ?? '', county.villages[1]?.path ?? '']
  mine = await givenHousehold(ctx, world.vault, {
    areaPath: one,
    village: '柳湾村',
    members: [
      { name: '=䶮𬱖', phone: '15400000001' },
      { name: '单小妹', relation: '之女', bornOn: '2010-12-18', sex: 'female' },
    ],
  })
  theirs = await givenHousehold(ctx, world.vault, {
    areaPath: other,
    village: '荷坪村',
    members: [{ name: '欧阳飞燕', phone: '16487654321' }],
  })
  cadre = await given('village-cadre', one)
  township = await given('township-officer', county.townships[0]?.path ?? '')
  officer = await given('county-data-officer', county.countyPath)
  leader = await given('county-leader', county.countyPath)
  server = await makeServer({ routes: listExportRoutes({ vault: world.vault, filesDirectory }), gatekeeper, log: makeLog('silent') })
})
afterAll(() => server.close())

const purpose = encodeURIComponent('季度核对')
const get = (user: GivenUser, url: string) => server.inject({ url: `/api${url}`, headers: { cookie: user.cookie } })
const post = (user: GivenUser, url: string, payload: object) =>
  server.inject({ method: 'POST', url: `/api${url}`, payload, headers: { cookie: user.cookie, 'idempotency-key': makeId() } })
const cellsOf = async (user: GivenUser, url: string) => (await readBytes((await get(user, url)).rawPayload)).cells
const records = async (user: GivenUser) => (await get(user, '/registry/exports')).json<{ items: ExportRecord[] }>().items
const idOf = (household: GivenHousehold, at: number) => household.persons[at]?.idNumber ?? 'absent'

describe('a list that goes out', () => {
  it('holds the village of the cadre and nothing else, in every list and both kinds of file', async () => {
    for (const list of ['households', 'persons', 'villages', 'corrections'])
      for (const format of ['xlsx', 'csv']) {
        const answer = await get(cadre, `/registry/${list}/export?purpose=${purpose}&format=${format}`)
        expect([list, format, answer.statusCode]).toEqual([list, format, 200])
        const said = JSON.stringify((await readBytes(answer.rawPayload)).cells)
        for (const secret of [theirs.householdNo, '荷坪村', '欧阳飞燕', '6321']) expect(said).not.toContain(secret)
      }
    expect(JSON.stringify(await cellsOf(officer, `/registry/persons/export?purpose=${purpose}`))).toContain('欧阳飞燕')
  })

  it('has title, unit and day above, who, when, why and the number of the export below; no formula, numbers masked', async () => {
    const cells = await cellsOf(cadre, `/registry/persons/export?purpose=${purpose}`)
    expect(cells[0]?.[0]).toMatch(/家庭成员名单$/)
    expect(cells[1]?.[0]).toMatch(/单位：.+制表日期：2023年12月18日/)
    const row = cells.find((line) => line.includes("'=䶮𬱖"))
    expect(row?.[10]).toMatch(/^\d{6}\*+[\dX]{4}$/)
    expect(row?.[11]).toMatch(/^154\*+0001$/)
    expect(cells.at(-2)?.[0]).toContain(`共 2 行　导出人：${cadre.name}`)
    expect(cells.at(-2)?.[0]).toContain('用途：季度核对')
    const [record] = await records(cadre)
    expect(cells.at(-1)?.[0]).toContain(record?.exportId)
    expect(record).toMatchObject({
      list: 'registry.persons',
      rows: 2,
      isMasked: true,
      state: 'made',
      askedName: cadre.name,
      purpose: '季度核对',
    })
  })

  it('is text with the mark of UTF-8 when asked, and leaves no file behind', async () => {
    const answer = await get(cadre, `/registry/persons/export?purpose=${purpose}&format=csv`)
    expect(answer.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(answer.body.split('\r\n')).toHaveLength(4)
    expect(readdirSync(join(filesDirectory, 'exports'))).toEqual([])
  })

  it('lists the accounts, also those found by a name, which the record does not repeat', async () => {
    const cells = await cellsOf(officer, `/identity/users/export?purpose=${purpose}&startsWith=${encodeURIComponent(cadre.name)}`)
    expect(JSON.stringify(cells)).toContain('村干部')
    const [record] = await records(officer)
    expect(record).toMatchObject({ list: 'identity.users', filter: { startsWith: true } })
    expect((await get(cadre, `/identity/users/export?purpose=${purpose}`)).statusCode).toBe(403)
  })

  it('needs a purpose, and shows the records of an area to that area only', async () => {
    expect((await get(cadre, '/registry/households/export?purpose=no')).statusCode).toBe(400)
    await get(officer, `/registry/households/export?purpose=${purpose}`)
    expect((await records(cadre)).every((record) => record.askedName === cadre.name)).toBe(true)
    expect((await records(leader)).map((record) => record.askedName)).toContain(officer.name)
  })
})

describe('a list with whole numbers', () => {
  it('goes out at once when it is short, with minors masked, each a reveal of the caller', async () => {
    expect((await get(cadre, `/registry/persons/export-whole?purpose=${purpose}`)).statusCode).toBe(403)
    const cells = await cellsOf(officer, `/registry/persons/export-whole?purpose=${purpose}&under=${county.villages[0]?.path ?? ''}`)
    const said = JSON.stringify(cells)
    expect(said).toContain(idOf(mine, 0))
    expect(said).not.toContain(idOf(mine, 1))
    const [record] = await records(officer)
    expect(record).toMatchObject({ isMasked: false, state: 'made', rows: 2 })
  })

  it('is asked for when it is long, approved by another person only, fetched by who asked only', async () => {
    const asked = (await post(officer, '/registry/exports', { purpose: '换发社保卡' })).json<ExportRecord>()
    expect(asked).toMatchObject({ state: 'asked', rows: 3, can: { decide: false, fetch: false } })
    const url = `/registry/exports/${asked.exportId}`
    expect((await get(officer, `${url}/file`)).json().code).toBe('registry.wrong-state')
    expect((await post(officer, `${url}/decide`, { decision: 'approve' })).json().code).toBe('registry.own-request')
    expect((await post(leader, `${url}/decide`, { decision: 'refuse' })).json().code).toBe('registry.reason-needed')
    expect((await post(leader, `${url}/decide`, { decision: 'approve' })).json()).toMatchObject({
      state: 'approved',
      decidedName: leader.name,
    })
    expect((await post(leader, `${url}/decide`, { decision: 'approve' })).json().code).toBe('registry.wrong-state')
    expect((await get(township, `${url}/file`)).statusCode).toBe(404)
    const answer = await get(officer, `${url}/file`)
    const said = JSON.stringify((await readBytes(answer.rawPayload)).cells)
    for (const number of [idOf(mine, 0), idOf(mine, 1), idOf(theirs, 0)]) expect(said).toContain(number)
    expect(said).toContain(asked.exportId)
    expect((await records(officer)).find(({ exportId }) => exportId === asked.exportId)).toMatchObject({ downloads: 1, state: 'approved' })
    expect(readdirSync(join(filesDirectory, 'exports'))).toEqual([])
  })

  it('is not fetched after 24 hours', async () => {
    const asked = (await post(township, '/registry/exports', { purpose: '换发社保卡', format: 'csv' })).json<ExportRecord>()
    const url = `/registry/exports/${asked.exportId}`
    await post(officer, `${url}/decide`, { decision: 'approve' })
    nowMs = testNowMs + 24 * hourMs - 1
    expect((await get(township, `${url}/file`)).statusCode).toBe(200)
    nowMs = testNowMs + 24 * hourMs
    expect((await get(township, `${url}/file`)).json().code).toBe('registry.export-expired')
    expect((await records(township)).find(({ exportId }) => exportId === asked.exportId)?.state).toBe('expired')
    nowMs = testNowMs
  })

  it('is held by the database too: nobody approves his own, nothing long or of minors goes out unapproved', async () => {
    const ctx = actingAs(officer, world.as(grantCounty(county.countyCode)))
    const facts = {
      areaPath: county.countyPath,
      list: 'registry.persons',
      filter: {},
      format: 'xlsx',
      purpose: '试一试',
      isMasked: false,
    } as const
    const insert = (more: { rows: number; hasMinors: boolean; fileHash: string | undefined }, exportId = makeId()) =>
      inTransaction(ctx, (db) => insertExport(db, ctx, { ...facts, ...more, exportId }))
    const exportId = makeId()
    await insert({ rows: 201, hasMinors: true, fileHash: undefined }, exportId)
    await expect(
      inTransaction(ctx, (db) => decideExportRow(db, ctx, { exportId, isApproved: true, note: undefined, hours: 24 })),
    ).rejects.toThrow()
    await expect(insert({ rows: 201, hasMinors: false, fileHash: 'x' })).rejects.toThrow()
    await expect(insert({ rows: 1, hasMinors: true, fileHash: 'x' })).rejects.toThrow()
  })

  it('is refused at once beyond 200 people or the budget of reveals', async () => {
    const ctx = world.as(grantCounty(county.countyCode))
    const areaPath = county.villages[2]?.path ?? ''
    const households = Array.from({ length: 31 }, (_, no) => ({ areaPath, village: '远村', members: [{ name: `单${no}` }] }))
    for (const household of households) await givenHousehold(ctx, world.vault, household)
    const url = `/registry/persons/export-whole?purpose=${purpose}&under=${areaPath}`
    expect((await get(officer, url)).json()).toMatchObject({ code: 'registry.reveal-budget', details: { limit: 30, hours: 1 } })
    const members = Array.from({ length: 170 }, (_, no) => ({ name: `人${no}` }))
    await givenHousehold(ctx, world.vault, { areaPath, village: '远村', members })
    expect((await get(officer, url)).json()).toMatchObject({ code: 'registry.approval-needed', details: { rows: 201, limit: 200 } })
  })
})
