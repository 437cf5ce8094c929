import { equals } from '../compare.ts'
import { printNumber } from '../numbers.ts'
import { checkItems, spend } from '../run.ts'
import type { Run, Value } from '../values.ts'

/** The items without those that equal an earlier one. Texts and numbers are found by key; the rest is compared one by one (and paid for). */
export function distinct(items: readonly Value[], run: Run): readonly Value[] {
  checkItems(run, items.length)
  const keys = new Set<string>()
  const others: Value[] = []
  return items.filter((item) => {
    const key = keyOf(item)
    if (key !== null) {
      if (keys.has(key)) return false
      keys.add(key)
      return true
    }
    spend(run, others.length)
    if (others.some((other) => equals(item, other, run) === true)) return false
    others.push(item)
    return true
  })
}

function keyOf(value: Value): string | null {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return `"${value}`
  return 'kind' in value && value.kind === 'number' ? printNumber(value) : null
}
