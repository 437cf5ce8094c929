import { dayOf, daysInMonth, makeDay, type Day } from '#kernel/pure/time/index.ts'

/**
 * The last day that a deadline in words allows: `5月底`, `5月底前` → 05-31; `6月30日前`, `6月底前` → 06-30; `年底前` → 12-31. All inclusive
 * (R13). Undefined for `近期`, `及时`, `限期`: such a task must be given a day when it is assigned (A17).
 */
export function deadlineOf(words: string, year: number): Day | undefined {
  const text = words.normalize('NFKC').replace(/\s/g, '')
  if (/^年底前?$/.test(text)) return makeDay(year, 12, 31)
  const end = /^(\d{1,2})月(?:底|末)(?:以?前)?$/.exec(text)
  if (end !== null) return endOfMonth(year, Number(end[1]))
  const day = /^(\d{1,2})月(\d{1,2})日(?:以?前)?$/.exec(text)
  return day === null ? undefined : makeDay(year, Number(day[1]), Number(day[2]))
}

function endOfMonth(year: number, month: number): Day | undefined {
  return month < 1 || month > 12 ? undefined : makeDay(year, month, daysInMonth(year, month))
}

/** Whether something closed at a moment (milliseconds since 1970) came after the end of its last day, local time. */
export function isOverdue(closedAtMs: number, due: Day): boolean {
  return dayOf(closedAtMs) > due
}
