import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmbedded, type EmbeddedServer } from '#kernel/server/database/index.ts'
import { generateCounty } from '#modules/demo/server/module.ts'
import { readTruth } from '../../../../test/county-truth.ts'
import { runHere } from '../../../../test/run-here.ts'

// `bangfu classify` as a county's data officer types it: once as the real program, then as the same command in this one.
const root = mkdtempSync(join(tmpdir(), 'bangfu-classify-command-'))
const [county, data, csv] = [join(root, 'county'), join(root, 'data'), join(root, 'classes.csv')]
const main = join(import.meta.dirname, '../main.ts')

interface Printed {
  ok: boolean
  asOf: string
  households: number
  inExport: number
  counts: Record<string, Record<string, number>>
  imbalance: string[]
  kept: { added: number; changed: number; renewed: number; still: number; ended: number } | null
}

async function run(...words: string[]) {
  const done = await runHere(...words, '--data', data)
  // Safe: the command's own answer.
  return { ...done, json: () => done.json() as Printed }
}

/** As `run`, in a program of its own. */
function runProgram(...words: string[]) {
  const done = spawnSync(process.execPath, [main, ...words, '--data', data], { encoding: 'utf8' })
  // Safe: the program's own answer.
  return { code: done.status, err: done.stderr, json: () => JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '') as Printed }
}

/** Held open to the end, so that each command finds the database running instead of starting and stopping it. */
let held: EmbeddedServer | undefined
beforeAll(async () => {
  chmodSync(root, 0o755)
  held = await startEmbedded(data)
  await generateCounty({ households: 700, seed: 'command', out: county, months: 1, startMonth: '202511', registeredShare: 0.6 })
})
afterAll(async () => {
  await held?.stop()
  rmSync(root, { recursive: true, force: true })
})

describe('bangfu classify', () => {
  it('judges an imported county as its truth says, and its counts balance', async () => {
    expect((await run('import', join(county, 'registry'), join(county, 'national'))).code).toBe(0)
    const done = runProgram('classify', '--as-of', '2025-11-30', '--csv', csv, '--json')
    expect(done.err).toBe('')
    const said = done.json()
    expect(said).toMatchObject({ ok: true, households: 700, imbalance: [], kept: { added: 700, changed: 0, still: 0 } })
    for (const column of Object.values(said.counts)) expect(Object.values(column).reduce((sum, count) => sum + count, 0)).toBe(700)
    const truth = readTruth(join(county, 'truth', 'classification.csv'))
    const found = readTruth(csv)
    const key = (line: Record<string, string>) =>
      ['household_no', 'household_type', 'monitor_category', 'cleared_month', 'layer', 'labour_class'].map((name) => line[name]).join()
    expect(
      found
        .filter((line) => line['in_export'] === '1')
        .map(key)
        .sort(),
    ).toEqual(truth.map(key).sort())
    expect(found).toHaveLength(700)
    expect(readFileSync(csv, 'utf8').split('\n')[0]).toMatch(
      /^household_no,household_type,monitor_category,cleared_month,layer,labour_class,in_export/,
    )
    if (process.platform !== 'win32') expect(statSync(csv).mode & 0o777).toBe(0o600)
  })

  it('changes nothing the second time, moves on with the days, and only judges again a day that has been kept', async () => {
    expect((await run('classify', '--as-of', '2025-11-30', '--json')).json().kept).toMatchObject({
      added: 0,
      changed: 0,
      renewed: 0,
      still: 700,
    })
    // Half a year later whoever had been eliminated less than six months before is in the second layer.
    const truth = readTruth(join(county, 'truth', 'classification.csv')).filter((line) => line['layer'] === '1')
    const recent = truth.filter((line) => line['cleared_month'] !== '').length
    expect(recent).toBeGreaterThan(0)
    const later = (await run('classify', '--as-of', '2026-05-31', '--json')).json()
    expect(later.counts['layer']?.['第一层']).toBe(truth.length - recent)
    expect(later.kept?.changed).toBeGreaterThanOrEqual(recent)
    const again = await run('classify', '--as-of', '2025-11-30')
    expect(again.out).toContain('judged again, not kept')
    expect(again.out).toContain('合计相符')
    expect((await run('classify', '--as-of', '2025-11-30', '--json')).json().kept).toBe(null)
  })

  it('ends with 2 for a day that is none', async () => {
    expect((await run('classify', '--as-of', '2025-11-31')).code).toBe(2)
    expect((await run('classify', '--nonsense')).code).toBe(2)
  })
})
