import type { MappedColumn, MapInput, WantedField } from './column-types.ts'
import type { HeaderColumn } from './header.ts'
import { matchLabel, type KeyedField } from './match-label.ts'
import type { SheetRow } from './row-types.ts'
import { fitOf } from './value-patterns.ts'

/** A column that may hold a field: how many of its sample cells are filled, and the share of these that have the field's form. */
export interface Candidate extends MappedColumn {
  field: WantedField
  share: number
  filled: number
  isHint: boolean
}

export interface Mapping extends MapInput {
  keyed: KeyedField[]
}

/** Every column with every field that its label may mean. */
export function candidatesOf({ header, keyed, samples }: Mapping, offset: number): Candidate[] {
  const seen = new Map<string, number>()
  const found: Candidate[] = []
  const labelled = new Set(header.columns.map((column) => column.column + offset))
  for (const column of header.columns) {
    if (column.hidden === true) continue
    const nth = seen.get(column.forms[0] ?? '') ?? 0
    seen.set(column.forms[0] ?? '', nth + 1)
    for (const known of keyed) {
      const match = matchLabel(column, nth, known)
      if (match === undefined) continue
      const one = judgeValues({ ...column, column: column.column + offset }, known.field, match, samples)
      found.push(one, ...(one.filled === 0 && samples.length >= 3 ? besideOf(one, labelled, samples) : []))
    }
  }
  return found
}

/** A label may lie; values that do not fit make it less sure, never worthless. */
function judgeValues(
  column: HeaderColumn,
  field: WantedField,
  match: NonNullable<ReturnType<typeof matchLabel>>,
  samples: readonly SheetRow[],
): Candidate {
  const form = formOf(field)
  const { filled, share } = fitOf({ ...field, serials: true }, samples, column.column)
  const differs = form !== undefined && filled >= 3 && share < 0.2
  const doubts = differs ? [...match.doubts, 'values-differ' as const] : match.doubts
  const reason = {
    by: match.how,
    ...(form === undefined || filled < 3 ? {} : { pattern: form, share }),
    ...(doubts.length === 0 ? {} : { doubts }),
  }
  const confidence = differs ? match.confidence / 2 : match.confidence
  return {
    key: field.key,
    column: column.column,
    label: column.label,
    field,
    how: match.how,
    confidence,
    share: filled < 3 ? 0.5 : share,
    filled,
    isHint: match.isHint === true,
    reason,
  }
}

/** A label over an empty column whose values stand in the next one, which has no label: cells that slipped, or a label over two columns. */
function besideOf(one: Candidate, labelled: ReadonlySet<number>, samples: readonly SheetRow[]): Candidate[] {
  const found: Candidate[] = []
  for (const column of [one.column + 1, one.column - 1]) {
    if (column < 0 || labelled.has(column)) continue
    const { filled, share } = fitOf({ ...one.field, serials: true }, samples, column)
    if (filled * 2 < samples.length || (formOf(one.field) !== undefined && share < 0.8)) continue
    const isProven =
      one.field.pattern === 'idNumber' || one.field.pattern === 'phone' || one.field.pattern === 'day' || (one.field.codes?.length ?? 0) > 0
    const reason = { by: one.how, ...one.reason, share, doubts: [...(one.reason?.doubts ?? []), 'beside' as const] }
    found.push({ ...one, column, filled, share, confidence: Math.min(one.confidence, isProven ? 0.8 : 0.65), reason })
  }
  return found
}

/** The form by which a field's values are known. */
export function formOf(field: WantedField): NonNullable<MappedColumn['reason']>['pattern'] {
  return field.codes !== undefined && field.codes.length > 0 ? 'codes' : field.pattern
}
