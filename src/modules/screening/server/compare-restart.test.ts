import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { generateCounty } from '#modules/demo/server/index.ts'
import { givenEmptyCounty } from '#modules/registry/server/given.ts'
import { importFiles } from '#modules/registry/server/index.ts'
import { drawn, seed } from '../../../../test/chance.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { compareFiles, type CompareInput } from './compare-files.ts'
import type { RunResult } from './do-run.ts'
import { recoverRuns } from './jobs/recover-runs.ts'

// One result and nothing lost, whenever a comparison is killed, and while an import writes the register that it reads.
const world = openTestWorld()
const files = () => join(world.directory, 'files')
const month = '202312'
let ctx: Context
let county = { code: '', name: '' }
let registers: string[] = []
let input: CompareInput

beforeAll(async () => {
  const out = join(world.directory, 'county')
  const made = await generateCounty({ households: 300, seed, out, months: 1, startMonth: month })
  county = made.county
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  ctx = { ...world.as(grantCounty(county.code)), deadline: 'job' }
  registers = readdirSync(join(out, 'registry')).map((name) => join(out, 'registry', name))
  input = {
    paths: [join(out, 'departments', month)],
    month,
    sender: '各部门',
    sharingItem: '月度清单',
    purpose: '防止返贫数据比对',
    legalBasis: '数据共享协议',
    expiresOn: '2099-12-31',
    retentionDays: 0,
  }
}, 120_000)

const compare = (): Promise<RunResult> => compareFiles({ vault: world.vault, filesDirectory: files() }, ctx, input)
const importRegister = () =>
  importFiles({ ...ctx, scope: grantSystem(county.code, 'test') }, { vault: world.vault, filesDirectory: files() }, { paths: registers })

const steps = ['running', 'index', 'reading', 'saving', 'done'] as const

/** Compares in a program of its own and kills it as soon as it has told a step; resolves when it is dead. */
function compareAndKill(at: (typeof steps)[number]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', 'test/crash-compare.ts'], { stdio: ['pipe', 'pipe', 'inherit'] })
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === at) child.kill('SIGKILL')
    })
    child.once('error', reject)
    child.once('close', () => resolve())
    const access = inject('serverAccess')
    const keys = join(world.directory, 'keys')
    const given = { access, database: world.database.name, keys, files: files(), countyCode: county.code, nowMs: testNowMs, input }
    child.stdin.end(JSON.stringify(given))
  })
}

/** Runs by their state, and how much of what they store there is. */
async function stored(): Promise<{ runs: string[]; rows: number; leads: number; reasons: number; hashes: number }> {
  return inTransaction(ctx, async (db) => {
    const found = await sql<{ runs: string[] | null; rows: number; leads: number; reasons: number; hashes: number }>`
      SELECT (SELECT array_agg(state ORDER BY run_id) FROM screening.comparison_run) AS runs,
        (SELECT count(*)::int FROM screening.matched_row m JOIN screening.comparison_run r ON r.run_id = m.run_id
         WHERE r.run_id = (SELECT run_id FROM screening.comparison_run WHERE state = 'done' ORDER BY run_id DESC LIMIT 1) OR r.state <> 'done') AS rows,
        (SELECT count(*)::int FROM screening.lead WHERE reason_count > 0) AS leads,
        (SELECT count(*)::int FROM screening.lead_reason) AS reasons,
        (SELECT count(*)::int FROM screening.row_hash_block) AS hashes`.execute(db)
    const [row] = found.rows
    return { rows: 0, leads: 0, reasons: 0, hashes: 0, ...row, runs: row?.runs ?? [] }
  })
}

describe(`a comparison (seed ${seed})`, () => {
  it('that runs while an import writes the register sees all of it or nothing', { timeout: 200_000 }, async () => {
    const applied = importRegister()
    let isOver = false
    void applied.finally(() => {
      isOver = true
    })
    const during: string[] = []
    const note = (result: RunResult) => during.push(JSON.stringify(result.classes))
    while (!isOver) await compare().then(note, (fault: unknown) => expect(fault).toMatchObject({ code: 'screening.no-register' }))
    expect((await applied).files.map((file) => file.error)).toEqual(registers.map(() => undefined))
    const [one, other] = await Promise.all([compare(), compare()])
    expect(one.classes).toEqual(other.classes)
    expect(during.filter((classes) => classes !== JSON.stringify(one.classes))).toEqual([])
    expect(one.leads).toBeGreaterThan(0)
  })

  it('that is killed in any phase leaves nothing of itself or all, and the next one comes to the same', { timeout: 300_000 }, async () => {
    await compare()
    const whole = await stored()
    for (const step of drawn('steps of a comparison', 2, steps)) {
      const before = await stored()
      await compareAndKill(step)
      await recoverRuns({ database: world.database, filesDirectory: files(), nowMs: testNowMs })
      const after = await stored()
      expect({ ...after, runs: after.runs.length }, step).toEqual({ ...before, runs: before.runs.length + 1 })
      const last = after.runs.at(-1)
      expect(step === 'done' ? ['done'] : step === 'saving' ? ['done', 'failed'] : ['failed'], step).toContain(last)
    }
    await compare()
    const again = await stored()
    expect({ ...again, runs: [] }).toEqual({ ...whole, runs: [] })
    expect(again.runs).not.toContain('running')
  })
})
