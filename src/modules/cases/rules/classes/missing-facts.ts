import { interpret, type DecisionTable, type PreparedModel, type TableTrace } from '#kernel/pure/decisions/index.ts'
import type { FeelContext, FeelDate } from '#kernel/pure/expressions/index.ts'

/**
 * The facts for want of which a decision has no result: those that leave a row open of which no known fact says no, or the parameters that nobody
 * has set. Empty where every row is refused by what is known.
 */
export function missingFacts(
  { model, decision, fixed, unset }: { model: PreparedModel; decision: string; fixed: FeelContext; unset: readonly string[] },
  facts: FeelContext,
  today: FeelDate | null,
): string[] {
  const answer = interpret(model, { name: decision, inputs: new Map([...facts, ...fixed]), ...(today === null ? {} : { today }) })
  const inner = new Set(answer.decisions.map((one) => one.name))
  const open = answer.decisions.flatMap(({ tables }) =>
    tables.flatMap((trace) => trace.undecided.flatMap((rule) => openInputs(tableNamed(model, trace.of), trace, rule))),
  )
  const missing = [...new Set(open)].filter((name) => !inner.has(name))
  if (missing.length > 0) return missing
  const tables = answer.decisions.flatMap((one) => one.tables)
  // Every input of an open row is known: it is a parameter that its cell names and nobody has set.
  if (tables.some((trace) => trace.undecided.length > 0)) return [...unset]
  return tables.length > 0 ? [] : [...answer.unknown]
}

function tableNamed({ graph }: PreparedModel, name: string): DecisionTable | undefined {
  const element = graph.main.elements.find((one) => one.kind === 'decision' && one.name === name)
  return element?.kind === 'decision' && element.expression?.kind === 'table' ? element.expression : undefined
}

/** Unknown inputs that a row asks something of. */
function openInputs(table: DecisionTable | undefined, trace: TableTrace, rule: number): string[] {
  return trace.inputs.flatMap(({ label, value }, input) => {
    const isAsked = (table?.rules[rule]?.inputEntries[input]?.text ?? '').trim() !== '-'
    return value === null && isAsked ? [table?.inputs[input]?.expression.text.trim() ?? label] : []
  })
}
