import { isNamedError } from '#kernel/pure/errors/index.ts'
import { broughtProblem as say } from './brought-words.ts'
import { openTemplate, readsOfStep, type OpenTemplate } from './open-template.ts'
import type { TemplateProblem } from './template-records.ts'
import type { Template } from './template.ts'

interface Place {
  readonly ledger: string
  readonly field: string
}

/**
 * Gathered fields whose number goes back, through other ledgers, into itself: it would never come to rest. A ledger that gathers from itself may: its
 * records are worked out one after the other.
 */
export function checkCircles(template: Template, templates: ReadonlyMap<string, Template>): TemplateProblem[] {
  const opened = new Map<string, OpenTemplate | undefined>()
  const openOf = (ledger: string): OpenTemplate | undefined => {
    if (!opened.has(ledger)) opened.set(ledger, openSound(ledger === template.key ? template : templates.get(ledger)))
    return opened.get(ledger)
  }
  return template.fields.flatMap((field) => {
    if (field.gathers === undefined || field.gathers.from === template.key) return []
    const path = circleFrom({ ledger: template.key, field: field.key }, openOf)
    if (path === undefined) return []
    const names = path.map(
      (one) => `${openOf(one.ledger)?.template.name.zh ?? one.ledger}·${openOf(one.ledger)?.fields.get(one.field)?.name.zh ?? one.field}`,
    )
    return [say('gather-circle', `fields.${field.key}.gathers`, { path: names.join(' ← ') })]
  })
}

/** A template that cannot be opened has other problems, which are said. */
function openSound(template: Template | undefined): OpenTemplate | undefined {
  if (template === undefined) return undefined
  try {
    return openTemplate(template, 1, {})
  } catch (fault) {
    if (isNamedError(fault) || fault instanceof Error) return undefined
    throw fault
  }
}

function circleFrom(start: Place, openOf: (ledger: string) => OpenTemplate | undefined): Place[] | undefined {
  const seen = new Set<string>()
  const walk = (place: Place, path: readonly Place[]): Place[] | undefined => {
    for (const before of needsOf(place, openOf(place.ledger))) {
      if (before.ledger === start.ledger && before.field === start.field) return [...path, before]
      const name = `${before.ledger} ${before.field}`
      if (seen.has(name)) continue
      seen.add(name)
      const found = walk(before, [...path, before])
      if (found !== undefined) return found
    }
    return undefined
  }
  return walk(start, [start])
}

/** The fields on which the value of one depends: what its formulas read, and what it gathers from other ledgers. */
function needsOf({ ledger, field }: Place, open: OpenTemplate | undefined): Place[] {
  const own = open?.fields.get(field)
  if (open === undefined || own === undefined) return []
  const keyOf = new Map([...open.fields.values()].map((one) => [one.name.zh, one.key]))
  const read = open.steps.filter((step) => step.field.key === field).flatMap(readsOfStep)
  const inside = read.flatMap((name) => keyOf.get(name) ?? []).map((key) => ({ ledger, field: key }))
  const { gathers } = own
  if (gathers === undefined || gathers.from === ledger) return inside
  const { measure } = gathers
  const measured = 'sum' in measure ? [measure.sum] : 'max' in measure ? [measure.max] : 'distinct' in measure ? [measure.distinct] : []
  const theirs = [...measured, ...gathers.where.map((one) => one.theirs), ...(gathers.filters ?? []).map((one) => one.field)]
  return [...inside, ...theirs.map((key) => ({ ledger: gathers.from, field: key }))]
}
