import { readDmn } from '#kernel/pure/decisions/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { versionById } from '#kernel/server/policies/index.ts'
import { PolicyExample, type ComparedVersions, type PolicyDifference } from '../contract.ts'
import { compareExamples, compareParameters, compareTables } from '../rules/compare-versions.ts'
import { countyPolicies } from './county-policies.ts'
import { policiesErrors } from './errors.ts'
import { findEntry } from './policy-entries.ts'
import { showVersions } from './version-cards.ts'

/** What one version says otherwise than another of the same policy. Throws `policies.other-policy`, and `decisions.*` for a draft that is no model. */
export async function compareVersions(ctx: Context, asked: ComparedVersions): Promise<PolicyDifference> {
  const [older, newer] = [await versionById(countyPolicies(), ctx, asked.from), await versionById(countyPolicies(), ctx, asked.to)]
  if (older.key !== newer.key) throw policiesErrors.otherPolicy()
  const [from, to] = await showVersions(ctx, [older, newer])
  if (from === undefined || to === undefined) throw new Error('two versions were shown')
  const isTable = findEntry(older.key)?.form === 'table'
  const examplesOf = (examples: readonly unknown[]) => examples.map((one) => PolicyExample.parse(one))
  return {
    from,
    to,
    table: isTable ? compareTables(readDmn(older.content), readDmn(newer.content)) : [],
    parameters: isTable ? [] : compareParameters(older.content, newer.content),
    examples: compareExamples(examplesOf(older.examples), examplesOf(newer.examples)),
  }
}
