/**
 * Reads a small text sheet in the browser: UTF-8 or UTF-16 by their marks, else UTF-8 when it is that, else GB18030.
 * Commas become tabs when the first line has no tab, so that the text reads like a block copied from Excel.
 */
export async function readTextFile(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const text = decode(bytes)
  const firstLine = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  return firstLine.includes('\t') ? text : commasToTabs(text)
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** Commas outside quotes separate cells. */
function commasToTabs(text: string): string {
  let isQuoted = false
  return text.replace(/[",]/g, (sign) => {
    if (sign === '"') isQuoted = !isQuoted
    return sign === ',' && !isQuoted ? '\t' : sign
  })
}
