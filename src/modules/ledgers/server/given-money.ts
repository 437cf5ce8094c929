import type { Context } from '#kernel/server/caller/index.ts'
import { readTemplate } from '../rules/check-template.ts'
import type { Template } from '../rules/template.ts'
import { publishTemplate, saveDraft } from './templates.ts'

const words = (zh: string) => ({ zh, en: zh })
const writers = ['county-data-officer', 'township-officer', 'village-cadre']

interface MoneyLedger {
  readonly key: string
  readonly name: string
  readonly title: string
  readonly fields: readonly { readonly key: string; readonly name: string; readonly kind: string; readonly [more: string]: unknown }[]
  readonly checks?: readonly { readonly key: string; readonly holds: string; readonly says: string }[]
  readonly columns?: readonly string[]
  readonly numbered?: boolean
  readonly closed?: boolean
}

/** A ledger of money for tests: two states, one move. */
export function moneyTemplate(given: MoneyLedger): Template {
  const read = readTemplate({
    key: given.key,
    name: words(given.name),
    about: 'nothing',
    title: given.title,
    fields: given.fields.map((field) => ({ ...field, name: words(field.name) })),
    checks: (given.checks ?? []).map((check) => ({ ...check, says: words(check.says), level: 'refuse' })),
    states: [
      { key: 'open', name: words('登记') },
      { key: 'paid', name: words('已付'), settled: true },
    ],
    moves: [{ key: 'pay', name: words('付款'), from: ['open'], into: 'paid', by: writers }],
    // A counter would keep two writers apart by itself.
    ...(given.numbered === true ? { numbering: { prefix: 'Q', per: 'year', digits: 3 } } : {}),
    list: { columns: [given.title, ...(given.columns ?? [])], offered: [given.title] },
    print: { title: words(given.name), sheet: [given.title], list: [given.title] },
    access: { read: writers, write: writers, ...(given.closed === true ? { closed: true } : {}) },
  })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.template
}

/** Publishes templates of the county; they may name each other. */
export async function givenPublishedTemplates(ctx: Context, templates: readonly Template[]): Promise<void> {
  const drafts: { templateKey: string; revision: number }[] = []
  for (const template of templates) {
    const { revision } = await saveDraft(ctx, { templateKey: template.key, template })
    drafts.push({ templateKey: template.key, revision })
  }
  for (const draft of drafts) await publishTemplate(ctx, draft)
}

/** Money that is there: what was paid from it is gathered from the payments, and is never more. */
export const fundTemplate = moneyTemplate({
  key: 'own.fund',
  name: '资金池',
  title: 'name',
  numbered: true,
  fields: [
    { key: 'name', name: '资金名称', kind: 'text', required: true },
    { key: 'amount', name: '总额', kind: 'money', required: true },
    {
      key: 'spent',
      name: '已付',
      kind: 'money',
      gathers: { from: 'own.payment', where: [{ theirs: 'fund', mine: '$record' }], measure: { sum: 'amount' } },
    },
    {
      key: 'payments',
      name: '笔数',
      kind: 'number',
      gathers: { from: 'own.payment', where: [{ theirs: 'fund', mine: '$record' }], measure: { count: 'rows' } },
    },
    { key: 'balance', name: '余额', kind: 'money', computed: '总额 - 已付' },
  ],
  checks: [{ key: 'balance', holds: '余额 >= 0', says: '余额不能小于0' }],
})

/** Payments from a fund. */
export const paymentTemplate = moneyTemplate({
  key: 'own.payment',
  name: '付款',
  title: 'purpose',
  fields: [
    { key: 'purpose', name: '用途', kind: 'text', required: true },
    { key: 'fund', name: '资金来源', kind: 'record', of: 'own.fund', required: true },
    { key: 'amount', name: '金额', kind: 'money', required: true, min: '0.01' },
    { key: 'on', name: '付款日', kind: 'date' },
  ],
})

/** Rewards of one payee under one policy: what he got before is gathered, the rest of the cap is decided (R05). */
export const rewardTemplate = moneyTemplate({
  key: 'own.reward',
  name: '销售奖补',
  title: 'payee',
  columns: ['before', 'reward'],
  fields: [
    { key: 'payee', name: '经营主体', kind: 'organisation', required: true },
    { key: 'policy', name: '政策期', kind: 'text', required: true },
    { key: 'year', name: '销售年度末', kind: 'date', required: true },
    { key: 'sales', name: '合格销售额', kind: 'money', required: true },
    {
      key: 'before',
      name: '此前奖补',
      kind: 'money',
      gathers: {
        from: 'own.reward',
        where: [
          { theirs: 'payee', mine: 'payee' },
          { theirs: 'policy', mine: 'policy' },
        ],
        measure: { sum: 'reward' },
      },
    },
    {
      key: 'reward',
      name: '应发奖补',
      kind: 'money',
      decides: {
        policy: 'markets.sales-reward',
        output: '应发奖补',
        asOf: 'year',
        facts: { 年度合格销售额: '合格销售额', 本政策期已奖补: '此前奖补' },
      },
    },
    {
      key: 'capped',
      name: '封顶',
      kind: 'text',
      decides: {
        policy: 'markets.sales-reward',
        output: '封顶',
        asOf: 'year',
        facts: { 年度合格销售额: '合格销售额', 本政策期已奖补: '此前奖补' },
      },
    },
    { key: 'total', name: '累计奖补', kind: 'money', computed: '此前奖补 + 应发奖补' },
  ],
  checks: [{ key: 'cap', holds: '累计奖补 <= 300000', says: '同一主体同一政策期不超过30万元' }],
})

