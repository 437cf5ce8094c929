import { sureFrom, type WantedField } from './column-types.ts'
import { formOf, type Candidate, type Mapping } from './candidates.ts'
import { alike } from './match-label.ts'
import type { SheetRow } from './row-types.ts'
import { fitOf } from './value-patterns.ts'

const byValues = new Set(['idNumber', 'phone', 'name'])

/**
 * Fields still without a column: taken when exactly one unknown column has the values of an identity number, telephone or name; else every
 * column that looks like it is proposed. A remembered column without a label is found again by its place and values.
 */
export function addByValues(chosen: Candidate[], { header, keyed, samples }: Mapping, offset: number): Candidate[] {
  const proposals: Candidate[] = []
  const keys = new Set(chosen.map((candidate) => candidate.key))
  const hidden = new Set(header.columns.filter((column) => column.hidden === true).map((column) => column.column + offset))
  const labels = new Map(header.columns.map((column) => [column.column + offset, column.label]))
  const width = Math.min(512, Math.max(0, ...samples.map((row) => row.cells.length)))
  for (const known of keyed) {
    const { field, memory } = known
    if (keys.has(field.key) || memory === null || formOf(field) === undefined) continue
    const used = new Set(chosen.map((candidate) => candidate.column))
    const sure = new Set(chosen.filter((candidate) => candidate.confidence >= sureFrom).map((candidate) => candidate.column))
    const fitting: Candidate[] = []
    for (let column = 0; column < width; column += 1) {
      if (sure.has(column) || hidden.has(column)) continue
      const label = labels.get(column) ?? ''
      const isPlace = memory !== undefined && memory.label === '' && label === '' && memory.column === column - offset
      const one = fitValues({ field, column, label, isPlace }, samples)
      if (one !== undefined) fitting.push(one)
    }
    fitting.sort((one, other) => other.confidence - one.confidence)
    const free = fitting.filter((one) => !used.has(one.column))
    const first = free[0]
    const isOnly = free.length === 1 && byValues.has(field.pattern ?? '') && !(field.codes !== undefined && field.codes.length > 0)
    if (first !== undefined && (isOnly || first.how === 'remembered')) chosen.push(first)
    proposals.push(...fitting)
  }
  return proposals
}

function fitValues(
  place: { field: WantedField; column: number; label: string; isPlace: boolean },
  samples: readonly SheetRow[],
): Candidate | undefined {
  const { field, column, label, isPlace } = place
  const pattern = formOf(field)
  if (pattern === undefined) return undefined
  const like = Math.max(...[...field.labels, ...(field.aliases ?? [])].map((known) => alike(known, label)), 0)
  // Yes or no, amounts and counts stand in many columns: only a label that resembles makes them worth a proposal, and worth a look.
  if (!isPlace && (pattern === 'yesNo' || pattern === 'count' || pattern === 'money') && like < 0.4) return undefined
  const { filled, share } = fitOf(field, samples, column)
  if (filled < Math.max(3, samples.length / 4) || share < 0.8) return undefined
  if (!isPlace && byValues.has(pattern) && variety(samples, column) < 0.6) return undefined
  const how = isPlace ? 'remembered' : 'pattern'
  const confidence = isPlace ? 0.8 * share : Math.min(0.69, 0.6 * share + (byValues.has(pattern) ? 0 : 0.1 * like - 0.1))
  const doubts = [isPlace ? ('place-only' as const) : label === '' ? ('no-label' as const) : ('label-alike' as const)]
  return {
    key: field.key,
    column,
    label,
    field,
    how,
    share,
    filled,
    isHint: false,
    confidence,
    reason: { by: how, pattern, share, doubts },
  }
}

/** Share of different values: answers from a short list (`是`, `已办结`) are no names and no numbers. */
function variety(samples: readonly SheetRow[], column: number): number {
  const values = samples.map((row) => row.cells[column] ?? '').filter((cell) => cell !== '')
  return new Set(values).size / Math.max(1, values.length)
}
