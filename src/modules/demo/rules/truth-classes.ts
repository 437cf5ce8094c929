/** Columns of truth/classification.csv. */
export const classificationColumns = ['household_no', 'household_type', 'monitor_category', 'cleared_month', 'layer', 'labour_class']

/** Months after which an elimination is stable, both ends of the line read from mechanisms.md R01. */
const stableMonths = 6
const ordinary = new Set(['普通劳动力', '技能劳动力'])
const weak = '弱劳动力或半劳动力'

interface Seen {
  type: string
  category: string
  isCleared: boolean
  cleared: string
  hasOrdinary: boolean
  hasWeak: boolean
}

/**
 * Layer (R01) and labour class (R02) of every household of the monitoring export on the last day of `month`, read from the rows as they are
 * written. Months suffice: six months or more lie between the last day of the month of elimination and that day exactly when the months do.
 */
export function* classificationLines(labels: readonly string[], rows: Iterable<readonly string[]>, month: string): Generator<string[]> {
  const at = (label: string) => labels.indexOf(label)
  const [number, type, category, isCleared, cleared, skill] = [
    at('户编号'),
    at('户类型'),
    at('监测对象类别'),
    at('风险是否已消除'),
    at('消除监测时间'),
    at('劳动技能'),
  ]
  const households = new Map<string, Seen>()
  for (const row of rows) {
    const cell = (place: number) => row[place] ?? ''
    const seen = households.get(cell(number)) ?? {
      type: cell(type),
      category: cell(category),
      isCleared: cell(isCleared) === '是',
      cleared: cell(cleared),
      hasOrdinary: false,
      hasWeak: false,
    }
    if (ordinary.has(cell(skill))) seen.hasOrdinary = true
    if (cell(skill) === weak) seen.hasWeak = true
    households.set(cell(number), seen)
  }
  for (const [household, seen] of households) {
    const labourClass = seen.hasOrdinary ? '1' : seen.hasWeak ? '2' : '3'
    const clearedMonth = seen.isCleared ? seen.cleared : ''
    yield [household, seen.type, seen.category, clearedMonth, layerOf(seen, month), labourClass]
  }
}

function layerOf({ category, isCleared, cleared }: Seen, month: string): string {
  if (category === '') return '2' // 脱贫户 that was never monitored: nobody else is in the export
  return isCleared && monthsOf(month) - monthsOf(cleared) >= stableMonths ? '2' : '1'
}

function monthsOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(4))
}
