import { evaluate, fromJson, parseExpression, startRun, type Expression, type Run, type Value } from '#kernel/pure/expressions/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import { typeOfAnswer } from './check-form.ts'
import type { Form, ProblemMark, Question } from './form.ts'

/** What is said of a field of the register: the same, or what it is instead; of a person where the field is one of persons. */
export interface SaidOfRegister {
  readonly said: 'same' | 'different' | 'unknown'
  readonly values?: readonly { readonly personId?: string | undefined; readonly value: string }[] | undefined
}
export type Answer = string | number | boolean | readonly string[] | SaidOfRegister
export type Answers = Readonly<Record<string, Answer>>

/** What is wrong with an answer. `check`: the form's own check says no. */
export interface AnswerFault {
  readonly at: string
  readonly why: 'unknown' | 'needed' | 'kind' | 'option' | 'range' | 'long' | 'check' | 'not-asked'
}
export interface FoundProblem {
  readonly question: string
  /** The chosen option; '' where a formula said it. */
  readonly word: string
  readonly mark: ProblemMark
}
export interface FoundDifference {
  readonly question: string
  readonly field: string
  readonly personId: string | undefined
  readonly value: string
}
/** What answers are: as they are kept (only of questions that were asked), and what follows from them. */
export interface ReadAnswers {
  readonly answers: Answers
  readonly faults: readonly AnswerFault[]
  readonly problems: readonly FoundProblem[]
  readonly differences: readonly FoundDifference[]
  readonly risks: readonly string[]
}

interface Formulas {
  readonly visible: Expression | undefined
  readonly check: Expression | undefined
  readonly problem: Expression | undefined
}
const prepared = new WeakMap<Form, ReadonlyMap<string, Formulas>>()
/** The work of all formulas of one form together, so that none can stop a call (trust.md §3.7). */
const steps = 100_000

/**
 * Reads the answers to a form, in its order: what is not asked (visible-when) is left out, what is wrong is named, and problems, differences to
 * the register and risks are what the form says they are. With `isPartial` nothing is needed yet. The same on screen and server.
 */
export function readAnswers(form: Form, given: Readonly<Record<string, unknown>>, isPartial = false): ReadAnswers {
  const formulas = formulasOf(form)
  const variables = new Map<string, Value>(form.questions.map((question) => [question.key, null]))
  const run = startRun({ steps })
  const found = { answers: {} as Record<string, Answer>, faults: [] as AnswerFault[], problems: [] as FoundProblem[] } // Safe: filled below.
  const differences: FoundDifference[] = []
  const risks: string[] = []
  const asked = new Set<string>()
  for (const question of form.questions) {
    const { key } = question
    const { visible, check, problem } = formulas.get(key) ?? { visible: undefined, check: undefined, problem: undefined }
    if (visible !== undefined && !holds(visible, variables, run)) continue
    asked.add(key)
    const answer = readOne(question, given[key])
    if (answer === undefined) {
      if (question.required && !isPartial) found.faults.push({ at: key, why: 'needed' })
      continue
    }
    if ('fault' in answer) {
      found.faults.push({ at: key, why: answer.fault })
      continue
    }
    found.answers[key] = answer.answer
    variables.set(key, toFeel(question, answer.answer))
    if (check !== undefined && !holds(check, variables, run)) found.faults.push({ at: key, why: 'check' })
    found.problems.push(...problemsOf(question, answer.answer))
    const mark = question.problemWhen?.problem
    if (problem !== undefined && mark !== undefined && holds(problem, variables, run))
      found.problems.push({ question: key, word: '', mark })
    differences.push(...differencesOf(question, answer.answer))
    risks.push(...chosen(question, answer.answer).flatMap((option) => option.risk ?? []))
  }
  for (const key of Object.keys(given))
    if (!asked.has(key)) found.faults.push({ at: key, why: variables.has(key) ? 'not-asked' : 'unknown' })
  return { ...found, differences, risks: [...new Set(risks)] }
}

/** Keys of the questions that are asked after these answers; for the sheet. */
export function askedQuestions(form: Form, given: Readonly<Record<string, unknown>>): string[] {
  const notAsked = new Set(
    readAnswers(form, withNothing(form, given), true)
      .faults.filter((one) => one.why === 'not-asked')
      .map((one) => one.at),
  )
  return form.questions.map((question) => question.key).filter((key) => !notAsked.has(key))
}

/** Every question has an entry, so that those not asked are named. */
function withNothing(form: Form, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(form.questions.map((question) => [question.key, given[question.key]]))
}

function formulasOf(form: Form): ReadonlyMap<string, Formulas> {
  const known = prepared.get(form)
  if (known !== undefined) return known
  const names = Object.fromEntries(form.questions.map((question) => [question.key, typeOfAnswer(question)]))
  const read = (text: string | undefined) => (text === undefined ? undefined : parseExpression(text, { names }))
  const made = new Map(
    form.questions.map((question): [string, Formulas] => [
      question.key,
      { visible: read(question.visibleWhen), check: read(question.check?.feel), problem: read(question.problemWhen?.feel) },
    ]),
  )
  prepared.set(form, made)
  return made
}

