import { describe, expect, it } from 'vitest'
import { readDmn } from '#kernel/pure/decisions/index.ts'
import { checkPolicyModel } from './model-check.ts'

const rule = (test: string, result: string) =>
  `<rule><inputEntry><text>${test}</text></inputEntry><outputEntry><text>${result}</text></outputEntry></rule>`
const model = (...rules: string[]) =>
  readDmn(`<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">
  <inputData id="i" name="人均纯收入"><variable name="人均纯收入" typeRef="number"/></inputData>
  <inputData id="p" name="收入线"><variable name="收入线" typeRef="number"/></inputData>
  <decision id="d" name="层级"><variable name="层级" typeRef="string"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <informationRequirement><requiredInput href="#p"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE"><input><inputExpression typeRef="number"><text>人均纯收入</text></inputExpression></input>
    <output typeRef="string"/>${rules.join('')}</decisionTable></decision></definitions>`)

const around = {
  facts: [{ name: '人均纯收入', decimals: 2 }],
  parameters: [{ name: '收入线', value: '7000' }],
  examples: [],
  decision: '层级',
  language: 'zh',
} as const

describe('what the editor says while a table is written', () => {
  it('finds the gap at the line of a parameter, with a record to which it happens', () => {
    const { findings } = checkPolicyModel({ ...around, definitions: model(rule('&lt; 收入线', '"甲"'), rule('&gt; 收入线', '"乙"')) })
    const gap = findings.find((one) => one.code === 'gap')
    expect(gap?.example).toEqual([{ fact: '人均纯收入', value: 7000, range: '7000' }])
    expect(gap?.text).toContain('没有规则')
  })

  it('says of a cell that cannot be read which one it is, once', () => {
    const { findings } = checkPolicyModel({ ...around, definitions: model(rule('[3..', '"甲"'), rule('-', '"乙"')) })
    const errors = findings.filter((one) => one.severity === 'error')
    expect(errors.map(({ code, rows, input }) => [code, rows, input])).toEqual([['bad-cell', [0], '人均纯收入']])
  })

  it('runs the examples and says which row gave the result', () => {
    const { outcomes } = checkPolicyModel({
      ...around,
      definitions: model(rule('&lt; 收入线', '"甲"'), rule('&gt;= 收入线', '"乙"')),
      examples: [
        { name: '线下', facts: { 人均纯收入: '6999.99' }, expected: { 层级: '甲' } },
        { name: '线上', facts: { 人均纯收入: 7000 }, expected: { 层级: '甲' } },
        { name: '不知道', facts: { 人均纯收入: null }, expected: { 层级: null } },
      ],
    })
    expect(outcomes.map(({ isEqual, found, fired }) => [isEqual, found['层级'], fired[0]?.rows])).toEqual([
      [true, '甲', [0]],
      [false, '乙', [1]],
      [true, null, []],
    ])
  })
})
