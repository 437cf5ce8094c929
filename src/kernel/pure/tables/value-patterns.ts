import { parseFen } from '../money/index.ts'
import { tidy, tidyIdNumber, tidyPhone } from '../text/index.ts'
import { parseDay } from '../time/index.ts'
import type { SheetRow } from './row-types.ts'

/** Forms of values by which a column is known when its label is not, and by which shifted cells are noticed. */
export type ValuePattern = 'idNumber' | 'phone' | 'day' | 'money' | 'count' | 'name' | 'yesNo'

const tests: Record<ValuePattern, (cell: string) => boolean> = {
  idNumber: (cell) => /^(\d{15}|\d{17}[\dX]|\d{18,19}[\dX]\d{0,2})$/.test(tidyIdNumber(cell)) || /^\d\.\d+E\+1[4-7]$/i.test(tidy(cell)),
  phone: (cell) => /^(1\d{10}|0\d{9,11})$/.test(tidyPhone(cell)) && !/[^\d\s+()（）-]/.test(tidy(cell)),
  day: (cell) => !/^\d{5}(\.\d+)?$/.test(cell) && parseDay(cell) !== undefined,
  money: (cell) => parseFen(cell) !== undefined,
  count: (cell) => /^\d{1,4}(人|户|天|个|月)?$/.test(tidy(cell)),
  name: (cell) => /^[\p{Script=Han}][\p{Script=Han}·•.]{1,14}$/u.test(tidy(cell)) && tidy(cell).replace(/[·•.].*/, '').length <= 4,
  yesNo: (cell) => /^(是|否|有|无|√|×|Y|N|yes|no)$/i.test(tidy(cell)),
}

/** How a column is recognised by its values: by a form, or by a list of codes. */
export interface ValueTest {
  pattern?: ValuePattern | undefined
  codes?: readonly string[] | undefined
  /** Days may stand as bare serial numbers: the label says that they are days. */
  serials?: boolean
}

/** Of the sample cells of a column: how many are filled, and the share (0..1) of these that have the form. */
export function fitOf(test: ValueTest, samples: readonly SheetRow[], column: number): Fit {
  const { pattern, codes, serials = false } = test
  if (codes !== undefined && codes.length > 0) return judgeCells(testOf(test), samples, column)
  const known = judged.get(samples) ?? new Map<string, Fit>()
  judged.set(samples, known)
  const key = `${column} ${pattern} ${serials && pattern === 'day'}`
  const fit = known.get(key) ?? judgeCells(testOf(test), samples, column)
  known.set(key, fit)
  return fit
}

interface Fit {
  filled: number
  share: number
}

/** Fields of many kinds of lists ask the same of the same cells. */
const judged = new WeakMap<readonly SheetRow[], Map<string, Fit>>()

function judgeCells(accepts: (cell: string) => boolean, samples: readonly SheetRow[], column: number): Fit {
  let filled = 0
  let fitting = 0
  for (const row of samples) {
    const cell = row.cells[column] ?? ''
    if (cell.trim() === '') continue
    filled += 1
    if (accepts(cell)) fitting += 1
  }
  return { filled, share: filled === 0 ? 0 : fitting / filled }
}

/** Whether one cell has the form. */
export function testOf({ pattern, codes, serials }: ValueTest): (cell: string) => boolean {
  if (codes !== undefined && codes.length > 0) {
    const known = new Set(codes.map(tidy))
    return (cell) => known.has(tidy(cell))
  }
  if (pattern === 'day' && serials === true) return (cell) => parseDay(cell) !== undefined
  return pattern === undefined ? () => true : tests[pattern]
}
