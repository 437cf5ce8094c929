import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { findAreas, policiesFor, policyFor as inForce, type PolicyInForce } from '#kernel/server/policies/index.ts'
import type { AskedPolicy } from './compiled-policy.ts'
import { countyPath, countyPolicies } from './county-policies.ts'
import { policiesErrors } from './errors.ts'
import { parametersOf, type ParameterInForce } from './parameters-in-force.ts'
import { keysOf } from './policy-entries.ts'

/** What is in force of a policy on a day. Throws `policies.not-in-force`, `unknown-policy`. */
export async function policyFor(ctx: Context, key: string, asked: AskedPolicy): Promise<PolicyInForce> {
  const found = await inForce(countyPolicies(), ctx, key, asked)
  if (found === undefined) throw policiesErrors.notInForce({ key, asOf: asked.asOf })
  return found
}

/** The parameters in force on a day by their names, with key and version: of some policies where `keys` are told, else of all. */
export async function parametersFor(
  ctx: Context,
  asked: AskedPolicy & { readonly keys?: readonly string[] },
): Promise<Map<string, ParameterInForce>> {
  return parametersOf(await policiesFor(countyPolicies(), ctx, asked.keys ?? keysOf('parameters'), asked))
}

/** Areas within the county that have, or had, a version of their own of a table or of any parameters: they are judged by themselves. */
export async function areasWithOwn(ctx: Context, key: string): Promise<string[]> {
  const county = countyPath(ctx.scope.countyCode)
  const found = await inTransaction(ctx, (db) => findAreas(db, ctx, [key, ...keysOf('parameters')]))
  return found.filter((path) => path.startsWith(county) && path !== county)
}
