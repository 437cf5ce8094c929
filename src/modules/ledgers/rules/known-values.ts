import { isNamedError } from '#kernel/pure/errors/index.ts'
import { evaluate, parseExpression, readsOf, startRun, type Expression, type FeelType, type Value } from '#kernel/pure/expressions/index.ts'
import { broughtProblem as say } from './brought-words.ts'
import { readFormula } from './check-formulas.ts'
import { fromFeel } from './feel-values.ts'
import { feelTypeOf, isFiles, isLink } from './field-kinds.ts'
import { isEmpty, mostSteps } from './judge-record.ts'
import type { FieldValue } from './records.ts'
import { isWorkedOut } from './template-brought.ts'
import type { TemplateProblem } from './template-records.ts'
import type { Field, Template } from './template.ts'

/** Facts by name and kind, about households and about persons. */
export type FactTypes = Readonly<Record<'household' | 'person', Readonly<Record<string, FeelType>>>>

/** A field that the register fills in, its formula read. */
export interface KnownField {
  readonly field: Field
  readonly expression: Expression
  /** Names of facts that it reads. */
  readonly reads: readonly string[]
}

/** The field that says whom a record is about: its first person, else its first household; undefined where it links none. */
export function knownBy(template: Template): Field | undefined {
  const first = (kind: Field['kind']) => template.fields.find((field) => field.kind === kind)
  return first('person') ?? first('household')
}

/** The names that a `known` formula of this template may use: facts of the household, and of the person where there is one (whose names go first). */
export function knownNames(template: Template, facts: FactTypes): Readonly<Record<string, FeelType>> {
  return knownBy(template)?.kind === 'person' ? { ...facts.household, ...facts.person } : facts.household
}

/** The fields of a version that the register fills in. Throws `expressions.not-readable`; `checkKnown` says it before. */
export function openKnown(template: Template, facts: FactTypes): KnownField[] {
  const names = knownNames(template, facts)
  return template.fields.flatMap((field) => {
    if (field.known === undefined) return []
    const expression = parseExpression(field.known, { names })
    return [{ field, expression, reads: readsOf(expression) }]
  })
}

/** Empty fields with what the register says of them; a fact that is not known fills nothing. */
export function fillKnown(
  known: readonly KnownField[],
  given: { values: Readonly<Record<string, FieldValue | undefined>>; facts: ReadonlyMap<string, Value> },
): Record<string, FieldValue> {
  const run = startRun({ steps: mostSteps })
  const filled: Record<string, FieldValue> = {}
  for (const { field, expression } of known) {
    if (!isEmpty(given.values[field.key])) continue
    const value = evaluated(field, () => evaluate(expression, given.facts, run))
    if (value !== null) filled[field.key] = value
  }
  return filled
}

function evaluated(field: Field, work: () => Value): FieldValue {
  try {
    return fromFeel(field, work())
  } catch (fault) {
    // Formulas that use up their steps fill nothing: the field is asked as it always was.
    if (isNamedError(fault)) return null
    throw fault
  }
}

/** What is wrong with the `known` formula of a field. */
export function checkKnown(template: Template, field: Field, facts: FactTypes): TemplateProblem[] {
  if (field.known === undefined) return []
  const at = `fields.${field.key}.known`
  const name = field.name.zh
  if (knownBy(template) === undefined) return [say('known-of-nobody', at, { name })]
  const isOther = isLink(field.kind) || isFiles(field.kind) || field.kind === 'table' || field.kind === 'place' || field.sensitive === true
  if (isOther || isWorkedOut(field)) return [say('known-kind', at, { name })]
  return readFormula({ at, text: field.known, names: knownNames(template, facts), wanted: feelTypeOf(field) }).problems ?? []
}
