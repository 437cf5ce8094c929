import { addDays, type Day } from '#kernel/pure/time/index.ts'
import { isFiles } from '../rules/field-kinds.ts'
import type { Column, Field } from '../rules/template.ts'

const names = ['甲', '乙', '丙', '丁', '戊']

/** An invented value for a field of the n-th sample row; nothing where only somebody real could stand. */
export function sampleValue(field: Field | Column, at: number): unknown {
  const name = names[at % names.length] ?? ''
  switch (field.kind) {
    case 'text':
      return field.sensitive === true ? null : `${field.name.zh}${name}`
    case 'long-text':
      return `${field.name.zh}：示例内容${name}`
    case 'number':
    case 'money':
      return withinBounds(field, at)
    case 'date':
      return addDays(firstDay, at * 9)
    case 'month':
      return `2024-0${(at % 9) + 1}`
    case 'choice':
      return field.choices?.[at % Math.max(1, field.choices.length)]?.key ?? null
    case 'choices':
      return field.choices?.slice(0, (at % 2) + 1).map((choice) => choice.key) ?? null
    case 'yes-no':
      return at % 2 === 0
    case 'person':
    case 'household':
    case 'organisation':
    case 'area':
    case 'record':
      // An id of nobody: the list only shows the name.
      return { id: '00000000-0000-7000-8000-000000000000', name: `${field.name.zh}${name}` }
    case 'table':
      return 'columns' in field
        ? [
            Object.fromEntries(
              (field.columns ?? [])
                .filter((column) => column.computed === undefined)
                .map((column) => [column.key, sampleValue(column, at)]),
            ),
          ]
        : null
    case 'photo':
    case 'file':
    case 'signature':
    case 'place':
      return isFiles(field.kind) ? undefined : null
  }
}

// Safe: it is written as days are.
const firstDay = '2024-03-01' as Day

/** A number between what the field allows. */
function withinBounds(field: Field | Column, at: number): string {
  const low = field.min === undefined ? 0 : Number(field.min)
  const high = field.max === undefined ? low + 100 : Number(field.max)
  const places = field.kind === 'money' ? 2 : (field.places ?? 0)
  return (low + ((high - low) * (at + 1)) / 8).toFixed(places)
}
