import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openSheetFile } from '#kernel/server/sheets/index.ts'
import { makeRandom, makeRegister } from '../../../../test/bench/compare-data.ts'
import { rounds } from '../../../../test/chance.ts'
import { makeTally, type Tally } from '../rules/tally.ts'
import { makeMatcher } from './make-matcher.ts'
import { recogniseSheet } from './recognise-list.ts'
import { scanText } from './scan-text.ts'
import { openSecondLane } from './second-lane.ts'
import { fullSoundTables, soundOf } from './sound-of.ts'

const { index, sample } = makeRegister(500)
const matcher = makeMatcher(index, soundOf)
const folder = mkdtempSync(join(tmpdir(), 'bangfu-stacked-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const heads = {
  jobs: '序号,姓名,公民身份号码,失业日期,当前状态,拖欠工资（元）',
  cars: '序号,机动车所有人,身份证明号码,初次登记日期,车辆类型,购置价（元）,号牌号码',
} as const
type Kind = keyof typeof heads

/** Rows of a list, some without a number, some of people whom the register does not know, some over two lines. */
function rowsOf(kind: Kind, count: number, random: (below: number) => number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const person = sample[random(sample.length)] ?? sample[0]
    const id = ['990371195001010013', '', person?.id ?? '', person?.id ?? ''][random(4)] ?? ''
    const word = random(50) === 0 ? '"其\n他"' : '失业'
    return `${at + 1},${person?.name ?? ''},${id},2026-01-0${1 + random(8)},${word},${random(9000)}.50${kind === 'cars' ? `,禾A${at}` : ''}`
  })
}

interface Read {
  kinds: string[]
  rows: Record<string, number>
  matched: Record<string, number[]>
}

async function read(lines: readonly string[]): Promise<Read> {
  const path = join(folder, 'list.csv')
  writeFileSync(path, lines.join('\n'))
  const tallies = new Map<string, Tally>()
  const { known } = await scanText(await openSheetFile({ path }), 0, {
    matcher,
    keysOf: () => ({ low: 1, high: 2 }),
    know: (block) => recogniseSheet({ block, fileName: '' }),
    tallyOf: ({ kind }) => {
      const tally = tallies.get(kind.kind) ?? makeTally()
      tallies.set(kind.kind, tally)
      return tally
    },
    onRows: () => undefined,
  })
  const of = <What>(what: (tally: Tally) => What) => Object.fromEntries([...tallies].map(([kind, tally]) => [kind, what(tally)]))
  return {
    kinds: known.map(({ kind }) => kind.kind),
    rows: of((tally) => tally.rowNo.length),
    matched: of((tally) => [...tally.matchedPerson.cells.subarray(0, tally.matchedPerson.length)]),
  }
}

/** Each table longer than a block of a megabyte, so that tables begin and end within blocks and across them. */
const many = rounds(24_000, 40_000)

describe.each([
  { rows: 5, readers: 'one reader' },
  { rows: 300, readers: 'one reader' },
  { rows: many, readers: 'one reader' },
  { rows: many, readers: 'two readers' },
])('tables below each other in a text list, of $rows rows, by $readers', ({ rows, readers }) => {
  it('are each read as what they are', async () => {
    if (readers === 'two readers') await openSecondLane(index, fullSoundTables())
    const random = makeRandom(rows)
    const parts = (['jobs', 'cars', 'jobs'] as const).map((kind) => ({ kind, lines: rowsOf(kind, rows, random) }))
    const stacked = await read(parts.flatMap(({ kind, lines }) => [heads[kind], ...lines, '']))
    const each = []
    for (const { kind, lines } of parts) each.push(await read([heads[kind], ...lines]))
    expect(stacked.kinds).toEqual(['jobs', 'cars', 'jobs'])
    expect(stacked.rows).toEqual({ jobs: 2 * rows, cars: rows })
    expect(stacked.matched).toEqual({
      jobs: [...(each[0]?.matched['jobs'] ?? []), ...(each[2]?.matched['jobs'] ?? [])],
      cars: each[1]?.matched['cars'],
    })
  })
})
