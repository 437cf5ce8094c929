import { describe, expect, it } from 'vitest'
import { isNamedError } from '../errors/index.ts'
import { inspect, isSimple, parseExpression, parseUnaryTests, printType, readsOf, sayExpressionError, sayNotice, typeOf } from './index.ts'
import type { FeelType } from './index.ts'

const names: Readonly<Record<string, FeelType>> = {
  人均纯收入: 'number',
  birth: 'date',
  people: { list: { context: { name: 'string', 'monthly income': 'number' } } },
}

function refusal(text: string): { line: unknown; column: unknown; found: unknown; expected: unknown; sentence: string | null } {
  try {
    parseExpression(text, { names })
  } catch (error) {
    if (!isNamedError(error)) throw error
    const { line, column, found, expected } = error.details
    return { line, column, found, expected, sentence: sayExpressionError(error, 'zh') }
  }
  throw new Error('it was read')
}

describe('an expression that cannot be read', () => {
  it.each([
    ['人均纯收入 < ', 1, 9, '', ['value']],
    ['(1 + 2', 1, 7, '', [')']],
    ['[1, 2', 1, 6, '', [']']],
    ['if a then b', 1, 12, '', ['else']],
    ['"abc', 1, 1, '"', ['"']],
    ['1 +\n* 2', 2, 1, '*', ['value', 'end']],
  ])('%j says the place and what was expected', (text, line, column, found, expected) => {
    expect(refusal(text)).toMatchObject({ line, column, found, expected })
  })

  it('is explained in a sentence', () => {
    expect(refusal('if 人均纯收入 < 8000 the 1').sentence).toMatch(/^第 1 行第 \d+ 个字.*读不懂，这里应当是.*then（那么）.*。$/)
  })

  it('is refused before it can cost anything when it is long or nested beyond what people write', () => {
    const code = (text: string) => {
      try {
        parseExpression(text)
      } catch (error) {
        return isNamedError(error) ? error.code : error
      }
      return 'read'
    }
    expect(code(`1${'+1'.repeat(6000)}`)).toBe('expressions.too-long')
    expect(code('('.repeat(4000) + ')'.repeat(4000))).toBe('expressions.too-deep')
    expect(code(`1${' or 1'.repeat(1500)}`)).toBe('expressions.too-deep')
    expect(code(`1${'+1'.repeat(300)}`)).toBe('read')
  })
})

describe('inspection', () => {
  it.each([
    ['sum(people.monthly income) / count(people)', 'number'],
    ['people[monthly income > 3].name', 'list<string>'],
    ['people[1].name', 'string'],
    ['@"2026-01-01" - birth', 'days and time duration'],
    ['if 人均纯收入 < 8000 then "a" else null', 'string'],
    ['function(x: number) x > 1', 'function<number> -> boolean'],
    ['for x in 1..3 return x', 'list<number>'],
  ])('%s is %s', (text, type) => {
    expect(printType(typeOf(parseExpression(text, { names })))).toBe(type)
    expect(inspect(parseExpression(text, { names })).problems).toEqual([])
  })

  it.each([
    ['人均纯收人 < 8000', '没有“人均纯收人”这个名称，是不是“人均纯收入”？'],
    ['人均纯收入 < "8000"', '数字与文字不能比较。'],
    ['birth + 1', '日期与数字之间不能用“+”计算。'],
    ['contians(people[1].name, "a")', '没有“contians”这个函数，是不是“contains”？'],
    ['contains("a")', '函数“contains”的参数个数或类型不对。'],
    ['people[1].nane', '其中没有“nane”这一项，是不是“name”？'],
    ['if 人均纯收入 then 1 else 2', '这里要的是“是”或“否”，而这是数字。'],
  ])('%s: %s', (text, sentence) => {
    expect(inspect(parseExpression(text, { names })).problems.map((one) => sayNotice(one, 'zh'))).toEqual([sentence])
  })

  it('names the variables that are read, not the names made inside', () => {
    expect(readsOf(parseExpression('for p in people return {x: p.name, y: x + string(人均纯收入)}', { names }))).toEqual([
      'people',
      '人均纯收入',
    ])
    expect(readsOf(parseUnaryTests('< 人均纯收入', { names }))).toEqual(['人均纯收入'])
  })

  it('knows S-FEEL', () => {
    const simple = ['-', '< 5', '[1..人均纯收入), "a"', 'not(date("2026-01-01"))']
    expect(simple.map((text) => isSimple(parseUnaryTests(text, { names })))).toEqual([true, true, true, true])
    expect(['人均纯收入 * 12 < 8000', 'sum(people.monthly income)'].map((text) => isSimple(parseExpression(text, { names })))).toEqual([
      true,
      false,
    ])
    expect(isSimple(parseUnaryTests('? > 5 or ? < 2', { names }))).toBe(false)
  })
})
