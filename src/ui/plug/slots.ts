import { createContext, useContext } from 'react'

/** A place that a page leaves for other modules (house.md, "slots"). The type says what may hang there. */
export interface Slot<Fill> {
  readonly name: string
  /** Never set; it ties the fills to the slot's type. */
  readonly fill?: Fill
}

/** One thing hung in a slot; made by `fillSlot`. */
export interface SlotFill {
  readonly slot: Slot<unknown>
  readonly fill: unknown
}

/** Declares a slot; the module that owns the page offers it from its `admin/index.ts`. */
export function defineSlot<Fill>(name: string): Slot<Fill> {
  return { name }
}

/** Hangs something into a slot: `slots: [fillSlot(householdSlot, { key: 'leads', … })]` in a plug. */
export function fillSlot<Fill>(slot: Slot<Fill>, fill: Fill): SlotFill {
  return { slot, fill }
}

export const SlotContext = createContext<readonly SlotFill[]>([])

/** What the plugs have hung in a slot, in the order of the plugs. */
export function useSlot<Fill>(slot: Slot<Fill>): Fill[] {
  const fills = useContext(SlotContext)
  // Safe: only `fillSlot` makes entries, and it ties the fill to the slot.
  return fills.filter((entry) => entry.slot === slot).map((entry) => entry.fill as Fill)
}
