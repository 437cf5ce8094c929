import { describe, expect, it } from 'vitest'
import { assignKeys } from './assign-keys.ts'
import { checkNamed, type Surroundings } from './check-named.ts'
import { checkTemplate, readTemplate } from './check-template.ts'
import type { Template } from './template.ts'

const role = 'township-officer'
const words = (name: string) => ({ zh: name, en: name })
const field = (key: string, name: string, more: object) => ({ key, name: words(name), ...more })

/** A reward register: what the payee got before is gathered, the reward is decided. */
function rewards(change: (fields: Record<string, object>) => Record<string, object> = (fields) => fields): Template {
  const fields = change({
    payee: field('payee', '经营主体', { kind: 'organisation', required: true }),
    year: field('year', '销售年度', { kind: 'date' }),
    sales: field('sales', '合格销售额', { kind: 'money' }),
    before: field('before', '此前奖补', {
      kind: 'money',
      gathers: { from: 'own.reward', where: [{ theirs: 'payee', mine: 'payee' }], states: ['paid'], measure: { sum: 'reward' } },
    }),
    reward: field('reward', '应发奖补', {
      kind: 'money',
      decides: {
        policy: 'markets.sales-reward',
        output: '应发奖补',
        asOf: 'year',
        facts: { 年度合格销售额: '合格销售额', 本政策期已奖补: '此前奖补' },
      },
    }),
    total: field('total', '累计', { kind: 'money', computed: '此前奖补 + 应发奖补' }),
  })
  const read = readTemplate({
    key: 'own.reward',
    name: words('销售奖补'),
    about: 'nothing',
    title: 'payee',
    fields: Object.values(fields),
    states: [
      { key: 'open', name: words('登记') },
      { key: 'paid', name: words('已发放'), settled: true },
    ],
    moves: [{ key: 'pay', name: words('发放'), from: ['open'], into: 'paid', by: [role] }],
    list: { columns: ['payee'], offered: ['payee', 'reward'] },
    print: { title: words('奖补'), sheet: ['payee'], list: ['payee'] },
    access: { read: [role], write: [role] },
  })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.template
}

const around: Surroundings = {
  templates: new Map(),
  facts: { household: {}, person: {} },
  policies: new Map([
    [
      'markets.sales-reward',
      {
        key: 'markets.sales-reward',
        facts: { 年度合格销售额: 'number', 本政策期已奖补: 'number' },
        outputs: { 应发奖补: 'number', 封顶: 'string' },
      },
    ],
  ]),
}
const said = (template: Template) =>
  [...checkTemplate(template, assignKeys(template), [role]), ...checkNamed(template, around)].map((one) => one.said.zh)
const changed = (key: string, more: object) => said(rewards((fields) => ({ ...fields, [key]: { ...fields[key], ...more } })))

