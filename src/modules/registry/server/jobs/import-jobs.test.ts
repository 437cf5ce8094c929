import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { keepFile } from '#kernel/server/files/index.ts'
import { startJobs, type Jobs } from '#kernel/server/jobs/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { rounds, seed } from '../../../../../test/chance.ts'
import { openTestWorld, testNowMs } from '../../../../../test/database.ts'
import { generateCounty, type GenerateReceipt } from '../../../demo/server/index.ts'
import { askWork } from '../import/ask-work.ts'
import { getBatch, insertBatch, type StoredBatch } from '../import/batch-store.ts'
import { givenEmptyCounty, snapshotOf } from '../import/given.ts'
import { readRegister } from '../read-register.ts'
import { countRegister } from '../totals-store.ts'
import { makeImportJobs } from './import-jobs.ts'

const world = openTestWorld()
const files = () => join(world.directory, 'files')
let ctx: Context
let receipt: GenerateReceipt
let source = ''

beforeAll(async () => {
  const folder = join(world.directory, 'county')
  receipt = await generateCounty({ households: rounds(500, 1500), seed, out: folder, months: 1 })
  const system = await givenEmptyCounty((scope) => world.as(scope), { countyCode: receipt.county.code, name: receipt.county.name })
  ctx = { ...world.as(grantCounty(system.scope.countyCode)), deadline: 'request' }
  source = join(folder, receipt.files.find((file) => file.path.startsWith('registry/'))?.path ?? '')
}, 120_000)

type Deed = Parameters<typeof askWork>[2]
const ask = (deed: Deed) => inTransaction(ctx, (db) => askWork(db, ctx, deed))
const batchOf = (batchId: string) => inTransaction(ctx, (db) => getBatch(db, ctx, batchId))
const begin = async (): Promise<string> => {
  const kept = await keepFile(files(), createReadStream(source), 2 ** 30)
  const batchId = makeId()
  const batch = { ...kept, batchId, fileName: '底册.csv', fileHash: kept.hash, fileBytes: kept.bytes, asOf: ctx.today }
  await inTransaction(ctx, (db) => insertBatch(db, ctx, batch))
  await ask({ batchId, did: 'stage' })
  return batchId
}

/** Runs the jobs in a program of their own and kills it with its `steps`th step; resolves when it is dead or has nothing left to do. */
function workAndKill(batchId: string, steps: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', 'test/crash-jobs.ts'], { stdio: ['pipe', 'pipe', 'inherit'] })
    let seen = 0
    createInterface({ input: child.stdout }).on('line', () => {
      seen += 1
      if (seen === steps) child.kill('SIGKILL')
    })
    child.once('error', reject)
    child.once('close', () => resolve())
    const input = {
      access: inject('serverAccess'),
      database: world.database.name,
      keys: join(world.directory, 'keys'),
      files: files(),
      nowMs: testNowMs,
    }
    child.stdin.end(JSON.stringify(input))
    void settled(batchId).then(() => child.kill('SIGKILL'), reject)
  })
}

function settled(batchId: string): Promise<StoredBatch> {
  return vi.waitFor(
    async () => {
      const batch = await batchOf(batchId)
      if (['staging', 'applying', 'undoing'].includes(batch.state)) throw new Error(`still ${batch.state}`)
      return batch
    },
    { timeout: 100_000, interval: 30 },
  )
}

const working = async <Result>(work: (jobs: Jobs) => Promise<Result>): Promise<Result> => {
  const deps = { vault: world.vault, filesDirectory: files(), clock: () => testNowMs }
  const jobs = await startJobs({
    access: inject('serverAccess'),
    database: world.database,
    jobs: makeImportJobs(deps),
    log: makeLog('silent'),
  })
  try {
    return await work(jobs)
  } finally {
    await jobs.stop()
  }
}

/** Asks for something, kills the work at several of its steps, one after the other, and lets the next start finish it. */
async function throughKills(deed: Deed, killAt: readonly number[]): Promise<StoredBatch> {
  await ask(deed)
  for (const steps of killAt) await workAndKill(deed.batchId, steps)
  return working(() => settled(deed.batchId))
}

const countActs = async (did: string): Promise<number> => {
  const found = await inTransaction(ctx, (db) =>
    sql<{ n: number }>`SELECT count(*)::int AS n FROM kernel.audit WHERE did = ${did}`.execute(db),
  )
  return found.rows[0]?.n ?? 0
}
const register = () => inTransaction(ctx, (db) => countRegister(db, ctx))

describe(`an import whose program is killed in each phase (seed ${seed})`, () => {
  it('comes to one result, and nothing is lost or done twice', { timeout: 400_000 }, async () => {
    const whole = { households: receipt.households, persons: receipt.persons }
    const batchId = await begin()
    const staged = await throughKills({ batchId, did: 'stage' }, [2, 4])
    expect(staged).toMatchObject({ state: 'staged', differences: { household: { new: whole.households }, person: { new: whole.persons } } })
    expect(await throughKills({ batchId, did: 'compare' }, [1])).toMatchObject({ state: 'staged', differences: staged.differences })
    const applied = await throughKills({ batchId, did: 'apply' }, [1, 3 + (seed % 4)])
    expect({ error: applied.error, state: applied.state }).toEqual({ error: undefined, state: 'applied' })
    expect(await register()).toMatchObject(whole)
    expect(await countActs('registry.import-apply')).toBe(1)
    expect(await throughKills({ batchId, did: 'undo', reason: '再来一次' }, [1, 2])).toMatchObject({ state: 'undone' })
    expect(await snapshotOf(ctx)).toEqual([])
    expect(await countActs('registry.import-undo')).toBe(1)
  })
})

describe('two imports of one file at once, while the register is compared', () => {
  it('come to one register; the second finds everything there', { timeout: 300_000 }, async () => {
    await working(async () => {
      const [first, second] = [await begin(), await begin()]
      await Promise.all([settled(first), settled(second)])
      await ask({ batchId: first, did: 'apply' })
      await ask({ batchId: second, did: 'apply' })
      const seen = new Set<number>()
      const reading = async (): Promise<void> => {
        // A comparison reads the whole register in one transaction: it sees all of an import or nothing of it.
        const job = { ...ctx, deadline: 'job' as const }
        const blocks = await inTransaction(job, (db) => Array.fromAsync(readRegister(job, db, { vault: world.vault, reason: 'test' })))
        seen.add(blocks.flat().length)
      }
      while ((await batchOf(first)).state === 'applying') await reading()
      await reading()
      const done = [await settled(first), await settled(second)]
      expect([...seen].filter((persons) => persons !== 0 && persons !== receipt.persons)).toEqual([])
      expect(done.filter((batch) => batch.state === 'applied')).toHaveLength(1)
      const other = done.find((batch) => batch.state === 'staged')
      expect(other).toMatchObject({ error: { code: 'registry.diff-outdated' }, differences: { person: { new: 0, same: receipt.persons } } })
      await ask({ batchId: other?.batchId ?? '', did: 'apply' })
      expect((await settled(other?.batchId ?? '')).state).toBe('applied')
      expect(await register()).toMatchObject({ households: receipt.households, persons: receipt.persons })
    })
  })
})
