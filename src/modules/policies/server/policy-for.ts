import type { Context } from '#kernel/server/caller/index.ts'
import { policiesFor, policyFor as inForce, versionsOf, type PolicyInForce } from '#kernel/server/policies/index.ts'
import type { AskedPolicy } from './compiled-policy.ts'
import { countyPath, countyPolicies } from './county-policies.ts'
import { policiesErrors } from './errors.ts'
import { parametersOf, type ParameterInForce } from './parameters-in-force.ts'
import { findEntry, keysOf } from './policy-entries.ts'

/** What is in force of a policy on a day. Throws `policies.not-in-force`, `unknown-policy`. */
export async function policyFor(ctx: Context, key: string, asked: AskedPolicy): Promise<PolicyInForce> {
  const found = await inForce(countyPolicies(), ctx, key, asked)
  if (found === undefined) throw policiesErrors.notInForce({ key, asOf: asked.asOf })
  return found
}

/** All parameters in force on a day by their names, with key and version. */
export async function parametersFor(ctx: Context, asked: AskedPolicy): Promise<Map<string, ParameterInForce>> {
  return parametersOf(await policiesFor(countyPolicies(), ctx, keysOf('parameters'), asked))
}

/** Areas within the county that have (had) a version of their own of a table, or of parameters that it reads: they are judged by themselves. */
export async function areasWithOwn(ctx: Context, key: string): Promise<string[]> {
  const county = countyPath(ctx.scope.countyCode)
  const paths = new Set<string>()
  for (const one of [key, ...(findEntry(key)?.reads ?? [])])
    for (const { areaPath, state } of await versionsOf(countyPolicies(), ctx, one))
      if (areaPath.startsWith(county) && areaPath !== county && (state === 'published' || state === 'replaced')) paths.add(areaPath)
  return [...paths].sort()
}
