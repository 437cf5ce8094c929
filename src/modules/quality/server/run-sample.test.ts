import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { grantSystem } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { importFiles } from '#modules/registry/server/index.ts'
import { givenEmptyCounty } from '#modules/registry/server/given.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { describeWithSampleCounty } from '../../../../test/shared-data.ts'
import type { Finding } from '../contract.ts'
import { checkQuality } from './run-check.ts'

const world = openTestWorld()

/** One row of the truth, or of the findings as `bangfu check` writes them. */
function linesOf(findings: readonly Finding[]): string[] {
  return findings.flatMap((finding) => {
    const line = [finding.rule, finding.householdNo ?? finding.villageCode ?? '', finding.idNumber ?? '', finding.personNo ?? ''].join(',')
    return Array.from({ length: finding.rows ?? 1 }, () => line)
  })
}

describeWithSampleCounty('the sample county', (folder) => {
  it('gives the findings of its truth, row by row, for every rule', { timeout: 300_000 }, async () => {
    const base = await givenEmptyCounty((scope) => world.as(scope), { countyCode: '430525', name: '洞口县' })
    const ctx = world.as(grantSystem('430525', 'test'))
    const paths = ['registry', 'national'].flatMap((part) => readdirSync(join(folder, part)).map((name) => join(folder, part, name)))
    const imported = await importFiles(base, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })
    expect(imported.files.flatMap((file) => (file.error === undefined ? [] : [file.error]))).toEqual([])

    const found: string[] = []
    const notRun = await inTransaction(ctx, async (db) => {
      const check = await checkQuality(ctx, db, { vault: world.vault, asOf: '2023-12-31', reason: 'test', withNumbers: true })
      for await (const block of check.findings) found.push(...linesOf(block))
      return check.summary().notRun
    })
    const expected = readFileSync(join(folder, 'truth', 'quality.csv'), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(',').slice(0, 4).join(','))
    const differing = differences(expected, found)
    if (differing.length > 0) console.log(['rule expected found extra missing', ...differing].join('\n')) // oxlint-disable-line no-console -- what differs, rule by rule
    expect(differing).toEqual([])
    expect(notRun).toEqual([])
    expect(found.length).toBe(expected.length)
  })
})

function differences(expected: readonly string[], found: readonly string[]): string[] {
  const rules = [...new Set([...expected, ...found].map((line) => line.slice(0, 4)))].sort()
  return rules.flatMap((rule) => {
    const [truth, seen] = [countLines(expected, rule), countLines(found, rule)]
    const extra = [...seen].filter(([line, times]) => times > (truth.get(line) ?? 0)).map(([line]) => line)
    const missing = [...truth].filter(([line, times]) => times > (seen.get(line) ?? 0)).map(([line]) => line)
    if (extra.length + missing.length === 0) return []
    return [
      `${rule} ${truth.size} ${seen.size} ${extra.length} ${missing.length} | + ${extra.slice(0, 4).join(' ; ')} | - ${missing.slice(0, 4).join(' ; ')}`,
    ]
  })
}

function countLines(lines: readonly string[], rule: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) if (line.startsWith(rule)) counts.set(line, (counts.get(line) ?? 0) + 1)
  return counts
}
