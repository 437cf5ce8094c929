import {
  evaluate,
  evaluateUnaryTests,
  type FeelContext,
  type FeelType,
  inspect,
  inspectTests,
  type Inspection,
  parseExpression,
  parseUnaryTests,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { ModelProblem } from './graph-check.ts'
import { type Evaluation, find, takeNotices } from './interpret-trace.ts'
import { isAnything, type TypeBook } from './interpret-types.ts'
import type { Definitions, Expression } from './model.ts'

/** Where an expression stands: its model, the element that owns it, the names it may use. */
export interface Place {
  readonly model: Definitions
  /** The name of the decision or function that it is part of. */
  readonly of: string
  readonly id: string | undefined
  readonly names: Readonly<Record<string, FeelType>>
  readonly types: TypeBook
  readonly problems: ModelProblem[]
  /** True where a name may be an entry of a value that is known only then (the items of a filter). */
  readonly isOpen?: boolean
  /** Prepares what stands inside. */
  readonly prepare: (expression: Expression, place: Place) => Prepared
}

/** An expression made ready: its static type and its evaluation with the values of its names. */
export interface Prepared {
  readonly type: FeelType
  readonly evaluate: (scope: FeelContext, at: Evaluation) => Value
}

/** A test of one entry: true, false, or null where it cannot be told. */
export type PreparedTest = (value: Value, scope: FeelContext, at: Evaluation) => boolean | null

/** The same place with more names. */
export function within(place: Place, names: Readonly<Record<string, FeelType>>): Place {
  return { ...place, names: { ...place.names, ...names } }
}

/** Prepares a text in FEEL; an empty one is null. What cannot be read is a problem of the model, and null with a finding when evaluated. */
export function prepareText(text: string, place: Place): Prepared {
  if (text.trim() === '') return { type: 'Null', evaluate: () => null }
  try {
    const parsed = parseExpression(text, { names: place.names, types: place.types.named(place.model) })
    const inspection = inspect(parsed)
    noteDoubts(inspection, text, place)
    return {
      type: inspection.type,
      evaluate: (scope, at) => {
        const value = evaluate(parsed, scope, at.run)
        takeNotices(at, place.of, text)
        return value
      },
    }
  } catch (error) {
    unreadable(text, place, error)
    return { type: 'Any', evaluate: (_, at) => find(at, 'expression-unreadable', place.of, { text: text.slice(0, 200) }) }
  }
}

/** Prepares an entry of a table, or allowed values, for inputs of a type: `-` and an empty text pass everything. */
export function prepareTest(text: string, place: Place, input: FeelType = 'Any'): PreparedTest {
  if (isAnything(text)) return () => true
  try {
    const parsed = parseUnaryTests(text, { names: place.names, types: place.types.named(place.model) })
    noteDoubts(inspectTests(parsed, input), text, place)
    return (value, scope, at) => {
      const passed = evaluateUnaryTests(parsed, value, scope, at.run)
      takeNotices(at, place.of, text)
      return passed
    }
  } catch (error) {
    unreadable(text, place, error)
    return (_value, _scope, at) => find(at, 'expression-unreadable', place.of, { text: text.slice(0, 200) })
  }
}

/** Doubts that stand against publishing: the expression gives null whatever the facts are. */
const neverMeant = ['unknown-name', 'no-function', 'unknown-type', 'wrong-arguments', 'no-result', 'not-comparable', 'no-condition']

/** What is said of an expression that can be read but is surely not meant so: it will always be null, or never true. */
function noteDoubts(inspection: Inspection, text: string, place: Place): void {
  const isAboutNames = (code: string) => code === 'unknown-name' || code === 'no-function'
  for (const notice of inspection.problems) {
    if (place.isOpen === true && isAboutNames(notice.code)) continue
    const shown = text.slice(notice.from, notice.to).slice(0, 200)
    const severity = neverMeant.includes(notice.code) ? 'error' : 'warning'
    place.problems.push({ code: 'expression-doubtful', severity, of: place.of, id: place.id, details: { text: shown }, notice })
  }
}

/** Notes a text that cannot be read among the problems; other errors are thrown on. */
export function unreadable(text: string, place: Pick<Place, 'of' | 'id' | 'problems'>, error: unknown): void {
  if (!isNamedError(error)) throw error
  const { code, details } = error
  const [of, shown] = [{ of: place.of, id: place.id }, { text: text.slice(0, 200) }]
  place.problems.push({ code: 'expression-unreadable', severity: 'error', ...of, details: shown, error: { code, details } })
}
