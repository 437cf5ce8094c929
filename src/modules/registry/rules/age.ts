import { fullMonthsBetween, type Day } from '#kernel/pure/time/index.ts'

/** Full years of life on a day; `undefined` for somebody not yet born. Source: GB/T 2261 counts full years (周岁). */
export function ageOn(bornOn: Day, asOf: Day): number | undefined {
  const months = fullMonthsBetween(bornOn, asOf)
  return months < 0 ? undefined : Math.floor(months / 12)
}
