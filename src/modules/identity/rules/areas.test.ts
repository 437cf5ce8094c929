import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Area, AreaRow } from '../contract.ts'
import { levelOfCode, tidyCode } from './area-codes.ts'
import { groupKey, makeAreaNames, townshipKey, villageKey } from './area-names.ts'
import { readAreaSheet } from './area-sheet.ts'
import { planAreaList } from './plan-area-list.ts'
import { planPlaces } from './plan-area-places.ts'

const upper = (code: string, name: string, parentPath: string, level: Area['level']): Area => ({
  path: `${parentPath}${code}.`,
  parentPath,
  level,
  code,
  officialCode: code,
  name,
})
const county = upper('990301', '青禾县', '99.9903.', 'county')
const founded: Area[] = [upper('99', '云泽省', '', 'province'), upper('9903', '9903', '99.', 'prefecture'), county]
const list: AreaRow[] = [
  { code: '990301101', name: '菱塘镇' },
  { code: '990301101201', name: '柳湾村' },
  { code: '99030110120107', name: '七组' },
  { code: '990301201', name: '汀溪瑶族乡' },
  { code: '990301201201', name: '柳湾村' },
]
/** The areas after a plan was carried out. */
const after = (known: Area[], plan: ReturnType<typeof planAreaList>): Area[] => [
  ...known.map((area) => {
    const change = plan.changes.find((one) => one.area.path === area.path)
    return change === undefined
      ? area
      : { ...area, name: change.name, ...(change.officialCode ? { officialCode: change.officialCode } : {}) }
  }),
  ...plan.inserts,
]

describe('a code', () => {
  it('says its level, padded or not', () => {
    const levels = [
      '99',
      '990000',
      '9903',
      '990300',
      '990301',
      '990301000000',
      '990301101',
      '990301101000',
      '990301101201',
      '99030110120107',
    ]
    expect(levels.map(levelOfCode)).toEqual([
      'province',
      'province',
      'prefecture',
      'prefecture',
      'county',
      'county',
      'township',
      'township',
      'village',
      'group',
    ]) // prettier-ignore
    expect(levelOfCode('9903011')).toBeUndefined()
    expect(tidyCode('990301101000', 'township')).toBe('990301101')
    expect(tidyCode('990301101201', 'township')).toBeUndefined()
  })
})

describe('an area list', () => {
  it('makes new areas with the paths of their codes', () => {
    const plan = planAreaList(founded, list, '990301')
    expect(plan.counts).toEqual({ same: 0, new: 5, renamed: 0, recoded: 0, missing: 0, refused: 0 })
    expect(plan.inserts.map((area) => area.path)).toContain('99.9903.990301.990301101.990301101201.07.')
  })

  it('changes nothing the second time, in whatever order the rows stand', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(list, { minLength: list.length }), (rows) => {
        const first = planAreaList(founded, rows, '990301')
        const second = planAreaList(after(founded, first), rows, '990301')
        expect(second.counts).toEqual({ same: 5, new: 0, renamed: 0, recoded: 0, missing: 0, refused: 0 })
      }),
      { numRuns: 30 },
    )
  })

  it('shows renamed and missing areas and names the county above', () => {
    const known = after(founded, planAreaList(founded, list, '990301'))
    const rows = [{ code: '990301000000', name: '新禾县' }, ...list.slice(0, 1), { code: '990301101201', name: '柳新村' }]
    const plan = planAreaList(known, rows, '990301')
    expect(plan.counts).toMatchObject({ same: 1, renamed: 2, missing: 2, refused: 0 })
    expect(plan.differences).toContainEqual({ kind: 'renamed', level: 'village', code: '990301101201', name: '柳新村', before: '柳湾村' })
    expect(plan.differences.filter((one) => one.kind === 'missing').map((one) => one.code)).toEqual(['990301201', '990301201201'])
  })

  it('refuses rows with their number and reason', () => {
    const rows = [
      { code: '990401101', name: '别县镇' },
      { code: '990301301201', name: '无镇村' },
      { code: '12', name: '别的省' },
      { code: '990301101', name: ' ' },
      { code: '99030', name: '短码' },
      { code: '990301101', name: '菱塘镇' },
      { code: '990301101', name: '菱塘镇' },
      { code: '99O301101', name: '字母码', level: '乡镇' },
    ]
    const refused = planAreaList(founded, rows, '990301').differences.filter((one) => one.kind === 'refused')
    expect(Object.fromEntries(refused.map((one) => [one.row, one.reason]))).toEqual({
      1: 'other-county',
      2: 'unknown-parent',
      3: 'other-county',
      4: 'no-name',
      5: 'unknown-level',
      7: 'twice',
      8: 'bad-code',
    })
  })

  it('gives official codes to areas that were made from exports', () => {
    const built = planPlaces(founded, [{ township: '菱塘镇', village: '柳湾村', group: '7组' }], county)
    const known = [...founded, ...built.inserts]
    const plan = planAreaList(known, list.slice(0, 3), '990301')
    expect(plan.counts).toMatchObject({ new: 0, refused: 0, recoded: 2, renamed: 1 })
    expect(after(known, plan).map((area) => area.path)).toEqual(known.map((area) => area.path))
  })
})

