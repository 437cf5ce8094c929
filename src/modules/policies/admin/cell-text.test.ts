import { describe, expect, it } from 'vitest'
import { readCondition, readOutput } from './cell-read.ts'
import { showCondition, showOutput, type CellForm, type CellKind } from './cell-show.ts'

const form = (kind: CellKind, words?: readonly string[]): CellForm => ({
  kind,
  language: 'zh',
  names: { 收入线: 'number', 人均纯收入: 'number' },
  ...(words === undefined ? {} : { words }),
})

describe('a condition as officers write it', () => {
  it.each([
    ['≥7000', '>= 7000'],
    ['大于等于7000', '>= 7000'],
    ['大于7000', '> 7000'],
    ['＞７０００', '> 7000'],
    ['不低于 7,000元', '>= 7000'],
    ['7000以上', '>= 7000'],
    ['7000元以下', '<= 7000'],
    ['超过1.2万', '> 12000'],
    ['不足0.05', '< 0.05'],
    ['60%', '0.6'],
    ['7000～9000', '[7000..9000]'],
    ['7000-9000元', '[7000..9000]'],
    ['介于7000和9000之间', '[7000..9000]'],
    ['≥7000 且 <9000', '[7000..9000)'],
    ['≥7000<9000', '[7000..9000)'],
    ['<9000且>7000', '(7000..9000)'],
    ['<3000 或 ≥9000', '< 3000, >= 9000'],
    ['1、2、3', '1, 2, 3'],
    ['不是 1、2', 'not(1, 2)'],
    ['低于收入线', '< 收入线'],
    ['≥收入线 * 1.5', '>= 收入线 * 1.5'],
    ['[7000..9000)', '[7000..9000)'],
    ['= 人均纯收入 + 1', '人均纯收入 + 1'],
    ['-5', '-5'],
    ['', '-'],
    ['任意', '-'],
    ['—', '-'],
    ['为空', 'null'],
    ['不为空', 'not(null)'],
    ['乱写', '乱写'],
  ])('reads the number condition %s as %s', (typed, feel) => {
    expect(readCondition(typed, form('number'))).toBe(feel)
  })

  it.each([
    ['脱贫户', '"脱贫户"'],
    ['脱贫户、监测户', '"脱贫户", "监测户"'],
    ['脱贫户或监测户', '"脱贫户", "监测户"'],
    ['不是 低保', 'not("低保")'],
    ['除脱贫户、监测户外', 'not("脱贫户", "监测户")'],
    ['"脱贫户"', '"脱贫户"'],
    ['不限', '-'],
    ['无', '"无"'],
    ['未知', 'null'],
  ])('reads the words %s as %s', (typed, feel) => {
    expect(readCondition(typed, form('text', ['脱贫户', '监测户', '低保', '无']))).toBe(feel)
  })

  it.each([
    ['2024-01-01', 'date("2024-01-01")'],
    ['2024年1月1日以后', '>= date("2024-01-01")'],
    ['早于2024/1/1', '< date("2024-01-01")'],
    ['2024-01-01至2024-12-31', '[date("2024-01-01")..date("2024-12-31")]'],
  ])('reads the day %s as %s', (typed, feel) => {
    expect(readCondition(typed, form('date'))).toBe(feel)
  })

  it('reads yes and no', () => {
    expect(['是', '否', '有', '×'].map((typed) => readCondition(typed, form('boolean')))).toEqual(['true', 'false', 'true', 'false'])
  })

  it.each([
    ['number', '-'],
    ['number', '>= 7000'],
    ['number', '[7000..9000)'],
    ['number', '[7000..9000]'],
    ['number', '< 收入线'],
    ['number', '>= 收入线 * 1.5, < 10.5'],
    ['number', 'not(1, 2)'],
    ['number', 'null'],
    ['number', 'not(null)'],
    ['number', '? > 3 and ? < 5'],
    ['text', '"脱贫户", "一般户"'],
    ['text', 'not("低保")'],
    ['text', '"a/b"'],
    ['text', '人均纯收入'],
    ['boolean', 'true'],
    ['boolean', 'not(false)'],
    ['date', '>= date("2024-01-01")'],
    ['date', '[date("2024-01-01")..date("2024-12-31")]'],
    ['any', '"甲"'],
    ['any', '>= 3'],
  ] as const)('shows the %s cell %s so that it is read back as it was', (kind, feel) => {
    expect(readCondition(showCondition(feel, form(kind)), form(kind))).toBe(feel)
  })
})

describe('an output as officers write it', () => {
  it.each([
    ['text', '重点户', '"重点户"'],
    ['text', '= "甲" + "乙"', '"甲" + "乙"'],
    ['number', '1,500元', '1500'],
    ['number', '= 收入线 - 人均纯收入', '收入线 - 人均纯收入'],
    ['boolean', '是', 'true'],
    ['date', '2024-1-5', 'date("2024-01-05")'],
    ['any', '重点户', '"重点户"'],
    ['any', '12', '12'],
    ['number', '', ''],
  ] as const)('reads the %s output %s as %s', (kind, typed, feel) => {
    expect(readOutput(typed, form(kind))).toBe(feel)
  })

  it.each([
    ['text', '"重点户"'],
    ['number', '1500'],
    ['number', '收入线 - 人均纯收入'],
    ['boolean', 'false'],
    ['date', 'date("2024-01-05")'],
    ['any', '"重点户"'],
    ['any', 'null'],
    ['text', '"重点" + "户"'],
  ] as const)('shows the %s output %s so that it is read back as it was', (kind, feel) => {
    expect(readOutput(showOutput(feel, form(kind)), form(kind))).toBe(feel)
  })
})
