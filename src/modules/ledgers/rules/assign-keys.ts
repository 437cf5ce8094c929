import { keyColumns, keyGroupOf, type KeyGroup } from './field-kinds.ts'
import type { Template } from './template.ts'

/** Field → column, and what had no room. */
export interface AssignedKeys {
  readonly keys: Readonly<Record<string, string>>
  readonly withoutRoom: readonly string[]
}

/**
 * Gives the offered fields of a template their columns. A field keeps the column that it had in an earlier version (also when it was not offered in
 * between), and a column that another field once had is taken only when no other is left.
 */
export function assignKeys(
  template: Pick<Template, 'fields' | 'list'>,
  earlier: readonly Readonly<Record<string, string>>[] = [],
): AssignedKeys {
  const kinds = new Map(template.fields.map((field) => [field.key, field.kind]))
  const groups = new Map<string, KeyGroup>()
  for (const key of template.list.offered) {
    const kind = kinds.get(key)
    const group = kind === undefined ? undefined : keyGroupOf(kind)
    if (group !== undefined) groups.set(key, group)
  }
  const keys: Record<string, string> = {}
  const newestFirst = [...earlier].reverse()
  for (const [key, group] of groups) {
    const before = newestFirst.find((one) => one[key] !== undefined)?.[key]
    if (before !== undefined && before.startsWith(`${group}_`) && !Object.values(keys).includes(before)) keys[key] = before
  }
  const withoutRoom: string[] = []
  const everUsed = new Set(earlier.flatMap((one) => Object.values(one)))
  for (const [key, group] of groups) {
    if (keys[key] !== undefined) continue
    const free = keyColumns[group].filter((column) => !Object.values(keys).includes(column))
    const column = free.find((one) => !everUsed.has(one)) ?? free[0]
    if (column === undefined) withoutRoom.push(key)
    else keys[key] = column
  }
  return { keys, withoutRoom }
}
