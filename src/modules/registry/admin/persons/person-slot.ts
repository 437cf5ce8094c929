import type { ComponentType } from 'react'
import type { Words } from '#kernel/pure/words/index.ts'
import type { Right } from '#ui/plug/plug.ts'
import { defineSlot } from '#ui/plug/slots.ts'

/** A part that another module hangs on a person's page: what lists said, the household's case, ledgers. */
export interface PersonPanel {
  readonly key: string
  readonly words: Words
  /** Shown to callers who have this right; without it to everybody who sees the person. */
  readonly needs?: Right
  /** `side` stands at the right, `more` below the register's own facts. */
  readonly place: 'side' | 'more'
  /** The panel draws its own card, and none at all where it has nothing to say. */
  readonly isBare?: true
  readonly panel: ComponentType<{ personId: string; householdId: string }>
}

export const personSlot = defineSlot<PersonPanel>('person')
