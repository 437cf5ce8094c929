/** An image for a template's field; size in points. */
export interface ImageValue {
  readonly image: 'png' | 'jpeg'
  readonly base64: string
  readonly widthPt: number
  readonly heightPt: number
  readonly altText: string
}

/** A QR code for a template's field: what it says, and its edge in points. */
export interface CodeValue {
  readonly code: string
  readonly edgePt: number
}

/** What a field of a template is filled with: text (line breaks kept), a condition, an image, a QR code, or the rows of a list or table. */
export type PaperValue = string | boolean | ImageValue | CodeValue | readonly PaperValues[]

/** The values of a document by the names of its fields. A name that a template does not use is left out; a field without value stays empty. */
export interface PaperValues {
  readonly [field: string]: PaperValue
}
