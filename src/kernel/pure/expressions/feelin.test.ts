import fc from 'fast-check'
import { evaluate as askFeelin, unaryTest as askFeelinTest } from 'feelin'
import { describe, expect, it } from 'vitest'
import { evaluate, evaluateUnaryTests, fromJson, parseExpression, parseUnaryTests, toJson, type FeelContext, type Value } from './index.ts'

// feelin is the oracle (design.md §6). It has doubles: numbers here are quarters, which doubles hold exactly, and no quotients are taken.
// Where the two differ on purpose, nothing is generated:
// - an `and`, `or` or `if` over something that is no boolean, `every` and `some` over null: feelin takes any value as true
// - null and kinds that do not go together inside comparisons and arithmetic: feelin gives false or nothing where DMN says null
// - ranges whose ends stand the wrong way round: feelin turns them
// - filters of a single value, of nothing, and places that do not exist; `partial`
const facts = { n: 3, h: 2.25, m: -7, s: 'ab', w: '脱贫', yes: true, list: [1, 2.5, -3, 4], words: ['a', 'ab', 'b'] }
const variables = fromJson(facts) as FeelContext // Safe: an object of JSON is a context.
const names = Object.keys(facts)

const quarter = fc.integer({ min: -400, max: 400 }).map((value) => String(value / 4))
const ends = fc
  .tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 0, max: 200 }))
  .map(([low, size]): [string, string] => [String(low / 4), String((low + size) / 4)])
const expressions = fc.letrec<{ number: string; text: string; condition: string; numbers: string; texts: string }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 4 },
    quarter,
    fc.constantFrom('n', 'h', 'm'),
    fc.tuple(tie('number'), fc.constantFrom('+', '-', '*'), tie('number')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    tie('number').map((a) => `-(${a})`),
    tie('text').map((a) => `string length(${a})`),
    tie('numbers').map((a) => `count(${a})`),
    tie('numbers').map((a) => `sum(append(${a}, 1))`),
    tie('numbers').map((a) => `max(append(${a}, 0.5))`),
    fc.tuple(fc.constantFrom('abs', 'floor', 'ceiling'), tie('number')).map(([name, a]) => `${name}(${a})`),
    fc
      .tuple(
        tie('number'),
        quarter.filter((value) => Number(value) !== 0),
      )
      .map(([a, b]) => `modulo(${a}, ${b})`),
    fc.tuple(tie('condition'), tie('number'), tie('number')).map(([test, a, b]) => `(if ${test} then ${a} else ${b})`),
  ),
  text: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('"a"', '"贫困"', '""', 's', 'w'),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} + ${b})`),
    fc.tuple(fc.constantFrom('upper case', 'lower case'), tie('text')).map(([name, a]) => `${name}(${a})`),
    fc
      .tuple(fc.constantFrom('substring before', 'substring after'), tie('text'), fc.constantFrom('"a"', '"b"'))
      .map(([name, a, b]) => `${name}(${a}, ${b})`),
    tie('texts').map((a) => `string join(${a}, "-")`),
    fc.tuple(tie('text'), fc.constantFrom('"a+"', '"[ab]"', '"b$"')).map(([a, pattern]) => `replace(${a}, ${pattern}, "x")`),
  ),
  condition: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('true', 'false', 'yes'),
    fc.tuple(tie('number'), fc.constantFrom('=', '!=', '<', '<=', '>', '>='), tie('number')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    fc.tuple(tie('text'), fc.constantFrom('=', '!=', '<'), tie('text')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    tie('condition').map((a) => `not(${a})`),
    fc.tuple(tie('number'), ends).map(([a, [low, high]]) => `(${a} between ${low} and ${high})`),
    fc.tuple(tie('number'), tie('number'), tie('number')).map(([a, low, high]) => `((${a}) in (< ${low}, > ${high}))`),
    fc
      .tuple(fc.constantFrom('contains', 'starts with', 'ends with'), tie('text'), tie('text'))
      .map(([name, a, b]) => `${name}(${a}, ${b})`),
    fc.tuple(tie('text'), fc.constantFrom('"a+b?"', '"^[ab]*$"', '"(贫|a)."')).map(([a, pattern]) => `matches(${a}, ${pattern})`),
    fc.tuple(fc.constantFrom('some', 'every'), tie('numbers'), tie('number')).map(([all, a, b]) => `(${all} x in ${a} satisfies x > ${b})`),
    fc.tuple(tie('numbers'), tie('number')).map(([a, b]) => `list contains(${a}, ${b})`),
  ),
  numbers: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('list', '[]'),
    fc.array(tie('number'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(tie('numbers'), tie('number')).map(([a, b]) => `(for x in ${a} return x + ${b})`),
    fc.tuple(tie('numbers'), tie('number')).map(([a, b]) => `(${a})[item > ${b}]`),
    fc.tuple(fc.constantFrom('reverse', 'distinct values', 'flatten'), tie('numbers')).map(([name, a]) => `${name}(${a})`),
    fc.tuple(tie('numbers'), tie('numbers')).map(([a, b]) => `concatenate(${a}, ${b})`),
  ),
  texts: fc.oneof(
    { maxDepth: 4 },
    fc.constant('words'),
    fc.array(tie('text'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    tie('text').map((a) => `split(${a}, "a")`),
  ),
}))

const oursJson = (value: Value) => JSON.parse(JSON.stringify(toJson(value))) as unknown
const theirsJson = (value: unknown) => JSON.parse(JSON.stringify(value, (_, one: unknown) => (Object.is(one, -0) ? 0 : one))) as unknown

describe('the oracle agrees', () => {
  it.each(['number', 'text', 'condition', 'numbers', 'texts'] as const)(
    'about expressions: %s',
    (kind) => {
      const check = fc.property(expressions[kind], (text) => {
        const ours = evaluate(parseExpression(text, { names }), variables)
        expect(oursJson(ours)).toEqual(theirsJson(askFeelin(text, facts).value))
      })
      fc.assert(check, { numRuns: 250, seed: 6 })
    },
    60_000,
  )

  it('about cells of decision tables', () => {
    const end = fc.oneof(quarter, fc.constantFrom('n', 'h', 'm'))
    const one = fc.oneof(
      end,
      fc.tuple(fc.constantFrom('<', '<=', '>', '>='), end).map(([sign, a]) => `${sign} ${a}`),
      fc
        .tuple(fc.constantFrom('[', '(', ']'), ends, fc.constantFrom(']', ')', '['))
        .map(([open, [a, b], close]) => `${open}${a}..${b}${close}`),
    )
    const cell = fc.oneof(
      fc.constant('-'),
      fc.array(one, { minLength: 1, maxLength: 3 }).map((tests) => tests.join(', ')),
      fc.array(one, { minLength: 1, maxLength: 3 }).map((tests) => `not(${tests.join(', ')})`),
    )
    const check = fc.property(cell, quarter, (text, input) => {
      const ours = evaluateUnaryTests(parseUnaryTests(text, { names }), fromJson(Number(input)), variables)
      expect(ours).toBe(askFeelinTest(text, { ...facts, '?': Number(input) }).value)
    })
    fc.assert(check, { numRuns: 500, seed: 6 })
  }, 60_000)
})
