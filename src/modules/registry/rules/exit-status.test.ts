import { describe, expect, it } from 'vitest'
import { judgeExit } from './exit-status.ts'
import { givenNameOf } from './given-name.ts'
import { balanceTotals, type TotalsCount } from './totals.ts'

describe('exit from poverty', () => {
  it.each([
    ['脱贫户', undefined, true, 'exited'],
    ['脱贫户（享受政策）', '已脱贫（享受政策）', true, 'exited'],
    ['脱贫户', '返贫', true, 'not-exited'],
    ['未脱贫户', undefined, true, 'not-exited'],
    ['一般农户', undefined, false, undefined],
    [undefined, undefined, false, undefined],
  ])('is judged by type %s and status %s', (type, status, registered, exitStatus) => {
    expect(judgeExit(type, status)).toEqual({ registered, exitStatus })
  })
})

describe('totals', () => {
  const count: TotalsCount = {
    township: '菱塘镇',
    households: 10,
    persons: 30,
    registeredHouseholds: 4,
    registeredPersons: 12,
    exitedHouseholds: 3,
    exitedPersons: 9,
    notExitedHouseholds: 1,
    notExitedPersons: 3,
  }
  it('balance when registered is exited and not exited together', () => {
    expect(balanceTotals([count, { ...count, township: '汀溪乡' }])).toMatchObject({
      balances: true,
      sum: { households: 20, registeredPersons: 24 },
    })
  })
  it('do not balance when one township does not, even if another makes up for it', () => {
    const [less, more] = [
      { ...count, exitedPersons: 8 },
      { ...count, exitedPersons: 10 },
    ]
    expect(balanceTotals([less, more])).toMatchObject({ balances: false, sum: { balances: true } })
  })
})

describe('given names', () => {
  it.each([
    ['单明', '明'],
    ['欧阳明', '明'],
    ['欧阳', '阳'],
    ['阿依古丽·买买提', '阿依古丽'],
    ['明', '明'],
  ])('of %s is %s', (name, given) => {
    expect(givenNameOf(name)).toBe(given)
  })
})
