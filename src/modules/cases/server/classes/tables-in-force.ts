import { createHash } from 'node:crypto'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { areasWithOwn, compiledTable, type CompiledPolicy } from '#modules/policies/server/index.ts'
import type { RunTable } from '../../contract.ts'
import { factsOfTable, type JudgingTable } from '../../rules/classes/judge-households.ts'
import { classTables, shownFacts } from '../../rules/classes/tables.ts'
import type { TablesOfArea } from '../../rules/classes/verdicts.ts'

/** The tables of an area with their versions. */
export interface AreaInForce extends TablesOfArea {
  readonly versions: readonly RunTable[]
}

/**
 * The tables in force on a day: of the county first, then of every area below it with a version of its own, the larger areas before the smaller.
 * A table that is not in force is named and judges nobody.
 */
export async function tablesInForce(ctx: Context, given: { asOf: string; knownAt?: string | undefined }): Promise<AreaInForce[]> {
  const own = new Set<string>()
  for (const { key } of classTables) for (const path of await ownAreas(ctx, key)) own.add(path)
  const areas: (string | undefined)[] = [undefined, ...[...own].sort((one, other) => one.length - other.length)]
  const found: AreaInForce[] = []
  for (const areaPath of areas) found.push(await tablesOfArea(ctx, { ...given, areaPath }))
  return found
}

async function ownAreas(ctx: Context, key: string): Promise<string[]> {
  try {
    return await areasWithOwn(ctx, key)
  } catch (fault) {
    return notThere(fault) === undefined ? Promise.reject(asError(fault)) : []
  }
}

async function tablesOfArea(
  ctx: Context,
  given: { asOf: string; knownAt?: string | undefined; areaPath: string | undefined },
): Promise<AreaInForce> {
  const tables: JudgingTable[] = []
  const versions: RunTable[] = []
  for (const { column, key, output } of classTables) {
    try {
      const policy = await compiledTable(ctx, key, given)
      tables.push({ column, key, output, ...judgingPart(policy) })
      versions.push({ column, key, hash: policy.hash, versions: policy.versions })
    } catch (fault) {
      const code = notThere(fault)
      if (code === undefined) throw fault
      versions.push({ column, key, hash: '', versions: [], notInForce: code })
    }
  }
  const factNames = [...new Set([...Object.values(shownFacts), ...tables.flatMap(factsOfTable)])]
  const written = JSON.stringify([versions.map(({ column, key, hash }) => [column, key, hash]), factNames])
  const basis = createHash('sha256').update(written).digest('hex').slice(0, 16)
  return { areaPath: given.areaPath ?? '', tables, versions, factNames, basis }
}

function judgingPart({ model, decision, compiled, fixed, parameters }: CompiledPolicy): Omit<JudgingTable, 'column' | 'key' | 'output'> {
  return { model, decision, compiled, fixed, unset: [...parameters.keys()].filter((name) => (fixed.get(name) ?? null) === null) }
}

/** The code of a refusal that says "there is no such table on that day". */
function notThere(fault: unknown): string | undefined {
  const isThat = isNamedError(fault) && (fault.code === 'policies.not-in-force' || fault.code === 'policies.unknown-policy')
  return isThat ? fault.code : undefined
}

function asError(fault: unknown): Error {
  return fault instanceof Error ? fault : new Error('the areas could not be read')
}
