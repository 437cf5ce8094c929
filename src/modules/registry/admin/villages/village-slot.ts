import type { ComponentType } from 'react'
import type { Words } from '#kernel/pure/words/index.ts'
import type { Right } from '#ui/plug/plug.ts'
import { defineSlot } from '#ui/plug/slots.ts'

/** A part that another module hangs on a village's page: cases, leads, problems, ledgers, figures. */
export interface VillagePanel {
  readonly key: string
  readonly words: Words
  /** Shown to callers who have this right; without it to everybody who sees the village. */
  readonly needs?: Right
  /** `side` stands at the right, `more` below the register's own numbers. */
  readonly place: 'side' | 'more'
  /** The panel draws its own card, and none at all where it has nothing to say. */
  readonly isBare?: true
  readonly panel: ComponentType<{ areaPath: string }>
}

export const villageSlot = defineSlot<VillagePanel>('village')
