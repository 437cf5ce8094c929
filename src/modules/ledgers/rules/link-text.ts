import { readIdNumber, tidyIdNumber } from '#kernel/pure/text/index.ts'

/** What a cell says of a person or a household: numbers, a name, and what tells it from namesakes. */
export interface LinkText {
  /** A whole identity number, tidy. */
  readonly idNumber?: string
  /** A number whose middle is hidden, as lists that went out have it. */
  readonly masked?: string
  /** Digits that may be a household's number. */
  readonly number?: string
  readonly name?: string
  /** Names of the household's head, if the cell says so: `户主李某`, `李某户`. */
  readonly headName?: string
  /** What else stands there and may be a place: `菱塘镇柳湾村3组`. */
  readonly place?: string
}

const hidden = /^\d{3,10}\*{2,14}[\dXx]{0,6}$/
const group = /(\d{1,3}|[一二三四五六七八九十]{1,3})(村民小组|小组|组)$/
const personName = /^[\p{Script=Han}·・．.]{2,20}$/u

/**
 * Reads `430…`, `张三 430…`, `张三（柳湾村3组）`, `菱塘镇柳湾村 张三`, `张三（户主李四）`, `张三 990301…（户编号）`. The first part that may be a name is the
 * name; a part that ends like a place is none.
 */
export function readLinkText(text: string): LinkText {
  const parts = text
    .normalize('NFKC')
    .split(/[\s,，、;；/\\|()（）【】[\]<>《》:：-]+/)
    .filter((part) => part !== '')
  const found: { -readonly [Key in keyof LinkText]: LinkText[Key] } = {}
  const places: string[] = []
  for (const part of parts) {
    const tidy = tidyIdNumber(part)
    if (readIdNumber(tidy) !== undefined) found.idNumber ??= tidy
    else if (hidden.test(part)) found.masked ??= part.toUpperCase()
    else if (/^[0-9A-Za-z]{4,32}$/.test(part) && /\d/.test(part)) found.number ??= part
    else if (/^户主.{2,}/.test(part)) found.headName ??= part.slice(2)
    else if (/^.{2,20}户$/.test(part)) found[found.name === undefined ? 'name' : 'headName'] ??= part.slice(0, -1)
    else if (isPlaceLike(part)) places.push(part)
    else if (found.name === undefined && personName.test(part)) found.name = part
    else places.push(part)
  }
  return { ...found, ...(places.length === 0 ? {} : { place: places.join('') }) }
}

const isPlaceLike = (part: string): boolean => /(省|市|县|镇|乡|街道|村|社区|居委会|村委会)$/.test(part) || group.test(part)

/** A place without the group at its end, and the group as files write it. */
export function splitGroup(place: string): { place: string; group: string } {
  const match = group.exec(place)
  return match === null ? { place, group: '' } : { place: place.slice(0, match.index), group: match[0] }
}

/** Whether a number as it is shown to a reader may be one of which a list shows other ends: what both show must agree. */
export function mayBeSame(shown: string, masked: string): boolean {
  if (shown.length < 6) return false
  const head = (text: string) => /^[^*]*/.exec(text)?.[0] ?? ''
  const tail = (text: string) => /[^*]*$/.exec(text)?.[0] ?? ''
  const agree = (one: string, other: string, fromEnd: boolean) => {
    const length = Math.min(one.length, other.length)
    return length === 0 || (fromEnd ? one.slice(-length) === other.slice(-length) : one.slice(0, length) === other.slice(0, length))
  }
  return agree(head(shown), head(masked), false) && agree(tail(shown).toUpperCase(), tail(masked).toUpperCase(), true)
}
