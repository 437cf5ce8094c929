import { existsSync, readdirSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { makeServer } from '#kernel/server/http/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { givenCounty, givenUser, makeGatekeeper } from '#modules/identity/server/given.ts'
import { makeRegister } from '../../../../test/bench/compare-data.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { ComparisonRun, StagedList, type Receipt } from '../contract.ts'
import { compareRoutes } from './compare-routes.ts'
import { pathOfIndex, writeIndexFile } from './index-file.ts'
import { fullSoundTables } from './sound-of.ts'
import { stageFolder } from './stage-files.ts'

const world = openTestWorld()
let server: FastifyInstance
const cookies: Record<string, string> = {}
const { index, sample } = makeRegister(400)
const terms = { sender: '人社局', purpose: '防返贫监测', legalBasis: '数据共享协议', retentionDays: 0 }

beforeAll(async () => {
  const county = await givenCounty(world.database)
  const village = county.villages[0]?.path ?? ''
  for (const role of ['county-data-officer', 'county-leader', 'village-cadre'] as const) {
    const areaPath = role === 'village-cadre' ? village : county.countyPath
    cookies[role] = (await givenUser(world.database, { role, areaPath })).cookie
  }
  const key = world.vault.deriveKey('test index')
  const path = pathOfIndex(world.directory, '990301', '1')
  writeIndexFile(path, { index, sounds: fullSoundTables() }, key)
  const deps = { vault: world.vault, filesDirectory: world.directory, log: makeLog('silent'), clock: () => testNowMs }
  const routes = compareRoutes({ ...deps, loadIndex: () => Promise.resolve({ path, key, revision: '1' }) })
  server = await makeServer({ routes, gatekeeper: makeGatekeeper(world.database, Date.now), log: makeLog('silent') })
})
afterAll(() => server.close())

interface Call {
  role?: string
  body?: object
  upload?: { name: string; content: string }
}

async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, { role = 'county-data-officer', body, upload }: Call = {}) {
  const answer = await server.inject({
    method,
    url: `/api${path}`,
    headers: {
      cookie: cookies[role] ?? '',
      ...(method === 'GET' ? {} : { 'idempotency-key': makeId() }),
      ...(upload === undefined ? {} : { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(upload.name) }),
    },
    ...(upload === undefined ? (body === undefined ? {} : { payload: body }) : { payload: Buffer.from(upload.content) }),
  })
  return { status: answer.statusCode, body: answer.json() }
}

const person = sample[3] ?? { id: '', name: '', place: 0 }
const list = `人员姓名,公民身份号码,失业日期,当前状态\n${person.name},${person.id},2025-01-05,失业\n路人甲,990371195001010013,2025-01-05,失业\n`

async function staged(): Promise<{ runId: string; file: StagedList }> {
  const begun = await call('POST', '/screening/runs', { body: { month: '202601', terms } })
  const runId = String(begun.body.runId)
  const answer = await call('POST', `/screening/runs/${runId}/files`, { upload: { name: '名单.csv', content: list } })
  return { runId, file: StagedList.parse(answer.body) }
}

/** Waits until a run has ended; the background work answers to nobody. */
async function ended(runId: string): Promise<ComparisonRun> {
  for (;;) {
    const run = ComparisonRun.parse((await call('GET', `/screening/runs/${runId}`)).body.run)
    const receipts = (await call('GET', `/screening/runs/${runId}/receipts`)).body.items as Receipt[]
    if (run.state !== 'running' && receipts.every((receipt) => receipt.destroyedAt !== null)) return run
    await new Promise(setImmediate)
  }
}

describe('the compare wizard', () => {
  it('recognises a list by its content, compares it in the background and destroys it with a receipt', async () => {
    const { runId, file } = await staged()
    expect(file.sheets).toMatchObject([{ kind: 'jobs', columns: { name: 0, idNumber: 1, lostOn: 2, jobState: 3 } }])
    expect((await call('POST', `/screening/runs/${runId}/start`)).status).toBe(200)
    expect(await ended(runId)).toMatchObject({ state: 'done', classes: { exact: 1, none: 1 }, leads: 1, fault: null })
    const receipts = (await call('GET', `/screening/runs/${runId}/receipts`)).body.items as Receipt[]
    expect(receipts).toMatchObject([{ list: 'jobs', rows: 2, sender: '人社局', fileName: '名单.csv' }])
    expect(existsSync(stageFolder(world.directory)) ? readdirSync(stageFolder(world.directory)) : []).toEqual([])
  })

  it('takes a corrected mapping, and remembers it for the sender’s next file', async () => {
    const { runId, file } = await staged()
    const path = `/screening/runs/${runId}/files/${file.receiptId}/mapping`
    const corrected = { sheets: [{ sheet: '', kind: 'jobs', columns: { name: 0, idNumber: 1, lostOn: 2 } }] }
    expect((await call('PUT', path, { body: corrected })).body).toMatchObject({
      sheets: [{ columns: { name: 0, idNumber: 1, lostOn: 2 } }],
    })
    const next = await staged()
    expect(next.file.sheets).toMatchObject([{ remembered: true, columns: { name: 0, idNumber: 1, lostOn: 2 } }])
    expect((await call('DELETE', `/screening/runs/${next.runId}/files/${next.file.receiptId}`)).status).toBe(200)
    expect((await call('POST', `/screening/runs/${next.runId}/start`)).body).toMatchObject({ code: 'screening.no-files' })
  })

  it('refuses a file that is no list, and keeps nothing of it', async () => {
    const begun = await call('POST', '/screening/runs', { body: { month: '202602', terms } })
    const files = existsSync(stageFolder(world.directory)) ? readdirSync(stageFolder(world.directory)).length : 0
    const upload = { name: '菜单.csv', content: '菜名,价格\n豆腐,3\n白菜,2\n' }
    const refused = await call('POST', `/screening/runs/${String(begun.body.runId)}/files`, { upload })
    expect(refused).toMatchObject({ status: 422, body: { code: 'screening.unknown-list' } })
    expect(readdirSync(stageFolder(world.directory)).length).toBe(files)
  })

  it('lets a leader read runs and nobody else compare', async () => {
    expect((await call('GET', '/screening/runs', { role: 'county-leader' })).status).toBe(200)
    expect((await call('POST', '/screening/runs', { role: 'county-leader', body: { month: '202603', terms } })).status).toBe(403)
    expect((await call('GET', '/screening/runs', { role: 'village-cadre' })).status).toBe(403)
    expect((await call('POST', '/screening/runs', { role: 'village-cadre', body: { month: '202603', terms } })).status).toBe(403)
  })
})
