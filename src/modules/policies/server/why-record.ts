import { fromJson, type FeelContext, type Json } from '#kernel/pure/expressions/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { policyErrors } from '#kernel/server/policies/index.ts'
import type { Why } from '../contract.ts'
import { compiledTable, type AskedPolicy, type CompiledPolicy } from './compiled-policy.ts'
import { findEntry } from './policy-entries.ts'
import { showVersions } from './version-cards.ts'
import { whyOf } from './why-household.ts'

/**
 * Why a table said what it said of facts that another module keeps as JSON (numbers as decimal text): read again with the version of then (`knownAt`).
 * `hash` is that of what is explained: another one than was kept means that it cannot be told any more. Throws `policies.not-in-force`.
 */
export async function explainFacts(
  ctx: Context,
  given: { key: string; facts: Readonly<Record<string, Json>>; asked: AskedPolicy },
): Promise<{ why: Why; hash: string }> {
  const policy = await compiledTable(ctx, given.key, given.asked)
  const subject = findEntry(given.key)?.subject ?? 'given'
  const [version] = await showVersions(ctx, [policy.version])
  if (version === undefined) throw policyErrors.unknownPolicy({ key: given.key })
  return { why: whyOf(policy, { facts: readFacts(policy, given.facts), asOf: given.asked.asOf, version, of: subject }), hash: policy.hash }
}

function readFacts(policy: CompiledPolicy, facts: Readonly<Record<string, Json>>): FeelContext {
  const types = new Map(
    policy.model.graph.main.elements.flatMap((one) =>
      one.kind === 'inputData' ? [[one.variable?.name ?? one.name, one.variable?.typeRef ?? 'Any'] as const] : [],
    ),
  )
  return new Map(Object.entries(facts).map(([name, value]) => [name, fromJson(value, kindOf(types.get(name)))]))
}

function kindOf(name: string | undefined): 'number' | 'date' | 'Any' {
  return name === 'number' || name === 'date' ? name : 'Any'
}
