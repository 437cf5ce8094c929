import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { ActorSeat } from '../rules/problem-seat.ts'
import { countyPathOf } from './terms.ts'

/** Where the caller stands to problems. */
export function seatOf(ctx: Context): ActorSeat {
  const { scope, caller } = ctx
  const may = (action: string) => mayDo(ctx, 'rectification.problem', action)
  return {
    callerId: caller.id,
    path: scope.kind === 'area' ? scope.path : scope.kind === 'households' ? '' : countyPathOf(ctx),
    isCounty: scope.kind === 'county' || scope.kind === 'system',
    organisationId: caller.organisationId,
    may: { assign: may('assign'), act: may('act'), accept: may('accept') },
    isSystem: scope.kind === 'system',
  }
}

/** Who reads only what is his organisation's: a department's clerk. */
export function isOfOneUnit(ctx: Context): boolean {
  return ctx.scope.kind !== 'system' && !mayDo(ctx, 'rectification.problem', 'oversee')
}

/**
 * The problems that the caller may read, as a condition on `alias`: within his area; of closed kinds only with the right or his own name on them;
 * a department's clerk those of his organisation.
 */
export function readable(ctx: Context, alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const parts: RawBuilder<boolean>[] = [inScope(ctx.scope, alias)]
  if (!readsClosed(ctx)) parts.push(sql<boolean>`(NOT ${column('is_closed_kind')} OR ${column('head_id')} = ${ctx.caller.id})`)
  if (isOfOneUnit(ctx)) parts.push(sql<boolean>`${column('unit_id')} = ${ctx.caller.organisationId ?? ''}`)
  return sql.join(parts, sql` AND `)
}

/** The letters that the caller may read; one of a closed kind also by who is named on one of its problems. */
export function readableLetter(ctx: Context, alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const parts: RawBuilder<boolean>[] = [inScope(ctx.scope, alias)]
  if (!readsClosed(ctx))
    parts.push(sql<boolean>`(NOT ${column('is_closed_kind')} OR EXISTS (SELECT 1 FROM rectification.problem named
      WHERE named.county_code = ${column('county_code')} AND named.letter_id = ${column('letter_id')} AND named.head_id = ${ctx.caller.id}))`)
  if (isOfOneUnit(ctx)) parts.push(sql<boolean>`${column('unit_id')} = ${ctx.caller.organisationId ?? ''}`)
  return sql.join(parts, sql` AND `)
}

/** Whether the caller reads closed kinds wherever they are in his area. */
export function readsClosed(ctx: Context): boolean {
  return ctx.scope.kind === 'system' || mayDo(ctx, 'rectification.closed', 'read')
}
