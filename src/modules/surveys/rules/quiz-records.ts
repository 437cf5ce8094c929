import type { QuizResult } from './quiz-requests.ts'
import type { QuizScore } from './quiz-score.ts'

export interface QuizQuestionRecord {
  readonly questionId: string
  readonly topic: string
  readonly question: string
  readonly answer: string
  readonly points: number
  readonly can: { readonly end: boolean }
}
/** A meeting in the list; `passed` and `failed` count who was asked, once it is closed. */
export interface QuizCard {
  readonly quizId: string
  readonly areaPath: string
  readonly areaName: string
  readonly name: string
  readonly heldOn: string
  readonly state: 'open' | 'closed'
  readonly participants: number
  readonly passed: number
  readonly failed: number
  readonly openTasks: number
  readonly isRetake: boolean
}
export interface QuizAnswerRecord {
  readonly answerId: string
  readonly seq: number
  readonly topic: string
  readonly question: string
  readonly about: string
  readonly points: number
  readonly result: QuizResult | undefined
  readonly followUp: string
  readonly followDue: string | undefined
  readonly followDone: string | undefined
}
export interface QuizParticipantRecord extends QuizScore {
  readonly participantId: string
  readonly name: string
  readonly post: string
  readonly answers: readonly QuizAnswerRecord[]
}
/** A meeting with everybody asked, in the order of their names: it is no league table. */
export interface QuizRecord {
  readonly quizId: string
  readonly areaPath: string
  readonly areaName: string
  readonly name: string
  readonly heldOn: string
  readonly place: string
  readonly state: 'open' | 'closed'
  readonly passPercent: number
  /** Until when who failed is to be asked again. */
  readonly retakeBy: string
  readonly retakeOf: string | undefined
  readonly retakeId: string | undefined
  readonly revision: number
  readonly participants: readonly QuizParticipantRecord[]
  readonly can: Readonly<Record<'judge' | 'close' | 'retake' | 'export', boolean>>
}
