import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { generateCounty } from '#modules/demo/server/index.ts'
import { indexOfCounty, readTruth, showConfusion, type Confusion } from '../../../../test/county-truth.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { describeWithSampleCounty } from '../../../../test/shared-data.ts'
import { compareFiles } from './compare-files.ts'
import { pathOfIndex, writeIndexFile } from './index-file.ts'
import { fullSoundTables } from './sound-of.ts'

const terms = {
  sender: '各部门',
  purpose: '防止返贫数据比对',
  sharingItem: '月度清单',
  legalBasis: '数据共享协议',
  expiresOn: '2099-12-31',
  retentionDays: 0,
}

describeWithSampleCounty('comparing the sample county', (folder) => compareCounty(() => folder))

describe('comparing a county that was generated', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-county-'))
  beforeAll(() => generateCounty({ households: 1500, seed: 20231, months: 2, out: folder }))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  compareCounty(() => folder)
})

interface Compared {
  month: string
  matches: Record<string, string>[]
  leads: Record<string, string>[]
  merged: Record<string, string>[]
  delta: Record<string, string>[]
  /** Sheets that were not read, as `file sheet`: the receipt names them. */
  hidden: ReadonlySet<string>
}

/** Compares the first two months through the database, the second once more with the files of the first given again. */
function compareCounty(folderOf: () => string): void {
  const world = openTestWorld()
  const compared: Compared[] = []
  let truthOf: (name: string) => Record<string, string>[]

  beforeAll(async () => {
    const folder = folderOf()
    truthOf = (name) => readTruth(join(folder, 'truth', name))
    const key = world.vault.deriveKey('test index')
    const path = pathOfIndex(world.directory, '990301', '1')
    writeIndexFile(path, { index: await indexOfCounty(folder), sounds: fullSoundTables() }, key)
    const deps = { vault: world.vault, filesDirectory: world.directory, loadIndex: () => Promise.resolve({ path, key, revision: '1' }) }
    const months = readdirSync(join(folder, 'departments')).sort().slice(0, 2)
    const ctx = world.as(grantCounty('990301'))
    for (const [at, month] of [...months, ...months.slice(1)].entries()) {
      const out = join(world.directory, `out-${at}`)
      const basePaths = at === 2 ? [join(folder, 'departments', months[0] ?? '')] : undefined
      const result = await compareFiles(deps, ctx, { ...terms, paths: [join(folder, 'departments', month)], month, out, basePaths })
      const read = (name: string) => readTruth(join(out, name))
      expect(statSync(join(out, 'matches.csv')).mode & 0o777).toBe(0o600)
      compared.push({
        month,
        matches: read('matches.csv'),
        leads: read('leads.csv'),
        merged: read('leads_merged.csv'),
        delta: read('delta.csv'),
        hidden: new Set(result.files.flatMap(({ name, skipped }) => skipped.map((sheet) => `${name} ${sheet}`))),
      })
    }
  })

  it('ties every row to the person whom the truth names', () => {
    const confusion: Confusion = {}
    let wrong = 0
    let fuzzyWrong = 0
    const right: Record<string, number> = {}
    const all: Record<string, number> = {}
    for (const { month, matches } of compared.slice(0, 2)) {
      const found = new Map(matches.map((row) => [rowKey(row), row]))
      for (const truth of truthOf('matches.csv')) {
        if (truth['month'] !== month) continue
        const expected = truth['class'] ?? ''
        const got = found.get(rowKey(truth)) ?? { class: 'none', person_id: '' }
        const row = (confusion[expected] ??= {})
        row[got['class'] ?? ''] = (row[got['class'] ?? ''] ?? 0) + 1
        all[expected] = (all[expected] ?? 0) + 1
        const samePerson = got['person_id'] === truth['person_id']
        if (got['class'] === expected && samePerson) right[expected] = (right[expected] ?? 0) + 1
        if (got['person_id'] === '' || samePerson) continue
        if (got['class'] === 'fuzzy') fuzzyWrong += 1
        else wrong += 1
      }
    }
    // oxlint-disable-next-line no-console -- the run prints the table that the requirement asks for
    console.log(`${showConfusion(confusion)}\nwrong persons: ${wrong}, wrong persons among fuzzy: ${fuzzyWrong}`)
    const share = (name: string) => (right[name] ?? 0) / (all[name] ?? 1)
    expect(wrong).toBe(0)
    expect(share('exact')).toBe(1)
    expect(share('normalised')).toBe(1)
    expect(share('repaired')).toBeGreaterThanOrEqual(0.98)
    expect(share('fuzzy')).toBeGreaterThanOrEqual(0.9)
    expect(fuzzyWrong / (all['fuzzy'] ?? 1)).toBeLessThanOrEqual(0.01)
    expect(share('ambiguous')).toBe(1)
  })

  it('prints one line for each row of the truth and no other, totals and notes among them; only sheets that are hidden are not read', () => {
    for (const { month, matches, hidden } of compared.slice(0, 2)) {
      const wanted = truthOf('matches.csv').filter((row) => row['month'] === month)
      const visible = wanted.filter((row) => !hidden.has(`${row['file']} ${row['sheet']}`))
      expect(new Set(matches.map(rowKey))).toEqual(new Set(visible.map(rowKey)))
      expect(wanted.filter((row) => hidden.has(`${row['file']} ${row['sheet']}`)).every((row) => row['class'] === 'none')).toBe(true)
      const found = new Map(matches.map((row) => [rowKey(row), row['class']]))
      const notData = visible.filter((row) => row['id_dirt'] === 'not_data')
      expect(notData.map((row) => found.get(rowKey(row)))).toEqual(notData.map(() => 'none'))
    }
  })

  it('raises the leads that the rows support, and no other', () => {
    for (const { month, leads, merged } of compared.slice(0, 2)) {
      const found = new Set(leads.map(leadKey))
      const truth = truthOf('leads.csv').filter((row) => row['month'] === month)
      const supported = new Set(truth.filter((row) => row['expected'] === '1').map(leadKey))
      const missed = [...supported].filter((key) => !found.has(key))
      const missedPetitions = missed.filter((key) => key.startsWith('L12')).length
      const petitions = [...supported].filter((key) => key.startsWith('L12')).length
      expect([...found].filter((key) => !supported.has(key))).toEqual([])
      expect(missedPetitions / Math.max(1, petitions)).toBeLessThanOrEqual(0.1)
      expect((missed.length - missedPetitions) / (supported.size - petitions)).toBeLessThanOrEqual(0.01)
      const mergedTruth = truthOf('leads_merged.csv').filter((row) => row['month'] === month)
      const mergedFound = new Map(merged.map((row) => [row['household_no'], row]))
      const differing = mergedTruth.filter((row) => {
        const got = mergedFound.get(row['household_no'] ?? '')
        return got?.['rules'] !== row['rules'] || got?.['negative_flags'] !== row['negative_flags'] || got?.['reasons'] !== row['reasons']
      })
      expect(differing.length).toBeLessThanOrEqual(missed.length)
      expect(merged.length).toBeLessThanOrEqual(mergedTruth.length)
    }
  })

  it('says of every key whether it is new, changed, the same or gone', () => {
    const again = compared[2]
    const found = new Map(again?.delta.map((row) => [`${row['list']} ${row['key']}`, row['state']]))
    const differing = truthOf('delta.csv').filter(
      (row) => row['decidable'] === '1' && found.get(`${row['list']} ${row['key']}`) !== row['state'],
    )
    expect(differing).toEqual([])
  })

  it('finds the same news from the hashes that were kept, without the files', () => {
    const [, kept, again] = compared
    const states = (delta: Record<string, string>[] | undefined) =>
      delta?.filter((row) => row['state'] !== 'vanished').map((row) => `${row['list']} ${row['key']} ${row['state']}`)
    expect(states(kept?.delta)).toEqual(states(again?.delta))
    const vanished = (delta: Record<string, string>[] | undefined) => delta?.filter((row) => row['state'] === 'vanished').length
    expect(vanished(kept?.delta)).toBe(vanished(again?.delta))
    expect(kept?.leads).toEqual(again?.leads)
  })
}

function rowKey(row: Record<string, string>): string {
  return [row['file'], row['sheet'], row['row']].join('|')
}

/** A rule about a household names no person, any other the one whom the truth names. */
function leadKey(row: Record<string, string>): string {
  return [row['rule'], row['household_no'], row['person_id']].join('|')
}
