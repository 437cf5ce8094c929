/** The month `count` months after `month` (`YYYYMM`; may be negative). */
export function addMonths(month: string, count: number): string {
  const total = Number(month.slice(0, 4)) * 12 + Number(month.slice(4)) - 1 + count
  return `${Math.floor(total / 12)}${String((total % 12) + 1).padStart(2, '0')}`
}

/** The last day of a month, `YYYY-MM-DD`. */
export function lastDay(month: string): string {
  const day = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(4)), 0)).getUTCDate()
  return `${month.slice(0, 4)}-${month.slice(4)}-${String(day).padStart(2, '0')}`
}

/** The day `days` days before `day`, `YYYY-MM-DD`. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10)
}
