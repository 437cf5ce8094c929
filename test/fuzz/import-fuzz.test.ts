import { existsSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { isNamedError } from '../../src/kernel/pure/errors/index.ts'
import type { Context } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { applyImport, importFiles, stageImport, undoImport } from '../../src/modules/registry/server/index.ts'
import { givenEmptyCounty, snapshotOf } from '../../src/modules/registry/server/import/given.ts'
import { makeChance, seed as start } from '../chance.ts'
import { writeBook } from '../corpus/write-book.ts'
import { openTestWorld } from '../database.ts'
import { makeSeeds, type Seed } from './seeds.ts'
import { spoil, type Spoilt } from './spoil.ts'

// Replay: BANGFU_SEED=… runs the same files again; BANGFU_FUZZ_ONE=… only one of them, and before it those that its county was given.
const only = process.env['BANGFU_FUZZ_ONE']
const files = Number(process.env['BANGFU_FUZZ_FILES'] ?? (process.env['FUZZ'] === 'full' ? 5000 : 100))
/** Counties that import at the same time; each begins anew after so many files. */
const lanes = 4
const filesPerCounty = 25

const world = openTestWorld()
let seeds: Seed[] = []
beforeAll(async () => {
  seeds = await makeSeeds(join(world.directory, 'demo'))
})

/** What became of a file. `broken` says what must not happen. */
interface Outcome {
  end: string
  broken: string[]
}

const outcomes = new Map<string, number>()
const broken: string[] = []

describe(`an importer that is given spoilt files (BANGFU_SEED=${start})`, () => {
  it('never crashes, never writes a part, leaves nothing open', { timeout: 3_600_000 }, async () => {
    const temporary = join(world.directory, 'temporary')
    mkdirSync(temporary)
    mkdirSync(quarantine(), { recursive: true })
    process.env['TMPDIR'] = process.env['TEMP'] = temporary
    const openBefore = openFiles()
    await Promise.all(lanesOf().map((numbers, lane) => runLane(numbers, lane)))
    // oxlint-disable-next-line no-console -- the run must say what it did
    console.log(
      [...outcomes]
        .sort((one, other) => other[1] - one[1])
        .map(([name, times]) => `${String(times).padStart(5)} ${name}`)
        .join('\n'),
    )
    expect(broken).toEqual([])
    // Killed readers are gone a moment later.
    await expect.poll(() => childrenLeft(), { timeout: 100_000 }).toBe(0)
    await expect.poll(() => openFiles(), { timeout: 100_000 }).toBeLessThanOrEqual(openBefore)
    expect(readdirSync(temporary)).toEqual([])
    expect(readdirSync(quarantine()).filter((name) => !keptFiles.has(name))).toEqual([])
  })
})

/** The quarantine, which may hold only files of batches that are there. */
const quarantine = (): string => join(world.directory, 'quarantine')
const keptFiles = new Set<string>()

/** The numbers of the files of each lane, in their order. */
function lanesOf(): number[][] {
  const one = only === undefined ? undefined : Number(only)
  return Array.from({ length: lanes }, (_, lane) => {
    const all = Array.from({ length: Math.ceil((one ?? files) / lanes) + 1 }, (__, place) => place * lanes + lane)
    if (one === undefined) return all.filter((at) => at < files)
    return one % lanes === lane ? all.filter((at) => at <= one && countyOf(at) === countyOf(one)) : []
  })
}

/** The how-manieth county of its lane a file is given to. */
function countyOf(at: number): number {
  return Math.floor(at / lanes / filesPerCounty)
}

async function runLane(numbers: readonly number[], lane: number): Promise<void> {
  let county: { ctx: Context; code: string } | undefined
  let open = -1
  for (const at of numbers) {
    if (countyOf(at) !== open) county = await found(990_400 + countyOf(at) * lanes + lane)
    open = countyOf(at)
    if (county !== undefined) await runOne(county, at)
  }
}

async function found(number: number): Promise<{ ctx: Context; code: string }> {
  const code = String(number)
  const ctx = await givenEmptyCounty((scope) => world.as(scope), { countyCode: code, name: '青禾县' })
  // Every other county has its register already, so that files change it.
  const register = seeds[0]
  if (number % 2 === 0 && register !== undefined && 'makeBook' in register) {
    const path = join(world.directory, `${code}.csv`)
    const bytes = writeBook(register.makeBook(code), 'csv-utf8')
    writeFileSync(path, bytes)
    const said = { path, fileName: '农户信息.csv', fileHash: code, fileBytes: bytes.length }
    await applyImport(ctx, (await stageImport(ctx, { vault: world.vault }, said)).batchId)
  }
  return { ctx, code }
}

async function runOne(county: { ctx: Context; code: string }, at: number): Promise<void> {
  const chance = makeChance(Math.imul(start, 31) + at)
  const seed = seeds[at % seeds.length]
  if (seed === undefined) return
  const spoilt = spoil(seed, county.code, chance)
  const before = await countRows(county.ctx)
  const outcome = await pushThrough(county.ctx, spoilt, at)
  const after = await countRows(county.ctx)
  if (outcome.end !== 'applied')
    for (const [table, rows] of Object.entries(after))
      if (rows !== before[table]) outcome.broken.push(`${table}: ${String(before[table])} rows before, ${rows} after`)
  outcomes.set(outcome.end, (outcomes.get(outcome.end) ?? 0) + 1)
  for (const what of outcome.broken) broken.push(`BANGFU_SEED=${start} BANGFU_FUZZ_ONE=${at} ${spoilt.how.join(' + ')}: ${what}`)
}

const crashes = new Set(['registry.fault', 'sheets.reader-crashed', 'sheets.reader-timed-out', 'sheets.reader-too-big'])

/** Every tenth file goes the way of the command line, the others are staged, checked and applied as the wizard does it. */
async function pushThrough(ctx: Context, spoilt: Spoilt, at: number): Promise<Outcome> {
  const folder = join(world.directory, 'sent', String(at))
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'file.bin')
  writeFileSync(path, spoilt.bytes)
  const outcome: Outcome = { end: '', broken: [] }
  try {
    outcome.end = at % 10 === 0 ? await byCommand(ctx, path) : await byHand(ctx, path, spoilt, outcome, at)
  } catch (fault) {
    outcome.end = isNamedError(fault) ? fault.code : 'crashed'
    if (!isNamedError(fault))
      outcome.broken.push(fault instanceof Error ? (fault.stack ?? fault.message).split('\n').slice(0, 4).join(' | ') : String(fault))
  }
  if (crashes.has(outcome.end)) outcome.broken.push(outcome.end)
  return outcome
}

