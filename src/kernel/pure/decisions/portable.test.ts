import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isContext, numberFrom, type Value } from '#kernel/pure/expressions/index.ts'
import {
  compileDecision,
  decideModelRecord,
  linkModels,
  makePortable,
  prepareModel,
  type Decision,
  type Definitions,
  type HitPolicy,
} from './index.ts'
import { judgePortable } from './portable-table.ts'

const literal = (text: string) => ({ kind: 'literal' as const, text })
const inputs = [
  ['收入', 'number'],
  ['类', 'string'],
  ['是', 'boolean'],
] as const

function modelOf(hitPolicy: HitPolicy, rows: readonly (readonly string[])[]): Definitions {
  const data = inputs.map(([name, typeRef], at) => ({ kind: 'inputData' as const, id: `i${at}`, name, variable: { name, typeRef } }))
  const decision: Decision = {
    kind: 'decision',
    id: 'd',
    name: '结果',
    variable: { name: '结果' },
    informationRequirements: data.map(({ id }) => ({ of: 'input', href: `#${id}` })),
    knowledgeRequirements: [],
    authorityRequirements: [],
    expression: {
      kind: 'table',
      hitPolicy,
      inputs: inputs.map(([name, typeRef]) => ({ expression: { ...literal(name), typeRef } })),
      outputs: [
        { name: '级', defaultEntry: literal('"无"') },
        { name: '分', defaultEntry: literal('0') },
      ],
      annotations: [],
      rules: rows.map((cells, at) => ({
        inputEntries: cells.map((text) => ({ text })),
        outputEntries: [literal(`"${at}"`), literal(String(at))],
        annotationEntries: [],
      })),
    },
  }
  return { name: 'm', version: '1.5', namespace: 'urn:m', prefixes: {}, imports: [], itemDefinitions: [], elements: [...data, decision] }
}

const anyRow = fc.tuple(
  fc.constantFrom('-', '< 线', '>= 线', '[1.5..3)', '> 4', '2.25', 'null'),
  fc.constantFrom('-', '"甲"', '"甲","乙"', 'not("乙")', '名单'),
  fc.constantFrom('-', 'true', 'false'),
)
const anyFact = fc.record({
  fen: fc.option(fc.integer({ min: -100, max: 600 }), { nil: undefined }),
  word: fc.option(fc.constantFrom('甲', '乙', '丙', '丁'), { nil: undefined }),
  truth: fc.option(fc.boolean(), { nil: undefined }),
})
const fixed = new Map<string, Value>([
  ['线', numberFrom(255n, 2)],
  ['名单', ['乙', '丁']],
])

it('says as plain data what the compiled table says', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<HitPolicy>('FIRST', 'UNIQUE'),
      fc.array(anyRow, { minLength: 1, maxLength: 40 }),
      fc.array(anyFact, { minLength: 1, maxLength: 20 }),
      (policy, rows, facts) => {
        const model = modelOf(policy, rows)
        const named = {
          ...model,
          elements: [
            ...model.elements,
            ...[...fixed.keys()].map((name, at) => ({ kind: 'inputData' as const, id: `p${at}`, name, variable: { name } })),
          ],
        }
        const withNeeds = {
          ...named,
          elements: named.elements.map((one) =>
            one.kind === 'decision'
              ? {
                  ...one,
                  informationRequirements: [
                    ...one.informationRequirements,
                    { of: 'input' as const, href: '#p0' },
                    { of: 'input' as const, href: '#p1' },
                  ],
                }
              : one,
          ),
        }
        const compiled = compileDecision(prepareModel(linkModels(withNeeds)), '结果', { fixed })
        if ('reason' in compiled) throw new Error(compiled.reason)
        const portable = makePortable(compiled.table, { 收入: 2 })
        expect(portable).toBeDefined()
        if (portable === undefined) return
        for (const { fen, word, truth } of facts) {
          const scope = new Map<string, Value>([
            ['收入', fen === undefined ? null : numberFrom(BigInt(fen), 2)],
            ['类', word ?? null],
            ['是', truth ?? null],
          ])
          const { value } = decideModelRecord(compiled, scope)
          const found = judgePortable(structuredClone(portable), { 收入: fen, 类: word, 是: truth })
          expect(found?.[0] ?? null).toBe(isContext(value) ? value.get('级') : null)
        }
      },
    ),
    { numRuns: 150 },
  )
}, 60_000)

it('stays here where a cell must be asked, or an output looks at facts', () => {
  const compiled = compileDecision(prepareModel(linkModels(modelOf('FIRST', [['-', 'starts with(?, "甲")', '-']]))), '结果')
  expect('reason' in compiled ? undefined : makePortable(compiled.table)).toBeUndefined()
})
