import {
  inspect,
  parseExpression,
  printType,
  sayExpressionError,
  sayNotice,
  type Expression,
  type FeelType,
} from '#kernel/pure/expressions/index.ts'
import { feelTypeOf } from './field-kinds.ts'
import { judgeRecord } from './judge-record.ts'
import { checkMineFirst } from './check-brought.ts'
import { decidedOf, formulasOf, inOrder, namesOf, openTemplate, type Step } from './open-template.ts'
import { readValues } from './read-values.ts'
import { readValue } from './read-value.ts'
import type { FieldValue } from './records.ts'
import { isBrought } from './template-brought.ts'
import type { TemplateProblem } from './template-records.ts'
import { templateProblem as say } from './template-words.ts'
import type { Check, Column, Field, Template } from './template.ts'

/** What is wrong with the formulas of a template: not readable, unknown names, another kind than asked for, a circle, examples that do not hold. */
export function checkFormulas(template: Template): TemplateProblem[] {
  const own = checkSet(template.fields, 'fields')
  const problems: TemplateProblem[] = [...own.problems, ...checkMineFirst(template, own.steps)]
  for (const field of template.fields)
    if (field.columns !== undefined) problems.push(...checkSet(field.columns, `fields.${field.key}.columns`).problems)
  const names = namesOf(template.fields)
  const conditions = [
    ...(template.checks ?? []).map((check) => ({ at: `checks.${check.key}.holds`, text: check.holds })),
    ...(template.moves ?? []).flatMap((move) => (move.holds === undefined ? [] : [{ at: `moves.${move.key}.holds`, text: move.holds }])),
  ]
  for (const { at, text } of conditions) problems.push(...(readFormula({ at, text, names, wanted: 'boolean' }).problems ?? []))
  return problems.length > 0 ? problems : checkExamples(template)
}

function checkSet(fields: readonly (Field | Column)[], at: string): { problems: TemplateProblem[]; steps: Step[] } {
  const names = namesOf(fields)
  const problems: TemplateProblem[] = []
  const steps: Step[] = []
  for (const field of fields) {
    for (const { kind, text } of formulasOf(field)) {
      const wanted = kind === 'visible' ? 'boolean' : feelTypeOf(field)
      const read = readFormula({ at: `${at}.${field.key}.${kind === 'visible' ? 'visibleWhen' : kind}`, text, names, wanted })
      if (read.expression !== undefined) steps.push({ kind, field, expression: read.expression })
      problems.push(...(read.problems ?? []))
    }
    const read = (text: string, fact: string) => {
      const one = readFormula({ at: `${at}.${field.key}.decides.facts.${fact}`, text, names, wanted: 'Any' })
      problems.push(...(one.problems ?? []))
      return one.expression
    }
    steps.push(...decidedOf({ field, fields, read }))
  }
  if (problems.length === 0 && inOrder(steps) === undefined) problems.push(say('circle', at, {}))
  return { problems, steps }
}

/** Reads a formula of a template by the names that it may use; problems where it cannot be read, names something else or gives another kind. */
export function readFormula(given: { at: string; text: string; names: Readonly<Record<string, FeelType>>; wanted: FeelType }): {
  expression?: Expression
  problems?: TemplateProblem[]
} {
  const { at, text, names, wanted } = given
  try {
    const expression = parseExpression(text, { names })
    const { type, problems } = inspect(expression)
    if (problems.length > 0)
      return { problems: problems.slice(0, 5).map((one) => ({ at, said: { zh: sayNotice(one, 'zh'), en: sayNotice(one, 'en') } })) }
    if (!mayBe(type, wanted)) return { problems: [say('formula-kind', at, { wanted: printType(wanted), found: printType(type) })] }
    return { expression }
  } catch (error) {
    const zh = sayExpressionError(error, 'zh')
    if (zh === null) throw error
    return { problems: [{ at, said: { zh, en: sayExpressionError(error, 'en') ?? zh } }] }
  }
}

/** Whether a formula of this type can give a value of the wanted one; a number may stand in a text, and what is not known may be anything. */
export function mayBe(type: FeelType, wanted: FeelType): boolean {
  if (type === 'Any' || type === 'Null' || wanted === 'Any') return true
  if (typeof wanted === 'object') return typeof type === 'object'
  return type === wanted || (wanted === 'string' && (type === 'number' || type === 'date'))
}

/** Examples of checks: each must pass, or fail by that check, as it says. */
function checkExamples(template: Template): TemplateProblem[] {
  const open = openTemplate(template, 1, {})
  return (template.checks ?? []).flatMap((check) => [
    ...(check.examples?.passes ?? []).flatMap((example, at) =>
      tryExample({ open, check, example, at: `checks.${check.key}.examples.passes.${at}`, passes: true }),
    ),
    ...(check.examples?.fails ?? []).flatMap((example, at) =>
      tryExample({ open, check, example, at: `checks.${check.key}.examples.fails.${at}`, passes: false }),
    ),
  ])
}

function tryExample(given: {
  open: ReturnType<typeof openTemplate>
  check: Check
  example: Readonly<Record<string, unknown>>
  at: string
  passes: boolean
}): TemplateProblem[] {
  const { open, check, example, at, passes } = given
  // `$today` and `$state` say on which day and in which state; a link is written as its name.
  const { $today, $state, ...all } = example
  // What is gathered or decided stands in an example as it would be brought.
  const isGiven = ([key]: [string, unknown]) => isBrought(open.fields.get(key) ?? {})
  const read = readValues(open, Object.fromEntries(Object.entries(all).filter((one) => !isGiven(one))))
  const brought = readBrought(open, Object.entries(all).filter(isGiven))
  if (read.problems.length > 0) return read.problems.map((problem) => ({ at, said: problem.said }))
  const links = Object.fromEntries(Object.entries(read.lookUps).map(([key, name]) => [key, { id: '', name }]))
  const today = typeof $today === 'string' ? $today : '2024-06-03'
  const state = typeof $state === 'string' ? $state : (open.template.states[0]?.key ?? '')
  const judged = judgeRecord(open, { values: { ...read.values, ...links, ...brought }, state, today, madeOn: today, isNew: true })
  const fired = judged.problems.some((problem) => problem.check === check.key)
  return fired === !passes ? [] : [say(passes ? 'example-fails' : 'example-passes', at, {})]
}

function readBrought(open: ReturnType<typeof openTemplate>, given: readonly [string, unknown][]): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {}
  for (const [key, raw] of given) {
    const field = open.fields.get(key)
    const read = field === undefined ? undefined : readValue(field, raw)
    if (read !== undefined && 'value' in read) values[key] = read.value
  }
  return values
}
