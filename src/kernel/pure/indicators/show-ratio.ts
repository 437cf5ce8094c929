/**
 * A ratio in percent as it may be shown: half up to `decimals`, but 100 only where all of the base is met, so that 2,744 of 2,745 is 99.96 and
 * 99.996 is 99.99. Undefined for a base of 0. Source: R12 (interpretation), R20, R38. Whole numbers below 2^53.
 */
export function showRatio(numerator: number, base: number, decimals: number): string | undefined {
  if (base === 0) return undefined
  const unit = 10n ** BigInt(decimals)
  const [part, whole, all] = [BigInt(numerator), BigInt(base), 100n * unit]
  const rounded = (part * all * 2n + whole) / (whole * 2n)
  const shown = rounded !== all || part === whole ? rounded : part < whole ? all - 1n : all + 1n
  const text = String(shown / unit)
  return decimals === 0 ? text : `${text}.${String(shown % unit).padStart(decimals, '0')}`
}
