/** A day as letters write it: `2026-11-02` → `2026年11月2日`; nothing of nothing. */
export function letterDay(day: string | null | undefined): string {
  if (day === null || day === undefined || day === '') return ''
  const [year = '', month = '', dayOfMonth = ''] = day.slice(0, 10).split('-')
  return `${year}年${String(Number(month))}月${String(Number(dayOfMonth))}日`
}

/** A number as papers write it; nothing of nothing, which is not the same as none. */
export function numberText(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}
