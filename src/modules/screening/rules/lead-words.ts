import { defineWords, fill, type Words } from '#kernel/pure/words/index.ts'
import type { ReasonLimits } from './lead-records.ts'

/** Short names of the rules, for tables and filters. */
export const ruleWords = defineWords({
  L01: { zh: '大额自付医疗费', en: 'High medical costs' },
  L02: { zh: '重度残疾', en: 'Severe disability' },
  L03: { zh: '新纳入低保', en: 'New on the allowance' },
  L04: { zh: '辍学', en: 'Dropped out of school' },
  L05: { zh: '失业返乡', en: 'Out of work' },
  L06: { zh: '危房', en: 'Dangerous house' },
  L07: { zh: '主要劳动力去世', en: 'Main earner died' },
  L10: { zh: '供水中断', en: 'Water cut off' },
  L11: { zh: '贷款逾期', en: 'Overdue loan' },
  L12: { zh: '信访反映困难', en: 'Trouble in a petition' },
  N08: { zh: '名下有小汽车', en: 'Owns a car' },
  N09: { zh: '名下有企业', en: 'Owns a firm' },
})

/** Short names of the lists. */
export const listWords = defineWords({
  medical: { zh: '医保', en: 'medical insurance' },
  disability: { zh: '残联', en: 'disability federation' },
  dibao: { zh: '民政低保', en: 'civil affairs, allowance' },
  education: { zh: '教育', en: 'education' },
  jobs: { zh: '人社', en: 'human resources' },
  housing: { zh: '住建', en: 'housing' },
  police: { zh: '公安户籍', en: 'police, registration' },
  water: { zh: '水利', en: 'water' },
  bank: { zh: '银行', en: 'bank' },
  petition: { zh: '信访', en: 'petitions' },
  cars: { zh: '公安车辆', en: 'police, vehicles' },
  firms: { zh: '市场监管', en: 'market regulation' },
})

/** What a rule saw, in one sentence with its limit; `{value}` is what the list says. */
const sentences = defineWords({
  L01: {
    zh: '本年累计个人自付医疗费 {value} 元（脱贫户、监测对象满 {low} 元，其他农户满 {high} 元的列入）',
    en: 'Own medical costs this year {value} yuan (listed from {low} yuan for registered or monitored households, from {high} yuan for others)',
  },
  L02: { zh: '残疾等级 {value}（{grades}列入）', en: 'Disability grade {value} (listed: {grades})' },
  L03: {
    zh: '本月新纳入低保，且不是脱贫户、监测对象',
    en: 'New on the subsistence allowance this month and neither registered nor monitored',
  },
  L04: { zh: '就读状态为“{value}”', en: 'State of schooling: {value}' },
  L05: { zh: '{state}，已满 {months} 个月（满 {least} 个月列入）', en: '{state} for {months} full months (listed from {least})' },
  L06: { zh: '住房鉴定为 {grade}，仍有人居住', en: 'House of danger grade {grade}, still lived in' },
  L07: { zh: '户籍变动：{value}', en: 'Change of registration: {value}' },
  L10: {
    zh: '所在村组本年供水累计中断 {value} 天（超过 {most} 天列入）',
    en: 'Water of the group cut off for {value} days this year (listed above {most})',
  },
  L11: { zh: '小额信贷逾期 {value} 天（超过 {most} 天列入）', en: 'Small loan overdue by {value} days (listed above {most})' },
  L12: { zh: '信访、热线反映{value}困难', en: 'A petition or call tells of trouble with: {value}' },
  N08: { zh: '名下有车辆：{value}（需核实，不作为排除依据）', en: 'Owns a vehicle: {value} (to be checked; excludes nobody)' },
  N09: { zh: '名下有经营主体：{value}（需核实，不作为排除依据）', en: 'Owns a firm: {value} (to be checked; excludes nobody)' },
})
const plain: Words = { zh: '{rule}：{value}', en: '{rule}: {value}' }

/** Why a household is on the list, in one sentence. A rule that is not known here is shown as written. */
export function sayReason(reason: { readonly rule: string; readonly value: string }, limits: ReasonLimits): Words {
  const words = Object.hasOwn(sentences, reason.rule) ? sentences[reason.rule as keyof typeof sentences] : plain // Safe: it was just asked
  const values = { rule: reason.rule, ...partsOf(reason.value), ...limitsOf(limits[reason.rule] ?? {}) }
  return { zh: fill(words, 'zh', values), en: fill(words, 'en', values) }
}

/**
 * The value as a whole and in its parts: `6 返乡未就业` is months and state, `D级 是` grade and whether it is lived in.
 * Several rows that speak for one reason stand beside each other: `C级 是；D级 是`.
 */
function partsOf(value: string): Record<string, string> {
  const several = value.split('；').map((one) => {
    const [first = '', ...rest] = one.split(' ')
    return { first, rest: rest.join(' ') }
  })
  const joined = (pick: (one: (typeof several)[number]) => string) => [...new Set(several.map(pick))].join('、')
  const hasMonths = several.every(({ first, rest }) => /^\d+$/.test(first) && rest !== '')
  return {
    value: joined(({ first, rest }) => (rest === '' ? first : `${first}（${rest}）`)),
    grade: joined(({ first }) => first),
    months: hasMonths ? joined(({ first }) => first) : '—',
    state: hasMonths ? joined(({ rest }) => rest) : value,
  }
}

function limitsOf(limit: Readonly<Record<string, unknown>>): Record<string, string> {
  return {
    low: say(limit['at_least_registered_or_monitored']),
    high: say(limit['at_least_others']),
    grades: say(limit['grades']),
    least: say(limit['months_at_least']),
    most: say(limit['days_more_than']),
  }
}

function say(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('、')
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '—'
}
