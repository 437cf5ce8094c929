import { expect, it } from 'vitest'
import type { NationalStatements } from './national-statement.ts'
import { comparePlace, compareWhole, type NationalStanding } from './national-households.ts'

const said = (cells: Record<string, string>, on = '2023-10-01', isHeld = true) => ({ on, isHeld, cells })
const open: NationalStanding = { isClosed: false, notInRegisterOn: undefined, begunOf: undefined }

const wholes: [title: string, statements: NationalStatements, standing: NationalStanding, outcome: string][] = [
  ['that both have', { monitoring: said({}) }, open, ''],
  ['that we have and their newest list has not', { monitoring: said({}, '2023-10-01', false) }, open, 'add-household only-ours'],
  ['that another full list of the day has', { monitoring: said({}, '2023-10-01', false), building: said({}) }, open, ''],
  ['that an older list still had', { monitoring: said({}), building: said({}, '2023-11-01', false) }, open, 'add-household only-ours'],
  ['that was closed here', { monitoring: said({}) }, { ...open, isClosed: true }, 'remove-household closed'],
  ['that neither has any more', { monitoring: said({}, '2023-10-01', false) }, { ...open, isClosed: true }, ''],
  ['that no register file holds', { monitoring: said({}) }, { ...open, notInRegisterOn: '2023-10-01' }, 'remove-household only-system'],
  ['that an older register cannot know', { monitoring: said({}) }, { ...open, notInRegisterOn: '2023-09-01' }, ''],
  ['that a split made', {}, { ...open, begunOf: { kind: 'monitoring', on: '2023-10-01' } }, 'add-household begun'],
  ['of which only the work export speaks', { work: said({}) }, open, ''],
]

it.each(wholes)('a household %s', (_title, statements, standing, outcome) => {
  const found = compareWhole(statements, standing)
  expect(found === undefined ? '' : `${found.action} ${found.why}`).toBe(outcome)
})

const here = { township: '菱塘镇', village: '柳湾村', group: '3组', code: '990301101203', decided: undefined }
const decided = { ...here, decided: { from: 'correction', id: 'e1' } } as const
const cells = { township: '菱塘镇', village: '柳湾村', villageGroup: '3组', regionCode: '990301101203' }

const places: [title: string, cells: Record<string, string>, ours: typeof here | typeof decided, outcome: string][] = [
  ['the same', cells, here, ''],
  ['the same by another name of its kind', { ...cells, township: '菱塘', village: '柳湾村委会' }, here, ''],
  ['full width and blanks', { ...cells, village: '柳湾　村' }, here, ''],
  ['another village', { ...cells, village: '荷坪村' }, here, 'other-source 菱塘镇 荷坪村 3组→菱塘镇 柳湾村 3组'],
  ['another group, which files write in many ways', { ...cells, villageGroup: '五组' }, here, ''],
  [
    'another group, when the place was decided here',
    { ...cells, villageGroup: '五组' },
    decided,
    'corrected 菱塘镇 柳湾村 五组→菱塘镇 柳湾村 3组',
  ],
  ['another code', { ...cells, regionCode: '990301101204' }, here, 'other-source 菱塘镇 柳湾村 990301101204→菱塘镇 柳湾村 990301101203'],
  ['no place', { ...cells, village: '' }, here, ''],
  ['a place that nobody could read', { ...cells, village: '?' }, here, ''],
  ['no column for places', { fuelType: '电' }, here, ''],
]

it.each(places)('a place: %s', (_title, stated, ours, outcome) => {
  const found = comparePlace({ monitoring: said(stated) }, ours)
  expect(found === undefined ? '' : `${found.why} ${found.system}→${found.ours}`).toBe(outcome)
})
