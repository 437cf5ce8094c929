import { describe, expect, it } from 'vitest'
import {
  evaluate,
  evaluateUnaryTests,
  fromJson,
  numberOf,
  parseExpression,
  parseUnaryTests,
  printValue,
  readDate,
  startRun,
} from './index.ts'
import type { FeelType, Value } from './index.ts'

const names: Readonly<Record<string, FeelType>> = {
  income: 'number',
  人均纯收入: 'number',
  'monthly income': 'number',
  birth: 'date',
  people: { list: { context: { name: 'string', age: 'number', 'labour class': 'string' } } },
  unknown: 'number',
}
const variables = fromJson(
  {
    income: 8000.25,
    人均纯收入: 7500,
    'monthly income': 650,
    birth: '1960-02-29',
    people: [
      { name: 'a', age: 61, 'labour class': 'weak' },
      { name: 'b', age: 12, 'labour class': 'none' },
    ],
    unknown: null,
  },
  { context: names },
)

function say(text: string): string {
  const run = startRun({ today: readDate('2026-03-01') ?? undefined } as Parameters<typeof startRun>[0])
  return printValue(evaluate(parseExpression(text, { names }), variables as ReadonlyMap<string, Value>, run), run)
}

describe('expressions', () => {
  it.each([
    // numbers are exact, null spreads
    ['0.1 + 0.2 = 0.3', 'true'],
    ['1 / 3 * 3', '0.9999999999999999999999999999999999'],
    ['2 ** 10 - -1', '1025'],
    ['1 / 0', 'null'],
    ['unknown + 1', 'null'],
    ['unknown > 1', 'null'],
    ['unknown > 1 and false', 'false'],
    ['unknown > 1 or true', 'true'],
    ['1 = "1"', 'null'],
    ['unknown = null', 'true'],
    // names with blanks, in Chinese, with signs
    ['人均纯收入 < 8000', 'true'],
    ['monthly income * 12', '7800'],
    ['{a+b: 3, c: a+b * 2}.c', '6'],
    ['people[1].labour class', 'weak'],
    ['people[labour class = "none"].name', '["b"]'],
    ['people.age', '[61, 12]'],
    ['count(people[age >= 60])', '1'],
    ['people[-1].name', 'b'],
    ['people[3]', 'null'],
    // conditions and loops
    ['if income > 8000.24 then "high" else "low"', 'high'],
    ['if unknown > 1 then 1 else 2', '2'],
    ['for i in 1..3, j in 1..i return i * j', '[1, 2, 4, 3, 6, 9]'],
    ['for i in 0..4 return if i = 0 then 1 else i * partial[-1]', '[1, 1, 2, 6, 24]'],
    ['some x in [1, 2, 3] satisfies x > 2', 'true'],
    ['every p in people satisfies p.age > 18', 'false'],
    ['income between 8000 and 9000', 'true'],
    ['5 in (< 3, [4..6), 9)', 'true'],
    ['1 in [1..null]', 'null'],
    // days and durations
    ['@"2024-02-29" + @"P1Y"', '2025-02-28'],
    ['@"2026-01-31" - @"2025-12-31"', 'P31D'],
    ['years and months duration(birth, today()).years >= 66', 'true'],
    ['date and time("2026-01-01T23:30:00") + duration("PT45M")', '2026-01-02T00:15:00'],
    ['@"2026-03-01T08:00:00@Asia/Shanghai" = @"2026-03-01T00:00:00Z"', 'true'],
    ['birth.weekday', '1'],
    ['[@"2026-01-01"..@"2026-12-31"].end.month', '12'],
    // functions
    ['(function(x: number, y) x + y)(y: 1, x: 2)', '3'],
    ['{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(25)}.r', '15511210043330985984000000'],
    ['sort([3, 1, 2], function(a, b) a > b)', '[3, 2, 1]'],
    ['substring("脱贫人口", 3)', '人口'],
    ['string length("𠮷野")', '2'],
    ['replace("2026-03", "(\\\\d+)-(\\\\d+)", "$2/$1")', '03/2026'],
    ['split("a;b;;c", ";")', '["a", "b", "", "c"]'],
    ['mode([1, 3, 1, 3, 2])', '[1, 3]'],
    ['stddev([2, 4, 7, 5])', '2.081665999466132735282297706979931'],
    ['context merge([{a: 1}, {a: 2, b: 3}])', '{a: 2, b: 3}'],
    ['get value({"x y": 1}, "x y")', '1'],
    ['{a: [1, {b: @"P1D"}]} = {a: [1, {b: @"PT24H"}]}', 'true'],
    ['5 instance of number and not("a" instance of list<string>)', 'true'],
    ['range("[1..10)") = [1..10)', 'true'],
    ['includes([1..10], 5) and before(1, [2..3])', 'true'],
    ['now()', 'null'],
    ['today()', '2026-03-01'],
  ])('%s is %s', (text, wanted) => {
    expect(say(text)).toBe(wanted)
  })

  it('give null where FEEL has no answer, and say why when asked', () => {
    const run = startRun({ notices: true })
    const text = '1 + "a"'
    expect(evaluate(parseExpression(text), new Map(), run)).toBeNull()
    expect(run.notices).toEqual([{ code: 'no-result', from: 0, to: 7, details: { operator: '+', left: 'number', right: 'string' } }])
  })

  it('never answer for a name that is everywhere in JavaScript', () => {
    const everywhere = [
      'constructor',
      'toString',
      '__proto__',
      '"a".length',
      '[1].length',
      '{a: 1}.size',
      '{a: 1}.constructor',
      'hasOwnProperty("a")',
    ]
    expect(everywhere.map(say)).toEqual(['null', 'null', 'null', 'null', '[null]', 'null', 'null', 'null'])
  })
})

describe('unary tests', () => {
  const test = (text: string, input: Value) =>
    evaluateUnaryTests(parseUnaryTests(text, { names }), input, variables as ReadonlyMap<string, Value>)

  it.each([
    ['-', 1, true],
    ['< 5', 4, true],
    ['[1..5), > 9', 5, false],
    ['[1..5), > 9', 10, true],
    ['not(1, 2)', 3, true],
    ['not(1, 2)', 2, false],
    ['income', 8000.25, true],
    ['? * 2 > 10 and ? < 7', 6, true],
    ['>= monthly income', 650, true],
    ['"a"', 1, null],
  ])('%s with %s is %s', (text, input, wanted) => {
    expect(test(text, numberOf(input))).toBe(wanted)
  })

  it('hold or not for texts, conditions, lists and what is not known', () => {
    expect([
      test('"a", "b"', 'b'),
      test('contains(?, "x")', 'axb'),
      test('true', false),
      test('false', false),
      test('["a", "b"]', 'b'),
    ]).toEqual([true, true, false, true, true])
    expect([test('< 5', null), test('not(< 5)', null), test('null', null), test('-', null)]).toEqual([null, null, true, true])
  })
})
