import type { Facts } from '#kernel/pure/decisions/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { loadSubjects } from '#modules/policies/server/index.ts'
import { exportFact } from '../../rules/classes/tables.ts'
import { casesErrors } from '../errors.ts'

/** Households with their facts in columns, all in one order. */
export interface Households {
  readonly count: number
  readonly ids: readonly string[]
  readonly numbers: readonly string[]
  readonly areaPaths: readonly string[]
  /** 1: the monitoring export holds it. */
  readonly inExport: Uint8Array
  readonly facts: Facts
}

/** Loads the facts that the tables read, of all households within the caller's scope or of some. Throws `policies.unknown-fact`. */
export async function loadHouseholds(
  ctx: Context & { readonly db: Db },
  ask: { asOf: string; householdIds?: readonly string[] | undefined; reason: string; names: readonly string[] },
): Promise<Households> {
  const asOf = readDay(ask.asOf)
  if (asOf === undefined) throw casesErrors.noDay({ asOf: ask.asOf })
  const { householdIds, reason } = ask
  const facts = [...new Set([...ask.names, exportFact])]
  const { count, ids, numbers, areaPaths, columns } = await loadSubjects(ctx, ctx.db, {
    of: 'household',
    facts,
    asOf,
    householdIds,
    reason,
  })
  const inExport = new Uint8Array(count)
  const said = columns[exportFact]
  if (said?.kind === 'words') {
    const yes = said.words.indexOf(true)
    for (let record = 0; record < count; record += 1) inExport[record] = said.codes[record] === yes ? 1 : 0
  }
  return { count, ids, numbers, areaPaths, inExport, facts: columns }
}
