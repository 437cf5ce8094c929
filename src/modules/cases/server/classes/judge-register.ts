import type { Facts } from '#kernel/pure/decisions/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { RunTable } from '../../contract.ts'
import { countWords, findImbalance, type ClassCounts } from '../../rules/classes/count-classes.ts'
import { notMonitored, shownFacts } from '../../rules/classes/tables.ts'
import { countVerdicts, judgeAll, type Verdicts } from '../../rules/classes/verdicts.ts'
import { loadHouseholds, type Households } from './load-households.ts'
import { tablesInForce, type AreaInForce } from './tables-in-force.ts'

/** Which households are judged, and for which day. */
export interface AskJudging {
  readonly asOf: string
  readonly householdIds?: readonly string[] | undefined
  /** Only what had been published by then: how it would have come out at that moment. */
  readonly knownAt?: string | undefined
  /** Why the register is read; stands in the audit. */
  readonly reason: string
}

/** The register judged; nothing is kept. */
export interface JudgedRegister {
  readonly asOf: string
  readonly households: Households
  readonly verdicts: Verdicts
  readonly areas: readonly AreaInForce[]
  /** Kind of monitored object as the register states it: words, and the place of each household's in them; -1: not monitored or not known. */
  readonly kinds: { readonly words: readonly string[]; readonly codes: Int32Array }
  readonly tookMs: { readonly loading: number; readonly judging: number }
}

/** Judges the households of the register within the caller's scope as of a day, by the tables in force on it. */
export async function judgeRegister(ctx: Context & { readonly db: Db }, ask: AskJudging): Promise<JudgedRegister> {
  const { asOf, householdIds, reason, knownAt } = ask
  const areas = await tablesInForce(ctx, { asOf, knownAt })
  const began = performance.now()
  const names = [...new Set(areas.flatMap((area) => area.factNames))]
  const households = await loadHouseholds(ctx, { asOf, householdIds, reason, names })
  const loaded = performance.now()
  const verdicts = judgeAll(areas, { ...households, asOf })
  return {
    asOf,
    households,
    verdicts,
    areas,
    kinds: kindsOf(households.facts, households.count),
    tookMs: { loading: loaded - began, judging: performance.now() - loaded },
  }
}

function kindsOf(facts: Facts, count: number): JudgedRegister['kinds'] {
  const column = facts[shownFacts.kind]
  if (column?.kind !== 'words') return { words: [], codes: new Int32Array(count).fill(-1) }
  const words = column.words.map((word) => (typeof word === 'string' ? word : ''))
  const codes = Int32Array.from(column.codes, (code) => ((words[code] ?? notMonitored) === notMonitored ? -1 : code))
  return { words, codes }
}

/** Counts by column with what does not add up, and which tables said so. */
export interface JudgedCounts {
  readonly households: number
  readonly inExport: number
  readonly columns: Readonly<Record<string, ClassCounts>>
  readonly imbalance: readonly string[]
  readonly tables: readonly RunTable[]
}

/** What came out, in numbers: every column adds up to the households. */
export function countJudged({ households, verdicts, kinds, areas }: JudgedRegister): JudgedCounts {
  const { '': without = 0, ...ofKinds } = countWords(kinds.words, kinds.codes)
  const columns = { ...countVerdicts(verdicts), kind: { ...ofKinds, ...(without === 0 ? {} : { [notMonitored]: without }) } }
  let inExport = 0
  for (const one of households.inExport) inExport += one
  return {
    households: households.count,
    inExport,
    columns,
    imbalance: findImbalance(columns, households.count),
    tables: areas[0]?.versions ?? [],
  }
}
