import type { ComponentType } from 'react'
import type { Right } from '#ui/plug/plug.ts'
import { defineSlot } from '#ui/plug/slots.ts'

/** What another module does with findings: its button stands beside the page's own, for one finding and for many. */
export interface FindingAction {
  readonly key: string
  readonly needs: Right
  /** `done`: lists are read again. */
  readonly button: ComponentType<{ findingIds: readonly string[]; done: () => void }>
}

export const findingSlot = defineSlot<FindingAction>('finding')
