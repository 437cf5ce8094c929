import type { Move, State, Template } from '../rules/template.ts'

/** Ways of a record that most registers need; each can be changed afterwards. */
export const flowKeys = ['register', 'finish', 'review', 'rectify'] as const
export type FlowKey = (typeof flowKeys)[number]

const state = (key: string, zh: string, en: string, more: Partial<State> = {}): State => ({ key, name: { zh, en }, ...more })
type MoveOf = (by: readonly string[]) => Move
const move =
  (key: string, words: readonly [string, string], way: readonly [readonly string[], string], more: Partial<Move> = {}): MoveOf =>
  (by) => ({ key, name: { zh: words[0], en: words[1] }, from: [...way[0]], into: way[1], by: [...by], ...more })

const flows: Readonly<Record<FlowKey, { states: readonly State[]; moves: readonly MoveOf[] }>> = {
  register: {
    states: [state('kept', '在册', 'On the register', { tone: 'good' }), state('ended', '注销', 'Struck off', { settled: true })],
    moves: [move('end', ['注销', 'Strike off'], [['kept'], 'ended'], { reason: true })],
  },
  finish: {
    states: [state('open', '办理中', 'In hand', { tone: 'busy' }), state('done', '已办结', 'Done', { tone: 'good', settled: true })],
    moves: [
      move('finish', ['办结', 'Finish'], [['open'], 'done']),
      move('reopen', ['重新办理', 'Reopen'], [['done'], 'open'], { reason: true }),
    ],
  },
  review: {
    states: [
      state('entered', '待审核', 'To be reviewed', { tone: 'busy' }),
      state('approved', '审核通过', 'Approved', { tone: 'good', settled: true }),
      state('returned', '退回', 'Returned', { tone: 'bad' }),
    ],
    moves: [
      move('approve', ['审核通过', 'Approve'], [['entered'], 'approved'], { byAnother: true }),
      move('return', ['退回', 'Return'], [['entered'], 'returned'], { reason: true }),
      move('again', ['重新提交', 'Submit again'], [['returned'], 'entered']),
    ],
  },
  rectify: {
    states: [
      state('open', '整改中', 'Being mended', { tone: 'busy' }),
      state('mended', '待核验', 'To be verified', { tone: 'busy' }),
      state('struck', '已销号', 'Struck off', { tone: 'good', settled: true }),
    ],
    moves: [
      move('mend', ['整改完成', 'Mended'], [['open'], 'mended']),
      move('strike', ['核验销号', 'Verify and strike off'], [['mended'], 'struck'], { byAnother: true }),
      move('back', ['退回整改', 'Back to mending'], [['mended', 'struck'], 'open'], { reason: true }),
    ],
  },
}

/** States and moves of a way; whoever writes may move, except that a review takes another person. */
export function flowOf(flow: FlowKey, by: readonly string[]): Pick<Template, 'states'> & { moves: Move[] } {
  return { states: [...flows[flow].states], moves: flows[flow].moves.map((make) => make(by)) }
}
