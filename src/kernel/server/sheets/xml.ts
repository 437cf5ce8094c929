const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Decodes the five entities and character references of XML; what is none stays as written. */
export function decodeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    },
  )
}

/** Decodes what Excel escapes inside strings: `_x000D_` is a line break; a lone surrogate becomes U+FFFD. */
export function decodeExcelText(text: string): string {
  const plain = text.includes('_x')
    ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => (hex === '0000' ? '' : String.fromCharCode(Number.parseInt(hex, 16))))
    : text
  return plain.isWellFormed() ? plain : plain.toWellFormed()
}

/** The attributes of a start tag, names without their prefix: `attributesOf('<x:sheet name="a" r:id="b"/>')`. */
export function attributesOf(tag: string): Map<string, string> {
  const found = new Map<string, string>()
  // No honest tag is longer; a cut keeps the search linear on hostile ones.
  for (const match of tag.slice(0, 8192).matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    found.set((match[1] ?? '').replace(/^.*:/, ''), decodeXml(match[2] ?? match[3] ?? ''))
  }
  return found
}

/** The start tags of one local name, whatever the prefix, in the order of the text. */
export function* tagsOf(xml: string, name: string): Generator<Map<string, string>> {
  for (const match of xml.matchAll(new RegExp(`<(?:[\\w-]+:)?${name}(?=[\\s/>])[^<>]*>`, 'g'))) yield attributesOf(match[0])
}

/** Text without zero characters: none belongs in a cell, and the way out of the sandbox uses them. */
export function withoutZeros(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text
}
