import type { Language } from '#kernel/pure/words/index.ts'

/**
 * FEEL inside sentences, for readers: `"未纳入"` is 未纳入, `[3..6)` is ≥3 且 <6, `>= 7000` is ≥7000, `true` is 是. By patterns, without the reader
 * of expressions, which is too large for a page that only shows; what it does not know stays as it is.
 */
export function plainFeel(text: string, language: Language): string {
  const word = words[language]
  return text
    .replace(/date\("([^"]*)"\)/g, '$1')
    .replace(
      /([[(\]])\s*([^\s[\]().,，。；]+(?:\.\d+)?)\s*\.\.\s*([^\s[\]()，。；]+?)\s*([\])[])/g,
      (_all, open: string, low: string, high: string, close: string) => {
        return `${open === '[' ? '≥' : '>'}${low}${word.and}${close === ']' ? '≤' : '<'}${high}`
      },
    )
    .replace(/not\(([^()]*)\)/g, `${word.not} $1`)
    .replace(/"\s*,\s*"/g, word.comma)
    .replace(/"([^"]*)"/g, '$1')
    .replace(/>=\s*/g, '≥')
    .replace(/<=\s*/g, '≤')
    .replace(/([<>])\s+(?=[\d\p{L}])/gu, '$1')
    .replace(/(^|[\s=（(，、])true(?=$|[\s，。；)）、])/g, `$1${word.yes}`)
    .replace(/(^|[\s=（(，、])false(?=$|[\s，。；)）、])/g, `$1${word.no}`)
    .replace(/(^|[\s=（(，、])null(?=$|[\s，。；)）、])/g, `$1${word.unknown}`)
}

const words = {
  zh: { and: ' 且 ', not: '不是', comma: '、', yes: '是', no: '否', unknown: '未知' },
  en: { and: ' and ', not: 'not', comma: ', ', yes: 'yes', no: 'no', unknown: 'unknown' },
} as const
