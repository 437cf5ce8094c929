import type { Decision, DecisionTable, Definitions } from '#kernel/pure/decisions/index.ts'
import type { FactCard } from '../contract.ts'
import { withFact } from './table-edit.ts'

/** A fact or parameter that a cell may name. */
export type KnownName = Pick<FactCard, 'name' | 'type'>

/**
 * Lets a decision see the facts and parameters that its changed cells name: an officer who writes `≥监测范围收入线` need not know of arrows.
 * `before` is the table as it was, so that only what was changed is looked at.
 */
export function linkNames(definitions: Definitions, decision: Decision, before: DecisionTable, known: readonly KnownName[]): Definitions {
  const table = decision.expression
  if (table?.kind !== 'table') return definitions
  const old = new Set(before.rules)
  const changed = table.rules.filter((rule) => !old.has(rule))
  const texts = new Set([
    ...changed.flatMap((rule) => [...rule.inputEntries, ...rule.outputEntries].map((entry) => withoutWords(entry.text))),
    ...table.outputs.map((one) => withoutWords(one.defaultEntry?.text ?? '')),
  ])
  const seen = new Set(
    decision.informationRequirements.flatMap(({ href }) => {
      const found = definitions.elements.find((one) => one.id !== undefined && href === `#${one.id}`)
      return found === undefined ? [] : [('variable' in found ? found.variable?.name : undefined) ?? found.name]
    }),
  )
  const missing = known.filter(({ name }) => !seen.has(name) && [...texts].some((text) => names(text, name)))
  return missing.reduce((model, name) => {
    const now = model.elements.find((one): one is Decision => one.kind === 'decision' && one.name === decision.name)
    return now === undefined ? model : withFact(model, now, name)
  }, definitions)
}

function withoutWords(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '""')
}

const letter = /[\p{L}\p{N}_]/u

/** Whether a text uses a name by itself, not as a part of a longer one. */
function names(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!letter.test(text[at - 1] ?? ' ') && !letter.test(text[at + name.length] ?? ' ')) return true
  return false
}
