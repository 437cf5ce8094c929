import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { makeServer, type Gatekeeper } from '#kernel/server/http/index.ts'
import { startJobs, type Jobs } from '#kernel/server/jobs/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { actingAs, givenCounty, givenUser, type GivenCounty, type GivenUser } from '#modules/identity/server/given.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { ImportBatch } from '../contract.ts'
import { makeRegistryPlug } from './module.ts'

const world = openTestWorld()
const clock = () => testNowMs
let county: GivenCounty
let server: FastifyInstance
let jobs: Jobs
let officer: GivenUser
let cadre: GivenUser
const users = new Map<string, GivenUser>()
const gatekeeper: Gatekeeper = {
  recognise: async (token) => {
    const user = users.get(token ?? '')
    return user === undefined ? undefined : { ctx: { ...actingAs(user, world.as(user.scope)), deadline: 'request' } }
  },
  forPublic: () => world.as(grantCounty(county.countyCode)),
  allows: (caller, access) => mayDo({ ...world.as(grantCounty(county.countyCode)), caller }, access.object, access.action),
}

beforeAll(async () => {
  county = await givenCounty(world.database, { clock })
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, clock })
  cadre = await givenUser(world.database, { role: 'village-cadre', areaPath: county.villages[0]?.path ?? '', clock })
  for (const user of [officer, cadre]) users.set(user.cookie.slice(user.cookie.indexOf('=') + 1), user)
  const filesDirectory = join(world.directory, 'files')
  mkdirSync(filesDirectory, { recursive: true })
  const plug = makeRegistryPlug({ database: world.database, vault: world.vault, filesDirectory, clock })
  const log = makeLog('silent')
  server = await makeServer({ routes: plug.routes, gatekeeper, log })
  jobs = await startJobs({ access: inject('serverAccess'), database: world.database, jobs: plug.jobs ?? [], log })
})
afterAll(async () => {
  await server.close()
  await jobs.stop()
})

const post = (user: GivenUser, path: string, body: object) =>
  server.inject({ method: 'POST', url: `/api${path}`, headers: { cookie: user.cookie, 'idempotency-key': makeId() }, payload: body })
const get = (user: GivenUser, path: string) => server.inject({ method: 'GET', url: `/api${path}`, headers: { cookie: user.cookie } })
const upload = (user: GivenUser, content: string) =>
  server.inject({
    method: 'POST',
    url: '/api/registry/imports',
    headers: { cookie: user.cookie, 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent('底册.csv') },
    payload: Buffer.from(content),
  })

/** The batch as soon as the server no longer works on it. */
async function settled(batchId: string): Promise<ImportBatch> {
  return vi.waitFor(
    async () => {
      const batch = ImportBatch.parse((await get(officer, `/registry/imports/${batchId}`)).json())
      if (['staging', 'applying', 'undoing'].includes(batch.state)) throw new Error(`still ${batch.state}`)
      return batch
    },
    { timeout: 100_000, interval: 20 },
  )
}

const idOf = (order: number): string => {
  const first17 = `99039119700101${String(order).padStart(3, '0')}`
  return first17 + (checkCharacterOf(first17) ?? '')
}
const labels = '乡镇,行政村,村民小组,户编号,户主姓名,户类型,人编号,姓名,身份证号,与户主关系,序号'
const lineOf = (village: string, order: number): string =>
  [
    '菱塘镇',
    village,
    '1组',
    `99030110120000${order}`,
    `单明${order}`,
    '脱贫户',
    `99030110120000${order}01`,
    `单明${order}`,
    idOf(order),
    '户主',
    '1',
  ].join(',')
const register = [labels, lineOf('柳湾村', 1), lineOf('荷坪村', 2), lineOf('荷坪村', 3).replace('单明3,99', ',99')].join('\n')

describe('importing through the routes', () => {
  it('goes from upload to differences, apply and undo, and lists it', async () => {
    const sent = ImportBatch.parse((await upload(officer, register)).json())
    const staged = await settled(sent.batchId)
    expect(staged).toMatchObject({
      state: 'staged',
      kind: 'register',
      can: { apply: true, undo: false },
      counts: { staged: 2, refused: 1 },
    })
    const problems = (await get(officer, `/registry/imports/${sent.batchId}/problems?severity=refused`)).json()
    expect(problems.items).toMatchObject([{ row: 4, label: '姓名', reason: 'no-name', column: 'H' }])
    const workbook = await get(officer, `/registry/imports/${sent.batchId}/problems/workbook`)
    expect({ status: workbook.statusCode, zip: workbook.rawPayload.subarray(0, 2).toString() }).toEqual({ status: 200, zip: 'PK' })
    expect((await post(officer, `/registry/imports/${sent.batchId}/apply`, {})).statusCode).toBe(200)
    const applied = await settled(sent.batchId)
    expect(applied).toMatchObject({ state: 'applied', totals: { balances: true, after: { sum: { persons: 2 } } }, can: { undo: true } })
    expect((await get(cadre, '/registry/households')).json().items).toHaveLength(1)
    expect((await post(officer, `/registry/imports/${sent.batchId}/undo`, { reason: '测试撤销' })).statusCode).toBe(200)
    expect((await settled(sent.batchId)).state).toBe('undone')
    expect((await get(officer, '/registry/imports')).json().items).toHaveLength(1)
  })

  it('sends the differences as a list, a row a field, in words', async () => {
    const first = ImportBatch.parse((await upload(officer, register)).json())
    await settled(first.batchId)
    await post(officer, `/registry/imports/${first.batchId}/apply`, {})
    await settled(first.batchId)
    const second = ImportBatch.parse((await upload(officer, register.replace('荷坪村', '柳湾村').replaceAll('脱贫户', '一般农户'))).json())
    await settled(second.batchId)
    const path = `/registry/imports/${second.batchId}/differences/export?format=csv&purpose=${encodeURIComponent('核对改动')}`
    const answer = await get(officer, path)
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.body).toMatch(/户,99030110120000\d,单明\d,[^,]+,有变化,户类型,脱贫户,一般农户,,/)
    expect(answer.body).toMatch(/户,990301101200002,单明2,[^,]+,有变化,所在村组,[^,]*荷坪村1组,[^,]*柳湾村1组,,/)
    const batches = await get(officer, `/registry/imports/export?format=csv&purpose=${encodeURIComponent('核对批次')}`)
    expect(batches.body.split('\r\n').filter((line) => line.startsWith('底册.csv,农户底册'))).toHaveLength(3)
  })

  it('shows why a file was refused and changes nothing', async () => {
    const sent = ImportBatch.parse((await upload(officer, '品名,单价\n化肥,120\n')).json())
    expect(await settled(sent.batchId)).toMatchObject({ state: 'refused', error: { code: expect.stringMatching(/^(registry|sheets)\./) } })
    expect((await post(officer, `/registry/imports/${sent.batchId}/apply`, {})).json()).toMatchObject({ code: 'registry.wrong-state' })
  })

  it('is nothing for a village cadre', async () => {
    expect((await upload(cadre, register)).statusCode).toBe(403)
    expect((await get(cadre, '/registry/imports')).statusCode).toBe(403)
  })
})
