import type { ComponentType } from 'react'
import type { Right } from '#ui/plug/plug.ts'
import { defineSlot } from '#ui/plug/slots.ts'

/** What another module does with leads: its button stands beside the page's own, for one lead and for many. */
export interface LeadAction {
  readonly key: string
  readonly needs: Right
  /** `done`: lists are read again. */
  readonly button: ComponentType<{ leadIds: readonly string[]; done: () => void }>
}

export const leadSlot = defineSlot<LeadAction>('lead')
