import type { Words } from '#kernel/pure/words/index.ts'
import type { Level } from '../data/status-tag.tsx'
import type { Right } from './plug.ts'
import { defineSlot } from './slots.ts'

/** A number on the first page; it leads to its list. */
export interface TodayCard {
  readonly key: string
  readonly words: Words
  readonly count: number
  readonly to: string
  readonly search?: Readonly<Record<string, unknown>>
  readonly level?: Level
}

/** One thing the caller must do. */
export interface TodayItem {
  readonly key: string
  readonly kind: Words
  /** The household or file it is about. */
  readonly title: string
  readonly place?: string
  /** What is missing or asked, in one sentence. */
  readonly ask: Words
  readonly dueOn?: string
  /** Working days left until then; negative when it is past. */
  readonly daysLeft?: number
  /** How it came in. */
  readonly from?: Words
  readonly isOverdue?: boolean
  readonly to: string
  readonly search?: Readonly<Record<string, unknown>>
}

export interface TodayWork {
  readonly cards: readonly TodayCard[]
  readonly items: readonly TodayItem[]
}

/** A module's part of 工作台: what the caller must do today. `load` reads it from the module's own route. */
export interface TodaySection {
  readonly key: string
  readonly words: Words
  readonly needs?: Right
  readonly load: () => Promise<TodayWork>
}

export const todaySlot = defineSlot<TodaySection>('today')