function holds(expression: Expression, variables: ReadonlyMap<string, Value>, run: Run): boolean {
  return evaluate(expression, variables, run) === true
}

function toFeel(question: Question, answer: Answer): Value {
  if (question.type === 'register') return typeof answer === 'object' && 'said' in answer ? answer.said : null
  return fromJson(answer, typeOfAnswer(question))
}

type Read = { readonly answer: Answer } | { readonly fault: AnswerFault['why'] }

/** One answer as it is kept; undefined: nothing was said. */
function readOne(question: Question, given: unknown): Read | undefined {
  if (given === undefined || given === null || given === '' || (Array.isArray(given) && given.length === 0)) return undefined
  switch (question.type) {
    case 'choice':
      return typeof given !== 'string'
        ? { fault: 'kind' }
        : question.options.some((one) => one.value === given)
          ? { answer: given }
          : { fault: 'option' }
    case 'multi':
      return readMany(
        question.options.map((option) => option.value),
        given,
      )
    case 'yes-no':
      return typeof given === 'boolean' ? { answer: given } : { fault: 'kind' }
    case 'number':
      return readNumberAnswer(question, given)
    case 'date':
      return typeof given === 'string' && readDay(given) !== undefined ? { answer: given } : { fault: 'kind' }
    case 'text':
      if (typeof given !== 'string') return { fault: 'kind' }
      return given.length > question.longest ? { fault: 'long' } : { answer: given.trim() }
    case 'register':
      return readSaid(question, given)
  }
}

function readMany(values: readonly string[], given: unknown): Read {
  if (!Array.isArray(given)) return { fault: 'kind' }
  const texts = given.filter((one) => typeof one === 'string')
  if (texts.length !== given.length || new Set(texts).size !== texts.length) return { fault: 'kind' }
  return texts.every((one) => values.includes(one)) ? { answer: values.filter((value) => texts.includes(value)) } : { fault: 'option' }
}

function readNumberAnswer(question: Extract<Question, { type: 'number' }>, given: unknown): Read {
  if (typeof given !== 'number' || !Number.isFinite(given)) return { fault: 'kind' }
  const scale = 10 ** question.decimals
  if (Math.abs(Math.round(given * scale) / scale - given) > 1e-9) return { fault: 'range' }
  const { min = -1e12, max = 1e12 } = question
  return given < min || given > max ? { fault: 'range' } : { answer: given }
}

function readSaid(question: Extract<Question, { type: 'register' }>, given: unknown): Read {
  if (typeof given !== 'object' || given === null || !('said' in given)) return { fault: 'kind' }
  if (given.said === 'same' || given.said === 'unknown') return { answer: { said: given.said } }
  if (given.said !== 'different' || !('values' in given) || !Array.isArray(given.values) || given.values.length === 0)
    return { fault: 'kind' }
  const list: readonly unknown[] = given.values
  const values: { personId?: string; value: string }[] = []
  for (const one of list) {
    if (typeof one !== 'object' || one === null || !('value' in one) || typeof one.value !== 'string') return { fault: 'kind' }
    const personId = 'personId' in one && typeof one.personId === 'string' ? one.personId : undefined
    if ((question.of === 'person') !== (personId !== undefined)) return { fault: 'kind' }
    if (one.value.length > 200 || values.some((other) => other.personId === personId)) return { fault: 'kind' }
    values.push({ ...(personId === undefined ? {} : { personId }), value: one.value.trim() })
  }
  return { answer: { said: 'different', values } }
}

function chosen(question: Question, answer: Answer) {
  if (!('options' in question)) return []
  const words: readonly unknown[] = Array.isArray(answer) ? answer : [answer]
  return question.options.filter((option) => words.includes(option.value))
}

function problemsOf(question: Question, answer: Answer): FoundProblem[] {
  return chosen(question, answer).flatMap((option) =>
    option.problem === undefined ? [] : [{ question: question.key, word: option.value, mark: option.problem }],
  )
}

function differencesOf(question: Question, answer: Answer): FoundDifference[] {
  if (question.type !== 'register' || typeof answer !== 'object' || !('said' in answer)) return []
  return (answer.values ?? []).map(({ personId, value }) => ({ question: question.key, field: question.field, personId, value }))
}

/** What a household's answers come to. */
export function concludeAnswers(
  read: Pick<ReadAnswers, 'problems' | 'risks'>,
  corrections: number,
): 'clean' | 'corrected' | 'problems' | 'risk' {
  if (read.risks.length > 0) return 'risk'
  if (read.problems.length > 0) return 'problems'
  return corrections > 0 ? 'corrected' : 'clean'
}
