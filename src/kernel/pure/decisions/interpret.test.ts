import { numberOf, printValue, startRun, type Value } from '#kernel/pure/expressions/index.ts'
import { describe, expect, it } from 'vitest'
import { type Answer, inputsOf, interpret, linkModels, prepareModel, readDmn } from './index.ts'

const open = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">'
const inputs = `<inputData id="i1" name="income"><variable name="income" typeRef="number"/></inputData>
  <inputData id="i2" name="kind"><variable name="kind" typeRef="tKind"/></inputData>
  <itemDefinition name="tKind"><typeRef>string</typeRef><allowedValues><text>"A","B"</text></allowedValues></itemDefinition>`
const needs =
  '<informationRequirement><requiredInput href="#i1"/></informationRequirement><informationRequirement><requiredInput href="#i2"/></informationRequirement>'
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const cell = (name: string, text: string) => `<${name}><text>${escaped(text)}</text></${name}>`

/** A table over income and kind; each row is `income test | kind test | output`. */
function table(policy: string, rows: readonly string[], output = '<output name="out"/>'): string {
  const rules = rows.map((row) => {
    const [first = '', second = '', ...outs] = row.split('|').map((one) => one.trim())
    return `<rule>${cell('inputEntry', first)}${cell('inputEntry', second)}${outs.map((one) => cell('outputEntry', one)).join('')}</rule>`
  })
  const columns = `<input label="收入">${cell('inputExpression', 'income')}</input><input label="类别">${cell('inputExpression', 'kind')}</input>`
  const decided = `<decision id="d" name="D"><variable name="D"/>${needs}<decisionTable ${policy}>${columns}${output}${rules.join('')}</decisionTable></decision>`
  return `${open}${inputs}${decided}</definitions>`
}

function ask(xml: string, given: Readonly<Record<string, Value>>, steps?: number): Answer {
  const model = prepareModel(linkModels(readDmn(xml)))
  expect(model.problems).toEqual([])
  const question = { name: 'D', inputs: new Map(Object.entries(given)) }
  return interpret(model, steps === undefined ? question : { ...question, steps })
}

const printed = (value: Value) => printValue(value, startRun())
const five = { income: numberOf(5), kind: 'A' }
const valueOf = (xml: string, given: Readonly<Record<string, Value>> = five) => printed(ask(xml, given).value)
const overlapping = ['< 10 | - | 1', '< 6 | "A" | 3', '>= 10 | - | 9', '- | "A" | 2']
const ordered = `<output name="out">${cell('outputValues', '9, 3, 2, 1')}</output>`

