import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, inject, it } from 'vitest'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { keepFile } from '#kernel/server/files/index.ts'
import { generateCounty } from '../../../demo/server/index.ts'
import { rounds, seed } from '../../../../../test/chance.ts'
import { openTestWorld, testNowMs } from '../../../../../test/database.ts'
import { recoverImports } from '../jobs/recover-imports.ts'
import { countRegister } from '../totals-store.ts'
import { applyImport } from './apply-import.ts'
import { getBatch } from './batch-store.ts'
import { givenEmptyCounty, snapshotOf } from './given.ts'
import { stageImport } from './stage-import.ts'
import { undoImport } from './undo-import.ts'

const world = openTestWorld()
/** Steps that an apply of this file tells before it is done; 8 means it is killed after its commit. */
const killPoints = Array.from({ length: rounds(3, 6) }, (_, at) => 1 + ((seed * 31 + at * 17) % 8))

/** Runs the apply in a program of its own and kills it after `steps` steps; resolves when it is dead. */
function applyAndKill(input: object, steps: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', 'test/crash-import.ts'], { stdio: ['pipe', 'pipe', 'inherit'] })
    let seen = 0
    createInterface({ input: child.stdout }).on('line', () => {
      seen += 1
      if (seen >= steps) child.kill('SIGKILL')
    })
    child.once('error', reject)
    child.once('close', () => resolve())
    child.stdin.end(JSON.stringify(input))
  })
}

describe(`an import that is killed while it is applied (seed ${seed})`, () => {
  it('is there whole or not at all, and can be run again', { timeout: 300_000 }, async () => {
    const folder = join(world.directory, 'county')
    const receipt = await generateCounty({ households: rounds(500, 1200), seed, out: folder, months: 1 })
    const ctx: Context = await givenEmptyCounty((scope) => world.as(scope), { countyCode: receipt.county.code, name: receipt.county.name })
    const source = join(folder, receipt.files.find((file) => file.path.startsWith('registry/'))?.path ?? '')
    const stage = async () => {
      const kept = await keepFile(join(world.directory, 'files'), createReadStream(source), 2 ** 30)
      const { batchId } = await stageImport(
        ctx,
        { vault: world.vault },
        { ...kept, fileName: 'a.csv', fileHash: kept.hash, fileBytes: kept.bytes },
      )
      return batchId
    }
    let batchId = await stage()
    const outcomes: string[] = []
    for (const steps of killPoints) {
      const access = inject('serverAccess')
      await applyAndKill({ access, database: world.database.name, countyCode: receipt.county.code, batchId, nowMs: testNowMs }, steps)
      await recoverImports(world.database)
      const { state } = await inTransaction(ctx, (db) => getBatch(db, ctx, batchId))
      const { households, persons } = await inTransaction(ctx, (db) => countRegister(db, ctx))
      outcomes.push(state)
      expect({ state, households, persons }).toEqual(
        state === 'applied'
          ? { state, households: receipt.households, persons: receipt.persons }
          : { state: 'staged', households: 0, persons: 0 },
      )
      if (state !== 'applied') continue
      await undoImport(ctx, { batchId, reason: '再来一次' })
      expect(await snapshotOf(ctx)).toEqual([])
      batchId = await stage()
    }
    const { state } = await applyImport(ctx, batchId)
    expect(state).toBe('applied')
    expect(outcomes).toHaveLength(killPoints.length)
  })
})
