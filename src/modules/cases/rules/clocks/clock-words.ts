import { defineWords, type Words } from '#kernel/pure/words/index.ts'
import type { ClockKind, ClockParty, ClockState, LimitKind, PauseReason } from './clock-kinds.ts'

/** What a clock measures (时限). */
export const clockKindWords = defineWords({
  step: { zh: '环节时限', en: 'Step' },
  total: { zh: '识别全程', en: 'Whole identification' },
  'exit-total': { zh: '消除全程', en: 'Whole elimination' },
  supplement: { zh: '补正', en: 'Supplement' },
  notice: { zh: '公示期', en: 'Notice period' },
  measures: { zh: '落实帮扶', en: 'First measure' },
  helper: { zh: '落实帮扶责任人', en: 'Helper named' },
  tracking: { zh: '跟踪走访', en: 'Next visit' },
} satisfies Record<ClockKind, Words>)

export const clockStateWords = defineWords({
  running: { zh: '计时中', en: 'running' },
  paused: { zh: '已停表', en: 'held' },
  stopped: { zh: '已结束', en: 'stopped' },
} satisfies Record<ClockState, Words>)

export const limitWords = defineWords({
  statutory: { zh: '法定', en: 'statutory' },
  internal: { zh: '内部', en: 'internal' },
} satisfies Record<LimitKind, Words>)

export const partyWords = defineWords({
  own: { zh: '本方时间', en: 'own time' },
  others: { zh: '等待他方', en: 'waiting for others' },
} satisfies Record<ClockParty, Words>)

export const pauseReasonWords = defineWords({
  supplement: { zh: '补正', en: 'supplement' },
  paused: { zh: '暂停', en: 'paused' },
  objection: { zh: '异议核查', en: 'objection' },
} satisfies Record<PauseReason, Words>)
