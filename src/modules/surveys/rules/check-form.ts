import { inspect, parseExpression, type FeelType } from '#kernel/pure/expressions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Form, ProblemMark, Question } from './form.ts'

/** What speaks against using a form; `at` is the key of the question. */
export interface FormFault {
  readonly at: string
  readonly why: 'twice' | 'formula' | 'reads-later' | 'unknown-name' | 'option-twice' | 'unknown-class' | 'unknown-field'
  readonly detail: string
}

/** What a form is checked against: the policy's classes, and whether the register knows a field that may be corrected. */
export interface FormGround {
  readonly classes: readonly string[]
  readonly knowsField: (key: string, of: 'household' | 'person') => boolean
}

/** Everything wrong with a form: keys and options that stand twice, formulas that cannot be read or read a later question, unknown classes and fields. */
export function checkForm(form: Form, ground: FormGround): FormFault[] {
  const faults: FormFault[] = []
  const seen = new Map<string, FeelType>()
  for (const question of form.questions) {
    const add = (why: FormFault['why'], detail: string) => faults.push({ at: question.key, why, detail })
    if (seen.has(question.key)) add('twice', question.key)
    if (question.visibleWhen !== undefined) checkFormula(question.visibleWhen, seen, add)
    seen.set(question.key, typeOfAnswer(question))
    for (const feel of [question.check?.feel, question.problemWhen?.feel]) if (feel !== undefined) checkFormula(feel, seen, add)
    for (const mark of marksOf(question))
      if (mark.source === 'policy' && !ground.classes.includes(mark.class)) add('unknown-class', mark.class)
    if ('options' in question) {
      const values = question.options.map((option) => option.value)
      for (const value of new Set(values)) if (values.indexOf(value) !== values.lastIndexOf(value)) add('option-twice', value)
    }
    if (question.type === 'register' && !ground.knowsField(question.field, question.of)) add('unknown-field', question.field)
  }
  return faults
}

/** The problems that answers of a question may mean. */
export function marksOf(question: Question): ProblemMark[] {
  const ofOptions = 'options' in question ? question.options.flatMap((option) => option.problem ?? []) : []
  return [...ofOptions, ...(question.problemWhen === undefined ? [] : [question.problemWhen.problem])]
}

/** The FEEL type of an answer. */
export function typeOfAnswer(question: Question): FeelType {
  switch (question.type) {
    case 'choice':
    case 'text':
    case 'register':
      return 'string'
    case 'multi':
      return { list: 'string' }
    case 'yes-no':
      return 'boolean'
    case 'number':
      return 'number'
    case 'date':
      return 'date'
  }
}

function checkFormula(text: string, known: ReadonlyMap<string, FeelType>, add: (why: FormFault['why'], detail: string) => void): void {
  try {
    const { problems } = inspect(parseExpression(text, { names: Object.fromEntries(known) }))
    for (const problem of problems) add(problem.code === 'unknown-name' ? 'unknown-name' : 'formula', text.slice(problem.from, problem.to))
  } catch (fault) {
    if (!isNamedError(fault)) throw fault
    add('formula', text)
  }
}
