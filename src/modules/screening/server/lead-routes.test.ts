import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld } from '../../../../test/database.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { makeServer } from '#kernel/server/http/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { openSheetFile, readSheets } from '#kernel/server/sheets/index.ts'
import { givenCounty, givenUser, makeGatekeeper, type GivenUser } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import type { LeadCounts, LeadFile, LeadPage, VisitList, VisitVillages } from '../rules/lead-records.ts'
import { givenLead, givenRun } from './given.ts'
import { leadRoutes } from './lead-routes.ts'

const world = openTestWorld()
const month = '202310'
let server: FastifyInstance
let cadre: GivenUser
let officer: GivenUser
let clerk: GivenUser
/** The own village's and the neighbour's; both villages lie in one township. Every text of the neighbour holds 暗记. */
const own = { area: '', leadId: '', householdId: '' }
const other = { area: '', leadId: '', householdId: '', householdNo: '' }
const canary = '暗记'

beforeAll(async () => {
  const county = await givenCounty(world.database)
  const [township] = county.townships
  const [village, neighbour] = county.villages
  if (township === undefined || village === undefined || neighbour === undefined) throw new Error('the given county has them')
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: village.path })
  await givenUser(world.database, { role: 'village-cadre', areaPath: neighbour.path })
  officer = await givenUser(world.database, { role: 'township-officer', areaPath: township.path })
  clerk = await givenUser(world.database, { role: 'department-clerk', areaPath: county.countyPath })
  const office = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath })
  const ctx = world.as(office.scope, office.caller)
  const runId = await givenRun(ctx, month)
  const lead = async (area: string, name: string) => {
    const areaPath = `${area}01.`
    const home = await givenHousehold(ctx, world.vault, {
      areaPath,
      village: area === village.path ? village.name : `${canary}村`,
      members: [{ name, phone: '15400001111' }],
    })
    const evidence = [{ file: `${name}.xlsx`, sheet: '', row: 3, class: 'exact' as const, facts: { studyState: '辍学' } }]
    const reasons = [{ rule: 'L04', list: 'education' as const, value: '辍学', personId: home.persons[0]?.personId ?? '', evidence }]
    return { area, leadId: await givenLead(ctx, { runId, month, householdId: home.householdId, areaPath, reasons }), ...home }
  }
  Object.assign(own, await lead(village.path, '柳青山'))
  Object.assign(other, await lead(neighbour.path, `${canary}云`))
  server = await makeServer({
    routes: leadRoutes({ vault: world.vault, filesDirectory: world.directory }),
    gatekeeper: makeGatekeeper(world.database),
    log: makeLog('silent'),
  })
})
afterAll(() => server.close())

const get = (user: GivenUser, path: string) => server.inject({ method: 'GET', url: `/api${path}`, headers: { cookie: user.cookie } })
const post = (user: GivenUser, path: string, body: object) =>
  server.inject({ method: 'POST', url: `/api${path}`, headers: { cookie: user.cookie, 'idempotency-key': makeId() }, payload: body })

describe('a village cadre never sees the neighbour village', () => {
  it('by list, count, filter or search', async () => {
    const list = (await get(cadre, '/screening/leads')).json<LeadPage>()
    expect([list.total, list.items[0]?.leadId]).toEqual([1, own.leadId])
    expect((await get(cadre, '/screening/lead-counts')).json<LeadCounts>().total).toBe(1)
    for (const query of [`under=${other.area}`, `householdId=${other.householdId}`]) {
      expect((await get(cadre, `/screening/leads?${query}`)).json<LeadPage>(), query).toMatchObject({ total: 0, items: [] })
      expect((await get(cadre, `/screening/lead-counts?${query}`)).json<LeadCounts>().total, query).toBe(0)
    }
    for (const text of [canary, other.householdNo, 'anji']) {
      expect((await post(cadre, '/screening/leads/search', { text })).json<LeadPage>(), text).toMatchObject({ total: 0 })
    }
  })

  it('by address, visit list or export: not found, as if it were not there', async () => {
    const visit = `area=${other.area}&month=${month}`
    for (const path of [
      `/screening/leads/${other.leadId}`,
      `/screening/visit-list?${visit}`,
      `/screening/visit-list.xlsx?${visit}&purpose=1234`,
    ]) {
      expect((await get(cadre, path)).statusCode, path).toBe(404)
    }
    expect((await get(cadre, '/screening/visit-villages')).json<VisitVillages>().items.map((one) => one.area)).toEqual([own.area])
  })

  it('by answering or sending back', async () => {
    const answer = { revision: 1, answer: 'confirmed', note: '见到本人', reasons: [] }
    expect((await post(cadre, `/screening/leads/${other.leadId}/answer`, answer)).statusCode).toBe(404)
    expect((await post(cadre, `/screening/leads/${other.leadId}/return`, { revision: 1, note: '不是' })).statusCode).toBe(404)
  })

  it('in anything that any of its routes answers', async () => {
    const paths = [
      '/screening/leads',
      '/screening/lead-counts',
      '/screening/lead-precision',
      '/screening/visit-villages',
      '/screening/leads/export?purpose=1234&format=csv',
      `/screening/leads/${own.leadId}`,
    ]
    for (const path of paths) {
      const { body } = await get(cadre, path)
      expect(body.includes(canary) || body.includes(other.leadId) || body.includes(other.area), path).toBe(false)
    }
    expect((await get(cadre, '/screening/lead-precision')).json<{ items: { raised: number }[] }>().items[0]?.raised).toBe(1)
  })
})

