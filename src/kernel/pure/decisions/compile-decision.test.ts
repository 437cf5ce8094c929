import { describe, expect, it } from 'vitest'
import { numberFrom, numberOf, printValue, startRun, type Value } from '#kernel/pure/expressions/index.ts'
import { explainDecision } from './check-explain.ts'
import { checkModel } from './check-model.ts'
import { compileDecision, decideModelColumns, decideModelRecord } from './compile-decision.ts'
import { linkModels } from './graph.ts'
import { interpret, prepareModel } from './interpret.ts'
import { readDmn } from './read.ts'

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m" id="d">
  <itemDefinition name="t类"><typeRef>string</typeRef><allowedValues><text>"甲", "乙"</text></allowedValues></itemDefinition>
  <inputData id="i1" name="收入"><variable name="收入" typeRef="number"/></inputData>
  <inputData id="i2" name="类"><variable name="类" typeRef="t类"/></inputData>
  <decision id="d1" name="档"><variable name="档" typeRef="string"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression typeRef="number"><text>收入</text></inputExpression></input><output/>
      <rule><inputEntry><text>&lt; 7000</text></inputEntry><outputEntry><text>"低"</text></outputEntry></rule>
      <rule><inputEntry><text>&gt;= 7000</text></inputEntry><outputEntry><text>"高"</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="d2" name="措施"><variable name="措施"/>
    <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
    <informationRequirement><requiredInput href="#i2"/></informationRequirement>
    <decisionTable hitPolicy="COLLECT">
      <input><inputExpression typeRef="string"><text>档</text></inputExpression></input>
      <input><inputExpression typeRef="t类"><text>类</text></inputExpression></input><output name="a"/>
      <rule><inputEntry><text>"低"</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"访"</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><inputEntry><text>"甲"</text></inputEntry><outputEntry><text>"帮" + 档</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>`

const shown = (value: Value) => printValue(value, startRun())

describe('a decision with others below it', () => {
  const model = prepareModel(linkModels(readDmn(xml)))
  const compiled = compileDecision(model, '措施')

  it('gives what the interpreter gives, also for values that its types refuse', () => {
    if ('reason' in compiled) throw new Error(compiled.reason)
    const fens = [699_999, 700_000, NaN, 0, 800_000, 1]
    const words = ['甲', '乙', '丙']
    const codes = Int32Array.from([0, 0, 1, 2, -1, 2])
    const columns = decideModelColumns(
      compiled,
      { 收入: { kind: 'numbers', values: Float64Array.from(fens), scale: 2 }, 类: { kind: 'words', codes, words } },
      6,
    )
    for (const [at, fen] of fens.entries()) {
      const inputs = new Map<string, Value>([
        ['收入', Number.isNaN(fen) ? null : numberFrom(BigInt(fen), 2)],
        ['类', words[codes[at] ?? -1] ?? null],
      ])
      const expected = shown(interpret(model, { name: '措施', inputs }).value)
      expect(shown(columns.valueOf(at))).toBe(expected)
      expect(shown(decideModelRecord(compiled, inputs).value)).toBe(expected)
    }
    expect(shown(columns.valueOf(0))).toBe('["访", "帮低"]')
  })

  it('is checked and explained table by table', () => {
    if ('reason' in compiled) throw new Error(compiled.reason)
    const checked = checkModel(model, { decimals: { 收入: 2 } })
    expect(checked.map((one) => [one.name, one.findings.filter((found) => found.severity === 'error')])).toEqual([
      ['档', []],
      ['措施', []],
    ])
    const why = explainDecision(
      compiled,
      new Map<string, Value>([
        ['收入', numberOf(1)],
        ['类', '乙'],
      ]),
    )
    expect(why.near.map((one) => [one.row, one.input, one.wanted])).toEqual([[1, '类', '"甲"']])
    expect(why.changes.map((one) => [one.input, shown(one.outcome)])).toEqual([
      ['档', 'null'],
      ['类', '["访", "帮低"]'],
    ])
  })

  it('names what it leaves to the interpreter', () => {
    expect(compileDecision(model, '别的')).toEqual({ of: '别的', reason: 'not-found' })
    expect(compileDecision(model, '收入')).toEqual({ of: '收入', reason: 'no-table' })
  })
})
