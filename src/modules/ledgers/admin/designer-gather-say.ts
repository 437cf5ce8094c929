import { isLink } from '../rules/field-kinds.ts'
import type { Gathers, GatherCondition } from '../rules/template-brought.ts'
import type { Field, Template } from '../rules/template.ts'

type Language = 'zh' | 'en'
type Given = { readonly from: Pick<Template, 'key' | 'name' | 'fields' | 'states'>; readonly mine: Pick<Template, 'key' | 'fields'> }

/** A gathered field as an officer says it: 合计：产销台账中同一经营主体、同一年度、已确认记录的销售额. */
export function sayGathers(gathers: Gathers, given: Given, language: Language, filters = ''): string {
  const { from, mine } = given
  const zh = language === 'zh'
  const states = (gathers.states ?? [])
    .map((key) => from.states.find((one) => one.key === key)?.name[language] ?? key)
    .join(zh ? '或' : ' or ')
  const how = [...gathers.where.map((one) => sayCondition(one, given, language)), filters, states].filter((part) => part !== '')
  const other = from.key === mine.key
  const ledger = other ? (zh ? '本台账其他记录' : 'other records of this ledger') : from.name[language]
  const [head, tail] = measureWords(gathers.measure, from.fields, language)
  if (zh) return `${head}：${ledger}中${how.join('、')}记录的${tail}`.replace('记录的条数', '的记录条数')
  return `${head}: ${tail} in ${ledger}, ${how.join(', ')}`
}

function measureWords(measure: Gathers['measure'], fields: readonly Field[], language: Language): [string, string] {
  const zh = language === 'zh'
  const name = (key: string) => fields.find((one) => one.key === key)?.name[language] ?? key
  if ('sum' in measure) return [zh ? '合计' : 'Sum', name(measure.sum)]
  if ('max' in measure) return [zh ? '最大' : 'Largest', name(measure.max)]
  if ('mean' in measure) return [zh ? '平均' : 'Mean', name(measure.mean)]
  if ('distinct' in measure) return [zh ? '有几个不同的' : 'Different', name(measure.distinct)]
  return [zh ? '有多少条' : 'How many', zh ? '条数' : 'records']
}

const periods: Readonly<Record<string, { zh: string; en: string }>> = {
  'same-year': { zh: '同一年度', en: 'in the same year' },
  'same-quarter': { zh: '同一季度', en: 'in the same quarter' },
  'same-month': { zh: '同一月', en: 'in the same month' },
}

function sayCondition({ theirs, mine, as = 'same' }: GatherCondition, given: Given, language: Language): string {
  const zh = language === 'zh'
  const name = (fields: readonly Field[], key: string) => fields.find((one) => one.key === key)?.name[language] ?? key
  const [their, own] = [name(given.from.fields, theirs), name(given.mine.fields, mine)]
  if (mine === '$record') return zh ? `${their}是这一条` : `whose ${their} is this record`
  if (theirs === '$record') return zh ? `本条${own}所指` : `named by ${own}`
  const period = periods[as]
  if (period !== undefined)
    return their === own ? period[language] : zh ? `${their}与${own}${period.zh}` : `${their} ${period.en} as ${own}`
  if (as === 'not-after') return zh ? `${their}不晚于${own}` : `${their} not after ${own}`
  if (as === 'not-before') return zh ? `${their}不早于${own}` : `${their} not before ${own}`
  return their === own ? (zh ? `同一${their}` : `of the same ${their}`) : zh ? `${their}就是${own}` : `whose ${their} is ${own}`
}

/** Whether a field of the other ledger can be compared with one of this record as the same. */
export function mayBeSame(theirs: Field, mine: Field): boolean {
  if (theirs.sensitive === true || mine.sensitive === true || theirs.kind !== mine.kind) return false
  if (theirs.kind === 'record') return theirs.of === mine.of
  return isLink(theirs.kind) || ['text', 'choice', 'number', 'money', 'date', 'month', 'yes-no'].includes(theirs.kind)
}

/** Pairs that link records of the other ledger to this one, the likeliest first. */
export function linkingPairs(from: Pick<Template, 'key' | 'fields'>, mine: Pick<Template, 'key' | 'fields'>): GatherCondition[] {
  const toThis = from.fields
    .filter(({ kind, of }) => kind === 'record' && of === mine.key)
    .map(({ key }): GatherCondition => ({ theirs: key, mine: '$record' }))
  const named = mine.fields
    .filter(({ kind, of }) => kind === 'record' && of === from.key)
    .map(({ key }): GatherCondition => ({ theirs: '$record', mine: key }))
  const same = from.fields
    .filter(({ kind }) => isLink(kind))
    .flatMap((theirs) => mine.fields.filter((own) => mayBeSame(theirs, own)).map((own) => ({ theirs: theirs.key, mine: own.key })))
  const isNamesake = ({ theirs, mine: own }: GatherCondition) =>
    from.fields.find(({ key }) => key === theirs)?.name.zh === mine.fields.find(({ key }) => key === own)?.name.zh ? 0 : 1
  return [...toThis, ...named, ...same.sort((one, other) => isNamesake(one) - isNamesake(other))]
}
