import { describe, expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import type { FactRecord } from './register-records.ts'
import { suggestStay, suggestValue, type RowStanding } from './survivorship.ts'

// Region 990391 was never assigned.
const right = `99039119700115123${checkCharacterOf('99039119700115123') ?? ''}`
const wrong = `${right.slice(0, 9)}${(Number(right[9]) + 1) % 10}${right.slice(10)}`
const row = (given: Partial<RowStanding>): RowStanding => ({ idNumber: right, facts: 5, isHead: false, isRegistered: false, ...given })

describe('of two rows', () => {
  it.each([
    ['the one with the right number', row({ idNumber: wrong, facts: 9, isHead: true }), row({})],
    ['the one of a registered household', row({ isHead: true }), row({ isRegistered: true })],
    ['the head', row({ facts: 9 }), row({ isHead: true })],
    ['the one that says more', row({}), row({ facts: 6 })],
  ])('%s should stay', (_, leaves, stays) => {
    expect(suggestStay(leaves, stays)).toBe(1)
    expect(suggestStay(stays, leaves)).toBe(0)
  })

  it('the first stays when nothing tells them apart', () => expect(suggestStay(row({}), row({}))).toBe(0))
})

describe('of two values', () => {
  const fact = (value: string | undefined, source?: FactRecord['source']): FactRecord => ({
    key: 'address',
    value,
    ...(source === undefined ? {} : { source }),
  })
  const from = (kind: 'register' | 'work' | 'correction', on: string) => ({ from: kind, id: 'x', on })
  it.each([
    ['leaves', 'only-one', undefined, fact('新街')],
    ['stays', 'only-one', fact('新街'), undefined],
    ['leaves', 'corrected', fact('旧街', from('register', '2026-10-01')), fact('新街', from('correction', ''))],
    ['leaves', 'newer', fact('旧街', from('register', '2026-10-01')), fact('新街', from('work', '2026-11-01'))],
    ['stays', 'stays', fact('旧街', from('register', '2026-10-01')), fact('新街', from('work', '2026-10-01'))],
  ] as const)('%s: %s', (suggested, why, stays, leaves) => expect(suggestValue(stays, leaves)).toEqual({ suggested, why }))

  it('a right number survives a wrong one', () =>
    expect(suggestValue(fact('a'), fact('b'), { stays: wrong, leaves: right })).toEqual({ suggested: 'leaves', why: 'right-number' }))
})
