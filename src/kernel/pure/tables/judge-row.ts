import { tidy } from '../text/index.ts'
import { labelKey, type Header } from './header.ts'
import type { SheetRow } from './row-types.ts'

/** Why a row is no data. Rows above the header are `title`. */
export type NotData = 'title' | 'header' | 'repeated-header' | 'column-numbers' | 'blank' | 'total' | 'note' | 'hidden'

const idNumber = /^\d{15}(\d\d[\dxX])?$/
const total = /^.{0,10}(合计|总计|小计|共计)([:：]?[\d.,]+.{0,4}|[:：])?$/
const noteWords =
  '注|备注|附注|说明|填表说明|资料来源|数据来源|填表人|填报人|制表人?|审核人?|复核人?|填报单位|填表单位|制表单位|报送单位|单位负责人|负责人|分管领导|经办人|联系人|联系电话|填表日期|填报日期|制表日期|打印时间|打印日期|导出时间|统计时间|截止时间|截止日期'
const note = new RegExp(`^(${noteWords})\\d?([:：(（]|$)|^第\\d+页|^(※|\\*)`)

/** Judges one row of a sheet whose header is known; `undefined` means: this is data. So every row of a file is accounted for. */
export function judgeRow(header: Header, row: SheetRow): NotData | undefined {
  if (row.row <= header.bottom) return row.row < header.top ? 'title' : 'header'
  if (row.hidden === true) return 'hidden'
  const filled = row.cells.filter((cell) => cell !== '' && cell.trim() !== '')
  if (filled.length === 0) return 'blank'
  if (row.row === header.bottom + 1 && isColumnNumbers(filled)) return 'column-numbers'
  if (filled.length > 1 && isRepeated(header, row, filled.length)) return 'repeated-header'
  if (filled.slice(0, 3).some((cell) => cell.includes('计') && total.test(tidy(cell))) && !filled.some((cell) => idNumber.test(cell)))
    return 'total'
  if (filled.length > Math.max(2, header.columns.length / 3)) return undefined
  const first = tidy(filled[0] ?? '')
  if (note.test(first)) return 'note'
  const alone = filled.length === 1 && header.columns.length >= 4
  return alone && (first.length >= 15 || first.endsWith('。') || first.includes(':')) ? 'note' : undefined
}

/** `1 2 3 4` or `甲 乙 1 2` under a header, as statistics forms have it. */
function isColumnNumbers(filled: string[]): boolean {
  const numbers = filled.filter((cell) => !/^[甲乙丙丁戊己庚辛]$/.test(cell)).map(Number)
  const counted = numbers.every((number, at) => number === at + 1 || number === at + 1 + filled.length - numbers.length)
  // Three numbers in order may be data; four, or Chinese ordinals before them, are not.
  return counted && numbers.length > 0 && (filled.length >= 4 || numbers.length < filled.length) && filled.length >= 3
}

/** A header printed again on a later page. Only when the first filled cell is its own label are the others compared. */
function isRepeated(header: Header, row: SheetRow, filled: number): boolean {
  let same = 0
  for (const { column, label, forms, parts } of header.columns) {
    const cell = row.cells[column]
    if (cell === undefined || cell === '') continue
    if (cell === label) same += 1
    else if (cell.length <= label.length + 20) {
      const key = labelKey(cell)
      if (forms.includes(key) || parts?.includes(key) === true) same += 1
      else if (same === 0) return false
    } else if (same === 0) return false
  }
  return same >= Math.max(2, filled * 0.6)
}
