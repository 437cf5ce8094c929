import { sheetErrors } from './errors.ts'
import { decodeXml } from './xml.ts'

/** One tag of a marked-up text. `name` is lower case, without its prefix; `tag` the whole, at most `longestTag` characters. */
export interface Tag {
  name: string
  tag: string
  isEnd: boolean
  isEmpty: boolean
}

/** A place in a marked-up text. */
export interface MarkupCursor {
  text: string
  at: number
}

const longestTag = 16_384

/**
 * Steps to the next tag: gives the text before it (entities not decoded) and the tag, `undefined` at the end. Comments and instructions are
 * skipped, CDATA is text. Whatever declares something (`<!DOCTYPE … [`, `<!ENTITY`) is refused: nothing is ever resolved or loaded.
 */
export function nextTag(cursor: MarkupCursor): { before: string; tag: Tag | undefined } {
  const { text } = cursor
  let before = ''
  for (;;) {
    const open = text.indexOf('<', cursor.at)
    if (open < 0) {
      before += text.slice(cursor.at)
      cursor.at = text.length
      return { before, tag: undefined }
    }
    before += text.slice(cursor.at, open)
    const next = text.charCodeAt(open + 1)
    if (next === 33 /* ! */ || next === 63 /* ? */) before += skipDeclaration(cursor, open)
    else if (isNameStart(next === 47 ? text.charCodeAt(open + 2) : next)) return { before, tag: readTag(cursor, open) }
    else {
      before += '&lt;'
      cursor.at = open + 1
    }
  }
}

/** As `nextTag`, for places where text says nothing. */
export function tagAfter(cursor: MarkupCursor): Tag | undefined {
  return nextTag(cursor).tag
}

function isNameStart(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

/** Steps over a comment, an instruction or a plain document type; gives the text of CDATA. */
function skipDeclaration(cursor: MarkupCursor, open: number): string {
  const { text } = cursor
  const isComment = text.startsWith('<!--', open)
  const isData = text.startsWith('<![CDATA[', open)
  const mark = isComment ? '-->' : isData ? ']]>' : '>'
  const end = text.indexOf(mark, open + (isComment ? 4 : 2))
  cursor.at = end < 0 ? text.length : end + mark.length
  if (isData) return text.slice(open + 9, end < 0 ? text.length : end).replaceAll('&', '&amp;')
  const declared = text.slice(open, Math.min(cursor.at, open + 4096))
  if (!isComment && /^<!(ENTITY|ELEMENT|ATTLIST|NOTATION)|^<!DOCTYPE[^>]*\[/i.test(declared)) throw sheetErrors.doctype({ part: 'markup' })
  return ''
}

function readTag(cursor: MarkupCursor, open: number): Tag {
  const { text } = cursor
  const isEnd = text.charCodeAt(open + 1) === 47
  let at = open + (isEnd ? 2 : 1)
  let quote = 0
  for (; at < text.length && at - open < longestTag; at += 1) {
    const code = text.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 62 /* > */) break
    else if ((code === 34 || code === 39) && text.charCodeAt(at - 1) === 61 /* = */) quote = code
  }
  if (at >= text.length) throw sheetErrors.truncatedFile()
  if (at - open >= longestTag) throw sheetErrors.damagedFile({ part: 'markup', reason: 'a tag is too long' })
  cursor.at = at + 1
  const tag = text.slice(open, at + 1)
  const name = (/^<\/?(?:[\w-]+:)?([\w.-]+)/.exec(tag)?.[1] ?? '').toLowerCase()
  return { name, tag, isEnd, isEmpty: tag.endsWith('/>') }
}

/** Steps behind the end tag of an element whose content is no concern of ours; to the end of the text when it has none. */
export function skipElement(cursor: MarkupCursor, name: string): void {
  const end = new RegExp(`</(?:[\\w-]+:)?${name}\\s*>`, 'gi')
  end.lastIndex = cursor.at
  cursor.at = end.test(cursor.text) ? end.lastIndex : cursor.text.length
}

/** An attribute of a tag, whatever its prefix and its quotes; `undefined` when it has none of that name. */
export function attributeOf({ tag }: Tag, name: string): string | undefined {
  if (!tag.includes('=')) return undefined
  for (const match of tag.matchAll(/[\s"']([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)) {
    if ((match[1] ?? '').replace(/^.*:/, '').toLowerCase() === name) return decodeXml(match[2] ?? match[3] ?? match[4] ?? '')
  }
  return undefined
}

const named: Record<string, string> = {
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  middot: '·',
  bull: '•',
  times: '×',
  yen: '¥',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
}

/** Decodes XML's entities and the few of web pages that stand in tables; others stay as written. */
export function decodeMarkup(text: string): string {
  if (!text.includes('&')) return text
  return decodeXml(text.replace(/&([a-z]{2,6});?(?![a-z=])/gi, (whole, name: string) => named[name.toLowerCase()] ?? whole))
}
