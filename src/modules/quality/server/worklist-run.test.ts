import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { generateCounty } from '#modules/demo/server/index.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenEmptyCounty } from '#modules/registry/server/given.ts'
import { decideCorrection, importFiles, proposeCorrection, undoImport, whenRegisterChanged } from '#modules/registry/server/index.ts'
import { HouseholdId, PersonId } from '#modules/registry/contract.ts'
import { noteChange, startCheck } from './jobs/check-jobs.ts'
import { readFindings } from './finding-read.ts'
import { beginCheck, checkWaiting, failCheck, followCheck } from './worklist-run.ts'
import { lockChecks } from './finding-save-store.ts'
import { findRuns } from './worklist-run-store.ts'

const world = openTestWorld()
const deps = () => ({ vault: world.vault, clock: () => Date.UTC(2023, 11, 18, 2, 0, 0) })
let ctx: Context
let lastBatchId = ''
/** A member whom the exports hold, with the sex that his number does not say. */
let person: { householdId: string; personId: string; wrongSex: string }

beforeAll(async () => {
  whenRegisterChanged.push(noteChange)
  const out = join(world.directory, 'county')
  const { county } = await generateCounty({ households: 120, seed: 'checks', out, months: 1 })
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  ctx = world.as(grantSystem(county.code, 'test'), { roles: ['county-data-officer'] })
  const paths = ['registry', 'national'].flatMap((folder) => readdirSync(join(out, folder)).map((file) => join(out, folder, file)))
  const { files } = await importFiles(ctx, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })
  lastBatchId = files.at(-1)?.batch?.batchId ?? ''
  person = await somePerson()
}, 240_000)
afterAll(() => {
  whenRegisterChanged.length = 0
})

const open = async () => (await readFindings(ctx, { state: 'todo', limit: 200 }, deps())).total
const runs = () => inTransaction(ctx, (db) => findRuns(db, ctx.scope))

it('checks everything once after the imports, and nothing more when nothing changed', async () => {
  const saved = await checkWaiting(ctx, deps())
  expect(saved).toMatchObject({ still: 0, gone: 0, back: 0 })
  expect(saved?.new).toBeGreaterThan(0)
  expect(await open()).toBe(saved?.new)
  expect(await checkWaiting(ctx, deps())).toBeUndefined()
  const { runId } = await beginCheck(ctx, ctx.today)
  expect(await followCheck(ctx, deps(), { runId, asOf: ctx.today })).toEqual({ new: 0, still: saved?.new, gone: 0, back: 0 })
  expect((await runs()).last).toMatchObject({ runId, state: 'done', found: saved?.new, still: saved?.new })
})

it('checks the whole register after an import was taken back, once the check that writes has ended', async () => {
  await undoImport(ctx, { batchId: lastBatchId, reason: '文件不对' })
  const before = (await runs()).last?.runId
  await inTransaction(ctx, async (db) => {
    await lockChecks(db, ctx)
    await expect(checkWaiting(ctx, deps())).rejects.toMatchObject({ code: 'quality.check-running' })
  })
  expect(await checkWaiting(ctx, deps())).toBeDefined()
  expect((await runs()).last?.runId).not.toBe(before)
})

it('checks the household that a correction touched, and leaves the others as they are', async () => {
  const before = await open()
  await correctSex(person.wrongSex)
  const saved = await checkWaiting(ctx, deps())
  expect(saved?.new).toBeGreaterThan(0)
  expect(saved?.gone).toBe(0)
  expect((await runs()).last?.kind).toBe('whole')
  expect((await runs()).lastPart).not.toBeNull()
  const found = await readFindings(ctx, { rule: 'Q006', householdId: person.householdId, state: 'open' }, deps())
  expect(found.total).toBe(1)
  await correctSex(person.wrongSex === '男' ? '女' : '男')
  expect((await checkWaiting(ctx, deps()))?.gone).toBe(saved?.new)
  expect(await open()).toBe(before)
})

it('keeps nothing of a check that breaks, and says that it failed', async () => {
  const before = await open()
  await correctSex(person.wrongSex)
  const { runId } = await beginCheck(ctx, ctx.today)
  await expect(beginCheck(ctx, ctx.today)).rejects.toMatchObject({ code: 'quality.check-running' })
  const broken = () => {
    throw new Error('the power went out')
  }
  await expect(followCheck(ctx, deps(), { runId, asOf: ctx.today, check: broken })).rejects.toThrow('the power went out')
  expect(await open()).toBe(before)
  await failCheck(ctx, deps(), { runId, fault: undefined })
  expect((await runs()).last).toMatchObject({ state: 'failed', fault: 'quality.interrupted' })
  expect((await checkWaiting(ctx, deps()))?.back).toBeGreaterThan(0) // what waited still waits
  const staged = await inTransaction(ctx, (db) => sql<{ n: bigint }>`SELECT count(*) AS n FROM quality.staged_finding`.execute(db))
  expect(staged.rows[0]?.n).toBe(0n)
})

it('begins one check only when two ask at once', async () => {
  const asked = await Promise.allSettled([startCheck(ctx, ctx.today), startCheck(ctx, ctx.today)])
  expect(asked.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
})

async function somePerson(): Promise<typeof person> {
  const found = await inTransaction(ctx, (db) =>
    sql<{ householdId: string; personId: string; sex: string }>`
      SELECT p.household_id AS "householdId", p.person_id AS "personId", p.sex FROM registry.person p
      WHERE p.sources ? 'monitoring' AND p.sex IS NOT NULL AND p.relation = '户主' ORDER BY p.person_no LIMIT 1`.execute(db),
  )
  const [one] = found.rows
  if (one === undefined) throw new Error('the generated county has a monitored export')
  return { householdId: one.householdId, personId: one.personId, wrongSex: one.sex === 'male' ? '女' : '男' }
}

async function correctSex(sex: string): Promise<void> {
  const { correctionId, revision } = await proposeCorrection(
    ctx,
    {
      householdId: HouseholdId.parse(person.householdId),
      personId: PersonId.parse(person.personId),
      field: 'sex',
      newValue: sex,
      source: '电话核实',
    },
    deps(),
  )
  await decideCorrection(ctx, correctionId, { revision, decision: 'apply', deps: deps() })
}
