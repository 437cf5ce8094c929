import type { Language } from '#kernel/pure/words/index.ts'
import type { ImportBatch, ImportKind } from '../contract.ts'
import { fields, kinds } from '../policy/policy.ts'
import { nameField } from './import-show.ts'

export type FileColumn = ImportBatch['columns'][number]
/** Column number → field, `null` to keep the column out; only what was changed. */
export type ColumnChanges = ReadonlyMap<number, string | null>

/** Below this a match of labels should be looked at by a person. */
const sure = 0.85

/** True when a person should look whether the column was understood. */
export function isDoubtful({ key, how, confidence }: FileColumn): boolean {
  return (
    key !== undefined && how !== 'hand' && how !== 'remembered' && (how === 'pattern' || (confidence !== undefined && confidence < sure))
  )
}

export interface FieldOption {
  value: string
  label: string
  /** What may be typed to find it: the name in both languages and its aliases. */
  words: string
}

/** The fields that a column of this kind of file can mean, by what they belong to. */
export function fieldOptions(
  kind: ImportKind | undefined,
  language: Language,
): { entity: 'household' | 'person' | 'village'; options: FieldOption[] }[] {
  const policy = kinds.find((one) => one.kind === kind)
  const entities = policy?.entities ?? (['household', 'person'] as const)
  return entities.map((entity) => ({
    entity,
    options: fields
      .filter((field) => field.entity === entity && (kind === undefined || field.kinds === undefined || field.kinds.includes(kind)))
      .map((field) => ({
        value: field.key,
        label: nameField(field.key, language),
        words: [field.zh, field.en, ...field.aliases].join(' ').toLowerCase(),
      })),
  }))
}

/** The field of a column as it stands on the screen, with what was changed. */
export function fieldOf(column: FileColumn, changes: ColumnChanges): string | undefined {
  const changed = changes.get(column.column)
  return changed === undefined ? column.key : (changed ?? undefined)
}

/** Fields that two columns claim; only one of them can hold it. */
export function findTwice(columns: readonly FileColumn[], changes: ColumnChanges): ReadonlySet<string> {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const column of columns) {
    const key = fieldOf(column, changes)
    if (key !== undefined && seen.has(key)) twice.add(key)
    if (key !== undefined) seen.add(key)
  }
  return twice
}

/** Fields without which rows of the kind cannot be taken, and that no column holds. */
export function findLacking(columns: readonly FileColumn[], given: { changes: ColumnChanges; kind: ImportKind | undefined }): string[] {
  const held = new Set(columns.map((column) => fieldOf(column, given.changes)))
  return (kinds.find((one) => one.kind === given.kind)?.required ?? []).filter((key) => !held.has(key))
}
