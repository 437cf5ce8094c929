/** Standard normal quantile of a two-sided interval of 95 %. */
const z = 1.959963984540054

/** A share with the bounds between which it lies with 95 % confidence. */
export interface Share {
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * Wilson's score interval of `right` out of `all` (E. B. Wilson 1927, without continuity correction): honest for few answers, where
 * the usual interval leaves 0..1. `null` where nothing was counted.
 */
export function wilson(right: number, all: number): Share | null {
  if (all <= 0) return null
  const share = right / all
  const spread = 1 + (z * z) / all
  const middle = (share + (z * z) / (2 * all)) / spread
  const half = (z / spread) * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all))
  // At the ends the bound is the share itself; arithmetic would leave a trace.
  return { value: share, low: right === 0 ? 0 : Math.max(0, middle - half), high: right === all ? 1 : Math.min(1, middle + half) }
}
