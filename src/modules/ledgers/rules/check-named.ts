import { inspect, parseExpression, printType, type FeelType } from '#kernel/pure/expressions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { nearestOf } from '#modules/policies/rules/index.ts'
import { broughtProblem as say } from './brought-words.ts'
import { asOf } from './check-brought.ts'
import { checkCircles } from './check-circles.ts'
import { mayBe } from './check-formulas.ts'
import { feelTypeOf, isLink } from './field-kinds.ts'
import { namesOf } from './open-template.ts'
import { checkKnown } from './known-values.ts'
import type { GatherCondition, Gathers } from './template-brought.ts'
import type { TemplateProblem } from './template-records.ts'
import type { Field, Template } from './template.ts'

/** A decision table as templates see it: what it asks for besides parameters, and what it says. */
export interface KnownPolicy {
  readonly key: string
  readonly facts: Readonly<Record<string, FeelType>>
  readonly outputs: Readonly<Record<string, FeelType>>
}
/** All ledgers and decision tables that a template may name. */
export interface Surroundings {
  readonly templates: ReadonlyMap<string, Template>
  readonly policies: ReadonlyMap<string, KnownPolicy>
  /** Facts of the catalogue by name, about households and about persons. */
  readonly facts: Readonly<Record<'household' | 'person', Readonly<Record<string, FeelType>>>>
}

/** What is wrong with what gathered and decided fields name elsewhere: ledgers, their fields and states, decision tables, outputs, facts. */
export function checkNamed(template: Template, around: Surroundings): TemplateProblem[] {
  // A ledger that gathers from itself is meant as it will be.
  const templates = new Map([...around.templates, [template.key, template]])
  const own = template.fields.flatMap((field) => [
    ...(field.gathers === undefined ? [] : checkFrom(template, { field, gathers: field.gathers, templates })),
    ...checkDecides(template, field, around),
    ...checkKnown(template, field, around.facts),
  ])
  return [...own, ...(own.length > 0 ? [] : checkCircles(template, templates)), ...checkGatherers(template, around.templates)]
}

/** What other ledgers gather from this one, and would no longer find as it is now. */
function checkGatherers(template: Template, templates: ReadonlyMap<string, Template>): TemplateProblem[] {
  const after = new Map([...templates, [template.key, template]])
  return [...templates.values()].flatMap((other) =>
    other.key === template.key
      ? []
      : other.fields.flatMap((field) => {
          if (field.gathers?.from !== template.key) return []
          const { gathers } = field
          const were = new Set(checkFrom(other, { field, gathers, templates }).map((one) => one.said.zh))
          const fresh = checkFrom(other, { field, gathers, templates: after }).filter((one) => !were.has(one.said.zh))
          return fresh.map((one) => say('gathered-from-here', 'fields', { ledger: other.name.zh, problem: one.said.zh, en: one.said.en }))
        }),
  )
}

function checkFrom(
  template: Template,
  given: { field: Field; gathers: Gathers; templates: ReadonlyMap<string, Template> },
): TemplateProblem[] {
  const { field, gathers, templates } = given
  const at = `fields.${field.key}.gathers`
  const name = field.name.zh
  const from = templates.get(gathers.from)
  if (from === undefined)
    return [say('no-ledger-there', at, { name, key: gathers.from, perhaps: nearestOf(gathers.from, [...templates.keys()]) })]
  const ledger = from.name.zh
  const theirs = new Map(from.fields.map((one) => [one.key, one]))
  const problems: TemplateProblem[] = []
  const missing = (key: string) => say('no-theirs', at, { ledger, key, perhaps: nearestOf(key, [...theirs.keys()]) })
  for (const condition of gathers.where) {
    const other = theirs.get(condition.theirs)
    const mine = template.fields.find((one) => one.key === condition.mine)
    if (other?.sensitive === true) problems.push(say('theirs-sensitive', at, { name, ledger, key: other.name.zh }))
    else if (condition.theirs !== '$record' && other === undefined) problems.push(missing(condition.theirs))
    else if (!fits(template, { condition, from, other, mine }))
      problems.push(
        say('theirs-kind', at, { name, ledger, key: other?.name.zh ?? '$record', mine: mine?.name.zh ?? '$record', as: asOf(condition) }),
      )
  }
  for (const state of gathers.states ?? [])
    if (!from.states.some((one) => one.key === state))
      problems.push(
        say('no-state-there', at, {
          ledger,
          key: state,
          perhaps: nearestOf(
            state,
            from.states.map((one) => one.key),
          ),
        }),
      )
  for (const { field: key } of gathers.filters ?? []) {
    const other = theirs.get(key)
    if (key !== 'state' && key !== 'made' && other === undefined) problems.push(missing(key))
    else if (other?.sensitive === true) problems.push(say('theirs-sensitive', at, { name, ledger, key: other.name.zh }))
  }
  problems.push(...checkMeasure({ field, gathers, from, missing }), ...checkClosed(template, { field, from }))
  return problems
}

