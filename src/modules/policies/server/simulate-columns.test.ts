import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileDecision, linkModels, prepareModel, readDmn, type Facts } from '#kernel/pure/decisions/index.ts'
import { numberFrom, type Value } from '#kernel/pure/expressions/index.ts'
import { fenOf, outcomeText, outputsOfValue } from '../rules/outcome.ts'
import { makeOutcomes } from '../rules/simulate.ts'
import { decideOne, type CompiledPolicy } from './compiled-policy.ts'
import { judgePart, takeColumns } from './simulate-columns.ts'

/** 补助 is computed: a share of what is missing to a line, so that hardly two records get the same amount. */
const text = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="试算" namespace="urn:test">
  <inputData id="i1" name="人均纯收入"><variable name="人均纯收入" typeRef="number"/></inputData>
  <inputData id="i2" name="监测状态"><variable name="监测状态" typeRef="string"/></inputData>
  <decision id="d1" name="补差">
    <variable name="补差"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <informationRequirement><requiredInput href="#i2"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input id="n1" label="人均纯收入"><inputExpression typeRef="number"><text>人均纯收入</text></inputExpression></input>
      <input id="n2" label="监测状态"><inputExpression typeRef="string"><text>监测状态</text></inputExpression></input>
      <output id="o1" name="档次" typeRef="string"/><output id="o2" name="补助" typeRef="number"/>
      <rule><inputEntry><text>&lt; 7500</text></inputEntry><inputEntry><text>"未消除"</text></inputEntry>
        <outputEntry><text>"一档"</text></outputEntry><outputEntry><text>decimal((7500 - 人均纯收入) * 0.333, 4)</text></outputEntry></rule>
      <rule><inputEntry><text>&lt; 7500</text></inputEntry><inputEntry><text>not("未消除")</text></inputEntry>
        <outputEntry><text>"二档"</text></outputEntry><outputEntry><text>100.005</text></outputEntry></rule>
      <rule><inputEntry><text>&gt;= 7500</text></inputEntry><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"无"</text></outputEntry><outputEntry><text>0</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>`

const model = prepareModel(linkModels(readDmn(text)))
const fixed = new Map<string, Value>()
// Safe: what judging reads of a policy is here; versions and parameters have no part in it.
const policyOf = (compiled: CompiledPolicy['compiled']) => ({ model, decision: '补差', compiled, fixed }) as unknown as CompiledPolicy
const compiled = policyOf(compileDecision(model, '补差', { fixed }))
const interpreted = policyOf({ of: '补差', reason: 'no-table' })

const states = ['未纳入', '未消除', '已消除']
const household = fc.record({
  fen: fc.option(fc.integer({ min: -100_000, max: 2_000_000 }), { nil: null }),
  state: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }),
})
type Household = { fen: number | null; state: number | null }

function columnsOf(households: readonly Household[]): Facts {
  return {
    人均纯收入: { kind: 'numbers', values: Float64Array.from(households, ({ fen }) => fen ?? NaN), scale: 2 },
    监测状态: { kind: 'words', codes: Int32Array.from(households, ({ state }) => state ?? -1), words: states },
  }
}

/** One after the other, by the single-record way. */
function naive(households: readonly Household[]) {
  const money: (bigint | null)[] = []
  const texts = households.map(({ fen, state }) => {
    const facts = new Map<string, Value>([
      ['人均纯收入', fen === null ? null : numberFrom(BigInt(fen), 2)],
      ['监测状态', state === null ? null : (states[state] ?? null)],
    ])
    const outputs = outputsOfValue(decideOne(compiled, facts).value, ['档次', '补助'])
    money.push(fenOf(outputs[1]?.value ?? null))
    return outcomeText(outputs, ['补助'])
  })
  return { texts, money }
}

describe('judging a part of the county', () => {
  it.each([
    ['compiled', compiled],
    ['interpreted', interpreted],
  ])('says what each record gets alone, and its money to the fen: %s', (_, policy) => {
    fc.assert(
      fc.property(
        fc.array(household, { minLength: 1, maxLength: 30 }),
        fc.array(fc.nat(29), { minLength: 1, maxLength: 10 }),
        (all, picks) => {
          const records = Int32Array.from([...new Set(picks.map((pick) => pick % all.length))].toSorted((one, other) => one - other))
          const outcomes = makeOutcomes()
          const facts = takeColumns(columnsOf(all), records)
          const part = judgePart({ policy, outcomes, money: ['补助'], asOf: '2023-12-31' }, facts, records.length)
          const chosen = Array.from(records, (record) => all[record] ?? { fen: null, state: null })
          const expected = naive(chosen)
          expect(Array.from(part.outcomes, (place) => outcomes.texts[place])).toEqual(expected.texts)
          expect(part.money.get('补助')).toEqual(expected.money)
        },
      ),
      { numRuns: 40 },
    )
  })
})
