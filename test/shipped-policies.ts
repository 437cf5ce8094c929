import {
  compileDecision,
  interpret,
  linkModels,
  prepareModel,
  readDmn,
  type CompiledDecision,
  type PreparedModel,
} from '../src/kernel/pure/decisions/index.ts'
import type { FeelContext, Value } from '../src/kernel/pure/expressions/index.ts'
import { Parameters, type ParameterValue, type PolicyExample } from '../src/modules/policies/contract.ts'
import { parameterContext } from '../src/modules/policies/rules/parameter-values.ts'
import { outputsOf, scopeOfExample } from '../src/modules/policies/rules/run-example.ts'
import { shippedPolicies, type ShippedPolicy } from '../src/modules/policies/server/shipped.ts'

/** A policy that is shipped, ready to judge: the last text of its list, with the parameters as they are filled last. */
export interface ShippedModel {
  readonly model: PreparedModel
  readonly decision: string
  readonly parameters: FeelContext
}

/** The values of the parameters that a policy reads, by name: of several texts the last filled one. */
export function valuesReadBy({ entry }: ShippedPolicy): Map<string, ParameterValue> {
  const found = new Map<string, ParameterValue>()
  for (const { entry: of, texts } of shippedPolicies()) {
    if (!entry.reads.includes(of.key)) continue
    for (const { content } of texts)
      for (const one of Parameters.parse(JSON.parse(content)).values)
        if (one.value !== null || !found.has(one.name)) found.set(one.name, one)
  }
  return found
}

/** The shipped policy of a key, the nation's text unless an area is told; `instead` gives parameters other values. */
export function shippedModel(key: string, instead: Readonly<Record<string, Value>> = {}, area = ''): ShippedModel {
  const policy = shippedPolicies().find(({ entry }) => entry.key === key)
  const content = policy?.texts.find((text) => text.area === area)?.content
  if (policy === undefined || content === undefined) throw new Error(`nothing is shipped as ${key}`)
  const parameters = new Map([...parameterContext([...valuesReadBy(policy).values()]), ...Object.entries(instead)])
  return { model: prepareModel(linkModels(readDmn(content))), decision: policy.entry.decision, parameters }
}

/** What a shipped policy says of some facts, output by output; parameters among the facts stand instead of the shipped ones. */
export function judge(key: string, facts: PolicyExample['facts']): FeelContext {
  const of = shippedModel(key)
  const inputs = scopeOfExample(of, { name: key, facts, expected: {} })
  return outputsOf(of.decision, interpret(of.model, { name: of.decision, inputs }).value)
}

/** The shipped policy compiled with its parameters. */
export function compiledShipped(of: ShippedModel): CompiledDecision {
  const compiled = compileDecision(of.model, of.decision, { fixed: of.parameters })
  if ('reason' in compiled) throw new Error(`${of.decision} is not compiled: ${compiled.reason}`)
  return compiled
}