describe('who may', () => {
  it('read: not a department clerk', async () => {
    expect((await get(clerk, '/screening/leads')).statusCode).toBe(403)
    expect((await get(clerk, `/screening/visit-list?area=${own.area}&month=${month}`)).statusCode).toBe(403)
  })

  it('send and close: the township, not the village', async () => {
    expect((await post(cadre, '/screening/leads/send', { leadIds: [own.leadId], isDryRun: true })).statusCode).toBe(403)
    expect((await post(cadre, '/screening/leads/close', { leadIds: [own.leadId] })).statusCode).toBe(403)
    expect((await post(officer, '/screening/leads/send', { leadIds: [own.leadId], isDryRun: true })).statusCode).toBe(200)
  })

  it('write an unknown field: nobody', async () => {
    const answer = { revision: 1, answer: 'confirmed', note: '见到本人', reasons: [], state: 'closed' }
    expect((await post(cadre, `/screening/leads/${own.leadId}/answer`, answer)).statusCode).toBe(400)
    expect((await get(cadre, '/screening/leads?text=1')).statusCode).toBe(400)
  })
})

describe('the visit list', () => {
  it('says who lives there and why to go, numbers masked', async () => {
    const list = (await get(cadre, `/screening/visit-list?area=${own.area}&month=${month}`)).json<VisitList>()
    expect(list).toMatchObject({
      month,
      hidden: 0,
      madeBy: cadre.name,
      households: [{ reasons: [{ rule: 'L04', value: '辍学', personName: '柳青山' }] }],
    })
    expect(list.households[0]?.members[0]).toMatchObject({ name: '柳青山', relation: '户主', phoneMasked: '154****1111' })
    expect(list.households[0]?.members[0]?.idMasked).toMatch(/^990301\*{8}\d{3}[\dX]$/)
  })

  it('stands in the export of the inbox, as it is filtered', async () => {
    const answer = await get(cadre, `/screening/leads/export?purpose=${encodeURIComponent('核对线索')}&month=${month}`)
    const cells = await cellsOf(answer.rawPayload)
    expect(cells).toEqual(expect.arrayContaining(['柳青山', '2023年10月']))
    expect(cells.find((cell) => cell.startsWith('共 1 行'))).toContain('用途：核对线索')
    const empty = await get(cadre, `/screening/leads/export?purpose=${encodeURIComponent('核对线索')}&state=closed`)
    expect(await cellsOf(empty.rawPayload)).not.toContain('柳青山')
  })

  it('comes as a workbook of text that says who took it out, when and what for', async () => {
    const answer = await get(
      cadre,
      `/screening/visit-list.xlsx?area=${own.area}&month=${month}&purpose=${encodeURIComponent('十月入户走访')}`,
    )
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).toMatch(/走访清单_.*_2023年10月_.*\.xlsx/)
    const cells = await cellsOf(answer.rawPayload)
    expect(cells[0]).toMatch(/2023年10月入户走访清单$/)
    expect(cells.find((cell) => cell.startsWith('单位：'))).toMatch(/制表日期：20\d\d年\d+月\d+日$/)
    expect(cells).toContain('柳青山')
    expect(cells.find((cell) => cell.includes('就读状态为“辍学”'))).toContain('2023年10月教育')
    expect(cells.find((cell) => cell.startsWith('共 1 行'))).toMatch(
      new RegExp(`导出人：${cadre.name}　导出时间：20.*　用途：十月入户走访$`),
    )
    expect(cells.some((cell) => /\d{17}[\dX]/.test(cell))).toBe(false)
    const records = await inTransaction(world.as(cadre.scope, cadre.caller), (db) =>
      sql`SELECT purpose, rows, is_masked FROM registry.export_record WHERE list = 'screening.visit-list'`.execute(db),
    )
    expect(records.rows).toEqual([{ purpose: '十月入户走访', rows: 1, is_masked: true }])
  })

  it('needs a purpose to be taken out', async () => {
    expect((await get(cadre, `/screening/visit-list.xlsx?area=${own.area}&month=${month}`)).statusCode).toBe(400)
  })
})

it('goes from the township to the village and back, once for each key', async () => {
  await post(officer, '/screening/leads/send', { leadIds: [own.leadId], isDryRun: false })
  const lead = (await get(cadre, `/screening/leads/${own.leadId}`)).json<LeadFile>()
  expect(lead.can).toEqual({ send: false, answer: true, return: true, close: false })
  expect(lead.reasons[0]).toMatchObject({ personName: '柳青山', evidence: [{ row: 3, facts: { 就读状态: '辍学' } }] })
  const headers = { cookie: cadre.cookie, 'idempotency-key': makeId() }
  const payload = { revision: lead.revision, answer: 'confirmed', note: '见到本人', reasons: [] }
  const send = () => server.inject({ method: 'POST', url: `/api/screening/leads/${own.leadId}/answer`, headers, payload })
  const [first, second] = [await send(), await send()]
  expect([first.statusCode, second.statusCode, second.json<LeadFile>().revision]).toEqual([200, 200, first.json<LeadFile>().revision])
  expect((await get(officer, `/screening/leads/${own.leadId}`)).json<LeadFile>().can).toEqual({
    send: false,
    answer: false,
    return: true,
    close: true,
  })
  // What was visited stands on no visit list any more.
  expect((await get(cadre, `/screening/visit-list?area=${own.area}&month=${month}`)).json<VisitList>().households).toEqual([])
})

/** Every cell of a workbook, read as a stranger would. */
async function cellsOf(workbook: Buffer): Promise<string[]> {
  const path = join(world.directory, `${makeId()}.xlsx`)
  writeFileSync(path, workbook)
  const cells: string[] = []
  for await (const block of readSheets(await openSheetFile({ path }))) for (const row of block.rows) cells.push(...row.cells)
  return cells
}
