import { plainName } from '#kernel/pure/expressions/index.ts'
import { columnKinds, isFiles, isLink } from './field-kinds.ts'
import { ownNames } from './open-template.ts'
import type { TemplateProblem } from './template-records.ts'
import { templateProblem as say } from './template-words.ts'
import type { Column, Field, Template } from './template.ts'

/** What is wrong with the fields of a template, the names they are called by, the title and what may stand only once. */
export function checkFields(template: Template): TemplateProblem[] {
  const problems = [...checkNames(template.fields, 'fields'), ...template.fields.flatMap(checkField)]
  const fields = new Map(template.fields.map((field) => [field.key, field]))
  const title = fields.get(template.title)
  if (title === undefined) problems.push(say('no-field', 'title', { name: template.title }))
  else if (title.sensitive === true || !(['text', 'choice'].includes(title.kind) || isLink(title.kind)))
    problems.push(say('bad-title', 'title', { name: title.name.zh }))
  if (template.about !== 'nothing' && !template.fields.some((field) => field.kind === template.about))
    problems.push(say('no-about', 'about', { name: template.about }))
  for (const [at, keys] of (template.unique ?? []).entries())
    for (const key of keys) {
      const field = fields.get(key)
      if (field === undefined) problems.push(say('no-field', `unique.${at}`, { name: key }))
      else if (isFiles(field.kind) || ['table', 'place', 'long-text', 'choices'].includes(field.kind))
        problems.push(say('not-unique-kind', `unique.${at}`, { name: field.name.zh }))
    }
  return problems
}

function checkNames(fields: readonly (Field | Column)[], at: string): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const keys = new Set<string>()
  const names = new Set<string>(at === 'fields' ? Object.keys(ownNames) : [])
  for (const field of fields) {
    const name = plainName(field.name.zh)
    if (keys.has(field.key)) problems.push(say('twice', `${at}.${field.key}`, { name: field.key }))
    if (names.has(name)) problems.push(say('twice', `${at}.${field.key}`, { name: field.name.zh }))
    keys.add(field.key)
    names.add(name)
  }
  return problems
}

function checkField(field: Field): TemplateProblem[] {
  const at = `fields.${field.key}`
  const problems = checkKind(field, at)
  const name = field.name.zh
  if (field.kind === 'record' && field.of === undefined) problems.push(say('no-ledger', at, { name }))
  if (field.kind === 'table' && field.columns === undefined) problems.push(say('no-columns', at, { name }))
  if (field.kind !== 'table' && field.columns !== undefined) problems.push(say('not-of-kind', at, { name, what: 'columns' }))
  if (field.columns === undefined) return problems
  problems.push(...checkNames(field.columns, `${at}.columns`))
  for (const column of field.columns) {
    const place = `${at}.columns.${column.key}`
    if (!columnKinds.includes(column.kind) || column.sensitive === true) problems.push(say('not-in-table', place, { name: column.name.zh }))
    problems.push(...checkKind(column, place))
  }
  return problems
}

function checkKind(field: Field | Column, at: string): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const name = field.name.zh
  const wants = (has: boolean, may: boolean, what: string) => {
    if (has && !may) problems.push(say('not-of-kind', at, { name, what }))
  }
  const isChoice = field.kind === 'choice' || field.kind === 'choices'
  const isAmount = field.kind === 'number' || field.kind === 'money'
  if (isChoice && (field.choices ?? []).length === 0) problems.push(say('no-choices', at, { name }))
  wants(field.choices !== undefined, isChoice, 'choices')
  wants(field.places !== undefined, field.kind === 'number', 'places')
  wants(field.min !== undefined || field.max !== undefined, isAmount, 'min/max')
  wants(field.format !== undefined, field.kind === 'text', 'format')
  wants(field.sensitive === true, field.kind === 'text' || field.kind === 'long-text', 'sensitive')
  wants(field.computed !== undefined, !(isFiles(field.kind) || isLink(field.kind) || ['table', 'place'].includes(field.kind)), 'computed')
  wants(field.default !== undefined, !(isFiles(field.kind) || isLink(field.kind) || ['table', 'place'].includes(field.kind)), 'default')
  if (field.computed !== undefined && (field.required === true || field.default !== undefined || field.sensitive === true))
    problems.push(say('computed-alone', at, { name }))
  const keys = (field.choices ?? []).map((choice) => choice.key)
  const names = (field.choices ?? []).map((choice) => choice.name.zh)
  for (const list of [keys, names])
    for (const one of new Set(list.filter((value, place) => list.indexOf(value) !== place)))
      problems.push(say('twice', `${at}.choices`, { name: one }))
  return problems
}
