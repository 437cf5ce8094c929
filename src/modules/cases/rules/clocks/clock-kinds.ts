/** What a clock measures. `total`, `exit-total`: a whole procedure. `notice`: days that a notice must stand, which may not be shortened; the others must be kept within. */
export const clockKinds = ['step', 'total', 'exit-total', 'supplement', 'notice', 'measures', 'helper', 'tracking'] as const
export type ClockKind = (typeof clockKinds)[number]

export const clockStates = ['running', 'paused', 'stopped'] as const
export type ClockState = (typeof clockStates)[number]

/** Whether a law or a document of a superior sets the limit, or the county for itself. */
export const limitKinds = ['statutory', 'internal'] as const
export type LimitKind = (typeof limitKinds)[number]

/** Whose time runs: the offices', or that of the household or a department that is waited for. */
export const clockParties = ['own', 'others'] as const
export type ClockParty = (typeof clockParties)[number]

/** Why a clock is held. */
export const pauseReasons = ['supplement', 'paused', 'objection'] as const
export type PauseReason = (typeof pauseReasons)[number]

/** The words by which the policy `cases.clocks` names kinds and reasons. */
export const kindNamesOfPolicy = {
  step: '环节',
  total: '识别全程',
  'exit-total': '消除全程',
  supplement: '补正',
  notice: '公示期',
  measures: '落实帮扶',
  helper: '帮扶责任人',
  tracking: '跟踪走访',
} as const satisfies Record<ClockKind, string>

export const reasonNamesOfPolicy = { supplement: '补正', paused: '暂停', objection: '异议核查' } as const satisfies Record<
  PauseReason,
  string
>