describe('a decision table', () => {
  it.each([
    ['hitPolicy="FIRST"', '1'],
    ['hitPolicy="RULE ORDER"', '[1, 3, 2]'],
    ['hitPolicy="COLLECT"', '[1, 3, 2]'],
    ['hitPolicy="COLLECT" aggregation="SUM"', '6'],
    ['hitPolicy="COLLECT" aggregation="MIN"', '1'],
    ['hitPolicy="COLLECT" aggregation="MAX"', '3'],
    ['hitPolicy="COLLECT" aggregation="COUNT"', '3'],
    ['hitPolicy="UNIQUE"', 'null'],
    ['hitPolicy="ANY"', 'null'],
  ])('with %s gives %s', (policy, expected) => {
    expect(valueOf(table(policy, overlapping))).toBe(expected)
  })

  it('takes the best of the allowed outputs with PRIORITY, and all of them, best first, with OUTPUT ORDER', () => {
    expect(valueOf(table('hitPolicy="PRIORITY"', overlapping, ordered))).toBe('3')
    expect(valueOf(table('hitPolicy="OUTPUT ORDER"', overlapping, ordered))).toBe('[3, 2, 1]')
  })

  it('gives one answer with ANY when the rows agree', () => {
    expect(valueOf(table('hitPolicy="ANY"', ['< 10 | - | 1', '- | "A" | 1']))).toBe('1')
  })

  it('gives several outputs as a context', () => {
    expect(valueOf(table('', ['- | - | 1 | "a"'], '<output name="n"/><output name="t"/>'))).toBe('{n: 1, t: "a"}')
  })

  it('gives the default output where no row matches, else null', () => {
    const otherwise = `<output name="out">${cell('defaultOutputEntry', '0')}</output>`
    expect(valueOf(table('', ['> 10 | - | 1'], otherwise))).toBe('0')
    expect(valueOf(table('', ['> 10 | - | 1']))).toBe('null')
  })

  it('says which rows fired, which were left open by an unknown fact, and what was not known', () => {
    const answer = ask(table('hitPolicy="COLLECT"', ['< 10 | - | 1', '- | "A" | 2', '> 3 | "B" | 3']), { kind: 'A' })
    expect(answer).toMatchObject({ unknown: ['income'], findings: [] })
    expect(answer.decisions[0]).toMatchObject({
      name: 'D',
      from: [
        { name: 'income', value: null },
        { name: 'kind', value: 'A' },
      ],
      tables: [
        {
          matched: [1],
          fired: [1],
          undecided: [0],
          byDefault: false,
          inputs: [
            { label: '收入', value: null },
            { label: '类别', value: 'A' },
          ],
        },
      ],
    })
  })

  it('names the rows that overlap', () => {
    expect(ask(table('', overlapping), five).findings).toEqual([{ code: 'several-rules', of: 'D', details: { rules: '1, 2, 4' } }])
  })

  it('takes a value outside the allowed ones as unknown, and says so', () => {
    const answer = ask(table('', ['- | "C" | 1', '- | - | 2']), { income: numberOf(1), kind: 'C' })
    expect(answer).toMatchObject({ unknown: ['kind'], findings: [{ code: 'value-not-allowed', of: 'kind' }] })
  })

  it('takes a value of another type as unknown, and says so', () => {
    const answer = ask(table('hitPolicy="FIRST"', ['>= 0 | - | 1', '- | - | 2']), { income: 'much', kind: 'A' })
    expect([printed(answer.value), answer.findings[0]?.code, answer.unknown]).toEqual(['2', 'value-not-of-type', ['income']])
  })
})

describe('a model', () => {
  it('tells which inputs a decision needs, with their types', () => {
    const model = prepareModel(linkModels(readDmn(table('', ['- | - | 1']))))
    expect(inputsOf(model, 'D')).toEqual([
      { namespace: 'urn:m', name: 'income', type: 'number', typeRef: 'number' },
      { namespace: 'urn:m', name: 'kind', type: 'string', typeRef: 'tKind' },
    ])
    expect(inputsOf(model, 'nothing')).toEqual([])
  })
})

describe('an evaluation', () => {
  const loop = `${open}<businessKnowledgeModel id="b" name="f"><variable name="f"/><encapsulatedLogic><formalParameter name="n"/>
    <literalExpression><text>f(n)</text></literalExpression></encapsulatedLogic><knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
    </businessKnowledgeModel><decision id="d" name="D"><variable name="D"/><knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
    <literalExpression><text>f(1)</text></literalExpression></decision></definitions>`

  it('stops a function that calls itself for ever, and says so', () => {
    const model = prepareModel(linkModels(readDmn(loop)))
    expect(model.problems.map((one) => one.code)).toEqual(['cycle'])
    expect(interpret(model, { name: 'D', inputs: new Map() })).toMatchObject({ value: null, findings: [{ code: 'stopped', of: 'D' }] })
  })

  it('stops when its steps are used up', () => {
    expect(ask(table('hitPolicy="COLLECT"', overlapping), five, 10)).toMatchObject({ value: null, findings: [{ code: 'stopped' }] })
  })

  it('gives null for a ring instead of running for ever', () => {
    const ring = `${open}<decision id="d" name="D"><variable name="D"/><informationRequirement><requiredDecision href="#e"/></informationRequirement>
      <literalExpression><text>E</text></literalExpression></decision><decision id="e" name="E"><variable name="E"/>
      <informationRequirement><requiredDecision href="#d"/></informationRequirement><literalExpression><text>D</text></literalExpression></decision></definitions>`
    const model = prepareModel(linkModels(readDmn(ring)))
    expect(interpret(model, { name: 'D', inputs: new Map() }).value).toBeNull()
  })
})
