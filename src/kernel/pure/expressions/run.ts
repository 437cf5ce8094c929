import { expressionErrors } from './errors.ts'
import type { Span } from './syntax.ts'
import type { FeelDate, FeelDateTime, Notice, Run } from './values.ts'

/** What one evaluation may use up, and the day and moment it is for. An expression never reads a clock: without them `today()` is null. */
export interface RunOptions {
  /** Parts evaluated and items made; 1,000,000 unless told (about a tenth of a second). */
  readonly steps?: number
  readonly now?: FeelDateTime
  readonly today?: FeelDate
  /** True: the run collects why values became null (`run.notices`). */
  readonly notices?: boolean
}

/** Longest text (in UTF-16 units) and longest list that an expression can build. */
export const maxText = 200_000
export const maxItems = 200_000
/** Parts inside each other while functions call functions; a recursion ends here with a named error long before the stack of a phone does. */
export const maxCalls = 2000
const maxNotices = 100

export function startRun(options: RunOptions = {}): Run {
  return {
    stepsLeft: options.steps ?? 1_000_000,
    depthLeft: maxCalls,
    now: options.now ?? null,
    today: options.today ?? options.now?.date ?? null,
    notices: options.notices === true ? [] : null,
  }
}

/** Uses up steps. Throws `expressions.steps-used-up`: whoever waits gets an error, never a wrong answer. */
export function spend(run: Run, steps: number): void {
  run.stepsLeft -= steps
  if (run.stepsLeft < 0) throw expressionErrors.stepsUsedUp({})
}

/** A text that was built: `expressions.too-large` above the limit. */
export function checkedText(text: string): string {
  checkLength(text.length)
  return text
}

/** To be asked before a text of this length is made. */
export function checkLength(length: number): void {
  if (length > maxText) throw expressionErrors.tooLarge({ limit: maxText })
}

/** To be asked before a list of so many items is made. */
export function checkItems(run: Run, count: number): void {
  if (count > maxItems) throw expressionErrors.tooLarge({ limit: maxItems })
  spend(run, count)
}

/** Values may hold values this deep; recursion over them stops here. */
export const maxDepthOfValue = 200

export function checkDepth(depth: number): void {
  if (depth > maxDepthOfValue) throw expressionErrors.tooDeep({ limit: maxDepthOfValue })
}

/** Says why a value became null. Costs nothing unless somebody asked. */
export function note(run: Run, code: Notice['code'], span: Span, details: Notice['details'] = {}): null {
  if (run.notices !== null && run.notices.length < maxNotices) run.notices.push({ code, from: span.from, to: span.to, details })
  return null
}