describe('places of exports', () => {
  const places = [
    { township: '菱塘镇', village: '柳湾村', villageCode: '990301101201', group: '第七村民小组' },
    { township: '菱塘镇', village: '柳湾村', villageCode: '990301101202', group: '7组' },
    { township: '菱塘镇', village: '柳湾村', villageCode: '990301101201', group: '竹山组' },
    { township: '汀溪乡', village: '柳湾村', group: '' },
  ]

  it('become areas once, by the code most rows agree on, else by codes of our own', () => {
    const plan = planPlaces(founded, places, county)
    expect(plan.inserts.map(({ level, code, name, isOwnCode }) => [level, code, name, isOwnCode])).toEqual([
      ['township', '990301101', '菱塘镇', false],
      ['village', '990301101201', '柳湾村', false],
      ['group', '99030110120107', '7组', true],
      ['group', '99030110120101', '竹山组', true],
      ['township', '990301999', '汀溪乡', true],
      ['village', '990301999999', '柳湾村', true],
    ])
    expect(planPlaces([...founded, ...plan.inserts], places, county).inserts).toEqual([])
  })

  it('keep to the names already known', () => {
    const known = after(founded, planAreaList(founded, list, '990301'))
    const plan = planPlaces(known, [{ township: '汀溪乡', village: '柳湾', group: '07' }], county)
    expect(plan.inserts.map((area) => area.path)).toEqual(['99.9903.990301.990301201.990301201201.07.'])
  })

  it('are refused where they belong to another county or to no township', () => {
    const plan = planPlaces(
      founded,
      [
        { township: '别镇', village: '别村', villageCode: '990401101201', group: '' },
        { township: '', village: '孤村', group: '' },
      ],
      county,
    )
    expect(plan.inserts).toEqual([])
    expect(new Set(plan.differences.map((one) => one.reason))).toEqual(new Set(['other-county', 'unknown-parent']))
  })
})

describe('names', () => {
  it('are one key in all their spellings', () => {
    expect(['7组', '第七组', '七村民小组', '０７', '第7 组'].map(groupKey)).toEqual(Array.from({ length: 5 }, () => '#7'))
    expect(['十二组', '12组'].map(groupKey)).toEqual(['#12', '#12'])
    expect([groupKey('竹山组'), groupKey('十里铺组')]).toEqual(['竹山', '十里铺'])
    expect(['汀溪瑶族乡', '汀溪乡', '汀溪镇', '汀溪街道办事处', '汀溪街道'].map(townshipKey)).toEqual(
      Array.from({ length: 5 }, () => '汀溪'),
    )
    expect(['柳湾村', '柳湾社区', '柳湾村委会', '柳湾村民委员会', '柳湾'].map(villageKey)).toEqual(Array.from({ length: 5 }, () => '柳湾'))
    expect([townshipKey('镇'), villageKey('村')]).toEqual(['镇', '村'])
  })

  it('find areas; the township decides between villages of one name', () => {
    const names = makeAreaNames(after(founded, planAreaList(founded, list, '990301')))
    expect(names.findVillages('柳湾')).toHaveLength(2)
    expect(names.findVillages('柳湾村', '汀溪乡').map((area) => area.code)).toEqual(['990301201201'])
    expect(names.findVillages('柳湾村', '无名镇')).toEqual([])
    expect(names.findVillageByCode('990301101201')?.name).toBe('柳湾村')
    expect(names.findVillageByCode('990301101000')).toBeUndefined()
    expect(names.findGroup('99.9903.990301.990301101.990301101201.', '7组')?.name).toBe('七组')
  })
})

describe('a sheet of areas', () => {
  it('is read one area per row or one village per row, below a title', () => {
    expect(readAreaSheet([['区划表'], ['区划代码', '名称', '上级代码'], ['990301101', '菱塘镇', '990301'], ['', '', '']])).toEqual([
      { code: '990301101', name: '菱塘镇', parentCode: '990301' },
    ])
    expect(
      readAreaSheet([
        ['乡镇', '村编码', '行政村'],
        ['菱塘镇', '990301101201', '柳湾村'],
        ['菱塘镇', '990301101202', '荷坪村'],
      ]),
    ).toEqual([
      { code: '990301101', name: '菱塘镇', level: 'township' },
      { code: '990301101201', name: '柳湾村', level: 'village', parentCode: '990301101' },
      { code: '990301101202', name: '荷坪村', level: 'village', parentCode: '990301101' },
    ])
    expect(readAreaSheet([['姓名', '电话']])).toBeUndefined()
  })
})
