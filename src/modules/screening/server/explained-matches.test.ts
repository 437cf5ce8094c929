import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { generateCounty } from '#modules/demo/server/index.ts'
import { indexOfCounty } from '../../../../test/county-truth.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { compareFiles } from './compare-files.ts'
import { screeningMerge } from './explained-matches.ts'
import { listExplained } from './explained-store.ts'
import { pathOfIndex, writeIndexFile } from './index-file.ts'
import { fullSoundTables } from './sound-of.ts'

const world = openTestWorld()
const folder = mkdtempSync(join(tmpdir(), 'bangfu-explained-'))
let runId = ''

beforeAll(async () => {
  await generateCounty({ households: 600, seed: 77, months: 1, out: folder })
  const key = world.vault.deriveKey('test index')
  const path = pathOfIndex(world.directory, '990301', '1')
  writeIndexFile(path, { index: await indexOfCounty(folder), sounds: fullSoundTables() }, key)
  const deps = { vault: world.vault, filesDirectory: world.directory, loadIndex: () => Promise.resolve({ path, key, revision: '1' }) }
  const [month = ''] = readdirSync(join(folder, 'departments'))
  const terms = {
    sender: '各部门',
    purpose: '防止返贫数据比对',
    sharingItem: '测试事项',
    legalBasis: '数据共享协议',
    expiresOn: '2099-12-31',
    retentionDays: 0,
  }
  const ctx = world.as(grantCounty('990301'))
  await compareFiles(deps, ctx, { ...terms, paths: [join(folder, 'departments', month)], month, out: join(world.directory, 'out') })
  const found = await inTransaction(ctx, (db) => sql<{ id: string }>`SELECT run_id AS id FROM screening.comparison_run`.execute(db))
  runId = found.rows[0]?.id ?? ''
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ctx = () => world.as(grantCounty('990301'))
const query = <Row>(text: ReturnType<typeof sql<Row>>) => inTransaction(ctx(), async (db) => (await text.execute(db)).rows)

describe('rows that were not matched as written', () => {
  it('carry a score that is the sum of its steps; the others carry none', async () => {
    const rows = await query(
      sql<{ class: string; score: number | null; steps: { bits: number }[] | null }>`SELECT class, score, steps FROM screening.matched_row`,
    )
    expect(rows.length).toBeGreaterThan(100)
    for (const row of rows) {
      const needsWhy = row.class === 'repaired' || row.class === 'fuzzy'
      expect(row.score !== null, row.class).toBe(needsWhy)
      if (row.steps !== null) expect(row.steps.reduce((sum, step) => sum + step.bits, 0)).toBeCloseTo(row.score ?? 0, 3)
    }
  })

  it('keep nothing of what the row said beside its facts', async () => {
    const kept = await query(sql<{ text: string }>`
      SELECT to_jsonb(m)::text AS text FROM screening.matched_row m UNION ALL SELECT to_jsonb(r)::text FROM screening.lead_reason r`)
    expect(kept.filter((row) => row.text.includes('?said') || row.text.includes('\u001f'))).toEqual([])
  })

  it('are listed with the weakest first, page by page', async () => {
    const pages: number[] = []
    await inTransaction(ctx(), async (db) => {
      let after: (string | number)[] | undefined
      for (;;) {
        const rows = await listExplained(db, '990301', { runId, class: undefined, after, limit: 20 })
        const page = rows.slice(0, 20)
        pages.push(...page.map((row) => row.why.score))
        const last = page.at(-1)
        if (rows.length <= 20 || last === undefined) break
        after = [Math.round(last.why.score * 10), last.matchedRowId]
      }
    })
    const [all] = await query(sql<{ n: number }>`SELECT count(*)::int AS n FROM screening.matched_row WHERE score IS NOT NULL`)
    expect(pages).toHaveLength(all?.n ?? 0)
    expect(pages).toEqual([...pages].sort((one, other) => one - other))
  })

  it('tell the candidates of waiting rows apart, who fits best first', async () => {
    const rows = await query(sql<{ candidates: { why?: { score: number } }[] }>`SELECT candidates FROM screening.open_match`)
    expect(rows.length).toBeGreaterThan(0)
    for (const { candidates } of rows) {
      const scores = candidates.map((one) => one.why?.score ?? Number.NaN)
      expect(scores).toEqual([...scores].sort((one, other) => other - one))
    }
  })

  it('are seen by a village of its own households only', async () => {
    const [one] = await query(sql<{ path: string }>`SELECT area_path AS path FROM screening.matched_row WHERE score IS NOT NULL LIMIT 1`)
    const path = one?.path ?? ''
    const area = world.as(grantArea('990301', path))
    const seen = await inTransaction(area, (db) => sql<{ path: string }>`SELECT area_path AS path FROM screening.matched_row`.execute(db))
    expect(new Set(seen.rows.map((row) => row.path))).toEqual(new Set([path]))
  })
})

describe('two persons who become one', () => {
  it('take their rows and reasons along, and back', async () => {
    const [one] = await query(sql<{ person: string; household: string; path: string }>`
      SELECT person_id AS person, household_id AS household, area_path AS path FROM screening.lead_reason WHERE person_id IS NOT NULL LIMIT 1`)
    const loserId = one?.person ?? ''
    const winnerId = makeId()
    const count = async (person: string) =>
      (
        await query(sql<{ n: number }>`SELECT ((SELECT count(*) FROM screening.matched_row WHERE person_id = ${person}::uuid)
          + (SELECT count(*) FROM screening.lead_reason WHERE person_id = ${person}::uuid))::int AS n`)
      )[0]?.n
    const before = await count(loserId)
    expect(before).toBeGreaterThan(1)
    const merge = { mergeId: makeId(), winnerId, loserId, householdId: one?.household ?? '', areaPath: one?.path ?? '' }
    const moved = await inTransaction(ctx(), (db) => screeningMerge.repoint(ctx(), db, merge))
    expect([await count(loserId), await count(winnerId), moved.length]).toEqual([0, before, before])
    await inTransaction(ctx(), (db) => screeningMerge.putBack(ctx(), db, { ...merge, moved }))
    expect([await count(loserId), await count(winnerId)]).toEqual([before, 0])
  })
})
