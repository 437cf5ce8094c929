import { describe, expect, inject, it, vi } from 'vitest'
import { z } from 'zod'
import { sql } from 'kysely'
import { openTestWorld } from '../../../../test/database.ts'
import { grantCounty, grantSystem } from '../caller/index.ts'
import { asLogin, inTransaction, withClient } from '../database/index.ts'
import { makeLog } from '../log/index.ts'
import { defineJob, requestJob, startJobs, type AnyJob, type JobRun } from './index.ts'

const world = openTestWorld()
const countyCode = '990301'
const payload = z.strictObject({ thingId: z.string() })
const county = () => world.as(grantCounty(countyCode))

/** What kernel.job says of the jobs of a name, the oldest first. */
const rowsOf = (name: string) =>
  inTransaction(world.as(grantSystem(countyCode, 'test')), async (db) => {
    const found = await sql<{ outcome: string | null; attempts: number; error: string | null }>`
      SELECT outcome, attempts, error FROM kernel.job WHERE name = ${name} ORDER BY asked_at, job_id`.execute(db)
    return found.rows
  })
const ask = (job: AnyJob, thingId: string) =>
  inTransaction(county(), (db) => requestJob(db, county(), { job: { name: job.name, payload }, payload: { thingId } }))
const start = (jobs: AnyJob[]) => startJobs({ access: inject('serverAccess'), database: world.database, jobs, log: makeLog('silent') })
const ended = (name: string, count: number) =>
  vi.waitFor(
    async () => {
      const rows = await rowsOf(name)
      if (rows.filter((row) => row.outcome !== null).length < count) throw new Error('not yet')
      return rows
    },
    { timeout: 100_000, interval: 20 },
  )

describe('jobs', () => {
  it('run once each, with the ids they were asked for, when the transaction that asked commits', async () => {
    const seen: string[] = []
    const job = defineJob({ name: 'test.seen', payload, handle: async (run) => void seen.push(run.payload.thingId) })
    await ask(job, 'before the start')
    const jobs = await start([job])
    await ask(job, 'after it')
    await expect(
      inTransaction(county(), async (db) => {
        await requestJob(db, county(), { job, payload: { thingId: 'taken back' } })
        throw new Error('refused')
      }),
    ).rejects.toThrow('refused')
    expect(await ended(job.name, 2)).toEqual(Array.from({ length: 2 }, () => ({ outcome: 'done', attempts: 1, error: null })))
    await jobs.stop()
    expect(seen).toEqual(['before the start', 'after it'])
  })

  it('follow one another without a pause when many wait', async () => {
    const seen: string[] = []
    const job = defineJob({ name: 'test.many', payload, handle: async (run) => void seen.push(run.payload.thingId) })
    // By itself the worker would look again in an hour.
    const jobs = await startJobs({
      access: inject('serverAccess'),
      database: world.database,
      jobs: [job],
      log: makeLog('silent'),
      pollSeconds: 3600,
    })
    const things = ['1', '2', '3', '4', '5', '6']
    for (const thing of things) await ask(job, thing)
    await ended(job.name, things.length)
    await jobs.stop()
    expect(seen.toSorted()).toEqual(things)
  })

  it('are tried again, and given up with a word for a person', async () => {
    const given: string[] = []
    const runs: number[] = []
    const job = defineJob({
      name: 'test.failing',
      payload,
      attempts: 2,
      retrySeconds: 1,
      handle: async (run) => {
        runs.push(run.attempt)
        throw new Error('broken')
      },
      giveUp: async (run, code) => void given.push(`${run.payload.thingId} ${code}`),
    })
    const jobs = await start([job])
    await ask(job, 'one')
    expect(await ended(job.name, 1)).toEqual([{ outcome: 'given-up', attempts: 2, error: 'jobs.fault' }])
    await jobs.stop()
    expect({ runs, given }).toEqual({ runs: [1, 2], given: ['one jobs.fault'] })
  })

  it('that a stop cut short are run again by the next start, and that does not count as a failure', async () => {
    let began: () => void = () => undefined
    const hasBegun = new Promise<void>((resolve) => (began = resolve))
    const untilStopped = async (run: JobRun<{ thingId: string }>): Promise<void> => {
      began()
      for (;;) {
        run.check()
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const first = await start([defineJob({ name: 'test.long', payload, handle: untilStopped })])
    await ask(defineJob({ name: 'test.long', payload, handle: untilStopped }), 'one')
    await hasBegun
    await first.stop()
    expect(await rowsOf('test.long')).toEqual([{ outcome: null, attempts: 0, error: 'jobs.stopped' }])
    const second = await start([defineJob({ name: 'test.long', payload, handle: async () => undefined })])
    expect(await ended('test.long', 1)).toMatchObject([{ outcome: 'done', attempts: 1 }])
    await second.stop()
  })

  it('are run by one program at a time; the next takes over when it ends', async () => {
    const seen: string[] = []
    const by = (who: string) =>
      defineJob({ name: 'test.turns', payload, handle: async (run) => void seen.push(`${who} ${run.payload.thingId}`) })
    const first = await start([by('first')])
    await ask(by('first'), 'one')
    await ended('test.turns', 1)
    const second = await start([by('second')])
    await ask(by('first'), 'two')
    await ended('test.turns', 2)
    await first.stop()
    await ask(by('first'), 'three')
    await ended('test.turns', 3)
    await second.stop()
    expect(seen).toEqual(['first one', 'first two', 'second three'])
  })

  it('lie where the app has no right, and leave no connection behind', async () => {
    const access = inject('serverAccess')
    const asApp = (query: string) =>
      withClient(asLogin(access, 'bangfu_app', world.database.name), (client) => client.query(`SET ROLE app_system; ${query}`))
    await expect(asApp('SELECT * FROM pgboss.job')).rejects.toThrow('permission denied')
    await expect(asApp('UPDATE kernel.job SET attempts = 0')).rejects.toThrow('permission denied')
    const asRelay = (query: string) => withClient(asLogin(access, 'bangfu_relay', world.database.name), (client) => client.query(query))
    await expect(asRelay('SELECT * FROM kernel.audit')).rejects.toThrow('permission denied')
    expect((await asRelay('SELECT * FROM kernel.job')).rows).toEqual([]) // without its reason
    const left = await withClient({ ...access.admin, database: world.database.name }, (client) =>
      client.query("SELECT 1 FROM pg_stat_activity WHERE usename = 'bangfu_relay' AND datname = current_database()"),
    )
    expect(left.rowCount).toBe(0)
  })
})
