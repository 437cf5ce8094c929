import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDmn, writeDmn, type Definitions } from '#kernel/pure/decisions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { PolicyExample } from '../contract.ts'
import { factCatalogue } from '../policy/facts.ts'
import { checkParameters } from '../rules/check-parameters.ts'
import { answerCheck, readModel } from '../rules/check-question.ts'
import { shippedPolicies } from './shipped.ts'

// What an officer, or somebody with an officer's password, may hand in. Replay: fast-check tells seed and path.
const numRuns = process.env['FUZZ'] === 'full' ? 5_000 : 120
const texts = shippedPolicies().flatMap(({ entry, texts: [text] }) => (text === undefined ? [] : [{ entry, content: text.content }]))
const tables = texts.filter(({ entry, content }) => entry.form === 'table' && content.length < 40_000)
const values = texts.filter(({ entry }) => entry.form === 'parameters')

/** Cells that were written to run, to loop, to grow, to nest, or not to be read. */
const hostile = [
  'count(for i in 1..1000000000 return i)',
  'for i in 1..100000, j in 1..100000 return i * j',
  'some x in 1..1000000 satisfies every y in 1..1000000 satisfies x = y',
  '9999999999 ** 9999999999 ** 99',
  '1e999999999',
  '{f: function(n) f(n + 1), r: f(0)}.r',
  '(function(f) f(f))(function(f) f(f))',
  'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
  'replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "(a|aa)+$", "$1")',
  'string join(for i in 1..100000 return "帮扶帮扶帮扶帮扶")',
  'sort(for i in 1..100000 return -i, function(a, b) a < b)',
  'flatten(for i in 1..3000 return for j in 1..3000 return [i, j])',
  'date("999999999-01-01") + duration("P999999999Y")',
  'process.exit(1)',
  'constructor.constructor("return process")()',
  '__proto__.polluted',
  'import("node:fs")',
  'function() external {java: {class: "java.lang.Runtime", method signature: "exit(int)"}}',
  `${'('.repeat(3_000)}1${')'.repeat(3_000)}`,
  `${'not('.repeat(500)}1${')'.repeat(500)}`,
  `${'['.repeat(2_000)}`,
  `"${'\\u0000'.repeat(50)}`,
  `${'1+'.repeat(3_000)}1`,
  Array.from({ length: 2_000 }, (_, at) => `"${String(at)}"`).join(','),
  Array.from({ length: 500 }, (_, at) => `[${String(at * 2)}..${String(at * 2 + 1)}]`).join(', '),
]
const tokens = [
  '人均纯收入',
  '"第一层"',
  '1',
  '-3.50',
  '(',
  ')',
  '[',
  ']',
  '..',
  ',',
  '<',
  '>=',
  '=',
  '!=',
  '+',
  '**',
  '/',
  '-',
  'not(',
  'if',
  'then',
  'else',
  'for',
  'in',
  'return',
  'null',
  'true',
  '?',
  '@"2023-01-01"',
  'and',
  'or',
  '{',
  '}',
  ':',
  '.',
  'function(x)',
  'instance of',
  'list contains(',
  '"',
  '//',
  '/*',
]
const cell = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...tokens), { maxLength: 14 }).map((parts) => parts.join(' ')) },
  { weight: 2, arbitrary: fc.constantFrom(...hostile) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
)

/** Another cell, output or input at some places of a model. */
type Place = { readonly part: 'input' | 'output' | 'expression'; readonly row: number; readonly column: number; readonly text: string }
const place: fc.Arbitrary<Place> = fc.record({
  part: fc.constantFrom('input' as const, 'output' as const, 'expression' as const),
  row: fc.nat(30),
  column: fc.nat(8),
  text: cell,
})

function withPlaces(model: Definitions, places: readonly Place[]): Definitions {
  const textAt = (part: Place['part'], row: number, column: number) =>
    places.find((one) => one.part === part && one.column === column && (part === 'expression' || one.row === row))?.text
  const elements = model.elements.map((element) => {
    if (element.kind !== 'decision' || element.expression?.kind !== 'table') return element
    const table = element.expression
    const inputs = table.inputs.map((input, at) => {
      const text = textAt('expression', 0, at)
      return text === undefined ? input : { ...input, expression: { kind: 'literal' as const, text } }
    })
    const rules = table.rules.map((rule, row) => ({
      ...rule,
      inputEntries: rule.inputEntries.map((entry, at) => ({ ...entry, text: textAt('input', row, at) ?? entry.text })),
      outputEntries: rule.outputEntries.map((entry, at) => ({ ...entry, text: textAt('output', row, at) ?? entry.text })),
    }))
    return { ...element, expression: { ...table, inputs, rules } }
  })
  return { ...model, elements }
}

