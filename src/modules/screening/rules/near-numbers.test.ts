import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isChecked, visitNear } from './near-numbers.ts'

const digits = fc
  .tuple(
    fc.integer({ min: 1, max: 9 }),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 16, maxLength: 16 }),
    fc.integer({ min: 0, max: 10 }),
  )
  .map(([first, rest, check]) => [first, ...rest, check])

function numberOf(all: readonly number[]): string {
  const part = (from: number, to: number) => Number(all.slice(from, to).join(''))
  return `${part(0, 9)} ${part(9, 17) * 11 + (all[17] ?? 0)}`
}

/** Every number one slip away, tried one by one. */
function slips(all: readonly number[]): string[] {
  const found: string[] = []
  const keep = (tried: readonly number[], how: string) => {
    if (isChecked(Uint8Array.from(tried)) && tried.slice(0, 17).every((digit) => digit < 10)) found.push(`${numberOf(tried)} ${how}`)
  }
  for (let at = 0; at < 18; at += 1)
    for (let digit = 0; digit <= (at === 17 ? 10 : 9); digit += 1) if (digit !== all[at]) keep(all.with(at, digit), 'digit')
  for (let at = 0; at < 17; at += 1) {
    const [left = 0, right = 0] = [all[at], all[at + 1]]
    if (left !== right) keep(all.with(at, right).with(at + 1, left), 'exchanged')
  }
  return found.sort()
}

it('visits every right number that is one digit or one exchange away from a wrong one, and no other', () => {
  fc.assert(
    fc.property(digits, (all) => {
      fc.pre(!isChecked(Uint8Array.from(all)))
      const visited: string[] = []
      visitNear(Uint8Array.from(all), (high, low, how) => visited.push(`${high} ${low} ${how}`))
      expect(visited.sort()).toEqual(slips(all))
    }),
    { numRuns: 2000 },
  )
})
