import { addDays, readDay, type Day } from '#kernel/pure/time/index.ts'

/** The weeks of a month `YYYY-MM`, Monday first, with the days of its neighbours at both ends. */
export function weeksOf(month: string): Day[][] {
  const first = readDay(`${month}-01`)
  if (first === undefined) return []
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7
  const weeks: Day[][] = []
  for (let day = addDays(first, -weekday); day.slice(0, 7) <= month; day = addDays(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, at) => addDays(day, at)))
  return weeks
}

/** A month some months on: `2023-12` + 1 is `2024-01`. */
export function monthShift(month: string, by: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}