async function byCommand(ctx: Context, path: string): Promise<string> {
  const deps = { vault: world.vault, filesDirectory: quarantine() }
  const { files: done } = await importFiles(ctx, deps, { paths: [path] })
  const rows = await inTransaction(ctx, (db) =>
    sql<{
      file_id: string
    }>`SELECT file_id FROM registry.import_batch WHERE county_code = ${ctx.scope.countyCode} AND file_id IS NOT NULL`.execute(db),
  )
  for (const row of rows.rows) keptFiles.add(row.file_id)
  return done[0]?.error?.code ?? done[0]?.batch?.state ?? 'nothing'
}

async function byHand(ctx: Context, path: string, spoilt: Spoilt, outcome: Outcome, at: number): Promise<string> {
  const said = { path, fileName: spoilt.fileName, fileHash: `hash ${at}`, fileBytes: spoilt.bytes.length }
  const staged = await stageImport(ctx, { vault: world.vault }, said)
  if (staged.state !== 'staged') outcome.broken.push(`staged and then ${staged.state}`)
  const before = at % 10 === 5 ? await snapshotOf(ctx) : undefined
  const applied = await applyImport(ctx, staged.batchId)
  if (applied.state !== 'applied') outcome.broken.push(`applied and then ${applied.state}`)
  if (before !== undefined) {
    await undoImport(ctx, { batchId: staged.batchId, reason: '试' })
    const after = await snapshotOf(ctx)
    if (JSON.stringify(after) !== JSON.stringify(before)) outcome.broken.push('undone, and the register is not as before')
  }
  return 'applied'
}

const registerTables = ['household', 'person', 'membership', 'household_tag', 'village', 'village_kind', 'register_revision'] as const
const waitingTables = ['staged_area', 'staged_household', 'staged_person', 'staged_village'] as const

/** Rows of the county in the tables of the register and in those where rows wait. */
async function countRows(ctx: Context): Promise<Record<string, number>> {
  const tables = [...registerTables, ...waitingTables]
  const parts = tables.map(
    (table) =>
      sql`SELECT ${table} AS name, count(*)::int AS rows FROM registry.${sql.raw(table)} WHERE county_code = ${ctx.scope.countyCode}`,
  )
  const found = await inTransaction(ctx, (db) => sql<{ name: string; rows: number }>`${sql.join(parts, sql` UNION ALL `)}`.execute(db))
  return Object.fromEntries(found.rows.map(({ name, rows }) => [name, rows]))
}

/** Files and pipes that this process holds open. Sockets of the database come and go; where the system does not tell, only pipes are seen. */
function openFiles(): number {
  if (!existsSync('/proc/self/fd')) return process.getActiveResourcesInfo().filter((name) => /File|Pipe|FSReq/.test(name)).length
  const targets = readdirSync('/proc/self/fd').map((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`)
    } catch {
      return 'gone'
    }
  })
  return targets.filter((target) => target.startsWith('/') || target.startsWith('pipe:')).length
}

function childrenLeft(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length
}
