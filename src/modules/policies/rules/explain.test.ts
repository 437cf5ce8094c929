import { describe, expect, it } from 'vitest'
import { compileDecision, linkModels, prepareModel, readDmn } from '#kernel/pure/decisions/index.ts'
import { numberFrom, type Value } from '#kernel/pure/expressions/index.ts'
import { explainOutcome } from './explain.ts'

/** Two tables, one upon the other; the labels are not the names of the facts. */
const text = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="试" namespace="urn:test">
  <inputData id="i1" name="人均纯收入"><variable name="人均纯收入" typeRef="number"/></inputData>
  <inputData id="i2" name="重病人数"><variable name="重病人数" typeRef="number"/></inputData>
  <decision id="d1" name="收入要素">
    <variable name="收入要素"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input id="n1" label="每人收入"><inputExpression typeRef="number"><text>人均纯收入</text></inputExpression></input>
      <output id="o1" typeRef="string"/><annotation name="条款"/><annotation name="说明"/>
      <rule><inputEntry><text>&lt; 7500</text></inputEntry><outputEntry><text>"低"</text></outputEntry>
        <annotationEntry><text>第一条</text></annotationEntry><annotationEntry><text>按年</text></annotationEntry></rule>
      <rule><inputEntry><text>&gt;= 7500</text></inputEntry><outputEntry><text>"够"</text></outputEntry>
        <annotationEntry><text>第二条</text></annotationEntry></rule>
    </decisionTable>
  </decision>
  <decision id="d2" name="建议">
    <variable name="建议"/>
    <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
    <informationRequirement><requiredInput href="#i2"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input id="n2" label="收入"><inputExpression typeRef="string"><text>收入要素</text></inputExpression></input>
      <input id="n3" label="病人"><inputExpression typeRef="number"><text>重病人数</text></inputExpression></input>
      <output id="o2" typeRef="string"/><annotation name="条款"/>
      <rule><inputEntry><text>"低"</text></inputEntry><inputEntry><text>&gt;= 1</text></inputEntry><outputEntry><text>"核查"</text></outputEntry>
        <annotationEntry><text>第三条</text></annotationEntry></rule>
      <rule><inputEntry><text>"低"</text></inputEntry><inputEntry><text>0</text></inputEntry><outputEntry><text>"关注"</text></outputEntry>
        <annotationEntry><text>第四条</text></annotationEntry></rule>
      <rule><inputEntry><text>"够"</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"不建议"</text></outputEntry>
        <annotationEntry><text>第五条</text></annotationEntry></rule>
    </decisionTable>
  </decision>
</definitions>`

const compiled = compileDecision(prepareModel(linkModels(readDmn(text))), '建议')
const named: Record<string, { unit: string; decimals: number; suppliedBy: string }> = {
  人均纯收入: { unit: '元', decimals: 2, suppliedBy: '收入测算表' },
  重病人数: { unit: '人', decimals: 0, suppliedBy: '大病名单' },
}

function explain(fen: number | null, ill: number | null) {
  if ('reason' in compiled) throw new Error(compiled.reason)
  const facts = new Map<string, Value>([
    ['人均纯收入', fen === null ? null : numberFrom(BigInt(fen), 2)],
    ['重病人数', ill === null ? null : numberFrom(BigInt(ill), 0)],
  ])
  return explainOutcome({ compiled, facts, nameOf: (name) => named[name], options: {} })
}

describe('the explanation of an outcome', () => {
  it('names the rows of every table of the model with their clauses, values as people read them', () => {
    expect(explain(750_000, 0).outcome).toEqual([{ name: '建议', value: '不建议' }])
    expect(explain(749_999, 2).fired).toEqual([
      { decision: '收入要素', rule: 1, cells: [{ input: '每人收入', cell: '< 7500', value: '7499.99' }], clause: '第一条', note: '按年' },
      {
        decision: '建议',
        rule: 1,
        cells: [
          { input: '收入', cell: '"低"', value: '低' },
          { input: '病人', cell: '>= 1', value: '2' },
        ],
        clause: '第三条',
        note: '',
      },
    ])
  })

  it('says which single fact would change the outcome of the whole model, and to what', () => {
    expect(explain(750_000, 0).changes).toEqual([{ input: '人均纯收入', value: '7500.00', range: '< 7500', outcome: '关注' }])
    expect(explain(749_999, 0).changes).toEqual([
      { input: '人均纯收入', value: '7499.99', range: '>= 7500', outcome: '不建议' },
      { input: '重病人数', value: '0', range: '>= 1', outcome: '核查' },
    ])
  })

  it('goes down to the facts that leave a row open', () => {
    const { outcome, undecided } = explain(null, 1)
    expect(outcome).toEqual([{ name: '建议', value: '' }])
    expect(undecided.filter(({ decision }) => decision === '建议').flatMap(({ missing }) => missing)).toContainEqual({
      name: '人均纯收入',
      suppliedBy: '收入测算表',
    })
  })

  it('shows the row that was missed by one condition with the nearest amount that it takes', () => {
    expect(explain(750_000, 0).near).toContainEqual({
      decision: '收入要素',
      rule: 1,
      input: '每人收入',
      value: '7500.00',
      wanted: '< 7500',
      nearest: '7499.99',
    })
  })
})
