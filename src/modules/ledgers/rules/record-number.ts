import type { Numbering } from './template.ts'

/** The series in which a record is counted and how its number is written: `CX2024-0007`, `CX2024-104-0007`. */
export function seriesOf(
  numbering: Numbering,
  given: { year: string; areaPath: string },
): { series: string; write: (no: number) => string } {
  const township = given.areaPath.split('.')[3] ?? ''
  const place = numbering.per === 'township-year' && township !== '' ? `-${township.slice(-3)}` : ''
  const series = `${given.year}${place}`
  return { series, write: (no) => `${numbering.prefix}${series}-${String(no).padStart(numbering.digits, '0')}` }
}
