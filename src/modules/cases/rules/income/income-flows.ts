import { isOverlapping, type MonthRange } from './income-months.ts'
import type { IncomeLine, IncomeProposal } from './income-records.ts'

/** An amount of a source before it is compared with the sheet. `series`: sources of which the latest replaces the others. */
export interface RawFlow extends Omit<IncomeProposal, 'state' | 'replaces' | 'overlaps'> {
  readonly series: string
}

/** A row of a list as a flow reads it. */
export interface FlowRow {
  readonly list: string
  readonly month: string
  readonly personId: string | null
  readonly sheet: string
  readonly row: number
  readonly facts: Readonly<Record<string, string>>
}

/** How a list's fact becomes a line. */
export interface ListRule {
  readonly list: string
  readonly fact: string
  readonly item: string
  readonly span: 'month' | 'year-to-date'
  readonly of: 'household' | 'person'
}

/** Amounts of departments' lists: rows of one month and subject together, of a growing amount only the latest month of each year. */
export function flowsFromLists(
  rows: readonly FlowRow[],
  rules: readonly ListRule[],
  readFen: (text: string) => number | undefined,
): RawFlow[] {
  return rules.flatMap((rule) => {
    const summed = new Map<string, RawFlow>()
    for (const row of rows) {
      const fen = row.list === rule.list ? readFen(row.facts[rule.fact] ?? '') : undefined
      if (fen === undefined || fen === 0) continue
      const flow = flowOf(row, rule, fen)
      const before = summed.get(flow.ref)
      summed.set(flow.ref, before === undefined ? flow : { ...flow, fen: before.fen + fen, note: `${before.note}、${String(row.row)}` })
    }
    const flows = [...summed.values()]
    return rule.span === 'month'
      ? flows
      : flows.filter((one) => flows.every((other) => other.series !== one.series || other.monthTo <= one.monthTo))
  })
}

function flowOf(row: FlowRow, { list, fact, item, span, of }: ListRule, fen: number): RawFlow {
  const subject = of === 'person' ? (row.personId ?? 'household') : 'household'
  const isMonth = span === 'month'
  const series = `list:${list}:${fact}:${isMonth ? row.month : row.month.slice(0, 4)}:${subject}`
  return {
    series,
    ref: isMonth ? series : `${series}:${row.month}`,
    source: 'list',
    from: list,
    item,
    personId: of === 'person' ? row.personId : null,
    monthFrom: isMonth ? row.month : `${row.month.slice(0, 4)}01`,
    monthTo: row.month,
    fen,
    note: `${row.month} ${row.sheet} 第${String(row.row)}行`.replace('  ', ' '),
  }
}

/** Yearly amounts of the register; a total only where nothing of its parts is known. Cells are fen as text. */
export function flowsFromRegister(
  cells: ReadonlyMap<string, string | null>,
  rules: readonly { field: string; item: string; unless: readonly string[] }[],
  given: { period: MonthRange; labelOf: (field: string) => string },
): RawFlow[] {
  const { from, to } = given.period
  return rules.flatMap(({ field, item, unless }) => {
    const text = cells.get(field) ?? ''
    const fen = /^-?\d{1,13}$/.test(text) ? Number(text) : 0
    if (fen === 0 || unless.some((part) => (cells.get(part) ?? null) !== null)) return []
    const ref = `register:${field}:${from}-${to}`
    const line = { item, personId: null, monthFrom: from, monthTo: to, fen, note: given.labelOf(field) }
    return [{ series: ref, ref, source: 'register' as const, from: field, ...line }]
  })
}

/** What is new, changed or taken over already, beside the lines that hold. */
export function proposalsOf(flows: readonly RawFlow[], lines: readonly IncomeLine[]): IncomeProposal[] {
  const held = lines.filter((line) => line.withdrawn === null)
  return flows.map(({ series, ...flow }) => {
    const range = { from: flow.monthFrom, to: flow.monthTo }
    const same = held.find(({ sourceRef }) => sourceRef !== null && (sourceRef === series || sourceRef.startsWith(`${series}:`)))
    const isTaken = same !== undefined && same.sourceRef === flow.ref && same.fen === flow.fen
    const covers = (item: string, other: MonthRange) => item === flow.item && isOverlapping(range, other)
    const overlaps =
      held.some((line) => line !== same && covers(line.item, { from: line.monthFrom, to: line.monthTo })) ||
      (flow.source === 'register' &&
        flows.some((other) => other.source === 'list' && covers(other.item, { from: other.monthFrom, to: other.monthTo })))
    return { ...flow, state: same === undefined ? 'new' : isTaken ? 'taken' : 'changed', replaces: same?.lineId ?? null, overlaps }
  })
}
