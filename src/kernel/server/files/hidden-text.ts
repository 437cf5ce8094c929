/** Words hidden in a picture. `where` names the place: `EXIF ImageDescription`, `XMP`, `PNG tEXt Comment`. */
export interface HiddenText {
  readonly where: string
  readonly text: string
  /** Read as text on suspicion. */
  readonly isGuess?: true
  /** What the picture says of itself: that it knows where it was taken, or holds something that cannot be read. */
  readonly mark?: 'gps' | 'unreadable'
}

/** Of longer parts only the beginning is read. */
export const mostTextBytes = 1024 * 1024

/** Bytes as words: UTF-8, or what else Chinese software writes; of bytes that are neither, each reading. */
export function textOf(bytes: Buffer): string {
  const part = bytes.subarray(0, mostTextBytes)
  const [utf8, gb, wide] = (['utf-8', 'gb18030', 'utf-16le'] as const).map((encoding) => new TextDecoder(encoding).decode(part))
  return utf8 === undefined || utf8.includes('\ufffd') || utf8.includes('\0') ? [utf8, gb, wide].join('\n') : utf8
}