/** The terms of the sales reward as a county fills them. */
export const salesTerms = JSON.stringify({
  values: [
    { name: '奖补读法', en: 'Reading', unit: '', decimals: 0, value: 'A', latitude: 'free', note: '' },
    { name: '一档起点', en: 'Tier 1', unit: '元', decimals: 2, value: 100000, latitude: 'fill', note: '' },
    { name: '二档起点', en: 'Tier 2', unit: '元', decimals: 2, value: 500000, latitude: 'fill', note: '' },
    { name: '一档比例', en: 'Rate 1', unit: '比例', decimals: 4, value: 0.05, latitude: 'fill', note: '' },
    { name: '二档比例', en: 'Rate 2', unit: '比例', decimals: 4, value: 0.07, latitude: 'fill', note: '' },
    { name: '单个主体奖补上限', en: 'Cap', unit: '元', decimals: 2, value: 300000, latitude: 'fill', note: '' },
  ],
})

/** The terms of the interest subsidy as a county fills them: the whole interest, days of 360. */
export const subsidyTerms = JSON.stringify({
  values: [
    { name: '贴息取整方式', en: 'Rounding', unit: '', decimals: 0, value: '到分四舍五入', latitude: 'free', note: '' },
    { name: '小额信贷上限', en: 'Largest loan', unit: '元', decimals: 2, value: 50000, latitude: 'fixed', note: '' },
    { name: '贴息计息基数', en: 'Days of a year', unit: '天', decimals: 0, value: 360, latitude: 'free', note: '' },
    { name: '贴息比例', en: 'Share', unit: '比例', decimals: 4, value: 1, latitude: 'fill', note: '' },
  ],
})

/** Loans with what was subsidised of them: quarters without one are said. */
export const loanTemplate = moneyTemplate({
  key: 'own.loan',
  name: '小额信贷',
  title: 'contract',
  fields: [
    { key: 'contract', name: '合同编号', kind: 'text', required: true },
    { key: 'principal', name: '贷款本金', kind: 'money', required: true },
    { key: 'rate', name: '年利率', kind: 'number', places: 4, required: true },
    { key: 'granted', name: '发放日', kind: 'date', required: true },
    { key: 'until', name: '结清或统计日', kind: 'date', required: true },
    {
      key: 'quarters',
      name: '应贴季度',
      kind: 'number',
      computed: '结清或统计日.year * 4 + ceiling(结清或统计日.month / 3) - 发放日.year * 4 - ceiling(发放日.month / 3) + 1',
    },
    {
      key: 'subsidised',
      name: '已贴季度',
      kind: 'number',
      gathers: { from: 'own.subsidy', where: [{ theirs: 'loan', mine: '$record' }], measure: { count: 'rows' } },
    },
    {
      key: 'paid',
      name: '累计贴息',
      kind: 'money',
      gathers: { from: 'own.subsidy', where: [{ theirs: 'loan', mine: '$record' }], measure: { sum: 'amount' } },
    },
    { key: 'missing', name: '缺贴季度', kind: 'number', computed: '应贴季度 - 已贴季度' },
  ],
})

/** Subsidies: what the loan is comes from the loan, and one a quarter is all there is (R23). */
export const subsidyTemplate = moneyTemplate({
  key: 'own.subsidy',
  name: '贴息',
  title: 'loan',
  fields: [
    { key: 'loan', name: '贷款', kind: 'record', of: 'own.loan', required: true },
    { key: 'until', name: '计息截止日', kind: 'date', required: true },
    { key: 'days', name: '计息天数', kind: 'number', required: true },
    {
      key: 'principal',
      name: '贷款本金',
      kind: 'money',
      gathers: { from: 'own.loan', where: [{ theirs: '$record', mine: 'loan' }], measure: { sum: 'principal' } },
    },
    {
      key: 'rate',
      name: '年利率',
      kind: 'number',
      places: 4,
      gathers: { from: 'own.loan', where: [{ theirs: '$record', mine: 'loan' }], measure: { max: 'rate' } },
    },
    {
      key: 'others',
      name: '本季其他贴息',
      kind: 'number',
      gathers: {
        from: 'own.subsidy',
        where: [
          { theirs: 'loan', mine: 'loan' },
          { theirs: 'until', mine: 'until', as: 'same-quarter' },
        ],
        measure: { count: 'rows' },
      },
    },
    {
      key: 'amount',
      name: '贴息金额',
      kind: 'money',
      decides: {
        policy: 'funds.interest-subsidy',
        output: '贴息金额',
        asOf: 'until',
        facts: { 贷款本金: '贷款本金', 贷款年利率: '年利率', 计息天数: '计息天数', 本季已贴息: '本季其他贴息 > 0' },
      },
    },
  ],
  checks: [{ key: 'once', holds: '本季其他贴息 = 0', says: '这笔贷款本季度已经贴过息' }],
})
