import { expect, it } from 'vitest'
import { compareNational, type NationalSubject } from './national-differences.ts'
import type { HeldSource, NationalStatements } from './national-statement.ts'

const register: HeldSource = { from: 'file', kind: 'register', on: '2023-10-01' }
const monitoring: HeldSource = { from: 'file', kind: 'monitoring', on: '2023-10-01' }
const correction: HeldSource = { from: 'correction', id: 'c1' }

function said(cells: Record<string, string>, on = '2023-10-01', isHeld = true) {
  return { on, isHeld, cells }
}

function household(statements: NationalStatements, field: string, text: string, source: HeldSource | undefined): NationalSubject {
  return { statements, held: (key) => (key === field ? { text, source } : { text: '', source: undefined }) }
}

const values: [title: string, subject: NationalSubject, outcome: string][] = [
  ['the same', household({ monitoring: said({ fuelType: '柴草' }) }, 'fuelType', '柴草', monitoring), ''],
  ['both empty', household({ monitoring: said({ fuelType: '' }) }, 'fuelType', '', undefined), ''],
  ['full width and blanks', household({ monitoring: said({ headName: '单 为民' }) }, 'headName', '单　为民', register), ''],
  ['dots of a long name', household({ monitoring: said({ headName: '阿依•古丽' }) }, 'headName', '阿依·古丽', register), ''],
  ['2.50 and 2.5', household({ monitoring: said({ cultivatedLandMu: '2.50' }) }, 'cultivatedLandMu', '2.5', register), ''],
  [
    '25 and 2.5',
    household({ monitoring: said({ cultivatedLandMu: '25' }) }, 'cultivatedLandMu', '2.5', register),
    'other-source middle 25→2.5',
  ],
  [
    'causes in another order',
    household({ monitoring: said({ otherPovertyCauses: '因病,因残' }) }, 'otherPovertyCauses', '因残,因病', register),
    '',
  ],
  ['the same number', household({ monitoring: said({ idNumber: '18 right 1970-01-15 女  AB' }) }, 'idNumber', 'AB', register), ''],
  [
    'a corrected number',
    household({ monitoring: said({ idNumber: '18 wrong    AB' }) }, 'idNumber', 'AC', correction),
    'corrected high 18 wrong    AB→AC',
  ],
  ['a correction', household({ monitoring: said({ fuelType: '柴草' }) }, 'fuelType', '电', correction), 'corrected middle 柴草→电'],
  ['a correction to nothing', household({ monitoring: said({ fuelType: '柴草' }) }, 'fuelType', '', correction), 'corrected middle 柴草→'],
  ['another source wins', household({ monitoring: said({ name: '甲' }) }, 'name', '乙', register), 'other-source high 甲→乙'],
  [
    'we know more',
    household({ monitoring: said({ householdPhone: '' }) }, 'householdPhone', 'mobile 0001 X', register),
    'only-ours low →mobile 0001 X',
  ],
  ['our value is later', household({ monitoring: said({ name: '甲' }, '2023-09-01') }, 'name', '乙', register), 'system-older high 甲→乙'],
  [
    'an older file of its own',
    household({ monitoring: said({ name: '甲' }, '2023-11-01') }, 'name', '乙', monitoring),
    'system-older high 甲→乙',
  ],
  ['only the system has it', household({ monitoring: said({ fuelType: '柴草' }) }, 'fuelType', '', undefined), 'only-system middle 柴草→'],
  ['unreadable, and we have nothing', household({ monitoring: said({ fuelType: '?烧火' }) }, 'fuelType', '', undefined), ''],
  [
    'unreadable, and we know',
    household({ monitoring: said({ fuelType: '?烧火' }) }, 'fuelType', '柴草', register),
    'other-source middle ?烧火→柴草',
  ],
  ['we could not read ours', household({ monitoring: said({ fuelType: '' }) }, 'fuelType', '?烧火', register), ''],
  ['a sealed cell', household({ monitoring: said({ headIdNumber: '*' }) }, 'headIdNumber', 'x', register), ''],
  ['a place', household({ monitoring: said({ village: '东村' }) }, 'village', '西村', register), ''],
  [
    'the newest export counts',
    household({ monitoring: said({ fuelType: '柴草' }), building: said({ fuelType: '电' }, '2023-11-01') }, 'fuelType', '电', monitoring),
    '',
  ],
  [
    'two exports of one day must both agree',
    household({ monitoring: said({ fuelType: '电' }), building: said({ fuelType: '柴草' }) }, 'fuelType', '电', monitoring),
    'other-source middle 柴草→电',
  ],
]

it.each(values)('%s', (_title, subject, outcome) => {
  const found = compareNational(subject).map((one) => `${one.why} ${one.severity} ${one.system}→${one.ours}`)
  expect(found.join(';')).toBe(outcome)
})

const member = {
  standing: 'member',
  joinedOn: undefined,
  notInRegisterOn: undefined,
  household: { monitoring: '2023-10-01' },
  householdNo: '2',
  formerNo: undefined,
  whole: undefined,
} as const
const nothingHeld = () => ({ text: '', source: undefined })
const there = { monitoring: said({}) }

const persons: [title: string, membership: NationalSubject['membership'], statements: NationalStatements, outcome: string][] = [
  ['a member of both', member, there, ''],
  ['a member only here', member, {}, 'add-person only-ours'],
  ['who joined after the export', { ...member, joinedOn: '2023-10-20' }, {}, 'add-person joined'],
  ['whom the newest export dropped', member, { monitoring: said({ name: '甲' }, '2023-10-01', false) }, 'add-person only-ours'],
  ['who left and is still there', { ...member, standing: 'left' }, { monitoring: said({ name: '甲' }) }, 'remove-person left'],
  ['who left both', { ...member, standing: 'left' }, { monitoring: said({}, '2023-10-01', false) }, ''],
  ['who was entered twice', { ...member, standing: 'merged' }, there, 'remove-person merged'],
  ['whom the register does not know', { ...member, notInRegisterOn: '2023-10-01' }, there, 'remove-person only-system'],
  ['whom an older register cannot know', { ...member, notInRegisterOn: '2023-09-01' }, there, ''],
  ['whose household the system does not list', { ...member, household: {} }, {}, ''],
  ['whom an event moved here', { ...member, formerNo: '1' }, there, 'move-person moved'],
  ['whom an event moved here, and a later export too', { ...member, formerNo: '2' }, there, ''],
  [
    'whom an event moved to a household that the system does not list',
    { ...member, household: {}, formerNo: '1' },
    there,
    'remove-person moved',
  ],
  [
    'who went with a household to be added',
    { ...member, household: {}, formerNo: '1', whole: 'add-household' },
    there,
    'move-person moved',
  ],
  ['of a household to be added', { ...member, whole: 'add-household' }, {}, ''],
  ['who left a household to be taken out', { ...member, standing: 'left', whole: 'remove-household' }, there, ''],
  ['of whom only the work export speaks', { ...member, household: {} }, { work: said({}) }, ''],
]

it.each(persons)('a person %s', (_title, membership, statements, outcome) => {
  const subject = { statements, held: nothingHeld, ...(membership === undefined ? {} : { membership }) }
  expect(
    compareNational(subject)
      .map((one) => `${one.action} ${one.why}`)
      .join(';'),
  ).toBe(outcome)
})
