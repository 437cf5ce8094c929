import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberFrom, numberOf, type Value } from '#kernel/pure/expressions/index.ts'
import { explainRecord } from './check-explain.ts'
import { printValue } from './check-ranges.ts'
import { checkTable } from './check-table.ts'
import { sayTableFinding } from './check-words.ts'
import { compileTable, decideRecord } from './compile.ts'
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
  itemDefinitions: [{ name: '类别', typeRef: 'string', isCollection: false, allowedValues: { text: '"甲", "乙"' }, components: [] }],
}
const place: Place = {
  model,
  of: '表',
  id: undefined,
  names: { 收入: 'number', 类: 'string' },
  types: typeBook(linkModels(model), () => undefined),
  problems: [],
  prepare: prepareExpression,
}

/** Rows as `收入 | 类 | 结果`. */
function tableOf(hitPolicy: HitPolicy, lines: readonly string[], otherwise?: string): DecisionTable {
  const literal = (text: string) => ({ kind: 'literal' as const, text })
  return {
    kind: 'table',
    hitPolicy,
    inputs: [{ expression: { ...literal('收入'), typeRef: 'number' } }, { expression: { ...literal('类'), typeRef: '类别' } }],
    outputs: [{ name: '级', values: { text: '"A", "B", "C"' }, ...(otherwise === undefined ? {} : { defaultEntry: literal(otherwise) }) }],
    annotations: [{ name: '依据' }],
    rules: lines.map((line, at) => {
      const [income = '', kind = '', level = ''] = line.split('|').map((part) => part.trim())
      return {
        inputEntries: [{ text: income }, { text: kind }],
        outputEntries: [literal(level)],
        annotationEntries: [{ text: `第${at + 1}条` }],
      }
    }),
  }
}

const found = (table: DecisionTable, decimals: Record<string, number> = { 收入: 2 }) =>
  checkTable(table, place, { decimals })
    .filter((one) => one.code !== 'value-without-row')
    .map((one) => `${one.severity} ${one.code} ${one.rows.join()}`.trim())
const scopeOf = (fen: number | null, kind: string | null) =>
  new Map<string, Value>([
    ['收入', fen === null ? null : numberFrom(BigInt(fen), 2)],
    ['类', kind],
  ])

