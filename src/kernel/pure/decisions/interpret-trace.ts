import type { Notice, Run, Value } from '#kernel/pure/expressions/index.ts'

/** Why a value is not what its author wanted; beside these the codes of the expressions' notices. The sentences are in `graph-words.ts`. */
export type FindingCode =
  | 'value-not-of-type'
  | 'value-not-allowed'
  | 'several-rules'
  | 'rules-disagree'
  | 'not-a-function'
  | 'not-a-boolean'
  | 'unknown-argument'
  | 'not-run-here'
  | 'expression-unreadable'
  | 'no-logic'
  | 'stopped'
  | 'notice'

/** Something that made a value unknown: `of` names the decision, input or function it happened in. */
export interface Finding {
  readonly code: FindingCode
  readonly of: string
  readonly details: Readonly<Record<string, string | number>>
  /** Of `notice`: what FEEL could not say. */
  readonly notice?: Notice | undefined
}

/** What one decision table did. Rules and columns are counted from 0. */
export interface TableTrace {
  /** The decision or function that the table stands in. */
  readonly of: string
  readonly table?: string | undefined
  readonly inputs: readonly { readonly label: string; readonly value: Value }[]
  /** Rules whose every test is true. */
  readonly matched: readonly number[]
  /** Those of them that made the result. */
  readonly fired: readonly number[]
  /** Rules that no test refused, but a test of which could not be told because a value is unknown. */
  readonly undecided: readonly number[]
  /** True: no rule matched, the default outputs stand. */
  readonly byDefault: boolean
}

/** One decision that was made on the way, in the order of making. */
export interface DecisionTrace {
  readonly namespace: string
  readonly id?: string | undefined
  readonly name: string
  readonly value: Value
  /** What it was made from, with null for what is not known. */
  readonly from: readonly { readonly name: string; readonly value: Value }[]
  readonly tables: readonly TableTrace[]
}

/** One evaluation under way. */
export interface Evaluation {
  readonly run: Run
  readonly findings: Finding[]
  readonly decisions: DecisionTrace[]
  tables: TableTrace[]
  /** How many of the run's notices are among the findings already. */
  noticed: number
}

/** At most so many findings are kept: a loop over a county's list must not fill the memory. */
const mostFindings = 200

/** Notes a finding; the value it speaks of is null from here on. */
export function find(at: Evaluation, code: FindingCode, of: string, details: Finding['details'] = {}): null {
  if (at.findings.length < mostFindings) at.findings.push({ code, of, details })
  return null
}

/** Puts what the expressions noted since the last time under the name of an element. */
export function takeNotices(at: Evaluation, of: string, text: string): void {
  const notices = at.run.notices ?? []
  for (const notice of notices.slice(at.noticed)) {
    if (at.findings.length >= mostFindings) break
    at.findings.push({ code: 'notice', of, details: { text: text.slice(notice.from, notice.to).slice(0, 200) }, notice })
  }
  at.noticed = notices.length
}
