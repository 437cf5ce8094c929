import { tidy } from '../text/index.ts'
import { isColumnNumbers, labelKey, type Header, type HeaderColumn } from './header.ts'
import type { SheetRow } from './row-types.ts'

/** Why a row is no data. Rows above the header are `title`; `column-numbers` are numbers or units of the columns under it. */
export type NotData = 'title' | 'header' | 'repeated-header' | 'column-numbers' | 'blank' | 'total' | 'note' | 'hidden'

const idNumber = /^\d{15}(\d\d[\dxX])?$/
const total = /^.{0,10}(合计|总计|小计|共计)[:：]?(\([^()]*\))?([\d.,]+.{0,4})?[:：]?$/
const noteWords =
  '注|备注|附注|说明|填表说明|资料来源|数据来源|填表人|填报人|制表人?|审核人?|复核人?|填报单位|填表单位|制表单位|报送单位|单位负责人|负责人|分管领导|经办人|联系人|联系电话|填表日期|填报日期|制表日期|打印时间|打印日期|导出时间|统计时间|截止时间|截止日期'
const note = new RegExp(`^(${noteWords})\\d?([:：(（]|$)|^第\\d+页|^(※|\\*)`)

/** `局长：`, `填表人：某某` beside each other below a table. */
const signature = /^\s*\p{Script=Han}[\p{Script=Han}\s]{0,9}[:：].{0,16}$/u
/** What stands under labels to say how a column is to be filled. */
const unit =
  /^\(?(元|万元|千元|百元|人|户|天|日|月|个|亩|平方米|㎡|%|年月日|年\/月\/日|岁|辆|次|名|米|公里|公斤|吨|头|只|文本|数字|日期|必填|选填|下拉)\)?$/

/** Judges one row of a sheet whose header is known; `undefined` means: this is data. So every row of a file is accounted for. */
export function judgeRow(header: Header, row: SheetRow): NotData | undefined {
  if (row.row <= header.bottom) return row.row < header.top ? 'title' : 'header'
  if (row.hidden === true) return 'hidden'
  const filled = row.cells.filter((cell) => cell !== '' && cell.trim() !== '')
  if (filled.length === 0) return 'blank'
  const isBelow = row.row === header.bottom + 1
  if (isBelow ? isUnderHeader(row) : filled.length >= header.columns.length && isColumnNumbers(row.cells)) return 'column-numbers'
  if (filled.length > 1 && isRepeated(header, row, filled.length)) return 'repeated-header'
  if (filled.slice(0, 3).some((cell) => cell.includes('计') && total.test(tidy(cell))) && !filled.some((cell) => idNumber.test(cell)))
    return 'total'
  if (filled.length > 1 && filled.every((cell) => signature.test(cell))) return 'note'
  if (filled.length > Math.max(2, header.columns.length / 3)) return undefined
  const first = tidy(filled[0] ?? '')
  if (note.test(first)) return 'note'
  const alone = filled.length === 1 && header.columns.length >= 4
  return alone && (first.length >= 15 || first.endsWith('。') || first.includes(':')) ? 'note' : undefined
}

/** Numbers or units of the columns, as they stand right below a header. */
export function isUnderHeader(row: SheetRow): boolean {
  return isColumnNumbers(row.cells) || row.cells.every((cell) => cell.trim() === '' || unit.test(tidy(cell)))
}

/** A header printed again on a later page. Only when the first filled cell is its own label are the others compared. */
function isRepeated(header: Header, row: SheetRow, filled: number): boolean {
  let same = 0
  for (const column of header.columns) {
    const cell = row.cells[column.column]
    if (cell === undefined || cell === '') continue
    if (isLabel(column, cell)) same += 1
    // The label of another column: the same labels in another order begin a table of their own.
    else if (same === 0 || header.columns.some((other) => isLabel(other, cell))) return false
  }
  return same >= Math.max(2, filled * 0.6)
}

function isLabel({ label, forms, parts }: HeaderColumn, cell: string): boolean {
  if (cell === label) return true
  if (cell.length > label.length + 20) return false
  const key = labelKey(cell)
  return forms.includes(key) || parts?.includes(key) === true
}
