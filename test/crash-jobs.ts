// A program that runs the jobs of imports and tells each step; the restart test of the register kills it.
import { text } from 'node:stream/consumers'
import { openDatabase, type ServerAccess } from '../src/kernel/server/database/index.ts'
import { startJobs } from '../src/kernel/server/jobs/index.ts'
import { makeLog } from '../src/kernel/server/log/index.ts'
import { openVault } from '../src/kernel/server/vault/index.ts'
import { makeRegistryPlug } from '../src/modules/registry/server/module.ts'

// Safe: the test writes exactly this.
const given = JSON.parse(await text(process.stdin)) as {
  access: ServerAccess
  database: string
  keys: string
  files: string
  nowMs: number
}
const database = openDatabase(given.access, given.database, 6)
const plug = makeRegistryPlug({ database, vault: openVault(given.keys, false), filesDirectory: given.files, clock: () => given.nowMs })
const jobs = (plug.jobs ?? []).map((job) => ({
  ...job,
  handle: (run: Parameters<typeof job.handle>[0]) => {
    process.stdout.write('begun\n')
    return job.handle({
      ...run,
      check: () => {
        process.stdout.write('step\n')
        run.check()
      },
    })
  },
}))
await startJobs({ access: given.access, database, jobs, log: makeLog('silent') })
