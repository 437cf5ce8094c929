import type { CellPlace, Vault } from '#kernel/server/vault/index.ts'
import type { Answer, Answers, SaidOfRegister } from '../rules/answers.ts'
import type { Form } from '../rules/form.ts'

/** An answer as the table holds it: free text and what a person says of the register are encrypted, the rest can be counted. */
export type KeptAnswer =
  | string
  | number
  | boolean
  | readonly string[]
  | { readonly cell: string }
  | { readonly said: string; readonly cell?: string }
export type KeptAnswers = Readonly<Record<string, KeptAnswer>>

const placeOf = (responseId: string, key: string): CellPlace => ({ table: 'surveys.response', column: key, rowId: responseId })

/** Seals what may speak of health, and values of sealed fields. */
export function sealAnswers(answers: Answers, given: { form: Form; responseId: string; vault: Vault }): KeptAnswers {
  const { form, responseId, vault } = given
  const types = new Map(form.questions.map((question) => [question.key, question.type]))
  const seal = (key: string, plain: string) => vault.encrypt(plain, placeOf(responseId, key)).toString('base64')
  return Object.fromEntries(
    Object.entries(answers).map(([key, answer]): [string, KeptAnswer] => {
      if (types.get(key) === 'text') return [key, { cell: seal(key, textOf(answer)) }]
      if (!isSaid(answer)) return [key, answer]
      return [
        key,
        answer.values === undefined ? { said: answer.said } : { said: answer.said, cell: seal(key, JSON.stringify(answer.values)) },
      ]
    }),
  )
}

/** The answers as they were given. */
export function openAnswers(kept: KeptAnswers, given: { responseId: string; vault: Vault }): Answers {
  const open = (key: string, cell: string) => given.vault.decrypt(Buffer.from(cell, 'base64'), placeOf(given.responseId, key))
  return Object.fromEntries(
    Object.entries(kept).map(([key, answer]): [string, Answer] => {
      if (typeof answer !== 'object' || Array.isArray(answer)) return [key, answer as Answer] // Safe: neither sealed nor of the register.
      if (!('said' in answer)) return [key, 'cell' in answer ? open(key, answer.cell) : '']
      // Safe: written by sealAnswers from checked answers.
      const values = answer.cell === undefined ? {} : { values: JSON.parse(open(key, answer.cell)) as SaidOfRegister['values'] }
      return [key, { said: answer.said as SaidOfRegister['said'], ...values }]
    }),
  )
}

/** A text as it is; what else stands where a text was asked is kept as JSON. */
const textOf = (answer: Answer): string => (typeof answer === 'string' ? answer : JSON.stringify(answer))

function isSaid(answer: Answer): answer is SaidOfRegister {
  return typeof answer === 'object' && 'said' in answer
}
