import type { ComponentType } from 'react'
import type { Words } from '#kernel/pure/words/index.ts'
import type { Right } from '#ui/plug/plug.ts'
import { defineSlot } from '#ui/plug/slots.ts'

/** A part that another module hangs on the household page: leads, cases, measures, visits, money. */
export interface HouseholdPanel {
  readonly key: string
  readonly words: Words
  /** Shown to callers who have this right; without it to everybody who sees the household. */
  readonly needs?: Right
  /** `why` stands with the reasons for concern, `side` at their right (the next step), `more` below the register's own facts. */
  readonly place: 'why' | 'side' | 'more'
  /** The panel draws its own card, and none at all where it has nothing to say. */
  readonly isBare?: true
  readonly panel: ComponentType<{ householdId: string }>
}

export const householdSlot = defineSlot<HouseholdPanel>('household')
