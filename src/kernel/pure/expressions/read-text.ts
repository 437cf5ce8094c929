/** The text of a FEEL string literal with its quotes: `"a\nb\u4E2D"`. Unknown escapes stay as they are written. */
export function readText(literal: string): string {
  const body = literal.slice(1, literal.endsWith('"') && literal.length > 1 ? -1 : undefined)
  if (!body.includes('\\')) return body
  return body.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))/gs, (whole, short?: string, long?: string, sign?: string) => {
    if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16))
    if (long !== undefined) {
      const point = Number.parseInt(long, 16)
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole
    }
    return escapes[sign ?? ''] ?? whole
  })
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' }
