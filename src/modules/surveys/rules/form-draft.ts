import type { Form, FormOption, Question, QuestionType, Said } from './form.ts'

/** A question as it is being written: of any kind, with whatever its kinds have had, so that nothing typed is lost by a change of kind. */
export interface DraftQuestion extends Omit<Extract<Question, { type: 'choice' }>, 'type' | 'options' | 'rate'> {
  readonly type: QuestionType
  readonly options?: readonly FormOption[] | undefined
  readonly rate?: true | undefined
  readonly unit?: string | undefined
  readonly decimals?: number | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly longest?: number | undefined
  readonly field?: string | undefined
  readonly of?: 'household' | 'person' | undefined
}
/** A form as it is being written. */
export interface FormDraft extends Said {
  readonly key: string
  readonly questions: readonly DraftQuestion[]
}

/** Both languages of a word that was written in one: English follows the Chinese until somebody writes it. */
export function renamed(before: Said, zh: string): Said {
  return { zh, en: before.en === before.zh ? zh : before.en }
}

/** A form that stands, to be written on. */
export function toDraft(form: Form): FormDraft {
  return form
}

/** What of a draft belongs to a form: of each question only what its kind has. Parse it as a Form. */
export function fromDraft(draft: FormDraft): { key: string; zh: string; en: string; questions: Record<string, unknown>[] } {
  return { key: draft.key, zh: draft.zh, en: draft.en, questions: draft.questions.map(ofItsKind) }
}

const ofKind: Readonly<Record<QuestionType, readonly (keyof DraftQuestion)[]>> = {
  choice: ['options', 'rate'],
  multi: ['options'],
  'yes-no': [],
  number: ['unit', 'decimals', 'min', 'max'],
  date: [],
  text: ['longest'],
  register: ['field', 'of'],
}
const ofAll: readonly (keyof DraftQuestion)[] = [
  'key',
  'zh',
  'en',
  'section',
  'help',
  'required',
  'visibleWhen',
  'check',
  'problemWhen',
  'type',
]

function ofItsKind(question: DraftQuestion): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const name of [...ofAll, ...ofKind[question.type]]) {
    const value = question[name]
    // What counts as positive or outside is asked of a question with a rate only.
    if (name === 'options') kept[name] = (question.options ?? []).map((option) => withoutRate(option, question))
    else if (value !== undefined) kept[name] = value
  }
  return kept
}

function withoutRate(option: FormOption, question: DraftQuestion): FormOption {
  if (question.type === 'choice' && question.rate === true) return option
  const { positive: _positive, outside: _outside, ...rest } = option
  return rest
}

/**
 * Adds a question below the last, under its heading. Its key is one that no version ever had (`used`): answers of two versions are compared
 * by the key.
 */
export function addQuestion(draft: FormDraft, given: { type: QuestionType; zh: string; used: ReadonlySet<string> }): FormDraft {
  const { type, zh, used } = given
  const taken = new Set([...used, ...draft.questions.map((one) => one.key)])
  let at = taken.size + 1
  while (taken.has(`q${at}`)) at += 1
  const section = draft.questions[draft.questions.length - 1]?.section ?? { zh: '基本情况', en: 'Basics' }
  const options = type === 'choice' || type === 'multi' ? { options: addOptions([], '是\n否') } : {}
  return { ...draft, questions: [...draft.questions, { key: `q${at}`, zh, en: zh, section, required: true, type, ...options }] }
}

/** Changes a question; a part that is undefined is taken away. */
export function changeQuestion(draft: FormDraft, key: string, patch: Partial<DraftQuestion>): FormDraft {
  return { ...draft, questions: draft.questions.map((one) => (one.key === key ? { ...one, ...patch } : one)) }
}

/** Moves a question up (-1) or down (1); at the end it stays. */
export function moveQuestion(draft: FormDraft, key: string, by: -1 | 1): FormDraft {
  const at = draft.questions.findIndex((one) => one.key === key)
  const other = draft.questions[at + by]
  const mine = draft.questions[at]
  if (mine === undefined || other === undefined) return draft
  const questions = [...draft.questions]
  questions[at] = other
  questions[at + by] = mine
  return { ...draft, questions }
}

/** Takes a question away; one question always stays. */
export function removeQuestion(draft: FormDraft, key: string): FormDraft {
  return draft.questions.length === 1 ? draft : { ...draft, questions: draft.questions.filter((one) => one.key !== key) }
}

/** Adds options below those that stand, one to a line as pasted; a word that stands already is not added. Values are free ones. */
export function addOptions(before: readonly FormOption[], text: string): FormOption[] {
  const stood = new Set(before.map((one) => one.zh))
  const words = [...new Set(text.split('\n').map((line) => line.trim().slice(0, 120)))].filter((word) => word !== '' && !stood.has(word))
  const taken = new Set(before.map((one) => one.value))
  const added = words.map((zh) => {
    let at = taken.size + 1
    while (taken.has(`o${at}`)) at += 1
    taken.add(`o${at}`)
    return { value: `o${at}`, zh, en: zh }
  })
  return [...before, ...added].slice(0, 20)
}

/** The FEEL for "that question was answered with this", by the kind of the question. */
export function whenAnswered(question: DraftQuestion, value: string): string {
  if (question.type === 'yes-no') return `${question.key} = ${value === 'yes' ? 'true' : 'false'}`
  if (question.type === 'multi') return `list contains(${question.key}, "${value}")`
  return `${question.key} = "${value}"`
}
