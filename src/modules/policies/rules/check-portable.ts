import { compileDecision, makePortable, type PreparedModel } from '#kernel/pure/decisions/index.ts'
import type { ParameterValue, PolicyFinding } from '../contract.ts'
import type { PolicyEntry } from '../policy/policy.ts'
import { finding } from './check-text.ts'
import { parameterContext } from './parameter-values.ts'

/** Whether a table that is judged in another process (`handedIn`) can be: nothing in it is asked record by record, and it sees no other facts. */
export function checkPortable(
  model: PreparedModel,
  { decision, handedIn }: Pick<PolicyEntry, 'decision' | 'handedIn'>,
  parameters: readonly Pick<ParameterValue, 'name' | 'value'>[],
): PolicyFinding[] {
  if (handedIn.length === 0) return []
  const compiled = compileDecision(model, decision, { fixed: parameterContext(parameters) })
  const isPortable =
    !('reason' in compiled) &&
    compiled.needs.every((need) => need.kind === 'fact' && handedIn.includes(need.name)) &&
    makePortable(compiled.table) !== undefined
  return isPortable ? [] : [finding('not-portable', 'error', { facts: handedIn.join('、') }, { decision })]
}
