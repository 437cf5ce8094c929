import type { Words } from '#kernel/pure/words/index.ts'
import type { CaseStep } from '../case-steps.ts'

/** What a paper is filled from: a case, a meeting, a notice, or an answer to an objection. */
export type PaperSubject = 'case' | 'meeting' | 'notice' | 'objection'

interface PaperKindFacts extends Words {
  readonly subject: PaperSubject
  /** Steps at which the page of a case offers it, besides those for which policy asks for it. */
  readonly steps: readonly CaseStep[]
}

/** The shipped papers (文书); `zh` is also the name by which policy asks for one. */
export const paperKinds = {
  application: { zh: '申请及承诺授权书', en: 'Application and authorisation', subject: 'case', steps: ['statement'] },
  collection: { zh: '信息采集表', en: 'Collection form', subject: 'case', steps: ['visit', 'exit-visit'] },
  minutes: { zh: '民主评议会议记录', en: 'Minutes of the appraisal', subject: 'meeting', steps: [] },
  notice: { zh: '公示', en: 'Notice', subject: 'notice', steps: [] },
  review: { zh: '审核表', en: 'Review form', subject: 'case', steps: ['review'] },
  decision: { zh: '审定表', en: 'Decision', subject: 'case', steps: ['decision'] },
  elimination: { zh: '风险消除表', en: 'Elimination form', subject: 'case', steps: ['exit-review', 'exit-decision'] },
  card: { zh: '明白卡', en: 'Card for the household', subject: 'case', steps: ['measures', 'tracking', 'follow-up'] },
  answer: { zh: '异议答复函', en: 'Answer to an objection', subject: 'objection', steps: [] },
} as const satisfies Record<string, PaperKindFacts>

export type PaperKind = keyof typeof paperKinds
// Safe: the keys of the table are its kinds.
export const paperKindNames = Object.keys(paperKinds) as PaperKind[]

export function isPaperKind(word: string): word is PaperKind {
  return paperKindNames.some((kind) => kind === word)
}

/** The key under which a paper of policy is kept: that of a shipped kind, or the county's own name for it. */
export function paperKey(nameInPolicy: string): string {
  return paperKindNames.find((kind) => paperKinds[kind].zh === nameInPolicy) ?? nameInPolicy
}

/** What people call a paper. */
export function paperName(key: string): Words {
  return isPaperKind(key) ? { zh: paperKinds[key].zh, en: paperKinds[key].en } : { zh: key, en: key }
}

/** Papers of a case that belong to a step: those that policy asks for first, then those that are offered. */
export function papersOfStep(step: CaseStep, asked: readonly string[]): string[] {
  const offered = paperKindNames.filter((kind) => (paperKinds[kind].steps as readonly CaseStep[]).includes(step))
  return [...new Set([...asked.map(paperKey), ...offered])]
}
