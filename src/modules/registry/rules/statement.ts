/** Separators of a statement: after each cell but the last, between rows of one person, between persons, between the parts of a person. */
export const cellEnd = '\u001f'
export const rowEnd = '\u001e'
export const personEnd = '\u001d'
export const partEnd = '\u001c'

/** What a statement says of an ID number; the number itself stays encrypted. */
export interface SaidIdNumber {
  length: number
  /** `right`: the first 18 characters are digits, a real date and the right check character; `placeholder` begins with 999999. */
  what: 'right' | 'wrong' | 'placeholder'
  /** Of a right number. */
  bornOn: string
  sex: string
  /** Characters 19 and 20 of a disability certificate. */
  tail: string
  /** Equal for numbers with the same first 18 characters. */
  index: string
}

/** Reads the cell of an ID number; `undefined` when it is empty. */
export function readSaidIdNumber(cell: string): SaidIdNumber | undefined {
  if (cell === '') return undefined
  const [length = '', what = '', bornOn = '', sex = '', tail = '', index = ''] = cell.split(' ')
  return { length: Number(length), what: what === 'right' || what === 'placeholder' ? what : 'wrong', bornOn, sex, tail, index }
}

/** What a statement says of a telephone. */
export interface SaidPhone {
  isMobile: boolean
  /** Last four digits. */
  tail: string
  index: string
}

/** Reads the cell of a telephone; `undefined` when it is empty. */
export function readSaidPhone(cell: string): SaidPhone | undefined {
  if (cell === '') return undefined
  const [what = '', tail = '', index = ''] = cell.split(' ')
  return { isMobile: what === 'mobile', tail, index }
}
