import type { AssignedKeys } from './assign-keys.ts'
import { checkBrought } from './check-brought.ts'
import { checkFields } from './check-fields.ts'
import { checkFormulas } from './check-formulas.ts'
import { keyGroupOf, isFiles } from './field-kinds.ts'
import type { TemplateProblem } from './template-records.ts'
import { templateProblem as say } from './template-words.ts'
import { fieldsOfIndicator } from './template-indicators.ts'
import { Template, type Field } from './template.ts'

/**
 * Everything that is wrong with a template whose shape is right: names that do not exist or stand twice, formulas that cannot be read or are of the
 * wrong kind, states that are never reached, examples that do not hold. `keys`: what `assignKeys` found. Empty means it can be published.
 */
export function checkTemplate(template: Template, assigned: AssignedKeys, roles: readonly string[]): TemplateProblem[] {
  const problems = [...checkFields(template), ...checkBrought(template), ...checkFlow(template, roles), ...checkViews(template)]
  for (const key of assigned.withoutRoom) problems.push(say('no-room', `list.offered.${key}`, { name: nameOf(template, key) }))
  // Formulas are worked out only where names are sound.
  return problems.length > 0 ? problems : checkFormulas(template)
}

/** Reads any JSON as a template; the problems are sentences, also where it is nothing like one. */
export function readTemplate(json: unknown): { template: Template } | { problems: TemplateProblem[] } {
  const read = Template.safeParse(json)
  if (read.success) return { template: read.data }
  const issues = read.error.issues.slice(0, 30)
  return {
    problems: issues.map((issue) => say('shape', issue.path.map(String).join('.').slice(0, 200), { why: issue.message.slice(0, 200) })),
  }
}

const nameOf = (template: Template, key: string): string => template.fields.find((field) => field.key === key)?.name.zh ?? key

function twice(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))]
}

function checkFlow(template: Template, roles: readonly string[]): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const states = new Set(template.states.map((state) => state.key))
  const fields = new Map(template.fields.map((field) => [field.key, field]))
  const moves = template.moves ?? []
  for (const key of twice(template.states.map((state) => state.key))) problems.push(say('twice', `states.${key}`, { name: key }))
  for (const key of twice(template.states.map((state) => state.name.zh))) problems.push(say('twice', 'states', { name: key }))
  for (const key of twice(moves.map((move) => move.key))) problems.push(say('twice', `moves.${key}`, { name: key }))
  for (const move of moves) {
    const at = `moves.${move.key}`
    for (const state of [...move.from, move.into]) if (!states.has(state)) problems.push(say('no-state', at, { name: state }))
    for (const need of move.needs ?? []) if (!fields.has(need)) problems.push(say('no-field', `${at}.needs`, { name: need }))
    for (const role of move.by) if (!roles.includes(role)) problems.push(say('no-role', `${at}.by`, { name: role }))
    if (move.evidence !== undefined && !template.fields.some((field) => isFiles(field.kind)))
      problems.push(say('no-file-field', `${at}.evidence`, { name: move.name.zh }))
  }
  for (const role of [...template.access.read, ...template.access.write])
    if (!roles.includes(role)) problems.push(say('no-role', 'access', { name: role }))
  for (const field of template.fields)
    for (const role of field.readBy ?? [])
      if (!roles.includes(role)) problems.push(say('no-role', `fields.${field.key}.readBy`, { name: role }))
  const reached = reachable(template)
  for (const state of template.states)
    if (!reached.has(state.key)) problems.push(say('not-reached', `states.${state.key}`, { name: state.name.zh }))
  problems.push(...checkDeadlines(template, { states, fields }), ...checkSampling(template, states))
  return problems
}

/** States that a record can come to from the first one. */
function reachable(template: Template): Set<string> {
  const reached = new Set<string>(template.states.slice(0, 1).map((state) => state.key))
  for (let size = 0; size !== reached.size; ) {
    size = reached.size
    for (const move of template.moves ?? []) if (move.from.some((from) => reached.has(from))) reached.add(move.into)
  }
  return reached
}

