import { showRatio } from '#kernel/pure/indicators/index.ts'
import type { Figure } from '../contract.ts'

/** A number with its word of approximation, thousands parted: 1,181 余. */
export function figureOf(value: string | null, qualifier: string | undefined): Figure {
  return { value, shown: value === null ? null : `${parted(value)}${qualifier ?? ''}` }
}

/** Part of base in percent by R12: half up, no value for a base of 0, 100 only where both are equal. */
export function ratioOf(part: Figure, base: Figure, { decimals, qualifier }: { decimals: number; qualifier: string | undefined }): Figure {
  const why = part.why ?? base.why
  if (why !== undefined) return { value: null, shown: null, why }
  const terms = { part: part.value ?? '0', base: base.value ?? '0' }
  const value = ratioText(terms.part, terms.base, decimals)
  return value === undefined ? { value: null, shown: null, why: 'base-zero', ...terms } : { ...figureOf(value, qualifier), ...terms }
}

/** Sums with decimals are compared as whole numbers of their smallest unit. */
function ratioText(part: string, base: string, decimals: number): string | undefined {
  const places = Math.max(...[part, base].map((text) => text.split('.')[1]?.length ?? 0))
  const whole = (text: string) => {
    const [units = '0', fraction = ''] = text.split('.')
    return Number(`${units}${fraction.padEnd(places, '0')}`)
  }
  return showRatio(whole(part), whole(base), decimals)
}

function parted(value: string): string {
  const [whole = '', fraction] = value.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** Whether the groups of a number add up to it; for decimals to the last place. */
export function addUp(whole: string | null, groups: readonly (string | null)[]): boolean {
  if (whole === null) return groups.length === 0
  const places = whole.split('.')[1]?.length ?? 0
  const units = (text: string) => BigInt(text.replace('.', '').padEnd((text.split('.')[0]?.length ?? 0) + places, '0'))
  return groups.reduce((sum, one) => sum + (one === null ? 0n : units(one)), 0n) === units(whole)
}
