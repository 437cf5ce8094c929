// A program that applies one import and tells each step; the crash test of the register kills it.
import { text } from 'node:stream/consumers'
import { grantSystem } from '../src/kernel/server/caller/index.ts'
import { openDatabase, type ServerAccess } from '../src/kernel/server/database/index.ts'
import { dayOf, instantOf } from '../src/kernel/pure/time/index.ts'
import { applyImport } from '../src/modules/registry/server/index.ts'

// Safe: the test writes exactly this.
const given = JSON.parse(await text(process.stdin)) as {
  access: ServerAccess
  database: string
  countyCode: string
  batchId: string
  nowMs: number
}
const ctx = {
  caller: { id: 'test:child', name: '子进程', roles: [] },
  scope: grantSystem(given.countyCode, 'test'),
  now: instantOf(given.nowMs),
  today: dayOf(given.nowMs),
  database: openDatabase(given.access, given.database, 5),
  deadline: 'job',
} as const
await applyImport(ctx, given.batchId, (progress) => process.stdout.write(`${progress.step}\n`))
process.stdout.write('applied\n')
await ctx.database.close()
