import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rounds } from '../../../../test/chance.ts'
import { assignKeys } from './assign-keys.ts'
import { checkTemplate } from './check-template.ts'
import { judgeRecord, mostSteps } from './judge-record.ts'
import { openTemplate } from './open-template.ts'
import { Template } from './template.ts'

const words = (zh: string) => ({ zh, en: zh })
const base: Template = {
  key: 'own.formulas',
  name: words('公式'),
  about: 'nothing',
  title: 'name',
  fields: [
    { key: 'name', name: words('名称'), kind: 'text' },
    { key: 'amount', name: words('数量'), kind: 'number', places: 2 },
    { key: 'secret', name: words('证件号'), kind: 'text', sensitive: true },
    { key: 'day', name: words('日期'), kind: 'date' },
    { key: 'result', name: words('结果'), kind: 'text', computed: '名称' },
  ],
  states: [{ key: 'open', name: words('登记') }],
  list: { columns: ['name'], offered: ['name', 'amount'] },
  print: { title: words('公式'), sheet: ['name'], list: ['name'] },
  access: { read: ['county-data-officer'], write: ['county-data-officer'] },
}
const withFormula = (computed: string): Template => ({
  ...base,
  fields: base.fields.map((field) => (field.key === 'result' ? { ...field, computed } : field)),
})
const roles = ['county-data-officer']
const check = (template: Template) => checkTemplate(template, assignKeys(template), roles)
const judge = (template: Template, values: Record<string, string>) =>
  judgeRecord(openTemplate(template, 1, {}), { values, state: 'open', today: '2024-06-03', madeOn: '2024-06-01', isNew: true })

const parts = [
  '名称',
  '数量',
  '证件号',
  '日期',
  '今天',
  '状态',
  '登记日',
  'for',
  'in',
  'return',
  'some',
  'satisfies',
  'if',
  'then',
  'else',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '+',
  '*',
  '**',
  '"a"',
  '1',
  '99999999',
  '..',
  'string join',
  'matches',
  'function',
  'external',
  'x',
  '.',
  'constructor',
  '__proto__',
  'process',
  'require',
  'eval',
]

describe('formulas of a template', () => {
  it('that are anything at all are refused in sentences or worked out within their steps: no hang, no fault', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 14 }), fc.string({ maxLength: 20 }), (pieces, name) => {
        const template = withFormula(pieces.join(' '))
        if (!Template.safeParse(template).success) return
        const problems = check(template)
        for (const problem of problems) expect(problem.said.zh).not.toBe('')
        if (problems.length > 0) return
        const judged = judge(template, { name, amount: '3', secret: '不可见' })
        expect(JSON.stringify(judged.values['result'] ?? '')).not.toContain('不可见')
      }),
      { numRuns: rounds(300, 20_000) },
    )
  })

  it('that would run for ever are stopped, and the record is refused, not wrong', () => {
    const formula = 'count(for a in 1..99999, b in 1..99999 return a * b)'
    const judged = judge(withFormula(`string(${formula})`), { name: 'x' })
    expect(judged.problems).toMatchObject([{ code: 'formula-stopped', field: 'result', level: 'refuse' }])
    expect(mostSteps).toBeLessThanOrEqual(1_000_000)
  })

  it('know the fields of their own record and nothing else; a sensitive field is unknown to them', () => {
    for (const formula of ['证件号', '其他人.姓名', 'process.env', 'constructor', '记录("own.letters")'])
      expect(
        check(withFormula(formula)).map((one) => one.at),
        formula,
      ).toContain('fields.result.computed')
    expect(check(withFormula('string(数量) + 状态'))).toEqual([])
  })

  it('that use each other in a circle are refused', () => {
    const circle = {
      ...base,
      fields: [
        ...base.fields.filter((field) => field.key !== 'result'),
        { key: 'a', name: words('甲'), kind: 'number' as const, computed: '乙 + 1' },
        { key: 'b', name: words('乙'), kind: 'number' as const, computed: '甲 + 1' },
      ],
    }
    expect(check(circle).map((one) => one.said.zh)).toEqual(['公式互相引用，成了圈'])
  })
})
