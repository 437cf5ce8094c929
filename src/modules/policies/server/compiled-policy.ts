import {
  compileDecision,
  decideModelRecord,
  interpret,
  linkModels,
  prepareModel,
  readDmn,
  type CompiledDecision,
  type NotCompiled,
  type PreparedModel,
} from '#kernel/pure/decisions/index.ts'
import type { FeelContext, Value } from '#kernel/pure/expressions/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { hashOf, policiesFor, type PolicyInForce, type PolicyVersion, type ValueInForce } from '#kernel/server/policies/index.ts'
import { Parameters, type PolicyKey } from '../contract.ts'
import { parameterContext } from '../rules/parameter-values.ts'
import { countyPolicies, findEntry } from './county-policies.ts'
import { policiesErrors } from './errors.ts'

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
  /** First 12 characters of a SHA-256 of the text and of every parameter that it reads. */
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
  readonly parameters: ReadonlyMap<string, ValueInForce>
  /** The parameters that are filled, as cells see them. */
  readonly fixed: FeelContext
}

/** A text that is tried out before it is stored: of the table itself, or of a parameters policy that it reads. */
export interface TriedText {
  readonly key: string
  readonly content: string
  readonly decision?: string | undefined
}

/**
 * The table of a key as it is in force, compiled, with its parameters; `tried` stands in the place of what is in force. Compiled ones are
 * remembered by their hash. Throws `policies.unknown-policy`, `not-in-force`, `not-a-table`, and `decisions.*` for a text that is no model.
 */
export async function compiledTable(ctx: Context, key: string, asked: AskedPolicy, tried?: TriedText): Promise<CompiledPolicy> {
  const entry = findEntry(key)
  const keys = [key, ...(entry?.reads ?? [])]
  const found = await policiesFor(countyPolicies(), ctx, keys, asked)
  if (entry?.form !== 'table') throw policiesErrors.notATable({ key })
  const table = found.get(key)
  if (table === undefined) throw policiesErrors.notInForce({ key, asOf: asked.asOf })
  const parameters = new Map(entry.reads.flatMap((read) => [...(found.get(read)?.values ?? [])]))
  const fixed = new Map([...parameterContext([...parameters].map(([name, { value }]) => ({ name, value: written(value) })))])
  if (tried !== undefined && tried.key !== key)
    for (const [name, value] of parameterContext(Parameters.parse(JSON.parse(tried.content)).values)) fixed.set(name, value)
  const content = tried?.key === key ? tried.content : table.version.content
  const { model, decision, compiled, hash } = compileOnce({ content, decision: tried?.decision ?? entry.decision, fixed })
  const versions = keys.flatMap((one) => stampOf(found.get(one)))
  return {
    key: entry.key,
    versionId: table.versionId,
    hash,
    version: table.version,
    versions,
    model,
    decision,
    compiled,
    parameters,
    fixed,
  }
}

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

interface Compiled {
  readonly model: PreparedModel
  readonly decision: string
  readonly compiled: CompiledDecision | NotCompiled
  readonly hash: string
}

const mostRemembered = 200
const remembered = new Map<string, Compiled>()

function compileOnce({ content, decision, fixed }: { content: string; decision: string; fixed: FeelContext }): Compiled {
  const key = hashOf(JSON.stringify([content, decision, [...fixed]]))
  const known = remembered.get(key)
  if (known !== undefined) {
    // The one asked for last is forgotten last.
    remembered.delete(key)
    remembered.set(key, known)
    return known
  }
  const model = prepareModel(linkModels(readDmn(content)))
  const asked = decision === '' ? lastDecision(model) : decision
  const made = { model, decision: asked, compiled: compileDecision(model, asked, { fixed }), hash: key.slice(0, 12) }
  remembered.set(key, made)
  const [oldest] = remembered.keys()
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest)
  return made
}

/** The last decision of a model: the one that a text speaks of unless it is told. */
export function lastDecision(model: PreparedModel): string {
  return model.graph.main.elements.findLast((element) => element.kind === 'decision')?.name ?? ''
}

function stampOf(found: PolicyInForce | undefined) {
  return found === undefined ? [] : [{ key: found.key, versionId: found.versionId, hash: found.hash.slice(0, 12) }]
}

/** A copy that the contract's type takes. */
function written(value: ValueInForce['value']): string | number | string[] | null {
  return typeof value === 'object' && value !== null ? [...value] : value
}
