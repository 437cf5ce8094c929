import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { buildIndex } from '../rules/build-index.ts'
import { idAt, textAt } from '../rules/register-layout.ts'
import { makeSoundTables } from '../rules/sounds.ts'
import { dropOtherIndexes, noteInUse, pathOfIndex, readIndexFile, writeIndexFile } from './index-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'bangfu-index-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const key = Buffer.alloc(32, 5)
const personId = '01900000-0000-7000-8000-00000000000a'
const householdId = '01900000-0000-7000-8000-0000000000ff'

function written(name: string): string {
  const builder = buildIndex((text) => text.length)
  builder.add({
    personId,
    idNumber: '990391195001100016',
    name: '张玮芳',
    phones: [],
    isHead: true,
    seqNo: 1,
    monthlyIncome: undefined,
    householdId,
    householdNo: '7',
    registered: true,
    monitored: false,
    place: { township: '菱塘镇', village: '柳湾村', group: '1组', areaPath: '99.' },
  })
  const path = join(folder, name)
  writeIndexFile(path, { index: builder.finish(), sounds: makeSoundTables() }, key)
  return path
}

/** The same file with one bit changed at this byte, counted from its end when below zero. */
function spoilt(path: string, place: number): string {
  const bytes = readFileSync(path)
  const at = place < 0 ? bytes.length + place : place
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(`${path}.spoilt`, bytes)
  return `${path}.spoilt`
}

describe('the file of a register index', () => {
  it('gives back what was written, the ids when they are asked for', () => {
    const { index, readIds } = readIndexFile(written('whole'), key)
    expect([index.persons, textAt(index, index.nameAt[0] ?? 0)]).toEqual([1, '张玮芳'])
    expect(() => idAt(index.personIds, 0)).toThrow('were not read')
    readIds()
    readIds()
    expect([idAt(index.personIds, 0), idAt(index.householdIds, 0)]).toEqual([personId, householdId])
  })

  it('is refused when a bit of it was changed, in what is matched and in the ids, and when the key is another', () => {
    const path = written('changed')
    const { readIds } = readIndexFile(spoilt(path, -20), key)
    expect(readIds).toThrow()
    expect(() => readIndexFile(spoilt(path, 5000), key)).toThrow()
    expect(() => readIndexFile(path, Buffer.alloc(32, 6))).toThrow()
  })

  it('stays while a comparison may be reading it, though the register has moved on', () => {
    mkdirSync(join(folder, 'register-index'))
    const [old, used, today] = ['1', '2', '3'].map((revision) => pathOfIndex(folder, '990301', revision))
    for (const path of [old, used, today]) {
      writeFileSync(path ?? '', '')
      utimesSync(path ?? '', 0, 0)
    }
    noteInUse(used ?? '')
    dropOtherIndexes(folder, '990301', today ?? '')
    expect([old, used, today].map((path) => existsSync(path ?? ''))).toEqual([false, true, true])
  })
})
