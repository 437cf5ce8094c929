import { jsonAt } from './columns.ts'
import { numberOfClass } from './count-classes.ts'
import { notMonitored, shownFacts } from './tables.ts'
import type { Facts } from '#kernel/pure/decisions/index.ts'
import type { ClassColumn } from './judge-households.ts'

/** Columns of the file that `bangfu classify --csv` writes; the first six are those of a county's truth. */
export const lineColumns = [
  'household_no',
  'household_type',
  'monitor_category',
  'cleared_month',
  'layer',
  'labour_class',
  'in_export',
  'monitor_state',
  'card',
  'advice',
  'alert',
  'undecided_for_want_of',
] as const

/** One household as a line of the file: layers and classes as numbers, months as `YYYYMM`, nothing where nothing is known. */
export function lineOf(given: {
  number: string
  facts: Facts
  record: number
  inExport: boolean
  word: (column: ClassColumn) => string
  missing: readonly string[] | undefined
}): string[] {
  const { facts, record, word } = given
  const text = (name: string) => {
    const value = jsonAt(facts[name], record)
    return typeof value === 'string' && value !== notMonitored ? value : ''
  }
  return [
    given.number,
    text(shownFacts.type),
    text(shownFacts.kind),
    text(shownFacts.clearedOn).slice(0, 7).replace('-', ''),
    numberOfClass(word('layer')),
    numberOfClass(word('labourClass')),
    given.inExport ? '1' : '0',
    text(shownFacts.state),
    word('card'),
    word('advice'),
    word('alert'),
    (given.missing ?? []).join('；'),
  ]
}
