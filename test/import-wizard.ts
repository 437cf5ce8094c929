import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, inject, vi } from 'vitest'
import { makeId } from '../src/kernel/pure/ids/index.ts'
import { checkCharacterOf } from '../src/kernel/pure/text/index.ts'
import { grantCounty } from '../src/kernel/server/caller/index.ts'
import { makeServer, type Gatekeeper } from '../src/kernel/server/http/index.ts'
import { startJobs, type Jobs } from '../src/kernel/server/jobs/index.ts'
import { makeLog } from '../src/kernel/server/log/index.ts'
import { actingAs, givenCounty, givenUser, type GivenCounty, type GivenUser } from '../src/modules/identity/server/given.ts'
import { ImportBatch } from '../src/modules/registry/contract.ts'
import type { BadRow } from '../src/modules/registry/rules/import-records.ts'
import { makeRegistryPlug } from '../src/modules/registry/server/module.ts'
import { openTestWorld, testNowMs, type TestWorld } from './database.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH'

/** The routes of imports with their jobs, asked by a county data officer. */
export interface ImportWizard {
  readonly world: TestWorld
  /** Below `/api/registry/imports`; anything but 200 is thrown as `status body`. */
  readonly call: <Answer>(method: Method, path: string, payload?: object) => Promise<Answer>
  /** An upload, and its batch when the background has done with it. */
  readonly send: (path: string, name: string, content: string | Buffer) => Promise<ImportBatch>
  /** The batch as soon as the background no longer works on it. */
  readonly settled: (batchId: string) => Promise<ImportBatch>
  readonly act: (batchId: string, did: string, body?: object) => Promise<ImportBatch>
  readonly badRows: (batchId: string, query?: string) => Promise<BadRow[]>
  /** The error workbook as it is downloaded. */
  readonly workbook: (batchId: string) => Promise<Buffer>
}

/** Opens the wizard before the tests of a file and closes it afterwards. */
export function openImportWizard(): ImportWizard {
  const world = openTestWorld()
  const clock = () => testNowMs
  let county: GivenCounty
  let officer: GivenUser
  let server: FastifyInstance
  let jobs: Jobs
  const gatekeeper: Gatekeeper = {
    recognise: async () => ({ ctx: { ...actingAs(officer, world.as(officer.scope)), deadline: 'request' } }),
    forPublic: () => world.as(grantCounty(county.countyCode)),
    allows: () => true,
  }
  beforeAll(async () => {
    county = await givenCounty(world.database, { clock })
    officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, clock })
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
  const wizard: ImportWizard = {
    world,
    call: async <Answer>(method: Method, path: string, payload?: object) => {
      const headers = { cookie: officer.cookie, 'idempotency-key': makeId() }
      const body = payload === undefined ? {} : { payload }
      const answer = await server.inject({ method, url: `/api/registry/imports${path}`, headers, ...body })
      if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`)
      return answer.json<Answer>()
    },
    send: async (path, name, content) => {
      const headers = { cookie: officer.cookie, 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) }
      const answer = await server.inject({ method: 'POST', url: `/api/registry/imports${path}`, headers, payload: Buffer.from(content) })
      return wizard.settled(ImportBatch.parse(answer.json()).batchId)
    },
    settled: (batchId) =>
      vi.waitFor(
        async () => {
          const batch = ImportBatch.parse(await wizard.call('GET', `/${batchId}`))
          if (['staging', 'applying', 'undoing'].includes(batch.state)) throw new Error(`still ${batch.state}`)
          return batch
        },
        { timeout: 100_000, interval: 20 },
      ),
    act: async (batchId, did, body = {}) => {
      await wizard.call('POST', `/${batchId}/${did}`, body)
      return wizard.settled(batchId)
    },
    badRows: async (batchId, query = '') => (await wizard.call<{ items: BadRow[] }>('GET', `/${batchId}/bad-rows${query}`)).items,
    workbook: async (batchId) => {
      const url = `/api/registry/imports/${batchId}/problems/workbook`
      return (await server.inject({ method: 'GET', url, headers: { cookie: officer.cookie } })).rawPayload
    },
  }
  return wizard
}

/** A valid identity number of a region that was never assigned. */
export const idOf = (order: number): string => {
  const first17 = `99039119700101${String(order).padStart(3, '0')}`
  return first17 + (checkCharacterOf(first17) ?? '')
}

export const labels = [
  '乡镇',
  '行政村',
  '村民小组',
  '户编号',
  '户主姓名',
  '户类型',
  '人编号',
  '姓名',
  '身份证号',
  '与户主关系',
  '序号',
  '联系电话',
]
/** The column, from 0, of a label. */
export const at = (label: string): number => labels.indexOf(label)
/** One row of the register, a household of one person. */
export const cellsOf = (order: number, changes: Readonly<Record<string, string>> = {}): string[] => {
  const no = `9903011012000${String(order).padStart(3, '0')}`
  const name = `单明${order}`
  const place = ['菱塘镇', '柳湾村', '1组']
  const cells = [...place, no, name, '脱贫户', `${no}01`, name, idOf(order), '户主', '1', `1540000${String(order).padStart(4, '0')}`]
  for (const [label, value] of Object.entries(changes)) cells[at(label)] = value
  return cells
}
/** Rows as a text file. */
export const sheet = (rows: readonly (readonly string[])[], separator = ',', header: readonly string[] = labels): string =>
  [header, ...rows].map((row) => row.join(separator)).join('\n')
