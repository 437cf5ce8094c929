import { ZenEngine } from '@gorules/zen-engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromJson, toJson } from '#kernel/pure/expressions/index.ts'
import {
  type Decision,
  type Definitions,
  type DecisionTable,
  type HitPolicy,
  interpret,
  linkModels,
  prepareModel,
  readJdm,
  writeJdm,
} from './index.ts'

const engine = new ZenEngine()
type Facts = Readonly<Record<string, unknown>>

async function zen(jdm: unknown, facts: Facts): Promise<unknown> {
  return (await engine.createDecision(Buffer.from(JSON.stringify(jdm))).evaluate(facts)).result
}

function ask(model: Definitions, name: string, facts: Facts): unknown {
  const prepared = prepareModel(linkModels(model))
  expect(prepared.problems).toEqual([])
  const inputs = new Map(Object.entries(facts).map(([fact, value]) => [fact, fromJson(value)]))
  return toJson(interpret(prepared, { name, inputs }).value)
}

/** A table over `amount` and `kind` with one output named `result`. */
function modelOf(
  hitPolicy: HitPolicy,
  rows: readonly (readonly [string, string, string])[],
  field = 'amount',
  column = field,
): Definitions {
  const input = (text: string): DecisionTable['inputs'][number] => ({ expression: { kind: 'literal', text } })
  const table: DecisionTable = {
    kind: 'table',
    hitPolicy,
    inputs: [input(column), input('kind')],
    outputs: [{ name: 'result' }],
    annotations: [],
    rules: rows.map(([amount, kind, result]) => ({
      inputEntries: [{ text: amount }, { text: kind }],
      outputEntries: [{ kind: 'literal', text: result }],
      annotationEntries: [],
    })),
  }
  const inputData = (name: string) => ({ kind: 'inputData' as const, id: name, name, variable: { name } })
  const informationRequirements = [field, 'kind'].map((name) => ({ of: 'input' as const, href: `#${name}` }))
  const none = { knowledgeRequirements: [], authorityRequirements: [] }
  const decision: Decision = {
    kind: 'decision',
    id: 'd',
    name: 'result',
    variable: { name: 'result' },
    informationRequirements,
    ...none,
    expression: table,
  }
  const head = { version: '1.5' as const, name: 'm', namespace: 'urn:m', prefixes: {}, imports: [], itemDefinitions: [] }
  return { ...head, elements: [inputData(field), inputData('kind'), decision] }
}

const number = fc.integer({ min: -3, max: 9 })
const amount = fc.oneof(
  fc.constant('-'),
  fc.tuple(fc.constantFrom('<', '<=', '>', '>='), number).map(([sign, one]) => `${sign} ${one}`),
  fc
    .tuple(fc.constantFrom('[', '('), number, number, fc.constantFrom(']', ')'))
    .map(([open, a, b, close]) => `${open}${Math.min(a, b)}..${Math.max(a, b) + 1}${close}`),
  fc.array(number, { minLength: 1, maxLength: 3 }).map((list) => list.join(', ')),
  fc.array(number, { minLength: 1, maxLength: 3 }).map((list) => `not(${list.join(', ')})`),
)
const kind = fc.constantFrom('-', '"A"', '"A","B"', 'not("A")', 'not("B","C")')
const result = fc.oneof(number.map(String), fc.constantFrom('"x"', 'true', 'amount + 1', 'amount * 2.5'))
const rows = fc.array(fc.tuple(amount, kind, result), { maxLength: 5 })
const facts = fc.record({ amount: number, kind: fc.constantFrom('A', 'B', 'C') })

