import type { MenuEntry } from '#ui/plug/plug.ts'

/** Entries of several modules that share a group, in the order of the work (ux.md §3). */
const order = ['import', 'batches', 'compare', 'authorisations', 'quality', 'corrections', 'national', 'totals', 'exports']

/** The menu in the order of the work; entries that are not named above keep the order of the modules and stand after the named ones. */
export function inMenuOrder(menu: readonly MenuEntry[]): MenuEntry[] {
  const placeOf = ({ key }: MenuEntry) => (order.includes(key) ? order.indexOf(key) : order.length)
  return [...menu].sort((one, other) => placeOf(one) - placeOf(other))
}
