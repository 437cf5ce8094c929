import { describe, expect, it } from 'vitest'
import { compileDecision, linkModels, prepareModel, readDmn, type Facts } from '#kernel/pure/decisions/index.ts'
import { numberOf, readDate, type FeelContext } from '#kernel/pure/expressions/index.ts'
import { factsOfTable, judgeHouseholds, type JudgingTable } from './judge-households.ts'
import { countVerdicts, judgeAll } from './verdicts.ts'

/** A table over income and kind, with a line that is a parameter. */
function modelOf(rows: readonly [cells: string[], result: string][], literal = '') {
  const cell = (text: string) => text.replaceAll('<', '&lt;')
  const needs = ['收入', '类型', '线'].map((name) => `<informationRequirement><requiredInput href="#${name}"/></informationRequirement>`)
  const inputs = [
    ['收入', 'number'],
    ['类型', 'string'],
  ].map(([name, type]) => `<input><inputExpression typeRef="${type ?? ''}"><text>${name ?? ''}</text></inputExpression></input>`)
  const rules = rows.map(
    ([cells, result]) =>
      `<rule>${cells.map((text) => `<inputEntry><text>${cell(text)}</text></inputEntry>`).join('')}<outputEntry><text>${result}</text></outputEntry></rule>`,
  )
  const table = `<decisionTable hitPolicy="UNIQUE">${inputs.join('')}<output/>${rules.join('')}</decisionTable>`
  const logic = literal === '' ? table : `<literalExpression><text>${cell(literal)}</text></literalExpression>`
  return prepareModel(
    linkModels(
      readDmn(`<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="test">
      <inputData id="收入" name="收入"><variable name="收入" typeRef="number"/></inputData>
      <inputData id="类型" name="类型"><variable name="类型" typeRef="string"/></inputData>
      <inputData id="线" name="线"><variable name="线" typeRef="number"/></inputData>
      <decision id="d" name="层"><variable name="层"/>${needs.join('')}${logic}</decision></definitions>`),
    ),
  )
}

const rows: [string[], string][] = [
  [['< 线', '"脱贫户"'], '"第一层"'],
  [['>= 线', '"脱贫户"'], '"第二层"'],
]

function tableOf(line: number | null, literal = ''): JudgingTable {
  const model = modelOf(rows, literal)
  const fixed: FeelContext = new Map([['线', line === null ? null : numberOf(line)]])
  const compiled = compileDecision(model, '层', { fixed })
  return { column: 'layer', key: 'cases.layer', model, decision: '层', compiled, fixed, unset: line === null ? ['线'] : [] }
}

// Fen, with scale 2: 6,999.99, 7,000.00, unknown, 8,000.00, unknown.
const facts: Facts = {
  收入: { kind: 'numbers', values: Float64Array.of(699_999, 700_000, NaN, 800_000, NaN), scale: 2 },
  类型: { kind: 'words', codes: Int32Array.of(0, 0, 0, 1, 1), words: ['脱贫户', '一般农户'] },
}
const today = readDate('2023-12-31')
const judge = (table: JudgingTable) => {
  const { words, codes, missing, rowsOf } = judgeHouseholds(table, { facts, count: 5, today })
  return Array.from({ length: 5 }, (_, at) => [words[codes[at] ?? -1], rowsOf(at), missing.get(at)])
}

describe('one table over many households', () => {
  it('gives each its result and row, says what is missing, and tells that from a row that does not fit', () => {
    expect(judge(tableOf(7_000))).toEqual([
      ['第一层', '1', undefined],
      ['第二层', '2', undefined],
      [undefined, '', ['收入']],
      [undefined, '', undefined],
      [undefined, '', undefined],
    ])
    expect(factsOfTable(tableOf(7_000))).toEqual(['收入', '类型'])
  })

  it('names a parameter that nobody has set', () => {
    expect(judge(tableOf(null)).map(([result, , missing]) => [result, missing])).toEqual([
      [undefined, ['线']],
      [undefined, ['线']],
      [undefined, ['收入']],
      [undefined, undefined],
      [undefined, undefined],
    ])
  })

  it('judges what is no table by the interpreter, with the same results', () => {
    const table = tableOf(
      7_000,
      'if 类型 = "脱贫户" then (if 收入 < 线 then "第一层" else if 收入 >= 线 then "第二层" else null) else null',
    )
    expect('reason' in table.compiled).toBe(true)
    expect(judge(table).map(([result]) => result)).toEqual(['第一层', '第二层', undefined, undefined, undefined])
  })
})

describe('all tables over all households', () => {
  it('judges those of a township with a version of its own by that one', () => {
    const area = (areaPath: string, line: number) => ({ areaPath, tables: [tableOf(line)], basis: areaPath, factNames: [] })
    const areaPaths = ['9.1.', '9.2.', '9.1.', '9.1.', '9.2.']
    const verdicts = judgeAll([area('', 7_000), area('9.2.', 9_000), area('9.2.5.', 1)], { count: 5, areaPaths, facts, asOf: '2023-12-31' })
    const { words, codes } = verdicts.columns.layer
    expect(Array.from(codes, (code) => words[code])).toEqual(['第一层', '第一层', undefined, undefined, undefined])
    expect(Array.from(verdicts.areaOf)).toEqual([0, 1, 0, 0, 1])
    expect([0, 1, 2].map((record) => [verdicts.rowsOf(record), verdicts.missingOf(record)])).toEqual([
      ['1', undefined],
      ['1', undefined],
      ['', ['layer:收入']],
    ])
    expect(countVerdicts(verdicts).layer).toEqual({ 第一层: 2, '': 3 })
  })
})
