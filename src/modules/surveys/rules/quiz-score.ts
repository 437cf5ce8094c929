import type { QuizResult } from './quiz-requests.ts'

/** What somebody was asked, with its points and how it was answered; undefined: not judged yet. */
export interface Judged {
  readonly points: number
  readonly result: QuizResult | undefined
}
export interface QuizScore {
  /** Half points: a partly right answer is half of its points, and no half is lost. */
  readonly halves: number
  readonly mostHalves: number
  readonly unjudged: number
  /** Undefined before everything is judged, and for who was asked nothing. */
  readonly isPassed: boolean | undefined
}

/** What somebody reached, and whether it is the pass line (percent of all points) or more. */
export function scoreOf(answers: readonly Judged[], passPercent: number): QuizScore {
  const halfOf = { yes: 2, partly: 1, no: 0 } as const satisfies Record<QuizResult, number>
  const halves = answers.reduce((sum, one) => sum + (one.result === undefined ? 0 : halfOf[one.result] * one.points), 0)
  const mostHalves = answers.reduce((sum, one) => sum + 2 * one.points, 0)
  const unjudged = answers.filter((one) => one.result === undefined).length
  return { halves, mostHalves, unjudged, isPassed: unjudged > 0 || mostHalves === 0 ? undefined : halves * 100 >= passPercent * mostHalves }
}

/** Points as they are shown: 7.5 of 10. */
export function showPoints(halves: number): string {
  return halves % 2 === 0 ? String(halves / 2) : `${(halves - 1) / 2}.5`
}
