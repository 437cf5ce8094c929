import { sql } from 'kysely'
import { join } from 'node:path'
import { expect, inject, vi } from 'vitest'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { jobsOf, startJobs } from '../../src/kernel/server/jobs/index.ts'
import { makeLog } from '../../src/kernel/server/log/index.ts'
import { makeRectificationPlug } from '../../src/modules/rectification/server/module.ts'
import type { TestWorld } from '../database.ts'

/** Runs the relay and the listeners of rectification, as the server does, until everything that was announced has been told; none may be given up. */
export async function tellAll(world: TestWorld, nowMs: number): Promise<void> {
  const plug = makeRectificationPlug({ vault: world.vault, filesDirectory: join(world.directory, 'files') })
  const parts = { access: inject('serverAccess'), database: world.database, clock: () => nowMs, log: makeLog('silent') }
  const jobs = await startJobs({ ...parts, jobs: jobsOf([plug]) })
  const system = world.as(grantSystem('990301', 'test'))
  const count = () =>
    inTransaction(system, (db) =>
      sql<{ waiting: number; failed: number }>`
        SELECT (SELECT count(*) FROM kernel.outbox WHERE relayed_at IS NULL)::int + count(*) FILTER (WHERE outcome IS NULL)::int AS waiting,
          count(*) FILTER (WHERE outcome = 'given-up')::int AS failed
        FROM kernel.job WHERE outbox_id IS NOT NULL`.execute(db),
    )
  const left = await vi.waitFor(
    async () => {
      const [row] = (await count()).rows
      if (row?.waiting !== 0) throw new Error('not yet')
      return row
    },
    { timeout: 600_000, interval: 50 },
  )
  await jobs.stop()
  expect(left.failed).toBe(0)
}
