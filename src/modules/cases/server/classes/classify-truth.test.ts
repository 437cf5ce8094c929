import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { grantSystem, type Scope } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { generateCounty } from '#modules/demo/server/index.ts'
import { lastDayOf, readMonth } from '#kernel/pure/time/index.ts'
import { importFiles } from '#modules/registry/server/index.ts'
import { givenEmptyCounty } from '#modules/registry/server/given.ts'
import { drawn, rounds } from '../../../../../test/chance.ts'
import { readTruth } from '../../../../../test/county-truth.ts'
import { openTestWorld } from '../../../../../test/database.ts'
import { describeWithSampleCounty } from '../../../../../test/shared-data.ts'
import { lineColumns, lineOf } from '../../rules/classes/classification-lines.ts'
import { countJudged, judgeRegister, type JudgedRegister } from './judge-register.ts'

function fail(reason: string): never {
  throw new Error(reason)
}

/** Imports a county's folder into the world's database and judges it. */
async function judgeFolder(folder: string, given: { world: ReturnType<typeof openTestWorld>; county: string; name: string; asOf: string }) {
  const { world, county, name, asOf } = given
  const base = await givenEmptyCounty((scope: Scope) => world.as(scope), { countyCode: county, name })
  const paths = ['registry', 'national'].flatMap((part) => readdirSync(join(folder, part)).map((one) => join(folder, part, one)))
  const imported = await importFiles(base, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })
  expect(imported.files.flatMap((file) => (file.error === undefined ? [] : [file.error]))).toEqual([])
  const ctx = world.as(grantSystem(county, 'test'))
  return inTransaction(ctx, (db) => judgeRegister({ ...ctx, db }, { asOf, reason: 'test' }))
}

/** What came out, line by line, as the truth writes it: of the households of the monitoring export, or of the others. */
function linesOf({ households, verdicts }: JudgedRegister, isExported: boolean): Record<string, string>[] {
  return Array.from({ length: households.count }, (_, record) => record)
    .filter((record) => (households.inExport[record] === 1) === isExported)
    .map((record) => {
      const line = lineOf({
        number: households.numbers[record] ?? '',
        facts: households.facts,
        record,
        inExport: isExported,
        word: (column) => verdicts.columns[column].words[verdicts.columns[column].codes[record] ?? -1] ?? '',
        missing: verdicts.missingOf(record),
      })
      return Object.fromEntries(lineColumns.map((name, at) => [name, line[at] ?? '']))
    })
}

function expectTruth(judged: JudgedRegister, folder: string): void {
  const truth = readTruth(join(folder, 'truth', 'classification.csv'))
  const columns = ['household_type', 'monitor_category', 'cleared_month', 'layer', 'labour_class']
  const key = (line: Record<string, string>) => [line['household_no'], ...columns.map((name) => line[name])].join(',')
  const [expected, found] = [truth.map(key).sort(), linesOf(judged, true).map(key).sort()]
  const [set, seen] = [new Set(expected), new Set(found)]
  expect({
    missing: expected.filter((one) => !seen.has(one)).slice(0, 20),
    extra: found.filter((one) => !set.has(one)).slice(0, 20),
  }).toEqual({ missing: [], extra: [] })
  expect(found.length).toBe(truth.length)
  const counts = countJudged(judged)
  expect(counts.imbalance).toEqual([])
  expect(counts.inExport).toBe(truth.length)
  expect(linesOf(judged, false).length).toBe(counts.households - truth.length)
}

const sampleWorld = openTestWorld()
describeWithSampleCounty('the sample county', (folder) => {
  it('gives layer and class of its truth for every household of the monitoring export', { timeout: 300_000 }, async () => {
    expectTruth(await judgeFolder(folder, { world: sampleWorld, county: '430525', name: '洞口县', asOf: '2023-12-31' }), folder)
  })
})

describe('generated counties', () => {
  const root = mkdtempSync(join(tmpdir(), 'bangfu-classify-'))
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  for (const [seed, startMonth] of drawn('counties', 1, [
    ['layers', '202601'],
    ['classes', '202406'],
  ] as const)) {
    const world = openTestWorld()
    it(`give what their own truth says (seed ${seed})`, { timeout: 300_000 }, async () => {
      const folder = join(root, seed)
      const made = await generateCounty({ households: rounds(400, 900), seed, out: folder, months: 1, startMonth, registeredShare: 0.5 })
      const asOf = lastDayOf(readMonth(made.months.at(-1) ?? '') ?? fail('no month'))
      expectTruth(await judgeFolder(folder, { world, county: made.county.code, name: made.county.name, asOf }), folder)
    })
  }
})
