import { formatYuan } from '#kernel/pure/money/index.ts'
import type { Language } from '#kernel/pure/words/index.ts'
import { findField } from '../policy/policy.ts'
import { nameCode } from './household-search.ts'

const yesNo = { zh: { true: '是', false: '否' }, en: { true: 'yes', false: 'no' } } as const
/** What the comparison of an import says of a person or a household that an event ended. */
const ends = {
  zh: { left: (day: string) => `${day} 起不在册`, closed: (day: string) => `${day} 起已销户` },
  en: { left: (day: string) => `left on ${day}`, closed: (day: string) => `closed on ${day}` },
} as const
const units: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  mu: { zh: '亩', en: 'mu' },
  m2: { zh: '平方米', en: 'm²' },
  km: { zh: '公里', en: 'km' },
}

/** A field's name in the reader's language. */
export function nameField(key: string, language: Language): string {
  return findField(key)?.[language] ?? key
}

/** A value of a field as people read it: money in yuan, months with a hyphen, code list labels in the reader's language. */
export function writeValue(key: string, value: unknown, language: Language): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const ended = typeof value === 'string' ? /^(left|closed) (\d{4}-\d{2}-\d{2})$/.exec(value) : null
  if (ended !== null) return ends[language][ended[1] === 'left' ? 'left' : 'closed'](ended[2] ?? '')
  const field = findField(key)
  if (typeof value === 'boolean') return yesNo[language][`${value}`]
  if (typeof value === 'number') return writeNumber(key, value, language)
  if (typeof value !== 'string') return JSON.stringify(value)
  if (field?.type === 'yearMonth') return /^\d{6}$/.test(value) ? `${value.slice(0, 4)}-${value.slice(4)}` : value
  if (field?.codeList !== undefined) {
    const { codeList } = field
    return value
      .split(',')
      .map((label) => nameCode(codeList, label, language))
      .join('、')
  }
  return value
}

/** The unit is left out where the field's name has it already. */
function writeNumber(key: string, value: number, language: Language): string {
  const field = findField(key)
  const isNamed = /[（(](元|亩|万元)[）)]$/.test(field?.zh ?? '')
  if (field?.type === 'money') return isNamed ? formatYuan(value) : `${formatYuan(value)} ${language === 'zh' ? '元' : 'yuan'}`
  const unit = field?.unit === undefined || isNamed ? undefined : units[field.unit]?.[language]
  return unit === undefined ? String(value) : `${value} ${unit}`
}
