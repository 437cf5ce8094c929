import { numberFrom, numberOf, type FeelContext, type Value } from '../../src/kernel/pure/expressions/index.ts'
import { linkModels, type DecisionTable, type Definitions, type InputColumn } from '../../src/kernel/pure/decisions/index.ts'
import { prepareExpression } from '../../src/kernel/pure/decisions/interpret-boxed.ts'
import type { Place } from '../../src/kernel/pure/decisions/interpret-literal.ts'
import { typeBook } from '../../src/kernel/pure/decisions/interpret-types.ts'
import { makeRandom } from './compare-data.ts'

/** The facts of the bench: income and own spending per person in yuan, persons able to work, kind of household. */
export const factNames = ['income', 'spending', 'workers', 'kind'] as const
export const kinds = ['general', 'former', 'unstable', 'edge', 'sudden']

const literal = (text: string) => ({ kind: 'literal' as const, text })

const model: Definitions = {
  name: 'bench',
  version: '1.5',
  namespace: 'urn:bench',
  prefixes: {},
  imports: [],
  elements: [],
  itemDefinitions: [],
}

/** Where the tables of the bench stand: a model of nothing but these facts. */
export const place: Place = {
  model,
  of: 'bench',
  id: undefined,
  names: { income: 'number', spending: 'number', workers: 'number', kind: 'string' },
  types: typeBook(linkModels(model), () => undefined),
  problems: [],
  prepare: prepareExpression,
}

/** 30 rows, 4 inputs, 2 outputs, FIRST: five bands of income, three of spending, two of labour; the last two rows by kind and for the rest. */
export function makeCells(): string[][] {
  const incomes = ['< 4000', '[4000..7500)', '[7500..8500.50)', '[8500.50..12412)', '>= 12412']
  const spendings = ['< 3000', '[3000..20000]', '> 20000']
  const workers = ['0', '>= 1']
  const rows = incomes.flatMap((income, band) =>
    spendings.flatMap((spending, cost) =>
      workers.map((work, able) => [
        income,
        spending,
        work,
        able === 0 && cost === 0 ? `"${kinds[band] ?? ''}","former"` : band === 4 ? '"sudden"' : '-',
      ]),
    ),
  )
  return [...rows.slice(0, 28), ['-', '-', '-', '"unstable", "edge"'], ['-', '-', '-', '-']]
}

/** As a DMN table; the outputs are a class and an amount in yuan. */
export function makeTable(cells: readonly (readonly string[])[]): DecisionTable {
  return {
    kind: 'table',
    hitPolicy: 'FIRST',
    inputs: factNames.map((name) => ({ expression: { ...literal(name), typeRef: name === 'kind' ? 'string' : 'number' } })),
    outputs: [{ name: 'class' }, { name: 'amount' }],
    annotations: [],
    rules: cells.map((row, at) => ({
      inputEntries: row.map((text) => ({ text })),
      outputEntries: [literal(`"C${at}"`), literal(String(at * 12.5))],
      annotationEntries: [],
    })),
  }
}

/** Invented records: amounts in fen, one in ten at a limit. */
export interface BenchRecord {
  readonly incomeFen: number
  readonly spendingFen: number
  readonly workers: number
  readonly kind: string
}

export function makeRecords(count: number): BenchRecord[] {
  const random = makeRandom(11)
  const limits = [400_000, 750_000, 850_050, 1_241_200, 300_000, 2_000_000]
  return Array.from({ length: count }, () => ({
    incomeFen: random(10) === 0 ? (limits[random(6)] ?? 0) : random(1_600_000),
    spendingFen: random(10) === 0 ? (limits[random(6)] ?? 0) : random(3_000_000),
    workers: random(5),
    kind: kinds[random(kinds.length)] ?? 'general',
  }))
}

/** The records as columns: fen as they are, kinds by their place. */
export function columnsOf(records: readonly BenchRecord[]): Record<string, InputColumn> {
  const codes = new Map(kinds.map((kind, at) => [kind, at]))
  return {
    income: { kind: 'numbers', values: Float64Array.from(records, (record) => record.incomeFen), scale: 2 },
    spending: { kind: 'numbers', values: Float64Array.from(records, (record) => record.spendingFen), scale: 2 },
    workers: { kind: 'numbers', values: Float64Array.from(records, (record) => record.workers) },
    kind: { kind: 'words', codes: Uint8Array.from(records, (record) => codes.get(record.kind) ?? 255), words: kinds },
  }
}

/** One record as FEEL sees it. */
export function scopeOf(record: BenchRecord): FeelContext {
  return new Map<string, Value>([
    ['income', numberFrom(BigInt(record.incomeFen), 2)],
    ['spending', numberFrom(BigInt(record.spendingFen), 2)],
    ['workers', numberOf(record.workers)],
    ['kind', record.kind],
  ])
}
