import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { grantSystem, type Context } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { generateCounty } from '../../src/modules/demo/server/index.ts'
import { givenCounty } from '../../src/modules/identity/server/given.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { importFiles, listPopulation } from '../../src/modules/registry/server/index.ts'
import type { TestWorld } from '../database.ts'
import { isFull } from '../chance.ts'

/** A household that may be asked. */
export interface Asked {
  readonly householdNo: string
  readonly persons: number
}

/** The poor households of a generated county, through its import; in a short run, some households of the two townships of `givenCounty`. */
export async function givenRegister(world: TestWorld, ctx: Context, few: number): Promise<Asked[]> {
  if (isFull) {
    const folder = mkdtempSync(join(world.directory, 'county-'))
    await generateCounty({ households: 7000, seed: 6, out: folder, months: 1, registeredShare: 1, listDensity: 0.01 })
    await importFolder(world, join(folder, 'registry'))
  } else await givenFew(world, ctx, few)
  const query = { areas: [], types: [], registered: true, monitored: undefined, tags: [], householdNos: [], onlyNumbers: false }
  return inTransaction(ctx, (db) => listPopulation(db, ctx.scope, query))
}

async function importFolder(world: TestWorld, folder: string): Promise<void> {
  const paths = readdirSync(folder).map((one) => join(folder, one))
  const parts = { vault: world.vault, filesDirectory: join(world.directory, 'files') }
  const done = await importFiles(world.as(grantSystem('990301', 'test')), parts, { paths })
  expect(done.files.flatMap((file) => (file.error === undefined ? [] : [file.error]))).toEqual([])
}

/** What the national system holds of the generated county, for the data rules. */
export async function importNational(world: TestWorld): Promise<void> {
  const county = readdirSync(world.directory).find((name) => name.startsWith('county-')) ?? ''
  await importFolder(world, join(world.directory, county, 'national'))
}

async function givenFew(world: TestWorld, ctx: Context, few: number): Promise<void> {
  const { villages } = await givenCounty(world.database)
  await inTransaction(ctx, async (db) => {
    for (let at = 0; at < few + 8; at += 1) {
      const village = villages[at % villages.length]
      const members = Array.from({ length: 1 + (at % 5) }, (_, place) => ({ name: `成员${place}`, facts: { workPlace: '本县' } }))
      await givenHousehold({ ...ctx, db }, world.vault, {
        areaPath: village?.path ?? '',
        village: village?.name ?? '',
        township: at % 4 < 2 ? '菱塘镇' : '汀溪乡',
        type: '脱贫户',
        phone: '15400010000',
        facts: { mainPovertyCause: '缺技术' },
        members,
      })
    }
  })
}

/** Numbers of households that together are exactly the wanted households and persons. */
export function choosePopulation(all: readonly Asked[], { households, persons }: { households: number; persons: number }): string[] {
  const bySize = [...all].sort((a, b) => a.persons - b.persons)
  const chosen = bySize.slice(0, households)
  let lack = persons - chosen.reduce((sum, one) => sum + one.persons, 0)
  // From the smallest ones on, each is exchanged for a larger one until the persons are there.
  const spare = bySize.slice(households).reverse()
  for (let at = 0; at < chosen.length && lack > 0; at += 1) {
    const mine = chosen[at]?.persons ?? 0
    const better = spare.findIndex((other) => other.persons > mine && other.persons - mine <= lack)
    const [other] = better < 0 ? [] : spare.splice(better, 1)
    if (other === undefined) continue
    lack -= other.persons - mine
    chosen[at] = other
  }
  expect(lack, 'the county has households of every size').toBe(0)
  return chosen.map((one) => one.householdNo)
}
