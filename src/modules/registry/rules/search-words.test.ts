import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { endOfWords, readSearch } from './search-words.ts'

const first17 = '99030119680101004'
const number = `${first17}${checkCharacterOf(first17) ?? ''}`
const waysOf = (words: string) => readSearch(words).map(({ way }) => way)

describe('what stands in the search box', () => {
  it('is a name when it is Chinese, also with spaces and other middle dots', () => {
    expect(readSearch(' 曾 国强')).toEqual([
      { way: 'name', words: '曾国强' },
      { way: 'given-name', words: '曾国强' },
    ])
    expect(readSearch('阿卜杜•热')[0]).toEqual({ way: 'name', words: '阿卜杜·热' })
  })

  it('is pinyin or first letters when it is letters', () => {
    expect(readSearch("Zeng Guo'qiang")[0]).toEqual({ way: 'pinyin', words: 'zengguoqiang' })
    expect(waysOf('zgq')).toEqual(['pinyin', 'given-pinyin', 'initials'])
    expect(readSearch('Lü')[0]?.words).toBe('lv')
  })

  it('is an ID number in full width, with spaces, with 15 digits or with the tail of a disability certificate', () => {
    const old = first17.slice(0, 6) + first17.slice(8)
    const written = [
      number,
      number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
      `${number.slice(0, 6)} ${number.slice(6)}`,
    ]
    for (const one of [...written, old, `${number}42`]) expect(readSearch(one)[0]).toEqual({ way: 'id-number', words: number })
  })

  it('is a telephone with or without the country, and may as well begin a household number', () => {
    expect(readSearch('+86 154-0000-0241')[0]).toEqual({ way: 'phone', words: '15400000241' })
    expect(waysOf('15400000241')).toEqual(['phone', 'household-no', 'person-no'])
    expect(waysOf('9903010')).toContain('household-no')
  })

  it('is nothing when it is nothing', () => {
    expect([readSearch('  '), readSearch('--')]).toEqual([[], []])
  })

  it('never fails, and whatever begins with the words lies in their range', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 5 }), (words, rest) => {
        readSearch(words)
        const bytes = (text: string) => Buffer.from(text)
        expect(bytes(words + rest).compare(bytes(words))).toBeGreaterThanOrEqual(0)
        if (!rest.startsWith('\u{10FFFF}')) expect(bytes(words + rest).compare(bytes(endOfWords(words)))).toBeLessThan(0)
      }),
    )
  })
})
