import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { drawn, rounds } from '../../../../../test/chance.ts'
import { openTestWorld } from '../../../../../test/database.ts'
import { describeWithSampleCounty } from '../../../../../test/shared-data.ts'
import { readRegister } from '../read-register.ts'
import { givenEmptyCounty, snapshotOf } from './given.ts'
import { importFiles, type ImportedFile } from './import-files.ts'
import { inspectFile } from './inspect-file.ts'
import { undoImport } from './undo-import.ts'

const world = openTestWorld()

const order = ['village', 'register', 'monitoring', 'building', 'work', 'planned-work']
const entities = ['household', 'person', 'village'] as const

async function pathsInOrder(folder: string): Promise<{ path: string; kind: string }[]> {
  const paths = ['registry', 'national'].flatMap((part) => readdirSync(join(folder, part)).map((name) => join(folder, part, name)))
  const kinds = await Promise.all(paths.map(async (path) => ({ path, ...(await inspectFile({ path, fileName: '' })) })))
  return kinds.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
}

describeWithSampleCounty('the sample county, register and five exports', (folder) => {
  let ctx: Context
  const applied: { file: ImportedFile; before: string[] }[] = []
  const importOne = async (path: string): Promise<ImportedFile> => {
    const result = await importFiles(ctx, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths: [path] })
    const [file] = result.files
    if (file === undefined) throw new Error('no file came back')
    return file
  }

  it('is imported with every row accounted for, and the totals balance', { timeout: 300_000 }, async () => {
    const files = await pathsInOrder(folder)
    expect(files.map((file) => file.kind)).toEqual(order)
    const seen = await Promise.all(files.map(({ path }) => inspectFile({ path, fileName: path })))
    const [countyCode = ''] = seen.flatMap((one) => [...one.prefixes])
    const [name = ''] = seen.flatMap((one) => [...one.counties])
    ctx = await givenEmptyCounty((scope) => world.as(scope), { countyCode, name })
    for (const { path } of files) {
      const before = await snapshotOf(ctx)
      const file = await importOne(path)
      expect(file.error).toBeUndefined()
      const { read = 0, staged = 0, refused = 0, notData = 0 } = file.batch?.counts ?? {}
      expect({ state: file.batch?.state, read, refused, balances: file.batch?.totals?.balances }).toEqual({
        state: 'applied',
        read: staged + refused + notData,
        refused: 0,
        balances: true,
      })
      applied.push({ file, before })
    }
  })

  // npm test imports one of the six again and takes the last two back; npm run test:full all of them.
  it('changes nothing when it is imported again', { timeout: 300_000 }, async () => {
    const before = await snapshotOf(ctx)
    for (const { path } of drawn('files again', 1, await pathsInOrder(folder))) {
      const { batch } = await importOne(path)
      for (const entity of entities) {
        const counts = batch?.differences[entity]
        if (counts !== undefined) expect(counts).toEqual({ new: 0, changed: 0, conflict: 0, missing: 0, noted: 0, same: counts.same })
      }
    }
    expect(await snapshotOf(ctx)).toEqual(before)
  })

  it('can be read whole, with valid numbers of the register', async () => {
    const blocks = await inTransaction(ctx, (db) => Array.fromAsync(readRegister(ctx, db, { vault: world.vault, reason: 'test' })))
    const persons = blocks.flat()
    expect(persons.length).toBe(applied[1]?.file.batch?.counts.staged)
    expect(persons.filter((person) => person.idNumber.length !== 18 || person.villageCode === undefined)).toEqual([])
    expect(new Set(persons.map((person) => person.idNumber)).size).toBe(persons.length)
  })

  it('is as before, row by row, after each import is undone', { timeout: 300_000 }, async () => {
    for (const { file, before } of applied.toReversed().slice(0, rounds(2, applied.length))) {
      await undoImport(ctx, { batchId: file.batch?.batchId ?? '', reason: '测试撤销' })
      expect(await snapshotOf(ctx)).toEqual(before)
    }
  })
})
