import { parseExpression, readsOf, type Expression, type FeelType } from '#kernel/pure/expressions/index.ts'
import { feelTypeOf } from './field-kinds.ts'
import type { Decides, Gathers } from './template-brought.ts'
import type { Check, Column, Field, Move, State, Template } from './template.ts'

/** Names that every formula knows besides the fields: the caller's day, the state, the day on which it was entered. */
export const ownNames = { 今天: 'date', 状态: 'string', 登记日: 'date' } as const satisfies Readonly<Record<string, FeelType>>

/** A formula of one field, to be worked out in the order of `OpenTemplate.steps`. */
export interface FormulaStep {
  readonly kind: 'default' | 'visible' | 'computed'
  readonly field: Field | Column
  readonly expression: Expression
}
/** A field that a decision table decides: the formulas of what the table is asked with. */
export interface DecidedStep {
  readonly kind: 'decided'
  readonly field: Field | Column
  readonly decides: Decides
  readonly facts: ReadonlyMap<string, Expression>
  /** The Chinese names that its formulas and its day read. */
  readonly reads: readonly string[]
}
export type Step = FormulaStep | DecidedStep
/** A field that is gathered from other records. */
export interface GatheredField {
  readonly field: Field
  readonly gathers: Gathers
}

/** A version of a template, read once: its fields by key, its formulas compiled and in the order in which they depend on each other. */
export interface OpenTemplate {
  readonly template: Template
  readonly version: number
  /** Field → column of the record in which it can be sorted and filtered by. */
  readonly keys: Readonly<Record<string, string>>
  readonly fields: ReadonlyMap<string, Field>
  readonly states: ReadonlyMap<string, State>
  readonly steps: readonly Step[]
  readonly gathered: readonly GatheredField[]
  /** Of tables: the formulas of a row, by the table's key. */
  readonly rowSteps: ReadonlyMap<string, readonly Step[]>
  readonly checks: readonly { readonly check: Check; readonly expression: Expression }[]
  readonly moves: ReadonlyMap<string, { readonly move: Move; readonly holds: Expression | undefined }>
}

/** The types of the names in formulas of a template. Sensitive fields are unknown to formulas: what is masked is not told by a sum. */
export function namesOf(fields: readonly (Field | Column)[]): Record<string, FeelType> {
  const names: Record<string, FeelType> = { ...ownNames }
  for (const field of fields) if (field.sensitive !== true) names[field.name.zh] = feelTypeOf(field)
  return names
}

/** Opens a version for use. Throws `expressions.not-readable` for a formula that is none, and an Error for formulas in a circle (`checkTemplate` says both before). */
export function openTemplate(template: Template, version: number, keys: Readonly<Record<string, string>>): OpenTemplate {
  const names = namesOf(template.fields)
  const read = (text: string): Expression => parseExpression(text, { names })
  const rowSteps = new Map(
    template.fields.flatMap((field) => (field.kind === 'table' ? [[field.key, stepsOf(field.columns ?? [])] as const] : [])),
  )
  return {
    template,
    version,
    keys,
    fields: new Map(template.fields.map((field) => [field.key, field])),
    states: new Map(template.states.map((state) => [state.key, state])),
    steps: stepsOf(template.fields),
    gathered: template.fields.flatMap((field) => (field.gathers === undefined ? [] : [{ field, gathers: field.gathers }])),
    rowSteps,
    checks: (template.checks ?? []).map((check) => ({ check, expression: read(check.holds) })),
    moves: new Map(
      (template.moves ?? []).map((move) => [move.key, { move, holds: move.holds === undefined ? undefined : read(move.holds) }]),
    ),
  }
}

/** The formulas of some fields, each after what it reads. */
function stepsOf(fields: readonly (Field | Column)[]): Step[] {
  const names = namesOf(fields)
  const steps = fields.flatMap((field): Step[] => [
    ...formulasOf(field).map(({ kind, text }): Step => ({ kind, field, expression: parseExpression(text, { names }) })),
    ...decidedOf({ field, fields, read: (text) => parseExpression(text, { names }) }),
  ])
  const sorted = inOrder(steps)
  if (sorted === undefined) throw new Error('formulas of a template stand in a circle')
  return sorted
}

/** The step of a decided field. `read` reads one formula; undefined where it cannot be read. */
export function decidedOf(given: {
  field: Field | Column
  fields: readonly (Field | Column)[]
  read: (text: string, fact: string) => Expression | undefined
}): DecidedStep[] {
  const { field, fields, read } = given
  const { decides } = field
  if (decides === undefined) return []
  const facts = new Map<string, Expression>()
  for (const [fact, text] of Object.entries(decides.facts)) {
    const expression = read(text, fact)
    if (expression !== undefined) facts.set(fact, expression)
  }
  const day = fields.find((one) => one.key === decides.asOf)?.name.zh
  const reads = new Set([...[...facts.values()].flatMap((one) => readsOf(one)), ...(day === undefined ? [] : [day])])
  return [{ kind: 'decided', field, decides, facts, reads: [...reads] }]
}

/** The names that a step reads. */
export const readsOfStep = (step: Step): readonly string[] => (step.kind === 'decided' ? step.reads : readsOf(step.expression))

/** The formulas that a field has, a default before the rest. */
export function formulasOf(field: Field | Column): { kind: FormulaStep['kind']; text: string }[] {
  const found: { kind: FormulaStep['kind']; text: string }[] = []
  if (field.visibleWhen !== undefined) found.push({ kind: 'visible', text: field.visibleWhen })
  if (field.default !== undefined) found.push({ kind: 'default', text: field.default })
  if (field.computed !== undefined) found.push({ kind: 'computed', text: field.computed })
  return found
}

/** Steps so that each stands after the steps of the fields it reads; undefined where that is impossible. */
export function inOrder(steps: readonly Step[]): Step[] | undefined {
  const byName = new Map<string, Step[]>()
  for (const step of steps) byName.set(step.field.name.zh, [...(byName.get(step.field.name.zh) ?? []), step])
  const sorted: Step[] = []
  const state = new Map<Step, 'open' | 'done'>()
  const visit = (step: Step): boolean => {
    const known = state.get(step)
    if (known !== undefined) return known === 'done'
    state.set(step, 'open')
    const before = readsOfStep(step).flatMap((name) => byName.get(name) ?? [])
    // Within one field: whether it is seen first, then its default or formula.
    const own = (byName.get(step.field.name.zh) ?? []).slice(0, (byName.get(step.field.name.zh) ?? []).indexOf(step))
    for (const earlier of [...before, ...own]) if (!visit(earlier)) return false
    state.set(step, 'done')
    sorted.push(step)
    return true
  }
  return steps.every(visit) ? sorted : undefined
}
