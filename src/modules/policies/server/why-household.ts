import { interpret } from '#kernel/pure/decisions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { isContext, readDate, type FeelContext, type RunOptions } from '#kernel/pure/expressions/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { valueAt } from '#kernel/pure/decisions/index.ts'
import type { Subject, VersionCard, Why } from '../contract.ts'
import { findFact } from '../policy/facts.ts'
import { explainOutcome, whoFillsParameters, type Named } from '../rules/explain.ts'
import { outputsOfValue } from '../rules/outcome.ts'
import { sayValue } from '../rules/say-value.ts'
import { openTables, type CompiledPolicy } from './compiled-policy.ts'
import { policiesErrors } from './errors.ts'
import { loadHouseholds } from './fact-households.ts'
import { findEntry } from './policy-entries.ts'
import { shippedPolicies } from './shipped.ts'
import { factsNeeded } from './simulate-tables.ts'
import { showVersions } from './version-cards.ts'

export interface AskWhy {
  readonly householdId: string
  /** Tables; all that speak of households unless told. */
  readonly keys?: readonly string[] | undefined
  /** Day `YYYY-MM-DD`: membership, standing and the versions that were in force are those of that day. */
  readonly asOf: string
  /** An instant: the versions that had been published by then, whatever was published for the day since. */
  readonly knownAt?: string | undefined
}

/**
 * Why every table in force says what it says of a household on a day. Tables that had no version then are left out. Throws
 * `policies.household-not-found` for one that is out of the caller's scope or was not there on the day.
 */
export async function explainHousehold(ctx: Context, ask: AskWhy): Promise<Why[]> {
  const asOf = readDay(ask.asOf)
  if (asOf === undefined) throw policiesErrors.householdNotFound()
  return inTransaction(ctx, async (db) => {
    const inside = { ...ctx, db }
    const one = { of: 'household', asOf, householdIds: [ask.householdId] } as const
    const [areaPath] = (await loadHouseholds(inside, db, { ...one, facts: [] })).areaPaths
    if (areaPath === undefined) throw policiesErrors.householdNotFound()
    const tables = await tablesOf(inside, ask, areaPath)
    const names = new Set(tables.flatMap(factsNeeded).filter((name) => findFact('household', name) !== undefined))
    const { columns } = await loadHouseholds(inside, db, { ...one, facts: [...names] })
    const facts: FeelContext = new Map(Object.entries(columns).map(([name, column]) => [name, valueAt(column, 0)]))
    const versions = await showVersions(
      inside,
      tables.map(({ version }) => version),
    )
    return tables.flatMap((policy, at) => {
      const version = versions[at]
      return version === undefined ? [] : [whyOf(policy, { facts, asOf: ask.asOf, version })]
    })
  })
}

async function tablesOf(ctx: Context, { keys, asOf, knownAt }: AskWhy, areaPath: string): Promise<CompiledPolicy[]> {
  const open = await openTables(ctx)
  const ofHouseholds = shippedPolicies().flatMap(({ entry }) =>
    entry.form === 'table' && entry.subject === 'household' ? [entry.key] : [],
  )
  return ofHouseholds.flatMap((key) => {
    if (keys !== undefined && !keys.some((one) => one === key)) return []
    try {
      return [open(key, { asOf, areaPath, knownAt })]
    } catch (error) {
      if (isNamedError(error) && error.code === 'policies.not-in-force') return []
      throw error
    }
  })
}

/** Why a table says what it says of some facts; `of`: whose facts of the catalogue they are. */
export function whyOf(policy: CompiledPolicy, given: { facts: FeelContext; asOf: string; version: VersionCard; of?: Subject }): Why {
  const { key, zh, en } = findEntry(policy.key) ?? { key: policy.key, zh: policy.key, en: policy.key }
  const { asOf, version, of = 'household' } = given
  const today = readDate(asOf)
  const options: RunOptions = today === null ? {} : { today }
  const names = factsNeeded(policy).filter((name) => !policy.parameters.has(name))
  const facts: FeelContext = new Map(names.map((name) => [name, given.facts.get(name) ?? null]))
  const explained =
    'reason' in policy.compiled
      ? interpretedOf(policy, facts, options)
      : explainOutcome({ compiled: policy.compiled, facts, nameOf: namedOf(policy, of), options })
  return { key, zh, en, asOf, version, facts: [...factLines(facts, of), ...parameterLines(policy)], ...explained }
}

/** A model that is not only tables can be asked, but not taken apart. */
function interpretedOf(policy: CompiledPolicy, facts: FeelContext, options: RunOptions) {
  const { value } = interpret(policy.model, { name: policy.decision, inputs: new Map([...facts, ...policy.fixed]), ...options })
  const outputs = outputsOfValue(value, isContext(value) ? [...value.keys()] : [policy.decision])
  return {
    outcome: outputs.map((one) => ({ name: one.name, value: sayValue(one.value) })),
    fired: [],
    undecided: [],
    near: [],
    changes: [],
  }
}

function namedOf({ parameters }: CompiledPolicy, of: Subject): (name: string) => Named | undefined {
  return (name) => {
    const fact = findFact(of, name)
    if (fact !== undefined) return { unit: fact.unit, decimals: fact.decimals, suppliedBy: fact.suppliedBy }
    const parameter = parameters.get(name)
    return parameter === undefined ? undefined : { unit: parameter.unit, suppliedBy: whoFillsParameters }
  }
}

function factLines(facts: FeelContext, of: Subject): Why['facts'] {
  return [...facts].map(([name, value]) => {
    const fact = findFact(of, name)
    const { unit = '', source = '', suppliedBy = '' } = fact ?? {}
    return { name, value: sayValue(value, fact), unit, isUnknown: value === null, source, suppliedBy }
  })
}

/** Lines and limits stand beside the facts: a reader must see both sides of a comparison. */
function parameterLines({ parameters, fixed }: CompiledPolicy): Why['facts'] {
  return [...parameters].map(([name, { unit, version }]) => {
    const value = fixed.get(name) ?? null
    const source = ['参数', documentOf(version)].filter((part) => part !== '').join(' · ')
    return {
      name,
      value: sayValue(value, { unit }),
      unit,
      isUnknown: value === null,
      source,
      suppliedBy: value === null ? whoFillsParameters : '',
    }
  })
}

function documentOf({ documentTitle, documentNo, clause }: { documentTitle: string; documentNo: string; clause: string }): string {
  return [documentTitle, documentNo, clause].filter((part) => part !== '').join(' ')
}
