import { existsSync, readdirSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { makeServer } from '#kernel/server/http/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { givenCounty, givenUser, makeGatekeeper } from '#modules/identity/server/given.ts'
import { makeRegister } from '../../../../test/bench/compare-data.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { ComparisonRun, type Receipt } from '../contract.ts'
import { StagedList } from '../rules/compare-requests.ts'
import { compareRoutes } from './compare-routes.ts'
import { keepClean } from './jobs/recover-runs.ts'
import { pathOfIndex, writeIndexFile } from './index-file.ts'
import { fullSoundTables } from './sound-of.ts'
import { stageFolder } from './stage-files.ts'

const world = openTestWorld()
let server: FastifyInstance
const cookies: Record<string, string> = {}
const { index, sample } = makeRegister(400)
const terms = {
  sender: '人社局',
  purpose: '防返贫监测',
  sharingItem: '失业登记',
  legalBasis: '数据共享协议',
  expiresOn: '2099-12-31',
  retentionDays: 0,
}

beforeAll(async () => {
  const county = await givenCounty(world.database)
  const village = county.villages[0]?.path ?? ''
  for (const role of ['county-data-officer', 'county-leader', 'village-cadre', 'supervisor'] as const) {
    const areaPath = role === 'village-cadre' ? village : role === 'supervisor' ? (county.townships[0]?.path ?? '') : county.countyPath
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

async function begun(month: string, given: object = terms): Promise<string> {
  return String((await call('POST', '/screening/runs', { body: { month, terms: given } })).body.runId)
}

async function staged(): Promise<{ runId: string; file: StagedList }> {
  const runId = await begun('202601')
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

  it('takes a file that it does not recognise, asks for its columns, and remembers them for the sender', async () => {
    const others = ['990371195001010013', '990371195001010021', '990371195001010048'].map((id) => `路人甲,${id},2025-01-05,失业`)
    const strange = ['当事人,号码,离岗于,情形', `${person.name},${person.id},2025-01-05,失业`, ...others, ''].join('\n')
    const upload = { name: '台账.csv', content: strange }
    const runId = await begun('202602')
    const file = StagedList.parse((await call('POST', `/screening/runs/${runId}/files`, { upload })).body)
    expect(file.sheets).toMatchObject([{ kind: null, labels: ['当事人', '号码', '离岗于', '情形'], columns: {}, remembered: false }])
    expect((await call('POST', `/screening/runs/${runId}/start`)).body).toMatchObject({
      code: 'screening.unmapped-file',
      details: { file: '台账.csv' },
    })
    const path = `/screening/runs/${runId}/files/${file.receiptId}`
    const suggested = await call('POST', `${path}/suggestion`, { body: { sheet: '', kind: 'jobs' } })
    // What the values tell is proposed with the mapper's confidence; the examples show no name and no number.
    expect(suggested.body).toMatchObject({
      sheet: {
        kind: 'jobs',
        columns: { idNumber: 1, lostOn: 2, jobState: 3 },
        columnConfidence: { idNumber: expect.any(Number) },
      },
    })
    expect(suggested.body.samples[1][0]).toMatch(/^\d{3}\*\*\*.{2}$/)
    expect(JSON.stringify(suggested.body)).not.toContain(person.id)
    const half = { sheets: [{ sheet: '', kind: 'jobs', columns: { idNumber: 1 } }] }
    expect((await call('PUT', `${path}/mapping`, { body: half })).body).toMatchObject({ code: 'screening.missing-columns' })
    const whole = { sheets: [{ sheet: '', kind: 'jobs', columns: { name: 0, idNumber: 1, lostOn: 2, jobState: 3 } }] }
    expect((await call('PUT', `${path}/mapping`, { body: whole })).status).toBe(200)
    expect((await call('POST', `/screening/runs/${runId}/start`)).status).toBe(200)
    expect(await ended(runId)).toMatchObject({ state: 'done', classes: { exact: 1, none: 3 }, leads: 1 })
    const receipts = (await call('GET', `/screening/runs/${runId}/receipts`)).body.items as Receipt[]
    expect(receipts).toMatchObject([
      { fields: ['当事人', '号码', '离岗于', '情形'], sharingItem: '失业登记', remains: { matchedRows: 1, waitingRows: 0 } },
    ])
    expect(receipts[0]?.destroyedBy).not.toBeNull()
    const next = StagedList.parse((await call('POST', `/screening/runs/${await begun('202603')}/files`, { upload })).body)
    expect(next.sheets).toMatchObject([{ kind: 'jobs', remembered: true, columns: { name: 0, idNumber: 1, lostOn: 2, jobState: 3 } }])
  })

  it('keeps a file for the days of its terms and not a minute longer, also when it was never compared', async () => {
    const days = (retentionDays: number) => ({ ...terms, retentionDays })
    const runId = await begun('202604', days(2))
    await call('POST', `/screening/runs/${runId}/files`, { upload: { name: '名单.csv', content: list } })
    await call('POST', `/screening/runs/${runId}/start`)
    const waiting = await begun('202605', days(3))
    await call('POST', `/screening/runs/${waiting}/files`, { upload: { name: '名单.csv', content: list } })
    while (ComparisonRun.parse((await call('GET', `/screening/runs/${runId}`)).body.run).state === 'running')
      await new Promise(setImmediate)
    const kept = () => (existsSync(stageFolder(world.directory)) ? readdirSync(stageFolder(world.directory)).length : 0)
    const before = kept()
    const clean = (nowMs: number) => keepClean({ database: world.database, filesDirectory: world.directory, nowMs })
    const hour = 3_600_000
    await clean(Date.now() + 47 * hour)
    expect(kept()).toBe(before)
    expect(await clean(Date.now() + 48 * hour)).toMatchObject({ files: 1 })
    expect(await clean(Date.now() + 72 * hour)).toMatchObject({ files: expect.any(Number) })
    expect(kept()).toBe(0)
    const [receipt] = (await call('GET', `/screening/runs/${runId}/receipts`)).body.items as Receipt[]
    expect(receipt).toMatchObject({ destroyedBy: '系统', remains: { matchedRows: 1, waitingRows: 0 } })
    expect((await call('GET', `/screening/runs/${waiting}`)).body.run).toMatchObject({ state: 'failed', fault: 'screening.interrupted' })
    expect(await clean(Date.now() + 73 * hour)).toEqual({ files: 0, waiting: 0, strays: 0 })
  })

  it('compares a kept file again without it being sent again, and keeps it no longer for that', async () => {
    const runId = await begun('202607', { ...terms, retentionDays: 1 })
    await call('POST', `/screening/runs/${runId}/files`, { upload: { name: '名单.csv', content: list } })
    await call('POST', `/screening/runs/${runId}/start`)
    const done = async (run: string) => {
      for (;;) {
        const { body } = await call('GET', `/screening/runs/${run}`)
        if (body.run.state !== 'running') return body
        await new Promise(setImmediate)
      }
    }
    const first = await done(runId)
    expect(first.again).toMatchObject({ state: 'ready', at: expect.stringMatching(/^20\d\d-/) })
    const answer = await call('POST', `/screening/runs/${runId}/again`)
    const next = String(answer.body.runId)
    const second = await done(next)
    expect(second.run).toMatchObject({ state: 'done', month: '202607', classes: { exact: 1, none: 1 }, leads: first.run.leads })
    expect(second.again).toEqual(first.again)
    expect((await call('GET', `/screening/runs/${runId}`)).body.again).toEqual({ state: 'superseded', at: null })
    expect((await call('POST', `/screening/runs/${runId}/again`)).body).toMatchObject({ code: 'screening.run-superseded' })
    expect((await call('POST', `/screening/runs/${next}/again`, { role: 'county-leader' })).status).toBe(403)
    const days = { database: world.database, filesDirectory: world.directory, nowMs: Date.now() + 24 * 3_600_000 }
    expect(await keepClean(days)).toMatchObject({ files: 2 })
    expect(existsSync(stageFolder(world.directory)) ? readdirSync(stageFolder(world.directory)) : []).toEqual([])
    expect((await call('GET', `/screening/runs/${next}`)).body.again).toMatchObject({ state: 'destroyed', at: expect.any(String) })
    expect((await call('POST', `/screening/runs/${next}/again`)).body).toMatchObject({ code: 'screening.file-destroyed' })
  })

  it('reads nothing once the sharing has ended', async () => {
    const body = { month: '202606', terms: { ...terms, expiresOn: '2020-01-01' } }
    expect((await call('POST', '/screening/runs', { body })).body).toMatchObject({ code: 'screening.terms-expired' })
    const { sharingItem: _left, ...without } = terms
    expect((await call('POST', '/screening/runs', { body: { month: '202606', terms: without } })).status).toBe(400)
    expect((await call('GET', '/screening/senders')).body.items).toMatchObject([{ sender: '人社局', sharingItem: '失业登记' }])
  })

  it('shows an office below the county only what lies in its own area', async () => {
    const { runId } = await staged()
    await call('POST', `/screening/runs/${runId}/start`)
    expect(await ended(runId)).toMatchObject({ counts: 'county', rowsRead: 2 })
    const scoped = (await call('GET', `/screening/runs/${runId}`, { role: 'supervisor' })).body
    expect(scoped).toMatchObject({ files: [], run: { counts: 'area', rowsRead: 0, leads: 0, causes: {}, classes: {} } })
    expect((await call('GET', `/screening/runs/${runId}/receipts`, { role: 'supervisor' })).status).toBe(403)
  })

  it('lets a leader read runs and nobody else compare', async () => {
    expect((await call('GET', '/screening/runs', { role: 'county-leader' })).status).toBe(200)
    expect((await call('POST', '/screening/runs', { role: 'county-leader', body: { month: '202603', terms } })).status).toBe(403)
    expect((await call('GET', '/screening/runs', { role: 'village-cadre' })).status).toBe(403)
    expect((await call('POST', '/screening/runs', { role: 'village-cadre', body: { month: '202603', terms } })).status).toBe(403)
  })
})
