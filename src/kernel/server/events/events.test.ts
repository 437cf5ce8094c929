import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { describe, expect, inject, it, vi } from 'vitest'
import { sql } from 'kysely'
import * as z from 'zod'
import { openTestWorld } from '../../../../test/database.ts'
import { grantCounty, grantSystem } from '../caller/index.ts'
import { asLogin, inTransaction, withClient } from '../database/index.ts'
import { defineRepeated, startJobs, type AnyJob, type JobsInput } from '../jobs/index.ts'
import { makeLog } from '../log/index.ts'
import { announce, defineListener, type EventKind } from './index.ts'
import { findWaitingEvents } from './outbox-store.ts'

const world = openTestWorld()
const counties = ['990301', '990302'] as const
const payload = z.strictObject({ n: z.number().int() })
type Payload = z.infer<typeof payload>
const kind = (name: string): EventKind<Payload> => ({ name, payload })

const say = (event: EventKind<Payload>, n: number, county: string = counties[0]) => {
  const ctx = world.as(grantCounty(county))
  return inTransaction(ctx, (db) => announce(db, ctx, event, { n }))
}
const start = (jobs: AnyJob[], more: Partial<JobsInput> = {}) =>
  startJobs({ access: inject('serverAccess'), database: world.database, jobs, log: makeLog('silent'), ...more })

interface Row {
  county: string
  n: number | null
  period: string | null
  outcome: string | null
  attempts: number
}
/** The jobs of a listener, in the order of the events. */
const rowsOf = (name: string, county: string = counties[0]) =>
  inTransaction(world.as(grantSystem(county, 'test')), async (db) => {
    const found = await sql<Row>`
      SELECT county_code AS county, (payload->'payload'->>'n')::int AS n, period, outcome, attempts FROM kernel.job
      WHERE name = ${name} ORDER BY outbox_no, period`.execute(db)
    return found.rows
  })
const ended = (name: string, count: number, county: string = counties[0]) =>
  vi.waitFor(
    async () => {
      const rows = await rowsOf(name, county)
      if (rows.filter((row) => row.outcome !== null).length < count) throw new Error('not yet')
      return rows
    },
    { timeout: 100_000, interval: 20 },
  )
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('what was announced', () => {
  it('is told to each listener once, in the county where it happened, in the order in which it happened', async () => {
    const event = kind('test.happened')
    const seen: [string, string, number][] = []
    const by = (name: string) =>
      defineListener({
        name,
        event,
        hear: async (heard) => void seen.push([name, heard.ctx.scope.countyCode, heard.payload.n]),
      })
    for (const n of [1, 2, 3]) await say(event, n)
    const jobs = await start([by('test.first'), by('test.second')])
    for (const n of [4, 5]) await say(event, n)
    await say(event, 6, counties[1])
    await say(kind('test.nobody-listens'), 7)
    await Promise.all([
      ended('test.first', 5),
      ended('test.second', 5),
      ended('test.first', 1, counties[1]),
      ended('test.second', 1, counties[1]),
    ])
    await jobs.stop()
    const told = (name: string, county: string) => seen.filter((one) => one[0] === name && one[1] === county).map(([, , n]) => n)
    for (const name of ['test.first', 'test.second']) {
      expect(told(name, counties[0])).toEqual(upTo(5))
      expect(told(name, counties[1])).toEqual([6])
    }
    expect(seen).toHaveLength(12)
  })

  it('waits for an announcer that began earlier and has not yet ended', async () => {
    const event = kind('test.slow')
    const seen: number[] = []
    const listener = defineListener({ name: 'test.of-slow', event, hear: async ({ payload: { n } }) => void seen.push(n) })
    const relay = { ...asLogin(inject('serverAccess'), 'bangfu_relay', world.database.name), options: '-c app.reason=test' }
    const ctx = world.as(grantCounty(counties[0]))
    await withClient(relay, async (client) => {
      await inTransaction(ctx, async (db) => {
        await announce(db, ctx, event, { n: 1 })
        await say(event, 2)
        expect((await findWaitingEvents(client))?.announcers.size).toBe(1)
      })
      expect((await findWaitingEvents(client))?.announcers.size).toBe(0)
    })
    const jobs = await start([listener])
    await ended('test.of-slow', 2)
    await jobs.stop()
    expect(seen).toEqual([1, 2])
  })

  it('is told again after a failure, before what happened later, and given up in the end', async () => {
    const event = kind('test.refused')
    const seen: number[] = []
    const listener = defineListener({
      name: 'test.refusing',
      event,
      attempts: 2,
      retrySeconds: 1,
      hear: async ({ payload: { n }, attempt }) => {
        seen.push(n)
        if (n === 2 || (n === 1 && attempt === 1)) throw new Error('broken')
      },
    })
    for (const n of [1, 2, 3]) await say(event, n)
    const jobs = await start([listener], { pollSeconds: 1 })
    const rows = await ended(listener.name, 3)
    await jobs.stop()
    expect(seen).toEqual([1, 1, 2, 2, 3])
    expect(rows.map(({ n, outcome, attempts }) => [n, outcome, attempts])).toEqual([
      [1, 'done', 2],
      [2, 'given-up', 2],
      [3, 'done', 1],
    ])
  })

  it('is one job per event and listener, and missed by none, when programs are killed and two run beside each other', async () => {
    const event = kind('test.survives')
    const told: number[] = []
    const hear = (n: number) => void told.push(n)
    const listener = defineListener({ name: 'test.survivor', event, attempts: 1000, hear: async ({ payload: { n } }) => hear(n) })
    const count = 40
    for (const n of upTo(10)) await say(event, n)
    const announcing = upTo(count)
      .slice(10)
      .map((n) => say(event, n))
    for (const after of [1, 3, 7]) await workAndKill({ name: listener.name, event: event.name, after, hear })
    await Promise.all(announcing)
    const last = await start([listener])
    const rows = await ended(listener.name, count)
    await last.stop()
    expect(rows.filter(({ outcome }) => outcome !== 'done')).toEqual([])
    expect(rows.map(({ n }) => n ?? 0).toSorted((a, b) => a - b)).toEqual(upTo(count))
    expect([...new Set(told)]).toEqual(rows.map(({ n }) => n)) // the first time of each, in the order of the events
  })
})

