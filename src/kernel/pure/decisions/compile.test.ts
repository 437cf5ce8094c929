import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOfDays, numberFrom, numberOf, printNumber, type FeelContext, type Value } from '#kernel/pure/expressions/index.ts'
import { decideColumns } from './columns.ts'
import type { InputColumn } from './columns-input.ts'
import { compileTable, decideRecord, newEvaluation } from './compile.ts'
import { linkModels } from './graph.ts'
import { prepareExpression } from './interpret-boxed.ts'
import type { Place } from './interpret-literal.ts'
import { typeBook } from './interpret-types.ts'
import type { DecisionTable, Definitions, HitPolicy } from './model.ts'

const model: Definitions = {
  name: 'm',
  version: '1.5',
  namespace: 'urn:m',
  prefixes: {},
  imports: [],
  elements: [],
  itemDefinitions: [
    { name: '类别', typeRef: 'string', isCollection: false, allowedValues: { text: '"甲", "乙", "丙"' }, components: [] },
    { name: '岁数', typeRef: 'number', isCollection: false, allowedValues: { text: '[0..120]' }, components: [] },
  ],
}
const place: Place = {
  model,
  of: '表',
  id: undefined,
  names: { 收入: 'number', 类: 'string', 日: 'date', 困难: 'boolean', 年龄: 'number' },
  types: typeBook(linkModels(model), () => undefined),
  problems: [],
  prepare: prepareExpression,
}

const amount = fc.oneof(
  fc.constantFrom('0', '7000', '7000.5', '6999.99', '9000', '-1', '7000.001'),
  fc.integer({ min: 0, max: 10_000 }).map(String),
)
const word = fc.constantFrom('"甲"', '"乙"', '"丙"', '"丁"', 'null')
const day = fc.constantFrom('2023-12-31', '2024-01-01', '2024-02-29', '2024-03-01').map((text) => `date("${text}")`)
const ordered = (end: fc.Arbitrary<string>) => {
  const comparison = fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '!='), end).map(([sign, value]) => `${sign} ${value}`)
  const interval = fc
    .tuple(fc.constantFrom('[', '(', ']'), end, end, fc.constantFrom(']', ')', '['))
    .map(([left, low, high, right]) => `${left}${low}..${high}${right}`)
  const one = fc.oneof(comparison, interval, end)
  const list = fc.array(one, { minLength: 1, maxLength: 3 }).map((tests) => tests.join(', '))
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('-') },
    { weight: 6, arbitrary: list },
    list.map((tests) => `not(${tests})`),
    fc.tuple(end, end).map(([low, high]) => `? >= ${low} and ? < ${high}`),
    fc.constantFrom('null', 'not(null)', '', '? = null'),
  )
}
const words = fc.oneof(
  { weight: 2, arbitrary: fc.constant('-') },
  { weight: 4, arbitrary: fc.array(word, { minLength: 1, maxLength: 3 }).map((some) => some.join(', ')) },
  fc.array(word, { minLength: 1, maxLength: 2 }).map((some) => `not(${some.join(', ')})`),
  fc.constantFrom(
    'starts with(?, "甲")',
    '? in ["甲", "乙"]',
    '["乙", "丁"]',
    '!= "甲"',
    'string length(?) > 1',
    '7',
    '收入 > 5',
    '"甲',
    '< "乙"',
  ),
)
const numbers = fc.oneof(
  { weight: 12, arbitrary: ordered(amount) },
  fc.constantFrom('< 年龄 * 100', '"甲"', 'even(?)', '收入', 'date("2024-01-01")'),
)
const days = ordered(day)
const flags = fc.constantFrom('-', '-', 'true', 'false', 'not(true)', 'null', '? = true', 'true, false')
const ages = fc.oneof(ordered(fc.integer({ min: 0, max: 130 }).map(String)), fc.constant('-'))

/** Cells, an amount and a level as an author writes them. */
type RuleText = [[string, string, string, string, string], string, string]
const rules: fc.Arbitrary<RuleText[]> = fc.array(
  fc.tuple(
    fc.tuple(numbers, words, days, flags, ages),
    fc.constantFrom('1', '2.5', '1.0', '-3', '年龄 + 1', 'null', '9007199254740993', '"甲"'),
    fc.constantFrom('"甲"', '"乙"', '"丙"', '类', 'null'),
  ),
  { maxLength: 45 },
)
const plainRules: fc.Arbitrary<RuleText[]> = fc.array(
  fc.tuple(
    fc.tuple(numbers, words, days, flags, ages),
    fc.constantFrom('1', '2.5', '1.00', '-3', '0.1'),
    fc.constantFrom('"甲"', '"乙"', '"丙"'),
  ),
  { maxLength: 45 },
)
const policies: HitPolicy[] = ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER']

