import { stepNamesOfPolicy } from '../case-names.ts'
import type { CaseStep } from '../case-steps.ts'
import { kindNamesOfPolicy, reasonNamesOfPolicy, type ClockKind, type ClockParty, type LimitKind, type PauseReason } from './clock-kinds.ts'

/** What policy says of clocks besides their days. */
export interface ClockPolicy {
  /** Kinds whose limit a law or a superior's document sets. */
  readonly statutory: readonly string[]
  /** Steps in which a department or the household is waited for. */
  readonly waiting: readonly string[]
  /** Reasons that also hold the terms of a whole procedure; a step is held by every one. */
  readonly holdsTotal: readonly string[]
}

/** Reads the lists of `cases.clocks` out of the parameters in force. Throws for one that is missing; its name is the message. */
export function readClockPolicy(valueOf: (name: string) => string | number | readonly string[] | null | undefined): ClockPolicy {
  const list = (name: string): readonly string[] => {
    const value = valueOf(name)
    if (typeof value !== 'object' || value === null) throw new Error(name)
    return value
  }
  return { statutory: list('法定时限'), waiting: list('等待他方的环节'), holdsTotal: list('全程停表情形') }
}

/** Whether a kind's limit is statutory. */
export function limitOf(policy: ClockPolicy, kind: ClockKind): LimitKind {
  return policy.statutory.includes(kindNamesOfPolicy[kind]) ? 'statutory' : 'internal'
}

/** Whose time a clock of a kind is at a step. */
export function partyOf(policy: ClockPolicy, kind: ClockKind, step: CaseStep): ClockParty {
  if (kind === 'supplement' || kind === 'notice') return 'others'
  return kind === 'step' && policy.waiting.includes(stepNamesOfPolicy[step]) ? 'others' : 'own'
}

/** Whether a reason holds a clock of a kind. */
export function holds(policy: ClockPolicy, kind: ClockKind, reason: PauseReason): boolean {
  if (kind === 'total' || kind === 'exit-total') return policy.holdsTotal.includes(reasonNamesOfPolicy[reason])
  return kind === 'step' || (kind === 'notice' && reason === 'objection')
}