/** Two programs beside each other, killed when so many more events were told. */
async function workAndKill(given: { name: string; event: string; after: number; hear: (n: number) => void }): Promise<void> {
  let heard = 0
  const programs = [1, 2].map(() =>
    spawn(process.execPath, ['--no-warnings', 'test/crash-events.ts'], { stdio: ['pipe', 'pipe', 'inherit'] }),
  )
  const input = { access: inject('serverAccess'), database: world.database.name, listener: given.name, event: given.event }
  const endings = programs.map((program) => {
    createInterface({ input: program.stdout }).on('line', (line) => {
      given.hear(Number(line))
      heard += 1
      if (heard === given.after) for (const each of programs) each.kill('SIGKILL')
    })
    program.stdin.end(JSON.stringify(input))
    return new Promise<void>((resolve, reject) => program.once('error', reject).once('close', () => resolve()))
  })
  await Promise.all(endings)
}

describe('repeated work', () => {
  it('is asked for once per county and period, by however many programs, and for a new period when that begins', async () => {
    let nowMs = Date.UTC(2026, 1, 28, 15, 30) // 23:30 in Shanghai
    const seen: [string, string, string][] = []
    const daily = defineRepeated({
      name: 'test.daily',
      every: 'day',
      handle: async ({ ctx, payload: { period } }) => void seen.push([ctx.scope.countyCode, period, ctx.today]),
    })
    const hourly = defineRepeated({ name: 'test.hourly', every: 'hour', handle: () => Promise.resolve() })
    const options = { clock: () => nowMs, listCounties: () => Promise.resolve(counties) }
    const first = await start([daily, hourly], options)
    await Promise.all([ended('test.daily', 1), ended('test.daily', 1, counties[1])])
    const second = await start([daily, hourly], options)
    await first.stop()
    nowMs += 3_600_000
    await Promise.all([ended('test.daily', 2), ended('test.daily', 2, counties[1]), ended('test.hourly', 2)])
    await second.stop()
    const days = ['2026-02-28', '2026-03-01']
    expect(seen.map((one) => one.join(' ')).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
      counties.flatMap((county) => days.map((day) => `${county} ${day} ${day}`)),
    )
    expect((await rowsOf('test.hourly')).map((row) => row.period)).toEqual(['2026-02-28T23', '2026-03-01T00'])
  })
})
