import type { Column, Field } from './template.ts'

/** A question as an expression names it. */
export interface Question {
  /** Name in the form: `${name}`. */
  readonly name: string
  readonly field: Field | Column
  /** The repeat in which it stands, seen from outside: only sums and the like read it. */
  readonly inside?: Question
}

/** What an expression may name, and the question to which it belongs (`.`). */
export interface Scope {
  readonly questions: readonly Question[]
  readonly self?: Question
  /** Questions that exist elsewhere (outside of this repeat): named in the refusal. */
  readonly outside?: ReadonlySet<string>
}

/** Answers of yes-no questions in the choices of a form. */
export const yesNo = { list: 'yes_no', yes: 'yes', no: 'no' } as const
