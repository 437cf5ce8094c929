// A program that tells a listener of what was announced and writes each number it is told; the test of events kills it.
import { text } from 'node:stream/consumers'
import * as z from 'zod'
import { openDatabase, type ServerAccess } from '../src/kernel/server/database/index.ts'
import { defineListener } from '../src/kernel/server/events/index.ts'
import { startJobs } from '../src/kernel/server/jobs/index.ts'
import { makeLog } from '../src/kernel/server/log/index.ts'

// Safe: the test writes exactly this.
const given = JSON.parse(await text(process.stdin)) as { access: ServerAccess; database: string; listener: string; event: string }
const listener = defineListener({
  name: given.listener,
  event: { name: given.event, payload: z.strictObject({ n: z.number() }) },
  attempts: 1000,
  hear: async ({ payload }) => void process.stdout.write(`${payload.n}\n`),
})
const database = openDatabase(given.access, given.database, 2)
await startJobs({ access: given.access, database, jobs: [listener], log: makeLog('silent') })
