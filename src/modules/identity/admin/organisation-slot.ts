import type { ComponentType } from 'react'
import type { Words } from '#kernel/pure/words/index.ts'
import type { Right } from '#ui/plug/plug.ts'
import { defineSlot } from '#ui/plug/slots.ts'

/** A part that another module hangs on an organisation's page: ledgers, problems, posts. */
export interface OrganisationPanel {
  readonly key: string
  readonly words: Words
  /** Shown to callers who have this right; without it to everybody who sees the organisation. */
  readonly needs?: Right
  /** The panel draws its own card, and none at all where it has nothing to say. */
  readonly isBare?: true
  readonly panel: ComponentType<{ organisationId: string }>
}

export const organisationSlot = defineSlot<OrganisationPanel>('organisation')