const table: fc.Arbitrary<DecisionTable> = fc
  .record({
    rules: fc.oneof(rules, plainRules),
    hitPolicy: fc.constantFrom(...policies),
    aggregation: fc.constantFrom('SUM', 'MIN', 'MAX', 'COUNT', undefined),
    isSingle: fc.boolean(),
    hasTypes: fc.boolean(),
    otherwise: fc.constantFrom(undefined, '"丙"', '类'),
    kept: fc.subarray([0, 1, 2, 3, 4]),
    spread: fc.boolean(),
  })
  .map(({ rules, hitPolicy, aggregation, isSingle, hasTypes, otherwise, kept, spread }) => {
    const inputs = ['收入', '类', '日', '困难', '年龄'].map((text, at) => ({
      expression: {
        kind: 'literal' as const,
        text: spread && at === 0 ? '收入 * 1' : text,
        typeRef: hasTypes ? ['number', '类别', 'date', 'boolean', '岁数'][at] : undefined,
      },
      values: hasTypes && at === 3 ? { text: 'true, false' } : at === 0 && hasTypes ? { text: '>= -1' } : undefined,
    }))
    const outputs = [
      {
        name: '额',
        typeRef: hasTypes ? 'number' : undefined,
        values: { text: '-3, 1, 2.5, 0.1, null' },
        defaultEntry: isSingle && otherwise !== undefined ? { kind: 'literal' as const, text: '年龄' } : undefined,
      },
      {
        name: '级',
        values: { text: '"丙", "甲", "乙"' },
        defaultEntry: otherwise === undefined ? undefined : { kind: 'literal' as const, text: otherwise },
      },
    ]
    return {
      kind: 'table' as const,
      hitPolicy,
      ...(hitPolicy === 'COLLECT' ? { aggregation } : {}),
      inputs: kept.map((at) => inputs[at]).filter((one) => one !== undefined),
      outputs: isSingle || aggregation !== undefined ? outputs.slice(0, 1) : outputs,
      annotations: [],
      rules: rules.map(([cells, amount, level]) => ({
        inputEntries: kept.map((at) => ({ text: cells[at] ?? '-' })),
        outputEntries: [
          { kind: 'literal' as const, text: amount },
          { kind: 'literal' as const, text: level },
        ].slice(0, isSingle || aggregation !== undefined ? 1 : 2),
        annotationEntries: [],
      })),
    }
  })

const fen = fc.oneof(
  fc.constantFrom(0, 700_000, 700_050, 699_999, 700_001, 900_000, -100, -200),
  fc.integer({ min: -1000, max: 1_100_000 }),
)
const record = fc.record({
  收入: fc.option(fen, { nil: null }),
  类: fc.option(fc.constantFrom('甲', '乙', '丙', '丁', '甲乙'), { nil: null }),
  日: fc.option(fc.integer({ min: 19_720, max: 19_790 }), { nil: null }),
  困难: fc.option(fc.boolean(), { nil: null }),
  年龄: fc.option(fc.oneof(fc.integer({ min: 0, max: 130 }), fc.constant(60.5)), { nil: null }),
})
type Row = typeof record extends fc.Arbitrary<infer One> ? One : never

function scopeOf(row: Row): FeelContext {
  return new Map<string, Value>([
    ['收入', row.收入 === null ? null : numberFrom(BigInt(row.收入), 2)],
    ['类', row.类],
    ['日', row.日 === null ? null : dateOfDays(row.日)],
    ['困难', row.困难],
    ['年龄', row.年龄 === null ? null : numberOf(row.年龄)],
  ])
}

const choices = ['甲', '乙', '丙', '丁', '甲乙']
function columnsOf(rows: readonly Row[]): Record<string, InputColumn> {
  return {
    收入: { kind: 'numbers', values: Float64Array.from(rows, (row) => row.收入 ?? NaN), scale: 2 },
    类: { kind: 'words', codes: Int32Array.from(rows, (row) => (row.类 === null ? -1 : choices.indexOf(row.类))), words: choices },
    日: { kind: 'days', values: Float64Array.from(rows, (row) => row.日 ?? NaN) },
    困难: { kind: 'values', values: rows.map((row) => row.困难) },
    年龄: { kind: 'numbers', values: Float64Array.from(rows, (row) => row.年龄 ?? NaN) },
  }
}

/** A value as text: 1.0 and 1 are the same number. */
function shown(value: Value): unknown {
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Map) return [...value].map(([name, entry]) => [name, shown(entry)])
  if (Array.isArray(value)) return value.map(shown)
  return 'kind' in value && value.kind === 'number' ? `n${printNumber(value)}` : value
}

describe('a compiled table', () => {
  it('says of every record what the interpreter says, in columns and one by one', () => {
    let judged = 0
    fc.assert(
      fc.property(table, fc.array(record, { minLength: 1, maxLength: 25 }), (one, rows) => {
        const compiled = compileTable(one, place)
        const columns = decideColumns(compiled, columnsOf(rows), rows.length)
        for (const [at, row] of rows.entries()) {
          const expected = shown(compiled.interpreted.evaluate(scopeOf(row), newEvaluation()))
          expect(shown(decideRecord(compiled, scopeOf(row)).value)).toEqual(expected)
          expect(shown(columns.valueOf(at))).toEqual(expected)
          judged += 1
        }
      }),
      { numRuns: 1_500 },
    )
    expect(judged).toBeGreaterThan(5_000)
  }, 120_000)

  it('is not stopped by a record whose cells or outputs use up their steps', () => {
    const costly = 'count(for i in 1..900, j in 1..900 return i * j) > 收入'
    const literal = (text: string) => ({ kind: 'literal' as const, text })
    const rule = (cell: string, output: string) => ({
      inputEntries: [{ text: cell }],
      outputEntries: [literal(output)],
      annotationEntries: [],
    })
    const one: DecisionTable = {
      kind: 'table',
      hitPolicy: 'FIRST',
      inputs: [{ expression: literal('收入') }],
      outputs: [{ name: '级' }],
      annotations: [],
      rules: [rule('< 1', '"甲"'), rule(`? < 5 and ${costly}`, '"乙"'), rule('< 9', costly), rule('-', '"丙"')],
    }
    const compiled = compileTable(one, place)
    const columns = decideColumns(compiled, { 收入: { kind: 'numbers', values: Float64Array.from([0, 3, 7, 10]) } }, 4)
    expect([0, 1, 2, 3].map((at) => columns.valueOf(at))).toEqual(['甲', null, null, '丙'])
    expect(decideRecord(compiled, new Map<string, Value>([['收入', numberOf(3)]]))).toEqual({
      value: null,
      matched: [],
      stopped: 'expressions.steps-used-up',
    })
  })
})
