import { describe, expect, it } from 'vitest'
import type { Entry } from './entry.ts'
import { deltaColumns, deltaLines, type WrittenList } from './truth.ts'

const columns = deltaColumns('202309', '202310')

function listOf(month: string, idDirt: string, matchClass: Entry['match']['class']): WrittenList {
  const idNumber = '990371195001010013'
  const entry: Entry = {
    list: 'disability',
    key: idNumber,
    subject: {
      person: undefined,
      name: '王一',
      sex: 'male',
      bornOn: '1950-01-01',
      idNumber,
      phone: '',
      township: '',
      village: '',
      group: '',
    },
    values: {},
    written: { idCell: idNumber, nameCell: '王一', idDirt, nameDirt: '' },
    match: { class: matchClass, person: undefined },
    copies: 1,
    part: '',
  }
  return { list: 'disability', month, file: 'a.xlsx', placed: [{ entry, sheet: '1', row: 2 }] }
}

function decidableOf(idDirt: string, matchClass: Entry['match']['class'] = 'none'): string | undefined {
  const [line] = [...deltaLines(listOf('202309', '', 'none'), listOf('202310', idDirt, matchClass))]
  return line?.[columns.indexOf('decidable')]
}

describe('the truth about a key from month to month', () => {
  it('can be told of a stranger whose number is merely written oddly', () => {
    expect(['', 'spaces', 'full_width', 'apostrophe', 'lower_x'].map((dirt) => decidableOf(dirt))).toEqual(['1', '1', '1', '1', '1'])
  })

  it('cannot be told of a stranger whose number lost its tail, nor of a row that a person must decide', () => {
    expect(['number_cell', 'triple_zero', 'scientific'].map((dirt) => decidableOf(dirt))).toEqual(['0', '0', '0'])
    expect(decidableOf('', 'ambiguous')).toBe('0')
  })
})
