import { create } from 'qrcode'

/** A QR code as one path over `size` × `size` squares, the four empty ones around it included. */
export interface QrPath {
  readonly size: number
  readonly path: string
}

const quiet = 4

/** The QR code of a text (ISO/IEC 18004, correction level M: what a phone reads from a creased poster). Rows of squares are joined. */
export function qrPathOf(text: string): QrPath {
  // As bytes throughout: shorter ways of writing runs of digits would let the size of the picture depend on the code in it.
  const { modules } = create([{ data: Buffer.from(text), mode: 'byte' }], { errorCorrectionLevel: 'M' })
  const parts: string[] = []
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 0) continue
      let end = column
      while (end < modules.size && modules.get(row, end) !== 0) end += 1
      parts.push(`M${column + quiet} ${row + quiet}h${end - column}v1h-${end - column}z`)
      column = end
    }
  }
  return { size: modules.size + 2 * quiet, path: parts.join('') }
}