describe('the check of a table', () => {
  it('finds nothing in a whole table', () => {
    expect(found(tableOf('UNIQUE', ['< 7000 | "甲" | "A"', '< 7000 | "乙" | "B"', '>= 7000 | - | "C"']))).toEqual([])
  })

  it('finds a gap at a limit and gives a record that falls into it', () => {
    const [gap] = checkTable(tableOf('UNIQUE', ['< 7000 | - | "A"', '> 7000 | - | "B"']), place, { decimals: { 收入: 2 } })
    expect(gap).toMatchObject({ code: 'gap', severity: 'error' })
    expect(gap && sayTableFinding(gap, 'zh')).toBe('有情况没有规则：收入 7000。例如：收入 = 7000，类 = "甲"')
  })

  it('knows that nothing lies between whole numbers, and that something lies between amounts', () => {
    const table = tableOf('UNIQUE', ['<= 5 | - | "A"', '>= 6 | - | "B"'])
    expect(found(table, { 收入: 0 })).toEqual([])
    expect(found(table, { 收入: 2 })).toEqual(['error gap'])
    const [gap] = checkTable(table, place)
    expect(gap?.example?.map((fact) => [fact.range, printValue(fact.value)])).toEqual([
      ['(5..6)', '5.5'],
      ['-', '"甲"'],
    ])
  })

  it('finds overlaps where the hit policy forbids them', () => {
    const lines = ['<= 7000 | - | "A"', '>= 7000 | - | "B"', '> 9000 | "甲" | "B"']
    expect(found(tableOf('UNIQUE', lines))).toEqual(['error overlap 0,1', 'error overlap 1,2'])
    expect(found(tableOf('ANY', lines))).toEqual(['error overlap 0,1'])
    expect(found(tableOf('COLLECT', lines))).toEqual([])
    expect(found(tableOf('FIRST', lines))).toEqual(['error unreachable 2,1'])
  })

  it('finds rows that several others shadow together, by the order of FIRST and by the rank of PRIORITY', () => {
    const lines = ['< 5000 | - | "B"', '>= 5000 | "甲" | "B"', '[1000..9000] | "甲" | "C"', '>= 5000 | "乙" | "A"']
    expect(found(tableOf('FIRST', lines))).toEqual(['error unreachable 2,0,1'])
    expect(found(tableOf('PRIORITY', [...lines, '> 6000 | "乙" | "C"']))).toEqual(['error unreachable 2,0,1', 'error unreachable 4,3'])
  })

  it('finds misspelt choices, wrong kinds, unreadable cells, wrong outputs and empty rows', () => {
    const table = tableOf('FIRST', ['< 7000 | "甲户" | "A"', '"7000" | - | "A"', '[5.. | - | "A"', '[9..8] | - | "D"', '- | - | "B'])
    expect(found(table)).toEqual([
      'error not-allowed 0',
      'error type-conflict 1',
      'error bad-cell 2',
      'error never 3',
      'error output-not-allowed 3',
      'error bad-output 4',
    ])
    const sentences = checkTable(table, place).map((one) => sayTableFinding(one, 'zh'))
    expect(sentences[0]).toBe('第 1 行“类”写了不允许的值 "甲户"（允许："甲", "乙"），是否写错？')
    expect(sentences.join('')).not.toMatch(/[{}]/)
  })

  it('knows that false can come where cells name only true', () => {
    const literal = (text: string) => ({ kind: 'literal' as const, text })
    const rule = (cell: string, level: string) => ({
      inputEntries: [{ text: cell }],
      outputEntries: [literal(level)],
      annotationEntries: [],
    })
    const table: DecisionTable = {
      kind: 'table',
      hitPolicy: 'FIRST',
      inputs: [{ expression: { ...literal('收入 > 5'), typeRef: 'boolean' } }],
      outputs: [{ name: '级' }],
      annotations: [],
      rules: [rule('true', '"A"'), rule('-', '"B"')],
    }
    expect(found(table)).toEqual([])
    expect(found({ ...table, rules: table.rules.slice(0, 1) })).toEqual(['error gap'])
  })

  it('notes the choices that no row names', () => {
    const table = tableOf('FIRST', ['< 7000 | "甲" | "A"', '- | - | "B"'])
    const notes = checkTable(table, place).map((one) => `${one.severity} ${sayTableFinding(one, 'zh')}`)
    expect(notes).toEqual(['note “类”的取值 "乙" 没有专门的规则'])
  })

  it('says what it cannot check, and takes a default for a gap', () => {
    expect(found(tableOf('FIRST', ['< 7000 | starts with(?, "甲") | "A"'], '"C"'))).toEqual(['note not-checkable 0'])
  })

  it('agrees with judging: what falls into no gap fires, and two rows fire only where an overlap is told', () => {
    const cell = fc.constantFrom('-', '< 5', '[5..7)', '> 6', '7', '>= 7', 'not(5)', '[3..5], 9')
    const kind = fc.constantFrom('-', '"甲"', '"乙"', 'not("甲")')
    const line = fc.tuple(cell, kind).map(([income, word]) => `${income} | ${word} | "A"`)
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const table = tableOf('UNIQUE', lines)
        const codes = new Set(checkTable(table, place, { decimals: { 收入: 1 } }).map((one) => one.code))
        const all = compileTable({ ...table, hitPolicy: 'RULE ORDER' }, place)
        const counts = Array.from({ length: 130 }, (_, tenths) =>
          ['甲', '乙'].map(
            (word) =>
              decideRecord(
                all,
                new Map<string, Value>([
                  ['收入', numberFrom(BigInt(tenths), 1)],
                  ['类', word],
                ]),
              ).matched.length,
          ),
        ).flat()
        expect(codes.has('gap')).toBe(counts.includes(0))
        expect(codes.has('overlap')).toBe(counts.some((count) => count > 1))
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})

describe('the explanation of a record', () => {
  const table = tableOf('FIRST', ['< 7000 | "甲" | "A"', '[7000..9000) | - | "B"', '- | - | "C"'])
  const compiled = compileTable(table, place)
  const explain = (fen: number | null, kind: string | null) => explainRecord(compiled, scopeOf(fen, kind), { decimals: { 收入: 2 } })

  it('names the rule, its clause, rows missed by one condition, and the single facts that would change it', () => {
    const why = explain(699_999, '乙')
    expect(why.value).toBe('C')
    expect(why.fired.map((row) => [row.rule, row.annotations[0]?.text])).toEqual([[2, '第3条']])
    expect(why.near.map((one) => [one.row, one.input, one.wanted, printValue(one.nearest)])).toEqual([
      [0, '类', '"甲"', '"甲"'],
      [1, '收入', '[7000..9000)', '7000'],
    ])
    expect(why.changes.map((one) => [one.input, one.range, printValue(one.nearest), one.outcome])).toEqual([
      ['收入', '[7000..9000)', '7000', 'B'],
      ['类', '"甲"', '"甲"', 'A'],
    ])
  })

  it('proposes the word that a row asks for, wherever it stands among the others', () => {
    const three = tableOf('UNIQUE', ['- | "甲" | "A"', '- | "乙" | "B"', '- | "丙" | "C"'])
    const inputs = three.inputs.map((input, at) =>
      at === 1 ? { ...input, expression: { ...input.expression, typeRef: 'string' } } : input,
    )
    const words = compileTable({ ...three, inputs }, place)
    const why = explainRecord(words, scopeOf(100, '丙'))
    expect(why.near.map((one) => [one.row, one.nearest])).toEqual([
      [0, '甲'],
      [1, '乙'],
    ])
    expect(why.changes.map((one) => [one.range, one.nearest, one.outcome])).toEqual(
      expect.arrayContaining([
        ['"甲"', '甲', 'A'],
        ['"乙"', '乙', 'B'],
      ]),
    )
  })

  it('gives the nearest amount below a limit to the fen', () => {
    const why = explain(900_000, '甲')
    expect(why.changes.map((one) => [one.range, printValue(one.nearest), one.outcome])).toEqual([['[7000..9000)', '8999.99', 'B']])
  })

  it('says which rows an unknown fact leaves open', () => {
    const why = explain(null, '甲')
    expect(why.undecided).toEqual([
      { rule: 0, inputs: ['收入'] },
      { rule: 1, inputs: ['收入'] },
    ])
    expect(why.facts[0]).toEqual({ input: '收入', value: null, isUnknown: true })
  })

  it('proposes only changes that do change the result, to what judging then says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 690_000, max: 910_000 }), fc.constantFrom('甲', '乙'), (fen, kind) => {
        const why = explain(fen, kind)
        for (const change of why.changes) {
          const scope = new Map(scopeOf(fen, kind)).set(change.input, change.nearest)
          const { value } = decideRecord(compiled, scope)
          expect(value).toBe(change.outcome)
          expect(value).not.toBe(why.value)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('is exact at a threshold with a computed limit of the policy', () => {
    const fixed = new Map<string, Value>([['线', numberOf(7000)]])
    const limited = compileTable(
      tableOf('FIRST', ['< 线 * 1.5 | - | "A"', '- | - | "B"']),
      { ...place, names: { ...place.names, 线: 'number' } },
      { fixed },
    )
    expect(limited.plan.chunks[0]?.asked).toBeUndefined()
    expect([1_049_999, 1_050_000].map((fen) => decideRecord(limited, scopeOf(fen, '甲')).value)).toEqual(['A', 'B'])
  })
})
