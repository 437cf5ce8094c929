import { nearestOf } from '#modules/policies/rules/index.ts'
import { broughtProblem as say } from './brought-words.ts'
import { isLink } from './field-kinds.ts'
import { readsOfStep, type Step } from './open-template.ts'
import { isBrought, type Comparison, type GatherCondition } from './template-brought.ts'
import type { TemplateProblem } from './template-records.ts'
import type { Column, Field, Template } from './template.ts'

/** What is wrong with the gathered and decided fields of a template by itself; what they name elsewhere is for `checkNamed`. */
export function checkBrought(template: Template): TemplateProblem[] {
  const columns = template.fields.flatMap((field) =>
    (field.columns ?? []).filter(isBrought).map((column) => say('brought-in-table', `fields.${field.key}`, { name: column.name.zh })),
  )
  return [...columns, ...template.fields.filter(isBrought).flatMap((field) => checkField(template, field))]
}

function checkField(template: Template, field: Field): TemplateProblem[] {
  const at = `fields.${field.key}`
  const name = field.name.zh
  const problems: TemplateProblem[] = []
  const isAlone = [field.computed, field.default, field.gathers, field.decides].filter((one) => one !== undefined).length === 1
  if (!isAlone || field.required === true || field.sensitive === true) problems.push(say('brought-alone', at, { name }))
  if (field.gathers !== undefined) problems.push(...checkGathers(template, field))
  if (field.decides === undefined) return problems
  if (!decidedKinds.includes(field.kind)) problems.push(say('decided-kind', at, { name }))
  const { asOf } = field.decides
  if (asOf !== undefined && template.fields.find((one) => one.key === asOf)?.kind !== 'date')
    problems.push(say('no-as-of', `${at}.decides.asOf`, { name, key: asOf }))
  return problems
}

const decidedKinds: readonly string[] = ['number', 'money', 'text', 'long-text', 'choice', 'yes-no', 'date']

function checkGathers(template: Template, field: Field): TemplateProblem[] {
  const { gathers, kind } = field
  if (gathers === undefined) return []
  const at = `fields.${field.key}.gathers`
  const name = field.name.zh
  const problems: TemplateProblem[] = []
  const { measure } = gathers
  const isCount = 'count' in measure || 'distinct' in measure
  if ('mean' in measure) problems.push(say('no-mean', at, { name }))
  if (isCount && kind !== 'number') problems.push(say('gathered-kind', at, { name, wanted: 'number' }))
  if ('sum' in measure && kind !== 'number' && kind !== 'money') problems.push(say('gathered-kind', at, { name, wanted: 'money/number' }))
  if ('max' in measure && !['number', 'money', 'date'].includes(kind))
    problems.push(say('gathered-kind', at, { name, wanted: 'money/number/date' }))
  const fields = new Map(template.fields.map((one) => [one.key, one]))
  for (const condition of gathers.where) {
    const mine = fields.get(condition.mine)
    if (condition.mine !== '$record' && mine === undefined)
      problems.push(say('no-mine', at, { name, key: condition.mine, perhaps: nearestOf(condition.mine, [...fields.keys()]) }))
    else if (!comparesMine(mine, asOf(condition)))
      problems.push(say('mine-kind', at, { name, key: mine?.name.zh ?? '$record', as: asOf(condition) }))
  }
  const isLinked = gathers.where.some((condition) => asOf(condition) === 'same' && linksMine(fields, condition))
  if (!isLinked) problems.push(say('no-link-condition', at, { name }))
  return problems
}

/** How a condition compares. */
export const asOf = (condition: GatherCondition): Comparison => condition.as ?? 'same'

const linksMine = (fields: ReadonlyMap<string, Field>, { mine }: GatherCondition): boolean => {
  const field = fields.get(mine)
  return mine === '$record' || (field !== undefined && isLink(field.kind))
}

const comparable: readonly string[] = [
  'text',
  'choice',
  'number',
  'money',
  'date',
  'month',
  'yes-no',
  'person',
  'household',
  'organisation',
  'area',
  'record',
]

/** Whether a field of this record (undefined: the record itself) can be compared so. */
function comparesMine(field: Field | undefined, as: Comparison): boolean {
  if (field === undefined) return as === 'same'
  if (field.sensitive === true) return false
  return as === 'same' ? comparable.includes(field.kind) : field.kind === 'date' || field.kind === 'month'
}

/** Conditions that use what depends on gathered or decided fields itself: it would have to be known before it is asked. */
export function checkMineFirst(template: Template, steps: readonly Step[]): TemplateProblem[] {
  const late = broughtAndAfter(template.fields, steps)
  return template.fields.flatMap((field) =>
    (field.gathers?.where ?? []).flatMap(({ mine }) => {
      const used = template.fields.find((one) => one.key === mine)
      return used !== undefined && late.has(used.name.zh)
        ? [say('mine-circle', `fields.${field.key}.gathers`, { name: field.name.zh, key: used.name.zh })]
        : []
    }),
  )
}

/** The names of brought fields and of all fields whose formulas read them, however far away. */
export function broughtAndAfter(fields: readonly (Field | Column)[], steps: readonly Step[]): Set<string> {
  const late = new Set(fields.filter(isBrought).map((field) => field.name.zh))
  for (let size = -1; size !== late.size; ) {
    size = late.size
    for (const step of steps) if (readsOfStep(step).some((name) => late.has(name))) late.add(step.field.name.zh)
  }
  return late
}
