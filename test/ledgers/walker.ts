import type { Context } from '../../src/kernel/server/caller/index.ts'
import type { Db } from '../../src/kernel/server/database/index.ts'
import type { OpenTemplate } from '../../src/modules/ledgers/rules/open-template.ts'
import type { RecordRecord } from '../../src/modules/ledgers/rules/records.ts'
import type { Move } from '../../src/modules/ledgers/rules/template.ts'
import type { LedgerDeps } from '../../src/modules/ledgers/server/work-out.ts'
import type { Chance } from '../chance.ts'
import type { LinksOf } from './some-values.ts'
import type { WalkWorld } from './walk-world.ts'

/** What a refusal says: its code, and a line for each problem. */
export interface Refused {
  readonly code: string
  readonly problems: readonly string[]
}
/** A record after a move was tried. */
export interface Step {
  readonly record: RecordRecord
  readonly refused?: Refused
}
export type Inside = Context & { readonly db: Db }
/** What walks along the moves of a ledger. */
export interface Walker {
  readonly ctx: Inside
  readonly deps: LedgerDeps
  readonly open: OpenTemplate
  readonly chance: Chance
  readonly linksOf: LinksOf
  /** Looks at a record that was just moved. */
  readonly look: (ctx: Inside, record: RecordRecord) => void
  readonly walk: WalkWorld
  readonly step: (walker: Walker, record: RecordRecord, move: Move) => Promise<Step | undefined>
}
