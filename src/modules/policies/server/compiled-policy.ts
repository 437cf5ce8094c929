import {
  compileDecision,
  decideModelRecord,
  interpret,
  type CompiledDecision,
  type NotCompiled,
  type PreparedModel,
} from '#kernel/pure/decisions/index.ts'
import type { FeelContext, Value } from '#kernel/pure/expressions/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { hashOf, openPolicies, policyErrors, type PolicyInForce, type PolicyVersion } from '#kernel/server/policies/index.ts'
import { Parameters, type PolicyKey } from '../contract.ts'
import { parameterContext } from '../rules/parameter-values.ts'
import { modelOf, rememberUpTo } from './compiled-model.ts'
import { countyPolicies } from './county-policies.ts'
import { policiesErrors } from './errors.ts'
import { asParameters, parametersOf, type ParameterInForce } from './parameters-in-force.ts'
import { findEntry, keysOf } from './policy-entries.ts'

/** Where and when: the caller's county unless an area within it is told; `knownAt` (an instant) replays what was published then. */
export interface AskedPolicy {
  readonly asOf: string
  readonly areaPath?: string | undefined
  readonly knownAt?: string | undefined
}

/** A table in force with the parameters it reads, ready to judge. A result stores `key`, `versionId` and `hash`. */
export interface CompiledPolicy {
  readonly key: PolicyKey
  readonly versionId: string
  /** First 12 characters of a SHA-256 of the text, its decision and every parameter that it names. */
  readonly hash: string
  /** The version of the table; of a text that is tried out, the one in force. */
  readonly version: PolicyVersion
  /** Every version that has a say: the table's and those of its parameters. */
  readonly versions: readonly { readonly key: string; readonly versionId: string; readonly hash: string }[]
  readonly model: PreparedModel
  /** Name of the decision that is asked. */
  readonly decision: string
  /** For columns (`decideModelColumns`) and records; or why only the interpreter can judge it. */
  readonly compiled: CompiledDecision | NotCompiled
  readonly parameters: ReadonlyMap<string, ParameterInForce>
  /** The parameters as cells see them; null where nobody has filled one. */
  readonly fixed: FeelContext
}

/** A text that is tried out before it is stored: of the table itself, or of a parameters policy that it reads. */
export interface TriedText {
  readonly key: string
  readonly content: string
  readonly decision?: string | undefined
}

/**
 * The table of a key as it is in force, compiled, with the parameters that it names; `tried` stands in the place of what is in force. Compiled
 * ones are remembered by their hash. Throws `policies.unknown-policy`, `not-in-force`, `not-a-table`, and `decisions.*` for a text that is no
 * model.
 */
export async function compiledTable(ctx: Context, key: string, asked: AskedPolicy, tried?: TriedText): Promise<CompiledPolicy> {
  return (await openTables(ctx, [key]))(key, asked, tried)
}

/** Loads the versions of tables (all unless told) and parameters once, for whoever asks for many tables, days or areas. */
export async function openTables(
  ctx: Context,
  keys: readonly string[] = keysOf('table'),
): Promise<(key: string, asked: AskedPolicy, tried?: TriedText) => CompiledPolicy> {
  const tables = keys.filter((key) => findEntry(key)?.form === 'table')
  const open = await openPolicies(countyPolicies(), ctx, [...tables, ...keysOf('parameters')])
  return (key, asked, tried) => {
    const entry = findEntry(key)
    if (entry === undefined) throw policyErrors.unknownPolicy({ key })
    if (entry.form !== 'table') throw policiesErrors.notATable({ key })
    const found = open(asked)
    const table = found.get(key)
    if (table === undefined) throw policiesErrors.notInForce({ key, asOf: asked.asOf })
    const content = tried?.key === key ? tried.content : table.version.content
    const model = modelOf(content)
    const decision = tried?.decision ?? (entry.decision === '' ? lastDecision(model) : entry.decision)
    const named = new Set(model.graph.main.elements.flatMap((one) => (one.kind === 'inputData' ? [one.variable?.name ?? one.name] : [])))
    const parameters = new Map([...parametersOf(found)].filter(([name]) => named.has(name)))
    const values = new Map(asParameters(parameters).map(({ name, value }) => [name, value]))
    if (tried !== undefined && tried.key !== key)
      for (const { name, value } of Parameters.parse(JSON.parse(tried.content)).values)
        if (named.has(name) && value !== null) values.set(name, value)
    // One that nobody has filled is null for every record: cells that name it are known to accept nothing, and are not asked again and again.
    const unset = [...parameters.keys()].map((name): [string, Value] => [name, null])
    const fixed = new Map([...unset, ...parameterContext([...values].map(([name, value]) => ({ name, value })))])
    const hash = hashOf(JSON.stringify([content, decision, [...values].sort(([one], [other]) => (one < other ? -1 : 1))]))
    const compiled = compileds(hash, () => compileDecision(model, decision, { fixed }))
    const sources = new Set([...parameters.values()].map((one) => one.key))
    const versions = [table, ...[...found.values()].filter((one) => sources.has(one.key))].map(stampOf)
    const { versionId, version } = table
    return { key: entry.key, versionId, hash: hash.slice(0, 12), version, versions, model, decision, compiled, parameters, fixed }
  }
}

const compileds = rememberUpTo<CompiledDecision | NotCompiled>(200)

/** What a table in force says of one record: facts by name (parameters need not be given). Null: undecided, or no row. */
export async function decideWith(
  ctx: Context,
  key: string,
  facts: FeelContext,
  asked: AskedPolicy,
): Promise<{ value: Value; rules: readonly number[]; policy: CompiledPolicy }> {
  const policy = await compiledTable(ctx, key, asked)
  return { ...decideOne(policy, facts), policy }
}

/** The same with a table that is compiled already; `rules` are the rows of its last table that fired, counted from 0. */
export function decideOne(policy: CompiledPolicy, facts: FeelContext): { value: Value; rules: readonly number[] } {
  if (!('reason' in policy.compiled)) {
    const { value, matched } = decideModelRecord(policy.compiled, facts)
    return { value, rules: matched }
  }
  const { value } = interpret(policy.model, { name: policy.decision, inputs: new Map([...facts, ...policy.fixed]) })
  return { value, rules: [] }
}

/** The last decision of a model: the one that a text speaks of unless it is told. */
function lastDecision({ graph }: PreparedModel): string {
  return graph.main.elements.findLast((element) => element.kind === 'decision')?.name ?? ''
}

function stampOf({ key, versionId, hash }: PolicyInForce): CompiledPolicy['versions'][number] {
  return { key, versionId, hash: hash.slice(0, 12) }
}