function checkDeadlines(template: Template, known: { states: ReadonlySet<string>; fields: ReadonlyMap<string, Field> }): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const deadlines = template.deadlines ?? []
  for (const key of twice(deadlines.map((one) => one.key))) problems.push(say('twice', `deadlines.${key}`, { name: key }))
  for (const deadline of deadlines) {
    const at = `deadlines.${deadline.key}`
    const [kind, key = ''] = deadline.from.split(':')
    if (kind === 'state' && !known.states.has(key)) problems.push(say('no-state', at, { name: key }))
    const field = known.fields.get(key)
    if (kind === 'field' && (field === undefined || keyGroupOf(field.kind) !== 'day')) problems.push(say('no-day-field', at, { name: key }))
    for (const state of deadline.until ?? []) if (!known.states.has(state)) problems.push(say('no-state', `${at}.until`, { name: state }))
  }
  return problems
}

function checkSampling(template: Template, states: ReadonlySet<string>): TemplateProblem[] {
  const { sampling } = template
  if (sampling === undefined) return []
  if (!states.has(sampling.state)) return [say('no-state', 'sampling.state', { name: sampling.state })]
  const move = template.moves?.find((one) => one.key === sampling.move)
  return move?.from.includes(sampling.state) === true ? [] : [say('no-move', 'sampling.move', { name: sampling.move })]
}

function checkViews(template: Template): TemplateProblem[] {
  const { list, print } = template
  const fields = new Map(template.fields.map((field) => [field.key, field]))
  const problems: TemplateProblem[] = []
  const known = (keys: readonly string[], at: string) => {
    for (const key of keys) if (!fields.has(key)) problems.push(say('no-field', at, { name: key }))
  }
  known(list.columns, 'list.columns')
  known(list.offered, 'list.offered')
  known(print.sheet, 'print.sheet')
  known(print.list, 'print.list')
  for (const key of twice(list.offered)) problems.push(say('twice', 'list.offered', { name: key }))
  for (const key of list.offered) {
    const field = fields.get(key)
    if (field !== undefined && (keyGroupOf(field.kind) === undefined || field.sensitive === true))
      problems.push(say('not-offered', `list.offered.${key}`, { name: field.name.zh }))
  }
  const offered = (key: string, kinds: readonly string[], at: string) => {
    const field = fields.get(key)
    if (field === undefined || !kinds.includes(field.kind) || !list.offered.includes(key))
      problems.push(say('not-for-view', at, { name: field?.name.zh ?? key }))
  }
  for (const indicator of template.indicators ?? []) {
    for (const key of fieldsOfIndicator(indicator))
      if (!list.offered.includes(key)) problems.push(say('not-for-view', `indicators.${indicator.key}`, { name: nameOf(template, key) }))
  }
  if (list.board !== undefined && list.board !== 'state') offered(list.board, ['choice', 'yes-no'], 'list.board')
  if (list.calendar !== undefined) offered(list.calendar, ['date'], 'list.calendar')
  if (list.map !== undefined && fields.get(list.map)?.kind !== 'place') problems.push(say('no-field', 'list.map', { name: list.map }))
  for (const key of list.sums ?? []) offered(key, ['number', 'money'], 'list.sums')
  for (const group of list.groups ?? []) checkGroup(group, { offered, problems })
  return problems
}

function checkGroup(
  group: string,
  { offered, problems }: { offered: (key: string, kinds: readonly string[], at: string) => void; problems: TemplateProblem[] },
): void {
  if (['state', 'township', 'village', 'month:made'].includes(group)) return
  const [kind, key] = group.split(':')
  if (key !== undefined && (kind === 'month' || kind === 'year')) offered(key, ['date', 'month'], 'list.groups')
  else if (key === undefined) offered(group, ['choice', 'yes-no'], 'list.groups')
  else problems.push(say('not-for-view', 'list.groups', { name: group }))
}
