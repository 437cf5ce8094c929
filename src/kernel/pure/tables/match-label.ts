import type { ColumnDoubt, MappedBy, RememberedColumn, WantedField } from './column-types.ts'
import { labelKey, withoutUnit, type HeaderColumn } from './header.ts'

/** A field with its labels, aliases and memory as they are compared. */
export interface KeyedField {
  field: WantedField
  label: string[]
  alias: string[]
  hint: string[]
  memory: RememberedColumn | null | undefined
}

export interface LabelMatch {
  how: MappedBy
  confidence: number
  doubts: ColumnDoubt[]
  isHint?: boolean
}

const less = { label: 0, alias: 0.05, hint: 0.08 } as const

export function keyField(field: WantedField, memory: RememberedColumn | null | undefined): KeyedField {
  return {
    field,
    label: field.labels.map(labelKey),
    alias: (field.aliases ?? []).map(labelKey),
    hint: (field.hints ?? []).map(labelKey),
    memory,
  }
}

/** How well the label of a column fits a field; `nth` counts columns of the same label from the left. `undefined`: not at all. */
export function matchLabel(column: HeaderColumn, nth: number, known: KeyedField): LabelMatch | undefined {
  if (known.memory === null) return undefined
  let best = known.memory === undefined ? undefined : matchMemory(column, nth, known.memory)
  column.forms.forEach((form, index) => {
    for (const by of ['label', 'alias', 'hint'] as const) {
      const like = likeness(form, known[by])
      // A lower part of a joined label (a group over `姓名` read as `姓名`) says less than the whole, an alias less than a label.
      const confidence = like - Math.min(index, 3) * 0.04 - less[by]
      if (confidence > (best?.confidence ?? 0.3))
        best = { how: by === 'label' ? 'label' : 'alias', confidence, doubts: like > 0.6 ? [] : ['unit-differs'], isHint: by === 'hint' }
    }
  })
  return best
}

function matchMemory(column: HeaderColumn, nth: number, memory: RememberedColumn): LabelMatch | undefined {
  const key = labelKey(memory.label)
  const whole = column.forms[0]
  if (key === '' || whole === undefined) return undefined
  if (key === whole) return { how: 'remembered', confidence: nth === memory.nth ? 1 : 0.8, doubts: [] }
  const like = likeness(whole, [key])
  if (like > 0.6) return { how: 'remembered', confidence: 0.95, doubts: [] }
  if (like > 0) return { how: 'remembered', confidence: 0.6, doubts: ['unit-differs'] }
  // The month or year in a label is another in the next file.
  if (/\d/.test(key) && withoutDigits(key) === withoutDigits(whole)) return { how: 'remembered', confidence: 0.9, doubts: [] }
  return column.forms.includes(key) || (whole.length > 1 && key.endsWith(whole))
    ? { how: 'remembered', confidence: 0.85, doubts: [] }
    : undefined
}

function withoutDigits(key: string): string {
  return key.replace(/\d+/g, '#')
}

/** 1 for the same label, less when a unit is missing on one side, much less when the units differ (`元` and `万元`). */
function likeness(form: string, known: readonly string[]): number {
  if (known.includes(form)) return 1
  const bare = withoutUnit(form)
  if (bare === '') return 0
  const like = known.filter((key) => withoutUnit(key) === bare)
  if (like.length === 0) return 0
  return form === bare || like.includes(bare) ? 0.85 : 0.6
}

/** Share of pairs of neighbouring characters that two labels have in common (0..1). */
export function alike(one: string, other: string): number {
  let both = 0
  for (let at = 0; at < one.length - 1; at += 1) if (other.includes(one.slice(at, at + 2))) both += 1
  if (both === 0) return 0
  let different = 0
  for (let at = 0; at < other.length - 1; at += 1) if (other.indexOf(other.slice(at, at + 2)) === at) different += 1
  return (2 * both) / (one.length - 1 + different)
}

/** What says nothing of whose a number is. */
const neutral = /^(本人|个人|居民|公民|有效|联系|固定|移动|手机|二代|现用|常用|新|旧|原)*$/

/** Whose number a label speaks of: what stands before the longest wording of the field: `代领人电话` → `代领人`; '' when it tells nobody. */
export function roleOf(label: string, field: WantedField): string {
  const key = withoutUnit(labelKey(label))
  let rest = key
  for (const known of [...field.labels, ...(field.aliases ?? [])].map(labelKey))
    if (key.length > known.length && key.endsWith(known) && key.length - known.length < rest.length) rest = key.slice(0, -known.length)
  if (rest === key) rest = /^.{0,6}?(?:人员|人|员|者|户主|家长|家属|对象)(?=.)/.exec(key)?.[0] ?? ''
  return neutral.test(rest) ? '' : rest
}
