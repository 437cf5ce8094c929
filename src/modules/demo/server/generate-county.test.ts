import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { read } from 'hucre'
import { beforeAll, describe, expect, it } from 'vitest'
import { generateCounty, type GenerateReceipt } from './index.ts'

// A naive reader, written apart from the generator: it knows no layout, it only looks into cells.
type Row = Record<string, string>
type Cells = string[]

const root = mkdtempSync(join(tmpdir(), 'demo-county-'))
const make = (name: string, seed: number): Promise<GenerateReceipt> =>
  generateCounty({ households: 700, seed, out: join(root, name), months: 3, startMonth: '202511', listDensity: 3 })

const decode = (bytes: Uint8Array): string => {
  const encoding = bytes[0] === 0xff ? 'utf-16le' : undefined
  if (encoding !== undefined) return new TextDecoder(encoding).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const splitLine = (line: string, delimiter: string): Cells => {
  const cells: Cells = []
  const pattern = new RegExp(`(?:^|${delimiter})(?:"((?:[^"]|"")*)"|([^${delimiter}]*))`, 'g')
  for (const match of line.matchAll(pattern)) cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
  return cells
}

const readText = (path: string): Cells[] => {
  const lines = decode(readFileSync(path)).split(/\r?\n/).slice(0, -1)
  const delimiter = (lines[3] ?? lines[0] ?? '').includes('\t') ? '\t' : ','
  return lines.map((line) => splitLine(line, delimiter))
}

const readTable = (path: string): Row[] => {
  const [header = [], ...rows] = readText(path)
  return rows.map((cells) => Object.fromEntries(header.map((label, at) => [label, cells[at] ?? ''])))
}

const readBook = async (path: string): Promise<Map<string, Cells[]>> => {
  if (/\.(csv|txt)$/.test(path)) return new Map([['', readText(path)]])
  const workbook = await read(readFileSync(path))
  return new Map(
    workbook.sheets.map((sheet) => [sheet.name, sheet.rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))]),
  )
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )
const hashes = (name: string): string[] =>
  filesBelow(join(root, name))
    .map((path) => `${path.slice(join(root, name).length)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`)
    .sort()

