import { announce } from '#kernel/server/events/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { ledgerMoved, type MoveRecord, type OfRecord } from '../contract.ts'
import { judgeMove } from '../rules/judge-move.ts'
import type { FieldValue, RecordProblem } from '../rules/records.ts'
import { ledgersErrors } from './errors.ts'
import { listHandled, type HandledRow } from './event-store.ts'
import type { Within } from './open-ledger.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import type { RecordRow } from './tables.ts'
import { workOut, type LedgerDeps } from './work-out.ts'
import { changedValues } from './save-record.ts'
import { holdRecord, saveAndFollow, versionOf } from './write-record.ts'

/** Moves a record to another state, filling fields on the way. Throws `ledgers.may-not-move` with everything that is missing. */
export async function moveRecord(ctx: Context, deps: LedgerDeps, given: OfRecord & MoveRecord): Promise<{ revision: number }> {
  return inTransaction(ctx, (db) => moveHeld({ ...ctx, db }, deps, given))
}

/** The move within the caller's transaction. */
export async function moveHeld(
  ctx: Within,
  deps: LedgerDeps,
  given: OfRecord & Omit<MoveRecord, 'revision'> & { revision?: number },
): Promise<{ revision: number }> {
  const { ledger, row } = await holdRecord(ctx, given)
  if (row.removedAt !== null) throw ledgersErrors.removed()
  const open = await versionOf(ctx, row)
  const handled = (await listHandled(ctx.db, ctx, [row.recordId])).get(row.recordId)
  const move = open.moves.get(given.move)?.move
  if (move === undefined) throw ledgersErrors.mayNotMove({ problems: [] })
  const worked = await workOut(ctx, deps, {
    open,
    maySee: ledger.maySee,
    recordId: row.recordId,
    entered: given.values,
    state: move.into,
    before: { row, handled },
    said: undefined,
  })
  const refusals = refusalsOfMove(worked.refusals, Object.keys(given.values))
  // Safe: sealed values count as filled; conditions do not know sensitive fields.
  const values = worked.body as Readonly<Record<string, FieldValue>>
  const problems = judge(ctx, { open, row, handled, move: given.move, values, hasReason: given.reason !== undefined })
  if (problems.length + refusals.length > 0) throw ledgersErrors.mayNotMove({ problems: [...problems, ...refusals] })
  const revision = await saveAndFollow(ctx, deps, {
    ledger: { ...ledger, open },
    row,
    worked,
    state: move.into,
    act: {
      act: 'move',
      move: move.key,
      from: row.state,
      into: move.into,
      byAnother: move.byAnother === true,
      reason: given.reason,
      before: changedValues(row.body, worked.body),
    },
  })
  const isSettled = open.states.get(move.into)?.settled === true
  const { recordId, templateKey, state: from } = row
  await announce(ctx.db, ctx, ledgerMoved, { recordId, templateKey, move: move.key, from, into: move.into, isSettled })
  return { revision }
}

/** What was missing before stays a matter of the record; the move asks for its own needs. */
function refusalsOfMove(refusals: readonly RecordProblem[], filled: readonly string[]): RecordProblem[] {
  return refusals.filter((problem) => problem.code !== 'missing' || filled.includes(problem.field ?? ''))
}

/** What stands against a move of a record as it is, for its page and for the act. */
export function judge(
  ctx: Context,
  given: {
    open: OpenTemplate
    row: RecordRow
    handled: HandledRow | undefined
    move: string
    values: Readonly<Record<string, FieldValue>>
    hasReason: boolean
  },
): RecordProblem[] {
  const { open, row, handled, values, hasReason } = given
  const roles = ctx.scope.kind === 'system' ? (open.moves.get(given.move)?.move.by ?? []) : ctx.caller.roles
  return (
    judgeMove(open, given.move, {
      values,
      state: row.state,
      today: ctx.today,
      madeOn: dayOf(Date.parse(row.madeAt)),
      roles,
      callerId: ctx.caller.id,
      handledBy: [row.madeBy, ...(handled?.handledBy ?? [])],
      hasReason,
    }) ?? []
  )
}
