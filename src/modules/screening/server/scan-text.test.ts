import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { openSheetFile } from '#kernel/server/sheets/index.ts'
import { makeGbEncoder, makeRandom, makeRegister, townshipOf, villageOf } from '../../../../test/bench/compare-data.ts'
import { rounds } from '../../../../test/chance.ts'
import { cellsOf, doubtful, doubtfulHeads, heads, optional } from '../../../../test/scan-lists.ts'
import type { HashKey } from '../rules/keyed-hash.ts'
import { makeTally, type Tally } from '../rules/tally.ts'
import { factsOf } from './outcome.ts'
import { makeMatcher } from './make-matcher.ts'
import { recogniseSheet } from './recognise-list.ts'
import { readRows, type ReadDeps } from './read-rows.ts'
import { openSecondLane } from './second-lane.ts'
import { scanText } from './scan-text.ts'
import { fullSoundTables, soundOf } from './sound-of.ts'

const { index, sample } = makeRegister(800)
const matcher = makeMatcher(index, soundOf)
const folder = mkdtempSync(join(tmpdir(), 'bangfu-scan-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const keys: HashKey = { low: 0x12345678, high: -0x7654321 }
const gb = makeGbEncoder()

/** What a reader left, in a form that can be compared. The hash of a row's rest is each reader's own. */
function contentOf(tally: Tally) {
  const cut = (column: { cells: Int32Array; length: number }) => [...column.cells.subarray(0, column.length)]
  return {
    hashes: cut(tally.hashes),
    lines: cut(tally.rowNo),
    high: cut(tally.idHigh),
    low: cut(tally.idLow),
    keys: [...tally.keyTexts],
    matched: cut(tally.matchedRow),
    persons: cut(tally.matchedPerson),
    how: cut(tally.matchedHow),
    facts: cut(tally.matchedRow).map((_, matched) => factsOf(tally, matched)),
    open: tally.open.map(({ row, name, cause, candidates }) => ({ row, name, cause, candidates })),
    classes: tally.classes[0],
    causes: tally.causes[0],
  }
}

async function read(path: string, reader: typeof readRows): Promise<ReturnType<typeof contentOf>> {
  const tally = makeTally()
  const deps: ReadDeps = {
    matcher,
    keysOf: () => keys,
    know: (block) => recogniseSheet({ block, fileName: '' }),
    tallyOf: () => tally,
    onRows: () => undefined,
  }
  await reader(await openSheetFile({ path }), 0, deps)
  return contentOf(tally)
}

describe('the byte scanner', () => {
  it('leaves exactly what the reader of text leaves, whatever stands in the cells', async () => {
    let rowsRead = 0
    const pick = <One>(from: readonly One[]) => fc.nat().map((at) => from[at % from.length] as One)
    const rowOf = fc.record({
      whose: fc.nat(),
      id: pick(cellsOf.id),
      name: pick(cellsOf.name),
      money: pick(cellsOf.money),
      day: pick(cellsOf.day),
      word: pick(cellsOf.word),
      plate: pick(cellsOf.plate),
      shape: fc.constantFrom('plain', 'plain', 'plain', 'quoted', 'short', 'blank', 'total', 'long', 'break'),
    })
    const lists = fc.record({
      rows: fc.array(rowOf, { minLength: 3, maxLength: 60 }),
      kind: fc.constantFrom('jobs', 'cars'),
      separator: fc.constantFrom(',', '\t', ';'),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      encoding: fc.constantFrom('utf-8', 'gb18030', 'bom'),
      ended: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(lists, async ({ kind, rows, separator, lineEnd, encoding, ended }) => {
        const lines = [heads[kind].join(separator)]
        rows.forEach((row, at) => {
          const person = sample[row.whose % sample.length] as (typeof sample)[number]
          const money = row.money.includes(separator) ? '3.00' : row.money
          const cells = [String(at + 1), row.name(person.name), row.id(person.id), row.day, row.word, money]
          if (kind === 'cars') cells.push(row.plate)
          if (row.shape === 'quoted') cells[1] = `"${cells[1]}${separator === ',' ? '' : ','}"`
          if (row.shape === 'break') cells[4] = '"失\n业"'
          if (row.shape === 'long') cells.push('多', '余')
          const line = { blank: '', total: `合计${separator.repeat(4)}12`, short: cells.slice(0, 3).join(separator) }[row.shape as 'blank']
          lines.push(line ?? cells.join(separator))
        })
        const text = lines.join(lineEnd) + (ended ? lineEnd : '')
        const path = join(folder, 'list.csv')
        writeFileSync(path, encoding === 'gb18030' ? gb(text) : (encoding === 'bom' ? '\uFEFF' : '') + text)
        const plainly = await read(path, readRows)
        rowsRead += plainly.lines.length
        expect(await read(path, scanText)).toEqual(plainly)
      }),
      { numRuns: rounds(80, 300) },
    )
    expect(rowsRead).toBeGreaterThan(rounds(200, 1_000))
  })

  it('leaves the same of rows whose number is spoilt or missing, whatever name and place say', async () => {
    fullSoundTables() // the kernel reads names by them
    const pick = <One>(from: readonly One[]) => fc.nat().map((at) => from[at % from.length] as One)
    const mostly = (usual: string, ...others: string[]) => fc.constantFrom(...Array<string>(9).fill(usual), ...others)
    const rowOf = fc.record({
      whose: fc.nat(),
      other: fc.nat(),
      id: pick(doubtful.id),
      name: pick(doubtful.name),
      place: pick(doubtful.place),
      phone: mostly('', '15400000003', '154-0000-0011', '无'),
      group: mostly('', '1组', '2组', '第三组'),
      address: mostly('', '县城', '第1镇荷坪2村3组'),
      note: mostly('县人民医院', '统计', '姓名', '3', '乡镇', '', ' '),
      money: mostly('12.50', '1234.00', '', '约20'),
    })
    const lists = fc.record({
      rows: fc.array(rowOf, { minLength: 3, maxLength: 40 }),
      columns: fc.subarray(['phone', 'group', 'address', 'note', 'serial', 'township'] as const),
      encoding: fc.constantFrom('utf-8', 'gb18030'),
    })
    await fc.assert(
      fc.asyncProperty(lists, async ({ rows, columns, encoding }) => {
        const has = (column: (typeof columns)[number]) => columns.includes(column)
        const lines = [['serial', 'name', 'id', 'township', 'village', 'group', 'address', 'phone', 'note', 'paid', 'day'] as const]
          .map((keys) => keys.filter((key) => key in doubtfulHeads && (!(key in optional) || has(key as 'phone'))))
          .map((keys) => keys.map((key) => doubtfulHeads[key]).join(','))
        rows.forEach((row, at) => {
          const person = sample[row.whose % sample.length] as (typeof sample)[number]
          const other = sample[row.other % sample.length] as (typeof sample)[number]
          const [township, village] = row.place(person.place, other.place)
          const cells = [row.name(person.name, other.name), row.id(person.id)]
          if (has('serial')) cells.unshift(String(at + 1))
          if (has('township')) cells.push(township)
          cells.push(village)
          for (const column of ['group', 'address', 'phone', 'note'] as const) if (has(column)) cells.push(row[column])
          lines.push([...cells, row.money, '2026-01-28'].join(','))
        })
        const write = (text: string): string => {
          const path = join(folder, 'doubtful.csv')
          writeFileSync(path, encoding === 'gb18030' ? gb(text) : text)
          return path
        }
        // No row with a quoted cell is the kernel's.
        const asText = await read(write(lines.join('\n').replaceAll('2026-01-28', '"2026-01-28"')), scanText)
        expect(await read(write(lines.join('\n')), scanText)).toEqual(asText)
      }),
      { numRuns: rounds(100, 400) },
    )
  })

  it('knows a row again by its rest, whether the kernel took it or not', async () => {
    const [person] = sample as [(typeof sample)[number]]
    const rest = `${townshipOf(person.place)},${villageOf(person.place)},县人民医院,12.50,2026-01-28`
    const lines = ['序号,姓名,身份证号,乡镇,村,就诊医院,本年累计个人自付,统计截止日期', `1,${person.name},${person.id},${rest}`]
    lines.push(
      `2,${person.name},${person.id},${rest}`,
      `3,${person.name},${person.id}44,${rest}`,
      `4,${person.name},${person.id},${rest.replace('12', '13')}`,
    )
    const path = join(folder, 'again.csv')
    writeFileSync(path, lines.join('\n'))
    const tally = makeTally()
    await scanText(await openSheetFile({ path }), 0, {
      matcher,
      keysOf: () => keys,
      know: (block) => recogniseSheet({ block, fileName: '' }),
      tallyOf: () => tally,
      onRows: () => undefined,
    })
    const rests = [0, 1, 2, 3].map((row) => tally.matchedRest.cells.slice(row * 2, row * 2 + 2).join(' '))
    expect(rests[1]).toBe(rests[0])
    expect(rests[2]).toBe(rests[0])
    expect(rests[3]).not.toBe(rests[0])
  })

  it('leaves the same when two readers share a large list, wherever it is cut', async () => {
    const random = makeRandom(7)
    const line = (at: number) => {
      const person = sample[random(sample.length)] as (typeof sample)[number]
      const note = random(40) === 0 ? '"说明\n有换行"' : '无'
      return `${at},${person.name},${random(3) === 0 ? person.id : '990371195001010013'},2026-01-0${1 + random(8)},失业,${random(9000)}.50,${note}`
    }
    const lines = [
      '序号,姓名,公民身份号码,失业日期,当前状态,拖欠工资（元）,备注',
      ...Array.from({ length: 90_000 }, (_, at) => line(at + 1)),
    ]
    const path = join(folder, 'large.csv')
    writeFileSync(path, lines.join('\n'))
    const alone = await read(path, readRows)
    await openSecondLane(index, fullSoundTables())
    const together = await read(path, scanText)
    expect(alone.matched.length).toBeGreaterThan(20_000)
    expect(together).toEqual(alone)
  })

  it('leaves the same when the list has far more rows than its beginning tells', async () => {
    const long = '说明'.repeat(90)
    const line = (at: number) => `${at},${sample[at % sample.length]?.name},990371195001010013,2026-01-05,失业,9.50,${at < 250 ? long : ''}`
    const lines = ['序号,姓名,公民身份号码,失业日期,当前状态,拖欠工资（元）,备注', ...Array.from({ length: 100_000 }, (_, at) => line(at))]
    const path = join(folder, 'longer.csv')
    writeFileSync(path, lines.join('\n'))
    const alone = await read(path, readRows)
    await openSecondLane(index, fullSoundTables())
    expect(await read(path, scanText)).toEqual(alone)
    expect(alone.lines).toHaveLength(100_000)
  })
})
