import { defineWords } from '#kernel/pure/words/index.ts'
import type { HouseholdEventState } from './household-event-records.ts'
import type { HouseholdEventKind } from './household-event-requests.ts'

type Words<Key extends string> = Record<Key, { zh: string; en: string }>

/** What happened to a household. */
export const eventKindWords = defineWords({
  split: { zh: '分户', en: 'Split' },
  merge: { zh: '并户', en: 'Merge' },
  marriage: { zh: '结婚', en: 'Marriage' },
  move: { zh: '迁移', en: 'Move' },
  death: { zh: '死亡', en: 'Death' },
  'moved-away': { zh: '迁出', en: 'Moved away' },
  joined: { zh: '迁入', en: 'Joined' },
  birth: { zh: '出生', en: 'Birth' },
} satisfies Words<HouseholdEventKind>)

/** How far an event is. */
export const eventStateWords = defineWords({
  reported: { zh: '已上报，待确认', en: 'reported' },
  confirmed: { zh: '已确认，待办理', en: 'confirmed' },
  applied: { zh: '已办理', en: 'done' },
  rejected: { zh: '已退回', en: 'rejected' },
  undone: { zh: '已撤销', en: 'undone' },
} satisfies Words<HouseholdEventState>)
