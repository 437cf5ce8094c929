/** Equal after typography only: full width to half width, outer and inner white space gone, a leading apostrophe gone. */
export function tidy(cell: string): string {
  if (isTidy(cell)) return cell
  return cell
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200d\ufeff\u00a0]+/g, '')
    .replace(/^['`’‘]+/, '')
}

/** True for text of plain characters only, which is nearly every cell: the slow way would leave it as it is. */
function isTidy(cell: string): boolean {
  for (let at = 0; at < cell.length; at += 1) {
    const code = cell.charCodeAt(at)
    const isIdeograph = code >= 0x4e00 && code < 0xa000
    if (!isIdeograph && (code < 0x21 || code > 0x7e || code === apostrophe || code === graveAccent)) return false
  }
  return true
}

const apostrophe = 0x27
const graveAccent = 0x60

/** A name as it is compared: tidy, the middle dots of minority names written one way. */
export function tidyName(cell: string): string {
  return tidy(cell).replace(/[.•‧∙⋅・･·]/g, '·')
}

/** A column label as it is compared: tidy, without line breaks, star marks and full-width brackets. */
export function tidyLabel(cell: string): string {
  return tidy(cell)
    .replace(/[*＊:：]/g, '')
    .toLowerCase()
}

/** An identity number or certificate as it is compared: tidy and upper case. */
export function tidyIdNumber(cell: string): string {
  return tidy(cell).replace(/[-—–]/g, '').toUpperCase()
}

/** A telephone number as it is compared: digits only, without the country prefix. */
export function tidyPhone(cell: string): string {
  const digits = tidy(cell).replace(/\D/g, '')
  return digits.length === 13 && digits.startsWith('86') ? digits.slice(2) : digits
}
