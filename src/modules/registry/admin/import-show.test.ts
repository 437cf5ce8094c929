import { describe, expect, it } from 'vitest'
import { columnLetters, nameField, showBytes, showField, showMoment } from './import-show.ts'

const zh = { language: 'zh', nameArea: (path: string) => `<${path}>` } as const

describe('what an import shows', () => {
  it('names a column as Excel does', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
  })

  it('writes money in yuan and yes or no in words', () => {
    expect(showField('monthlyWage', 123450, zh)).toBe('1234.50')
    expect(showField('povertyLaborFlag', true, zh)).toBe('是')
    expect(showField('sex', 'female', zh)).toBe('女')
  })

  it('shows nothing for an empty value, so that the page can say so', () => {
    expect(showField('name', null, zh)).toBeUndefined()
    expect(showField('name', '', zh)).toBeUndefined()
  })

  it('writes an area by its names, also one that is not known yet', () => {
    expect(showField('area', '99.9903.', zh)).toBe('<99.9903.>')
    expect(showField('area', '+/菱塘镇/柳湾村/1组', zh)).toBe('菱塘镇 / 柳湾村 / 1组（新）')
  })

  it('names a field by the catalogue, and one it does not know by its key', () => {
    expect(nameField('area', 'zh')).toBe('所在村组')
    expect(nameField('name', 'zh')).not.toBe('name')
    expect(nameField('noSuchField', 'zh')).toBe('noSuchField')
    expect(nameField('noSuchField?', 'en')).toBe('noSuchField (as written)')
  })

  it('writes a moment in local time and nothing for none', () => {
    expect(showMoment('2026-11-21T16:05:00.000Z')).toBe('2026-11-22 00:05')
    expect(showMoment(undefined)).toBe('')
  })

  it('writes sizes in units that people know', () => {
    expect([12, 2048, 5 * 1024 ** 2].map(showBytes)).toEqual(['12 B', '2 KB', '5.0 MB'])
  })
})
