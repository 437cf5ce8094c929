const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Whether a text is a 统一社会信用代码 with the right check character (GB 32100-2015, weights 3^i mod 31). */
export function isCreditCode(text: string): boolean {
  if (text.length !== 18) return false
  const values = text.split('').map((sign) => signs.indexOf(sign))
  if (values.includes(-1)) return false
  const sum = weights.reduce((total, weight, at) => total + weight * (values[at] ?? 0), 0)
  return (31 - (sum % 31)) % 31 === values[17]
}