describe('gathered and decided fields of a template', () => {
  it('are sound where everything that they name exists', () => {
    expect(said(rewards())).toEqual([])
  })

  it('are never entered, required or computed besides', () => {
    expect(changed('before', { required: true })).toEqual(['“此前奖补”由系统带入，不能同时必填、加密、有默认值或公式'])
    expect(changed('reward', { computed: '1' })).toContain('“应发奖补”由系统带入，不能同时必填、加密、有默认值或公式')
  })

  it('stand in a circle where a decided field reads what is computed from it', () => {
    const decides = { policy: 'markets.sales-reward', output: '应发奖补', facts: { 年度合格销售额: '累计', 本政策期已奖补: '此前奖补' } }
    expect(changed('reward', { decides })).toEqual(['公式互相引用，成了圈'])
  })

  it('cannot be gathered by what is decided or gathered', () => {
    const where = [
      { theirs: 'payee', mine: 'payee' },
      { theirs: 'reward', mine: 'total' },
    ]
    expect(changed('before', { gathers: { from: 'own.reward', where, measure: { sum: 'reward' } } })).toEqual([
      '“此前奖补”的条件不能用“累计”：它本身由汇总或判定得来',
    ])
  })

  it('name ledgers, fields, states, tables, outputs and facts that exist, or a name that may have been meant', () => {
    const gathers = (more: object) => ({
      gathers: { from: 'own.reward', where: [{ theirs: 'payee', mine: 'payee' }], measure: { sum: 'reward' }, ...more },
    })
    expect(changed('before', gathers({ from: 'own.rewards' }))).toEqual([
      '“此前奖补”要汇总的台账“own.rewards”不存在（是不是“own.reward”？）',
    ])
    expect(changed('before', gathers({ measure: { sum: 'rewards' } }))).toEqual(['台账“销售奖补”没有字段“rewards”（是不是“reward”？）'])
    expect(changed('before', gathers({ states: ['pai'] }))).toEqual(['台账“销售奖补”没有状态“pai”（是不是“paid”？）'])
    expect(changed('before', gathers({ measure: { sum: 'payee' } }))).toEqual(['“此前奖补”：台账“销售奖补”的“经营主体”不能这样汇总'])
    expect(changed('before', { kind: 'number' })).toEqual(['“此前奖补”：台账“销售奖补”的“应发奖补”不能这样汇总'])
    expect(changed('before', gathers({ where: [{ theirs: 'year', mine: 'year', as: 'same-year' }] }))).toEqual([
      '“此前奖补”的条件里至少一条要比对关联（同一户、同一人、同一单位、同一条记录……）',
    ])
    const decides = (more: object) => ({
      decides: {
        policy: 'markets.sales-reward',
        output: '应发奖补',
        facts: { 年度合格销售额: '合格销售额', 本政策期已奖补: '此前奖补' },
        ...more,
      },
    })
    expect(changed('reward', decides({ policy: 'markets.sale-reward' }))).toEqual([
      '“应发奖补”用的规则表“markets.sale-reward”不存在（是不是“markets.sales-reward”？）',
    ])
    expect(changed('reward', decides({ output: '应发奖' }))).toEqual(['规则表“markets.sales-reward”没有结果“应发奖”（是不是“应发奖补”？）'])
    expect(changed('reward', decides({ output: '封顶' }))).toEqual(['“应发奖补”的类型放不下规则表的结果（string）'])
    expect(changed('reward', decides({ facts: { 年度合格销售额: '销售年度', 本政策期已奖: '0' } }))).toEqual([
      '给“年度合格销售额”的公式类型不对：要 number，得 date',
      '规则表“markets.sales-reward”不问“本政策期已奖”（是不是“本政策期已奖补”？）',
      '规则表“markets.sales-reward”要问“本政策期已奖补”，“应发奖补”没有给（可写 null）',
    ])
  })

  it('are refused where they go back into themselves through another ledger, or where another one would no longer find what it gathers', () => {
    const paid = rewards()
    const gathers = { from: 'own.reward', where: [{ theirs: 'payee', mine: 'payee' }], measure: { sum: 'total' } }
    const other = {
      ...paid,
      key: 'own.fund',
      name: words('资金池'),
      fields: [...paid.fields.filter((one) => one.key === 'payee'), { key: 'sum', name: words('合计'), kind: 'money' as const, gathers }],
    }
    const templates = new Map([[other.key, other]])
    const without = rewards((fields) => ({ ...fields, total: field('total', '累计', { kind: 'text', computed: '"-"' }) }))
    expect(checkNamed(without, { ...around, templates: new Map([...templates, [paid.key, paid]]) }).map((one) => one.said.zh)).toEqual([
      '台账“资金池”从这里汇总，改了以后它对不上：“合计”：台账“销售奖补”的“累计”不能这样汇总',
    ])
    const back = { from: 'own.fund', where: [{ theirs: 'payee', mine: 'payee' }], measure: { sum: 'sum' } }
    const circle = rewards((fields) => ({ ...fields, before: field('before', '此前奖补', { kind: 'money', gathers: back }) }))
    expect(checkNamed(circle, { ...around, templates }).map((one) => one.said.zh)).toEqual([
      '汇总绕成了圈：销售奖补·此前奖补 ← 资金池·合计 ← 销售奖补·累计 ← 销售奖补·此前奖补',
    ])
  })
})
