/** How a notice stands. `paused`: an objection is open; `ended`: its days are over and it was taken down. */
export const noticeStates = ['draft', 'submitted', 'released', 'posted', 'paused', 'ended', 'withdrawn'] as const
export type NoticeState = (typeof noticeStates)[number]

/** Where a notice may go; the database holds the same list (`cases.is_legal_notice_move`). */
export const nextNoticeStates = {
  draft: ['submitted', 'withdrawn'],
  submitted: ['draft', 'released', 'withdrawn'],
  released: ['posted', 'withdrawn'],
  posted: ['paused', 'ended', 'withdrawn'],
  paused: ['posted', 'withdrawn'],
  ended: [],
  withdrawn: [],
} as const satisfies Record<NoticeState, readonly NoticeState[]>

/** What happened to a notice. */
export const noticeActs = ['draft', 'change', 'submit', 'return', 'release', 'post', 'pause', 'resume', 'end', 'withdraw'] as const
export type NoticeAct = (typeof noticeActs)[number]

/** How an objection stands. */
export const objectionStates = ['open', 'checking', 'upheld', 'rejected'] as const
export type ObjectionState = (typeof objectionStates)[number]
export const objectionSources = ['page', 'walk-in', 'phone', 'letter'] as const
export type ObjectionSource = (typeof objectionSources)[number]

export function isHanging(state: NoticeState): boolean {
  return state === 'posted' || state === 'paused'
}