function fits(
  template: Template,
  given: { condition: GatherCondition; from: Template; other: Field | undefined; mine: Field | undefined },
): boolean {
  const { condition, from, other, mine } = given
  const as = asOf(condition)
  if (as !== 'same') return [other?.kind, mine?.kind].every((kind) => kind === 'date' || kind === 'month')
  // The record itself is compared with a link to its ledger.
  if (condition.theirs === '$record') return mine?.kind === 'record' && mine.of === from.key
  if (condition.mine === '$record') return other?.kind === 'record' && other.of === template.key
  if (other === undefined || mine === undefined) return false
  if (isLink(other.kind) || isLink(mine.kind)) return other.kind === mine.kind && (other.kind !== 'record' || other.of === mine.of)
  const amounts = ['number', 'money']
  return other.kind === mine.kind || (amounts.includes(other.kind) && amounts.includes(mine.kind)) || (isText(other) && isText(mine))
}

const isText = (field: Field): boolean => field.kind === 'text' || field.kind === 'choice'

function checkMeasure(given: {
  field: Field
  gathers: Gathers
  from: Template
  missing: (key: string) => TemplateProblem
}): TemplateProblem[] {
  const { field, gathers, from, missing } = given
  const { measure } = gathers
  if ('count' in measure || 'mean' in measure) return []
  const [how, key] =
    'sum' in measure
      ? (['sum', measure.sum] as const)
      : 'max' in measure
        ? (['max', measure.max] as const)
        : (['distinct', measure.distinct] as const)
  const other = from.fields.find((one) => one.key === key)
  if (other === undefined) return [missing(key)]
  const isAmount = other.kind === 'number' || other.kind === 'money'
  // An amount of yuan is kept in a field of money: a number of fewer places would lose fen.
  const isKept =
    other.kind === 'money'
      ? field.kind === 'money'
      : field.kind !== 'date' && (field.kind === 'money' || (field.places ?? 0) >= (other.places ?? 0))
  const fitsSum = isAmount && isKept
  const fitsMax = fitsSum || (other.kind === 'date' && field.kind === 'date')
  const isRight =
    how === 'sum'
      ? fitsSum
      : how === 'max'
        ? fitsMax
        : !['table', 'place', 'photo', 'file', 'signature', 'choices', 'long-text'].includes(other.kind)
  if (other.sensitive === true || !isRight)
    return [say('measure-kind', `fields.${field.key}.gathers.measure`, { name: field.name.zh, ledger: from.name.zh, key: other.name.zh })]
  return []
}

/** What a closed ledger says is not told by a sum elsewhere: whoever sees the sum must see the ledger. */
function checkClosed(template: Template, { field, from }: { field: Field; from: Template }): TemplateProblem[] {
  if (from.access.closed !== true || from.key === template.key) return []
  const may = new Set([...from.access.read, ...from.access.write])
  const seeing = new Set(field.readBy ?? [...template.access.read, ...template.access.write])
  return [...seeing]
    .filter((role) => !may.has(role))
    .slice(0, 1)
    .map((role) => say('closed-there', `fields.${field.key}.gathers`, { name: field.name.zh, ledger: from.name.zh, role }))
}

function checkDecides(template: Template, field: Field, { policies }: Surroundings): TemplateProblem[] {
  const { decides } = field
  if (decides === undefined) return []
  const at = `fields.${field.key}.decides`
  const name = field.name.zh
  const policy = policies.get(decides.policy)
  if (policy === undefined)
    return [say('no-policy', at, { name, key: decides.policy, perhaps: nearestOf(decides.policy, [...policies.keys()]) })]
  const problems: TemplateProblem[] = []
  const output = policy.outputs[decides.output]
  if (output === undefined)
    problems.push(
      say('no-output', at, { policy: policy.key, key: decides.output, perhaps: nearestOf(decides.output, Object.keys(policy.outputs)) }),
    )
  else if (!mayBe(output, feelTypeOf(field))) problems.push(say('output-kind', at, { name, found: printType(output) }))
  for (const [fact, text] of Object.entries(decides.facts)) {
    const wanted = policy.facts[fact]
    if (wanted === undefined)
      problems.push(say('no-fact', `${at}.facts`, { policy: policy.key, key: fact, perhaps: nearestOf(fact, Object.keys(policy.facts)) }))
    else {
      const found = typeOf(template, text)
      if (found !== undefined && !mayBe(found, wanted))
        problems.push(say('fact-kind', `${at}.facts`, { key: fact, wanted: printType(wanted), found: printType(found) }))
    }
  }
  for (const fact of Object.keys(policy.facts))
    if (decides.facts[fact] === undefined) problems.push(say('fact-missing', `${at}.facts`, { policy: policy.key, key: fact, name }))
  return problems
}

/** The type of a formula; undefined for one that cannot be read, which `checkFormulas` says. */
function typeOf(template: Template, text: string): FeelType | undefined {
  try {
    return inspect(parseExpression(text, { names: namesOf(template.fields) })).type
  } catch (fault) {
    if (isNamedError(fault)) return undefined
    throw fault
  }
}