describe('a table as a model of GoRules', () => {
  it('judges in their engine as it does here, and so does what is read back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('FIRST' as const, 'COLLECT' as const), rows, facts, async (policy, table, given) => {
        const model = modelOf(policy, table)
        const { jdm, problems } = writeJdm(model, 'result')
        expect(problems).toEqual([])
        const here = ask(model, 'result', given)
        const there = await zen(jdm, given)
        const wanted = Array.isArray(here) ? here.map((one: unknown) => ({ result: one })) : here === null ? [] : { result: here }
        expect(Array.isArray(there) || Object.keys(Object(there)).length > 0 ? there : []).toEqual(wanted)
        expect(ask(readJdm(JSON.stringify(jdm), 'again').model, 'result', given)).toEqual(here)
      }),
      { numRuns: 60 },
    )
  })

  it('gets a field that their language can write, with the words as its label', async () => {
    const { jdm } = writeJdm(modelOf('UNIQUE', [['< 5', '-', '"低"']], '人均收入'), 'result')
    expect(jdm?.nodes[1]?.content).toMatchObject({ inputs: [{ name: '人均收入', field: 'input1' }, { field: 'kind' }] })
    expect(await zen(jdm, { input1: 3, kind: 'A' })).toEqual({ result: '低' })
  })

  it.each([
    ['a hit policy that they do not have', modelOf('OUTPUT ORDER', []), 'hit-policy-not-known'],
    ['an expression that they cannot say', modelOf('FIRST', [['-', '-', 'date("2026-01-01")']]), 'not-translatable'],
    ['a column that is calculated', modelOf('FIRST', [], 'amount', 'amount / 12'), 'field-not-known'],
  ])('is not given at all for %s', (_, model, code) => {
    expect(writeJdm(model, 'result')).toMatchObject({ jdm: undefined, problems: [{ code }] })
  })
})

describe('a model of GoRules', () => {
  const node = (id: string, type: string, content: unknown = {}) => ({ id, type, name: id, position: { x: 0, y: 0 }, content })
  const column = (id: string, field: string) => ({ id, name: field, field })
  const edges = (...path: readonly string[]) =>
    path.slice(1).map((targetId, place) => ({ id: `e${place}`, sourceId: path[place], targetId }))
  const first = { hitPolicy: 'first', inputs: [column('a', 'order.total')], outputs: [column('b', 'fee'), column('c', 'note')] }
  const chain = {
    nodes: [
      node('in', 'inputNode'),
      node('Fees', 'decisionTableNode', {
        ...first,
        rules: [
          { _id: '1', a: '> 100 and < 200', b: '5', c: "'mid'" },
          { _id: '2', a: '', b: 'order.total ^ 2', c: '"other"' },
        ],
      }),
      node('Sum', 'expressionNode', {
        expressions: [
          { id: 'x', key: 'total', value: 'fee + 1' },
          { id: 'y', key: 'isBig', value: 'fee >= 5 and note == "mid"' },
        ],
      }),
      node('out', 'outputNode'),
    ],
    edges: edges('in', 'Fees', 'Sum', 'out'),
  }

  it('with tables and expressions in a row gives the same as in their engine', async () => {
    const { model, problems } = readJdm(JSON.stringify(chain), 'chain')
    expect(problems).toEqual([])
    for (const total of [50, 100, 150, 200]) {
      const given = { order: { total } }
      expect({ total: ask(model, 'total', given), isBig: ask(model, 'isBig', given) }).toEqual(await zen(chain, given))
    }
  })

  it('with code, or with what has no same meaning here, says so', () => {
    const nodes = [
      node('Run', 'functionNode', { source: 'export const handler = () => 1' }),
      node('Sum', 'expressionNode', { expressions: [{ id: 'x', key: 'k', value: 'a ? 1 : 2' }] }),
    ]
    expect(readJdm(JSON.stringify({ nodes, edges: [] }), 'm').problems).toEqual([
      { code: 'node-not-known', of: 'Run', text: 'functionNode' },
      { code: 'not-translatable', of: 'Sum', text: 'a ? 1 : 2' },
    ])
  })

  it('of another kind is refused', () => {
    expect(() => readJdm('{"a":1}', 'm')).toThrow(expect.objectContaining({ code: 'decisions.not-jdm' }))
    expect(() => readJdm('<a/>', 'm')).toThrow(expect.objectContaining({ code: 'decisions.not-jdm' }))
  })
})
