import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkCharacterOf,
  maskIdNumber,
  maskPhone,
  readIdNumber,
  tidyIdNumber,
  tidyLabel,
  tidyName,
  tidyPhone,
  widenIdNumber,
} from './index.ts'
import { soundOfName } from './pinyin.ts'

// Region 990301 was never assigned.
const number = `99030119680101004${checkCharacterOf('99030119680101004') ?? ''}`

describe('an identity number', () => {
  it('is read when form, birth date and check character are right', () => {
    expect(readIdNumber(number)).toEqual({ region: '990301', bornOn: '1968-01-01', sex: 'female' })
    expect(readIdNumber('990301196813010040')).toBeUndefined()
  })

  it('shows every single wrong digit and every exchange of neighbours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const wrong = number.slice(0, at) + String((Number(number[at]) + shift) % 10) + number.slice(at + 1)
        expect(readIdNumber(wrong)).toBeUndefined()
      }),
    )
    for (let at = 0; at < 16; at += 1) {
      const exchanged = number.slice(0, at) + (number[at + 1] ?? '') + (number[at] ?? '') + number.slice(at + 2)
      if (exchanged !== number) expect(readIdNumber(exchanged)).toBeUndefined()
    }
  })

  it('widens from 15 digits', () => expect(widenIdNumber(number.slice(0, 6) + number.slice(8, 17))).toBe(number))

  it('is masked to its first six and last four', () => {
    expect(maskIdNumber('990301196801010040')).toBe('990301********0040')
    expect(maskPhone('15400000241')).toBe('154****0241')
    expect(maskIdNumber('12')).toBe('**')
    expect(maskPhone('😀😀😀😀😀😀😀😀')).toBe('😀😀😀*😀😀😀😀')
  })
})

describe('typography', () => {
  it.each([
    ['４３０５９５２００３０８３０４５５４', '430595200308304554'],
    ["'430595197603054258", '430595197603054258'],
    ['430595 20151020 305x', '43059520151020305X'],
  ])('of the number %s is put aside', (cell, expected) => expect(tidyIdNumber(cell)).toBe(expected))

  it('of labels, names and telephones is put aside', () => {
    expect(tidyLabel(' 证件号码（必填）*\n')).toBe('证件号码(必填)')
    expect(tidyName('阿卜杜•热 西提')).toBe('阿卜杜·热西提')
    expect(tidyPhone('+86 154-0000-0241')).toBe('15400000241')
  })
})

describe('the sound of a name', () => {
  it.each([
    ['曾国强', 'zengguoqiang', 'zgq'],
    ['单小燕', 'shanxiaoyan', 'sxy'],
    ['欧阳菊', 'ouyangju', 'oyj'],
    ['劉大鵬', 'liudapeng', 'ldp'],
  ])('of %s is %s', (name, full, initials) => expect(soundOfName(name)).toEqual({ full, initials }))
})
