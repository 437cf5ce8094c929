import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNamedError } from '../errors/index.ts'
import { namesWithBlanks } from './builtin-names.ts'
import { signaturesByName } from './builtins/index.ts'
import {
  evaluate,
  evaluateUnaryTests,
  inspect,
  inspectTests,
  isSimple,
  parseExpression,
  parseUnaryTests,
  printValue,
  startRun,
  toJson,
} from './index.ts'
import { fromJson, type Value } from './index.ts'

const steps = 50_000
const variables = fromJson({ n: 3, s: 'text', l: [1, 2, [3]], c: { a: 1, 'b c': { d: null } }, t: true }, 'Any') as ReadonlyMap<
  string,
  Value
>
const names = ['n', 's', 'l', 'c', 't', '人均']
const functions = [...signaturesByName.keys()].filter((name) => name !== '@')

/** Pieces of the language, thrown together: mostly nonsense, some of it readable. */
const pieces = [
  '1¦0¦-1¦2.5¦1e30¦"a"¦"(a*)*b"¦"[1..2]"¦null¦true¦n¦s¦l¦c¦t¦人均¦c.b c.d¦item¦partial¦?',
  '+¦-¦*¦/¦**¦=¦!=¦<¦>=¦and¦or¦in¦between¦instance of¦..¦.¦,¦:¦->¦(¦)¦[¦]¦{¦}',
  'if¦then¦else¦for¦return¦some¦every¦satisfies¦function¦external¦not¦number¦list<¦context<¦>¦@"P1D"¦@"2026-02-28"',
  'for x in 1..1000000 return¦function(f) f(f)¦// c\n¦/*¦*/¦"¦\\¦__proto__¦constructor¦prototype¦\u0000¦\uD800¦\n¦\t¦`¦${¦eval¦import',
].flatMap((line) => line.split('¦'))
const piece = fc.constantFrom(...pieces, ...functions.map((name) => `${name}(`))
const soup = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(' '))

/** Sentences of the grammar with anything in every place: readable, and wrong in every other way. */
const sentence = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      '1',
      '-2.5',
      '1e-300',
      '10',
      '"ab"',
      '"a(b|c)*"',
      'null',
      'true',
      'n',
      's',
      'l',
      'c',
      'unknown',
      '@"2026-02-28T00:00:00Z"',
      '@"P1Y"',
      '[1..5]',
      '> 3',
    ),
    fc
      .tuple(tie('value'), fc.constantFrom('+', '-', '*', '/', '**', '=', '<', 'and', 'or', 'in'), tie('value'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie('value'), tie('value'), tie('value')).map(([a, b, c]) => `(if ${a} then ${b} else ${c})`),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `{a: ${a}, "b c": ${b}}`),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `(${a})[${b}]`),
    fc.tuple(tie('value'), fc.constantFrom('a', 'year', 'start', 'days', 'constructor')).map(([a, name]) => `(${a}).${name}`),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `(for x in ${a} return ${b})`),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `(some x in ${a} satisfies ${b})`),
    fc
      .tuple(fc.constantFrom(...functions), fc.array(tie('value'), { maxLength: 4 }))
      .map(([name, values]) => `${name}(${values.join(', ')})`),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `(function(x, y) ${a})(${b}, 1)`),
  ),
})).value

/** Every way through the door; only refusals that have a name may come out, and never more steps than were given. */
function goThrough(text: string): void {
  try {
    const run = startRun({ steps, notices: true })
    const expression = parseExpression(text, { names })
    inspect(expression)
    isSimple(expression)
    const value = evaluate(expression, variables, run)
    expect(run.stepsLeft).toBeGreaterThanOrEqual(0)
    printValue(value, startRun())
    JSON.stringify(toJson(value))
  } catch (error) {
    if (!isNamedError(error)) throw error
  }
  try {
    const tests = parseUnaryTests(text, { names })
    inspectTests(tests, 'number')
    expect([true, false, null]).toContain(evaluateUnaryTests(tests, text, variables, { steps }))
  } catch (error) {
    if (!isNamedError(error)) throw error
  }
}

describe('whatever stands in an expression', () => {
  it('ends with a value or a named refusal: thrown together', () => {
    fc.assert(fc.property(soup, goThrough), { numRuns: 1200, seed: 4 })
  }, 60_000)

  it('ends with a value or a named refusal: by the grammar', () => {
    fc.assert(fc.property(sentence, goThrough), { numRuns: 1500, seed: 4 })
  }, 60_000)

  it('ends with a value or a named refusal: any text at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), goThrough), { numRuns: 400, seed: 4 })
  }, 60_000)

  it.each([
    ['{f: function(n) f(n + 1), r: f(1)}.r', 'expressions.too-deep'],
    ['{f: function(n) some x in [1], y in [1], z in [1] satisfies f(n), r: f(1)}.r', 'expressions.too-deep'],
    ['{f: function(n, l) if n = 0 then l else f(n - 1, [l]), r: string(f(199, [[[[[[]]]]]]))}.r', 'expressions.too-deep'],
    ['{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(60)}.r', 'expressions.steps-used-up'],
    ['for a in 1..1000, b in 1..1000, c in 1..1000 return a', 'expressions.steps-used-up'],
    ['count(for a in 1..100000000000 return a)', 'expressions.too-large'],
    ['{f: function(n, s) if n = 0 then s else f(n - 1, s + s), r: f(60, "aa")}.r', 'expressions.too-large'],
    ['{f: function(n, l) if n = 0 then l else f(n - 1, concatenate(l, l)), r: f(60, [1])}.r', 'expressions.too-large'],
    ['replace(string join(for i in 1..5000 return "a"), "(a+)+b|a", "b")', 'expressions.steps-used-up'],
    ['sort(for i in 1..200000 return -i, function(a, b) a < b)', 'expressions.steps-used-up'],
  ])('is stopped: %s', (text, code) => {
    expect(() => evaluate(parseExpression(text), new Map())).toThrow(code)
  })

  it('knows every function with a blank in its name', () => {
    const words = [...signaturesByName.keys()].filter((name) => name.includes(' ') && !/time|duration/.test(name))
    expect([...namesWithBlanks].sort()).toEqual(words.sort())
  })
})
