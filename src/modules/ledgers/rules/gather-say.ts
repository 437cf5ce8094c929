import { fill, defineWords } from '#kernel/pure/words/index.ts'
import type { Comparison, Gathers } from './template-brought.ts'
import type { FieldFilter } from './template-indicators.ts'
import type { Field, Template } from './template.ts'

const gatherWords = defineWords({
  same: { zh: '{theirs} 与本记录的 {mine} 相同', en: '{theirs} is the same as {mine} here' },
  'same-year': { zh: '{theirs} 与 {mine} 同一年', en: '{theirs} in the same year as {mine}' },
  'same-quarter': { zh: '{theirs} 与 {mine} 同一季度', en: '{theirs} in the same quarter as {mine}' },
  'same-month': { zh: '{theirs} 与 {mine} 同一月', en: '{theirs} in the same month as {mine}' },
  'not-after': { zh: '{theirs} 不晚于 {mine}', en: '{theirs} not after {mine}' },
  'not-before': { zh: '{theirs} 不早于 {mine}', en: '{theirs} not before {mine}' },
  states: { zh: '状态是 {states}', en: 'State: {states}' },
  filter: { zh: '{field}：{what}', en: '{field}: {what}' },
  self: { zh: '不含本记录', en: 'without this record' },
})
const itself = { zh: '本记录', en: 'the record' }

type Said = { readonly zh: string; readonly en: string }

/** The conditions of a gathered field as sentences. */
export function conditionsOf(gathers: Gathers, given: { mine: readonly Field[]; from: Template; self?: string }): Said[] {
  const { mine, from } = given
  const both = (say: (language: 'zh' | 'en') => string): Said => ({ zh: say('zh'), en: say('en') })
  const nameOf = (fields: readonly Field[], key: string) =>
    key === '$record' ? itself : (fields.find((one) => one.key === key)?.name ?? { zh: key, en: key })
  const compared = gathers.where.map(({ theirs, mine: own, as = 'same' }) =>
    both((language) =>
      fill(gatherWords[as satisfies Comparison], language, {
        theirs: nameOf(from.fields, theirs)[language],
        mine: nameOf(mine, own)[language],
      }),
    ),
  )
  const { states, filters = [] } = gathers
  const stateNames = (language: 'zh' | 'en') =>
    (states ?? []).map((key) => from.states.find((one) => one.key === key)?.name[language] ?? key).join('、')
  return [
    ...compared,
    ...(states === undefined ? [] : [both((language) => fill(gatherWords.states, language, { states: stateNames(language) }))]),
    ...filters.map((filter) =>
      both((language) =>
        fill(gatherWords.filter, language, { field: nameOfFilter(from, filter)[language], what: valuesOf(from, filter, language) }),
      ),
    ),
  ]
}

function nameOfFilter(from: Template, { field }: FieldFilter): Said {
  if (field === 'state') return { zh: '状态', en: 'State' }
  if (field === 'made') return { zh: '登记日', en: 'Day of entry' }
  return from.fields.find((one) => one.key === field)?.name ?? { zh: field, en: field }
}

function valuesOf(from: Template, filter: FieldFilter, language: 'zh' | 'en'): string {
  const named = (value: unknown) => {
    const choices = filter.field === 'state' ? from.states : from.fields.find((one) => one.key === filter.field)?.choices
    return choices?.find((one) => one.key === value)?.name[language] ?? String(value)
  }
  if ('in' in filter) return filter.in.map(named).join('、')
  if ('notIn' in filter) return `≠ ${filter.notIn.map(named).join('、')}`
  if ('empty' in filter) return filter.empty ? '—' : '≠ —'
  const bounds = [
    filter.atLeast === undefined ? [] : [`≥ ${String(filter.atLeast)}`],
    filter.above === undefined ? [] : [`> ${String(filter.above)}`],
    filter.atMost === undefined ? [] : [`≤ ${String(filter.atMost)}`],
    filter.below === undefined ? [] : [`< ${String(filter.below)}`],
  ]
  return bounds.flat().join(' ')
}
