import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantCounty, grantSystem } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { smallPicture } from '../../../../test/access/places.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { givenRecord } from './given.ts'
import { importFolder, readImport, stageFile } from './imports.ts'
import { removeFile } from './record-files.ts'
import { sweep } from './sweep.ts'

const world = openTestWorld()
let county: GivenCounty
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
})
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = () => world.as(grantCounty(county.countyCode), { id: 'test:county', roles: ['county-data-officer'] })
const dayMs = 86_400_000
/** The system so many days later. */
const later = (days: number) => {
  const nowMs = testNowMs + days * dayMs
  return { ...world.as(grantSystem(county.countyCode, 'test')), now: instantOf(nowMs), today: dayOf(nowMs) }
}
const staged = () =>
  inTransaction(later(0), async (db) => {
    const found = await sql<{
      n: number
    }>`SELECT count(*)::int AS n FROM ledgers.staged_record WHERE county_code = ${county.countyCode}`.execute(db)
    return found.rows[0]?.n ?? 0
  })
const stage = () =>
  stageFile(officer(), deps(), {
    templateKey: 'generic.inspection',
    fileName: '检查.csv',
    stream: Readable.from([Buffer.from('检查内容,村,类别,检查时间,检查人员,结果\r\n饮水,荷坪村,收入,2023-12-01,某,合格')]),
  })

describe('the sweep of ledgers', () => {
  it('takes a dry run that nobody applied after a fortnight, with its rows and its file, and rows that belong to none', async () => {
    const { importId } = await stage()
    await inTransaction(later(0), async (db) => {
      await sql`INSERT INTO ledgers.staged_record (county_code, import_id, row_no, outcome, state)
        VALUES (${county.countyCode}, gen_random_uuid(), 1, 'new', 'entered')`.execute(db)
    })
    const stray = join(importFolder(deps()), 'stray')
    writeFileSync(stray, '')
    utimesSync(stray, 0, (testNowMs - 40 * dayMs) / 1000)
    expect(await sweep(later(13), deps())).toEqual({ dryRuns: 0, rows: 1, files: 0, strays: 1 })
    expect([await staged(), readdirSync(importFolder(deps())).length]).toEqual([1, 1])
    expect(await sweep(later(15), deps())).toMatchObject({ dryRuns: 1 })
    expect([await staged(), readdirSync(importFolder(deps())).length]).toEqual([0, 0])
    expect(await readImport(officer(), { templateKey: 'generic.inspection', importId })).toMatchObject({
      state: 'discarded',
      can: { apply: false },
    })
    expect(await sweep(later(16), deps())).toMatchObject({ dryRuns: 0, rows: 0 })
  })

  it('destroys the bytes of a file half a year after it was taken away, once, and never those of one that stands', async () => {
    const ctx = officer()
    const { householdId } = await givenHousehold(ctx, world.vault, {
      areaPath: `${county.villages[0]?.path}01.`,
      members: [{ name: '测试户主' }],
    })
    const given = { householdId, mark: '甲', picture: smallPicture }
    const { recordId, recordFileId } = await givenRecord(ctx, deps(), given)
    const stands = await givenRecord(ctx, deps(), { ...given, mark: '乙' })
    const kept = async (id: string) =>
      inTransaction(later(0), async (db) => {
        const found = await sql<{ id: string }>`SELECT file_id AS id FROM ledgers.record_file WHERE record_file_id = ${id}`.execute(db)
        return join(world.directory, 'ledger-files', found.rows[0]?.id ?? '')
      })
    await removeFile(ctx, deps(), { templateKey: 'generic.honour', recordId, recordFileId })
    const [gone, other] = [await kept(recordFileId), await kept(stands.recordFileId)]
    expect(await sweep(later(170), deps())).toMatchObject({ files: 0 })
    expect(existsSync(gone)).toBe(true)
    expect(await sweep(later(181), deps())).toMatchObject({ files: 1 })
    expect([existsSync(gone), existsSync(other)]).toEqual([false, true])
    expect(await sweep(later(182), deps())).toMatchObject({ files: 0 })
  })
})