const plain = (cell: string): string => cell.normalize('NFKC').replace(/[\s']/g, '').toUpperCase()

let receipt: GenerateReceipt
let matches: Row[]
let register: Map<string, Row>
let cellsOf: (row: Row) => Cells
let cellsAbove: (path: string) => Cells
let headerOf: (path: string) => Cells

beforeAll(async () => {
  receipt = await make('a', 7)
  await make('again', 7)
  await make('other', 8)
  matches = readTable(join(root, 'a/truth/matches.csv'))
  register = new Map(readTable(join(root, 'a/registry/农户信息.csv')).map((row) => [row['身份证号'] ?? '', row]))
  const books = new Map<string, Map<string, Cells[]>>()
  for (const path of filesBelow(join(root, 'a/departments')))
    books.set(path.slice(join(root, 'a/departments/').length), await readBook(path))
  const isHeader = (cells: Cells): boolean => cells.filter((cell) => cell !== '').length > 3 && !cells.some((cell) => /\d/.test(cell))
  const headers = (path: string): Cells[] => [...(books.get(path)?.values() ?? [])].flatMap((rows) => rows.slice(0, 8)).filter(isHeader)
  cellsAbove = (path) => headers(path).flat()
  headerOf = (path) =>
    headers(path).reduce<Cells>((joined, cells) => cells.map((cell, at) => (cell === '' ? (joined[at] ?? '') : cell)), [])
  cellsOf = (row) => books.get(`${row.month}/${row.file}`)?.get(row.sheet ?? '')?.[Number(row.row) - 1] ?? []
}, 60_000)

describe('the same seed', () => {
  it('writes the same bytes', () => {
    expect(hashes('a')).toEqual(hashes('again'))
  })

  it('is not the only county: another seed has other people and other layouts', () => {
    const headers = (name: string): string[] =>
      filesBelow(join(root, name, 'departments/202511')).map((path) => path.split('/').pop() ?? '')
    expect(headers('other')).not.toEqual(headers('a'))
    const same = hashes('other').filter((line) => hashes('a').includes(line) && !line.startsWith('/thresholds.json'))
    expect(same).toEqual([])
  })
})

describe('the register and the exports', () => {
  it('count what the receipt says', () => {
    expect(register.size).toBe(receipt.persons)
    expect(new Set([...register.values()].map((row) => row['户编号'])).size).toBe(700)
    expect(receipt.months).toEqual(['202511', '202512', '202601'])
    expect(receipt.files.map((file) => file.path)).toHaveLength(filesBelow(join(root, 'a')).length)
  })

  it('name only the invented county', () => {
    for (const row of register.values()) {
      expect(row['户编号']).toMatch(/^990301/)
      expect(row['身份证号']).toMatch(/^9903/)
    }
  })

  it('hold title, time, 141 labels and one text row per person of 脱贫户 and monitored households', async () => {
    const sheet = (await readBook(join(root, 'a/national/（自定义）监测对象信息.xlsx'))).get('Sheet1') ?? []
    const wanted = [...register.values()].filter((row) => row['户类型'] === '脱贫户' || row['监测对象类别'] !== '')
    expect(sheet[2]).toHaveLength(141)
    expect(sheet).toHaveLength(wanted.length + 3)
    const at = sheet[2]?.indexOf('人编号') ?? -1
    expect(sheet.slice(3).map((cells) => cells[at])).toEqual(wanted.map((row) => row['人编号']))
  })
})

describe('matches.csv', () => {
  it('has twelve lists a month and points at rows that exist', () => {
    expect(new Set(matches.map((row) => `${row.month} ${row.file}`)).size).toBe(36)
    expect(matches.filter((row) => cellsOf(row).length === 0)).toEqual([])
  })

  it('calls exact precisely the rows that hold a registered number beside that person’s name', () => {
    for (const row of matches) {
      const cells = cellsOf(row)
      const person = cells.map((cell) => register.get(cell)).find((found) => found !== undefined)
      // Under the head's number stands a member; the head's own name can be there too, as the pupil's guardian.
      const beside = person !== undefined && row.id_dirt !== 'head_id' && cells.includes(person['姓名'] ?? '')
      if (beside) expect([row.class, row.person_id]).toEqual(['exact', person['身份证号']])
      if (row.class === 'exact' && row.name_dirt === '') expect(beside).toBe(true)
    }
  })

  it('calls normalised precisely the rows where only typography hides the number', () => {
    for (const row of matches) {
      const cells = cellsOf(row)
      const hidden = cells.map((cell) => (register.has(cell) ? undefined : register.get(plain(cell).slice(0, 18))))
      const person = hidden.find((found) => found !== undefined && cells.includes(found['姓名'] ?? ''))
      if (person !== undefined) expect([row.class, row.person_id]).toEqual(['normalised', person['身份证号']])
      if (row.class === 'normalised' && row.name_dirt === '') expect(person?.['身份证号']).toBe(row.person_id)
    }
  })

  it('knows every class and kind of dirt, and leaves rows without a person empty', () => {
    expect(new Set(matches.map((row) => row.class))).toEqual(new Set(['exact', 'normalised', 'repaired', 'fuzzy', 'ambiguous', 'none']))
    for (const row of matches) expect(row.person_id === '').toBe(row.class === 'ambiguous' || row.class === 'none')
    expect(receipt.matches.exact).toBe(matches.filter((row) => row.class === 'exact').length)
    const dirt = new Set(matches.map((row) => row.id_dirt))
    const kinds =
      'full_width,spaces,apostrophe,lower_x,old15,wrong_digit,transposed,triple_zero,number_cell,scientific,missing,head_id,placeholder,certificate,no_column'
    expect(kinds.split(',').filter((kind) => !dirt.has(kind))).toEqual([])
  })
})

describe('leads and delta', () => {
  it('expect a lead for each matched person who dropped out of school, and for nobody else', () => {
    const states = ['在校', '休学', '送教上门', '辍学']
    const found = matches.filter(
      (row) => row.person_id !== '' && cellsOf(row).includes('辍学') && cellsOf(row).some((cell) => states.includes(cell)),
    )
    const leads = readTable(join(root, 'a/truth/leads.csv')).filter((row) => row.rule === 'L04' && row.expected === '1')
    expect(leads.map((row) => `${row.month} ${row.person_id}`).sort()).toEqual(
      [...new Set(found.map((row) => `${row.month} ${row.person_id}`))].sort(),
    )
  })

  it('sum what the matched members of a household paid themselves, identical rows once', () => {
    const isBill = (file: string): boolean => cellsAbove(file).some((cell) => /统筹/.test(cell))
    const sums = new Map<string, number>()
    const seen = new Set<string>()
    for (const row of matches.filter((match) => match.person_id !== '' && isBill(`${match.month}/${match.file}`))) {
      const cells = cellsOf(row)
      const above = headerOf(`${row.month}/${row.file}`)
      const text = `${row.month} ${cells.filter((_, at) => !/序号|编号/.test(above[at] ?? '')).join('|')}`
      if (seen.has(text)) continue
      seen.add(text)
      const own = Number(cells[above.findIndex((label) => /自付/.test(label))])
      const key = `${row.month} ${row.household_no}`
      sums.set(key, (sums.get(key) ?? 0) + Math.round(own * 100))
    }
    const leads = readTable(join(root, 'a/truth/leads.csv')).filter((row) => row.rule === 'L01')
    expect(new Map(leads.map((row) => [`${row.month} ${row.household_no}`, row.value]))).toEqual(
      new Map([...sums].map(([key, fen]) => [key, (fen / 100).toFixed(2)])),
    )
    const heads = new Map([...register.values()].map((row) => [row['户编号'], row]))
    for (const row of leads) {
      const head = heads.get(row.household_no)
      const limit = head?.['户类型'] === '脱贫户' || head?.['监测对象类别'] !== '' ? 5000 : 20_000
      expect(row.expected).toBe(Number(row.value) >= limit ? '1' : '0')
    }
  })

  it('merge to one line per month and household with as many reasons as rules', () => {
    const leads = readTable(join(root, 'a/truth/leads.csv')).filter((row) => row.expected === '1' && row.rule?.startsWith('L'))
    const merged = readTable(join(root, 'a/truth/leads_merged.csv'))
    expect(merged.map((row) => `${row.month} ${row.household_no}`)).toEqual(
      [...new Set(leads.map((row) => `${row.month} ${row.household_no}`))].sort(),
    )
    for (const row of merged) expect(row.rules?.split(';')).toHaveLength(Number(row.reasons))
  })

  it('find each natural key of the delta in the row it points at', () => {
    const files = [
      ['delta.csv', '202512'],
      ['delta-202601.csv', '202601'],
    ] as const
    for (const [file, month] of files) {
      const rows = readTable(join(root, 'a/truth', file)).filter(
        (row) => row.key_kind === 'natural' && row.list !== 'water' && row.state !== 'vanished',
      )
      expect(rows.length).toBeGreaterThan(20)
      for (const row of rows) {
        const place = { month, sheet: row[`sheet_${month}`] ?? '', row: row[`row_${month}`] ?? '' }
        const all = [...new Set(matches.filter((match) => match.month === month).map((match) => match.file ?? ''))]
        expect(all.some((name) => cellsOf({ ...place, file: name }).includes(row.key ?? ''))).toBe(true)
      }
    }
  })
})

it('refuses options out of range', async () => {
  await expect(generateCounty({ households: 0, seed: 1, out: root })).rejects.toThrow(RangeError)
  await expect(generateCounty({ households: 5, seed: 1, out: root, months: 99 })).rejects.toThrow(RangeError)
  await expect(generateCounty({ households: 5, seed: 1, out: root, startMonth: '2026-1' })).rejects.toThrow(RangeError)
})
