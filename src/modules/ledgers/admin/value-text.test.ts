import { describe, expect, it } from 'vitest'
import type { Field, FieldKind } from '../rules/template.ts'
import { groupDigits, sumText, textOf } from './value-text.ts'

const field = (kind: FieldKind, rest: Partial<Field> = {}): Field => ({ key: 'f1', name: { zh: '甲', en: 'A' }, kind, ...rest })

describe('values as text', () => {
  it.each([
    [field('money'), '1234567.5', '1,234,567.50'],
    [field('number', { unit: '亩', places: 2 }), '-1234.25', '-1,234.25 亩'],
    [field('choice', { choices: [{ key: 'a', name: { zh: '好', en: 'good' } }] }), 'a', '好'],
    [field('choices', { choices: [{ key: 'a', name: { zh: '好', en: 'good' } }] }), ['a', 'b'], '好、b'],
    [field('yes-no'), false, '否'],
    [field('household'), { id: '1', name: '某户' }, '某户'],
    [field('area'), { id: '43.', name: '某村' }, '某村'],
    [field('text', { sensitive: true }), { masked: '154****0001' }, '154****0001'],
    [field('table', { columns: [field('text')] }), [{ f1: 'x' }, { f1: 'y' }], '2 行'],
    [field('photo'), [{ recordFileId: '1', mediaType: 'image/jpeg', bytes: 1, addedAt: '', addedName: '' }], '1 份'],
    [field('place'), { longitude: '110.5', latitude: '27.123456' }, '27.12346, 110.50000'],
    [field('text'), null, ''],
  ] as const)('%#', (of, value, text) => {
    expect(textOf(of, value, 'zh')).toBe(text)
  })

  it('groups digits without rounding, and long sums of money stand in 万', () => {
    expect(groupDigits('12345678901234567890.123456')).toBe('12,345,678,901,234,567,890.123456')
    expect(groupDigits('n/a')).toBe('n/a')
    expect(sumText(field('money'), '12345678.90', 'zh')).toBe('1,234.57 万')
    expect(sumText(field('money'), '999.9', 'zh')).toBe('999.90')
  })

  it('writes years without separators', () => {
    const field = { key: 'year', name: { zh: '参保年度', en: 'Year' }, kind: 'number' as const }
    expect(textOf(field, '2024', 'zh')).toBe('2024')
    expect(textOf({ ...field, name: { zh: '户数', en: 'Households' } }, '2024', 'zh')).toBe('2,024')
  })
})