/** A piece of a text taken out, doubled, moved or written over. */
const damage = fc.record({ at: fc.nat(40_000), length: fc.nat(400), does: fc.constantFrom('take', 'double', 'write'), text: cell })

function damaged(text: string, { at, length, does, text: written }: { at: number; length: number; does: string; text: string }): string {
  const from = at % (text.length + 1)
  const [before, piece, after] = [text.slice(0, from), text.slice(from, from + length), text.slice(from + length)]
  return does === 'take' ? before + after : does === 'double' ? before + piece + piece + after : before + written + after
}

const factValue = fc.oneof(fc.string({ maxLength: 12 }), fc.integer(), fc.boolean(), fc.constant(null), fc.constant('2023-02-30'))
const names = factCatalogue.slice(0, 40).map((one) => one.name)
const example: fc.Arbitrary<PolicyExample> = fc.record({
  name: fc.constant('例'),
  facts: fc.dictionary(fc.constantFrom(...names, '__proto__', 'constructor'), factValue, { maxKeys: 8 }),
  expected: fc.dictionary(fc.constantFrom('层次', '劳动分类', '金额', '__proto__'), factValue, { maxKeys: 2 }),
})

function answered(table: (typeof tables)[number], content: string, examples: readonly PolicyExample[]) {
  const { entry } = table
  const asOf = '2024-01-01'
  const tools = { facts: factCatalogue, modelOf: readModel }
  return answerCheck({ kind: 'table', isWhole: true, entry, content, examples, asOf, parameters: { [asOf]: [] } }, tools)
}

/** Whatever was written: an answer in sentences, of bounded length, with the result of each example that could be run. */
function expectAnswer({ findings, results }: ReturnType<typeof answered>, examples: readonly PolicyExample[]): void {
  expect(findings.every((one) => one.zh !== '' && one.en !== '')).toBe(true)
  expect(results.length === 0 || results.length === examples.length).toBe(true)
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
}

describe('whatever is handed in for publication', () => {
  it('is answered in sentences where cells, outputs and inputs are random or hostile', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tables),
        fc.array(place, { minLength: 1, maxLength: 6 }),
        fc.array(example, { maxLength: 3 }),
        (table, places, examples) => {
          let content: string
          try {
            content = writeDmn(withPlaces(readDmn(table.content), places))
          } catch (fault) {
            // A sign that XML cannot hold is refused by its name.
            if (!isNamedError(fault)) throw fault
            return
          }
          expectAnswer(answered(table, content, examples), examples)
        },
      ),
      { numRuns },
    )
  })

  it('is answered in sentences where the file itself is damaged', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tables),
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        fc.array(example, { maxLength: 1 }),
        (table, damages, examples) => expectAnswer(answered(table, damages.reduce(damaged, table.content), examples), examples),
      ),
      { numRuns },
    )
  })

  it('stops every hostile text, in a cell, an output and an input', () => {
    const [table] = tables.filter(({ entry }) => entry.key === 'cases.layer')
    if (table === undefined) return expect.unreachable('the table of layers is shipped')
    const examples = [{ name: '例', facts: { 监测状态: '已消除' }, expected: { 层次: '第一层' } }]
    for (const text of hostile)
      for (const part of ['input', 'output', 'expression'] as const) {
        const content = writeDmn(withPlaces(readDmn(table.content), [{ part, row: 0, column: 0, text }]))
        expectAnswer(answered(table, content, examples), examples)
      }
  })

  it('is answered in sentences where it should be parameters', () => {
    const around = { inForce: new Map(), known: new Set<string>(), facts: new Set(names), others: new Set<string>() }
    fc.assert(
      fc.property(fc.constantFrom(...values), fc.oneof(damage, fc.json()), (text, change) => {
        const content = typeof change === 'string' ? change : damaged(text.content, change)
        const { findings } = checkParameters(content, around)
        expect(findings.every((one) => one.zh !== '' && one.en !== '')).toBe(true)
      }),
      { numRuns },
    )
  })
})
