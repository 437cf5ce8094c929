// A program that compares lists and tells each step; the restart test of screening kills it.
import { text } from 'node:stream/consumers'
import { grantCounty } from '../src/kernel/server/caller/index.ts'
import { openDatabase, type ServerAccess } from '../src/kernel/server/database/index.ts'
import { dayOf, instantOf } from '../src/kernel/pure/time/index.ts'
import { openVault } from '../src/kernel/server/vault/index.ts'
import { compareFiles, type CompareInput } from '../src/modules/screening/server/compare-files.ts'
import { loadRegisterIndex } from '../src/modules/screening/server/load-register-index.ts'
import { probeInChild } from '../src/modules/screening/server/probe-in-child.ts'

// Safe: the test writes exactly this.
const given = JSON.parse(await text(process.stdin)) as {
  access: ServerAccess
  database: string
  keys: string
  files: string
  countyCode: string
  nowMs: number
  input: CompareInput
}
const tell = (step: string) => process.stdout.write(`${step}\n`)
const ctx = {
  caller: { id: 'test:child', name: '子进程', roles: [] },
  scope: grantCounty(given.countyCode),
  now: instantOf(given.nowMs),
  today: dayOf(given.nowMs),
  database: openDatabase(given.access, given.database, 5),
  deadline: 'job',
} as const
const index = { vault: openVault(given.keys, false), filesDirectory: given.files }
const deps: Parameters<typeof compareFiles>[0] = {
  ...index,
  loadIndex: async (inner) => {
    tell('running')
    const found = await loadRegisterIndex(inner, index, 'test')
    tell('index')
    return found
  },
  probe: async (job, take) => {
    let isFirst = true
    await probeInChild(job, (message) => {
      if (isFirst) tell('reading')
      isFirst = false
      take(message)
    })
    tell('saving')
  },
}
await compareFiles(deps, ctx, given.input)
tell('done')
await ctx.database.close()
