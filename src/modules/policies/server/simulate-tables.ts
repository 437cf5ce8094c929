import { inputsOf } from '#kernel/pure/decisions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { policyErrors } from '#kernel/server/policies/index.ts'
import { Parameters, type AskSimulation } from '../contract.ts'
import { findFact } from '../policy/facts.ts'
import type { PolicyEntry } from '../policy/policy.ts'
import { openTables, type CompiledPolicy } from './compiled-policy.ts'
import { countyPath } from './county-policies.ts'
import { policiesErrors } from './errors.ts'
import type { FactSubject } from './fact-subjects.ts'
import { areasWithOwn } from './policy-for.ts'
import { shippedPolicies } from './shipped.ts'

/** Before and after for the records of one area; '' is the county, for whatever has no texts of its own. */
export interface ComparedTables {
  readonly areaPath: string
  readonly before: CompiledPolicy
  readonly after: CompiledPolicy
}

/** A table that is simulated: what it speaks of, and how it judges before and after, area by area. */
export interface SimulatedTable {
  readonly entry: PolicyEntry
  readonly of: FactSubject
  readonly tables: readonly ComparedTables[]
  /** Names of the facts that any of the texts asks for and the catalogue has. */
  readonly facts: readonly string[]
}

/**
 * The table of a key with a text tried out: of the table itself, or of parameters (then the table with the asked decision that reads them, the
 * first one unless told). Areas below the county with a text of their own keep it. Throws `policies.not-simulated` for tables over given facts.
 */
export async function openSimulation(ctx: Context, key: string, ask: AskSimulation): Promise<SimulatedTable> {
  const open = await openTables(ctx)
  const entry = await findTable(ctx, key, ask)
  if (entry.subject === 'given') throw policiesErrors.notSimulated({ key })
  const decision = ask.decision === undefined || entry.key !== key ? {} : { decision: ask.decision }
  const county = countyPath(ctx.scope.countyCode)
  const tables = ['', ...(await areasWithOwn(ctx, entry.key))].map((areaPath): ComparedTables => {
    const asked = { asOf: ask.asOf, ...(areaPath === '' ? {} : { areaPath }) }
    const before = open(entry.key, asked)
    const isOwn = (path: string) => path.startsWith(county) && path !== county
    if (entry.key === key && isOwn(before.version.areaPath)) return { areaPath, before, after: before }
    const tried = { key, content: entry.key === key ? ask.content : withoutOwn(ask.content, before, isOwn), ...decision }
    return { areaPath, before, after: tried.content === '' ? before : open(entry.key, asked, tried) }
  })
  const facts = new Set(tables.flatMap(({ before, after }) => [...factsNeeded(before), ...factsNeeded(after)]))
  const of = entry.subject
  return { entry, of, tables, facts: [...facts].filter((name) => findFact(of, name) !== undefined).sort() }
}

/** Parameters that an area below says itself stay its own; '' where nothing is left of the text. */
function withoutOwn(content: string, before: CompiledPolicy, isOwn: (path: string) => boolean): string {
  const values = parametersIn(content)
  const left = values.filter(({ name }) => !isOwn(before.parameters.get(name)?.version.areaPath ?? ''))
  return left.length === 0 ? '' : JSON.stringify({ values: left })
}

/** The table itself; of parameters the first table over the register's subjects that names one of them. */
async function findTable(ctx: Context, key: string, ask: AskSimulation): Promise<PolicyEntry> {
  const entries = shippedPolicies().map(({ entry }) => entry)
  const own = entries.find((entry) => entry.key === key)
  if (own === undefined) throw policyErrors.unknownPolicy({ key })
  if (own.form === 'table') return own
  const open = await openTables(ctx)
  const names = new Set(parametersIn(ask.content).map(({ name }) => name))
  const found = entries.find((entry) => {
    if (entry.form !== 'table' || entry.subject === 'given') return false
    if (ask.decision !== undefined && entry.decision !== ask.decision) return false
    return [...parametersRead(() => open(entry.key, { asOf: ask.asOf }))].some((name) => names.has(name))
  })
  if (found === undefined) throw policiesErrors.notSimulated({ key })
  return found
}

/** A table that had no version on the day reads nothing then. */
function parametersRead(open: () => CompiledPolicy): Iterable<string> {
  try {
    return open().parameters.keys()
  } catch (error) {
    if (isNamedError(error) && error.code === 'policies.not-in-force') return []
    throw error
  }
}

/** The values of a text that somebody is still writing. Throws `policies.unreadable-text`. */
function parametersIn(content: string): Parameters['values'] {
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch {
    throw policiesErrors.unreadableText()
  }
  const read = Parameters.safeParse(json)
  if (!read.success) throw policiesErrors.unreadableText()
  return read.data.values
}

/** Names that a table asks for besides its parameters. */
export function factsNeeded({ model, decision, fixed }: CompiledPolicy): string[] {
  return inputsOf(model, decision)
    .map(({ name }) => name)
    .filter((name) => !fixed.has(name))
}

/** Parameters that a table asks for and nobody has filled. */
export function unsetParameters({ model, decision, fixed }: CompiledPolicy): string[] {
  return inputsOf(model, decision)
    .map(({ name }) => name)
    .filter((name) => fixed.get(name) === null)
}
