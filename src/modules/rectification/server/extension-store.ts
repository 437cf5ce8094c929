import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ExtensionRecord, ProblemFile } from '../rules/problem-records.ts'

interface ExtensionRow extends Omit<ExtensionRecord, 'can'> {
  readonly problemId: string
  readonly askedBy: string
}
const columns = sql`x.extension_id AS "extensionId", x.problem_id AS "problemId", x.due_before AS "dueBefore", x.asked_until AS "askedUntil", x.reason,
  x.state, x.asked_by AS "askedBy", x.asked_name AS "askedName", x.asked_at AS "askedAt", x.decided_name AS "decidedName",
  x.decided_at AS "decidedAt", x.note`
const toRow = (row: ExtensionRow): ExtensionRow => ({
  ...row,
  askedAt: new Date(row.askedAt).toISOString(),
  decidedAt: row.decidedAt === null ? null : new Date(row.decidedAt).toISOString(),
})

/** How often more time was asked for, the newest first. `mayDecide`: the caller's office decides, where he did not ask himself. */
export async function listExtensions(db: Db, ctx: Context, problemId: string, mayDecide: boolean): Promise<ExtensionRecord[]> {
  const found = await sql<ExtensionRow>`
    SELECT ${columns} FROM rectification.extension x
    WHERE x.county_code = ${ctx.scope.countyCode} AND x.problem_id = ${problemId}::uuid ORDER BY x.asked_at DESC LIMIT 50`.execute(db)
  return found.rows.map(toRow).map(({ problemId: _problemId, askedBy, ...row }) => ({
    ...row,
    can: { decide: mayDecide && row.state === 'asked' && askedBy !== ctx.caller.id },
  }))
}

/** A request for more time, held. */
export async function holdExtension(db: Db, ctx: Context, extensionId: string): Promise<ExtensionRow | undefined> {
  const found = await sql<ExtensionRow>`
    SELECT ${columns} FROM rectification.extension x
    WHERE x.county_code = ${ctx.scope.countyCode} AND x.extension_id = ${extensionId}::uuid FOR UPDATE`.execute(db)
  return found.rows.map(toRow)[0]
}

/** Writes a request for more time. Returns its id. */
export async function insertExtension(
  db: Db,
  ctx: Context,
  given: { problem: ProblemFile; until: string; reason: string },
): Promise<string> {
  const { problem, until, reason } = given
  const id = makeId(Date.parse(ctx.now))
  await sql`
    INSERT INTO rectification.extension (county_code, extension_id, problem_id, household_id, area_path, due_before, asked_until, reason, asked_by,
      asked_name, asked_at)
    VALUES (${ctx.scope.countyCode}, ${id}, ${problem.problemId}::uuid, ${problem.householdId}::uuid, ${problem.areaPath}, ${problem.dueOn}::date,
      ${until}::date, ${reason}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
  return id
}

/** Writes the decision. */
export async function decideExtension(
  db: Db,
  ctx: Context,
  given: { extensionId: string; state: 'granted' | 'refused'; note: string },
): Promise<void> {
  await sql`
    UPDATE rectification.extension SET state = ${given.state}, note = ${given.note}, decided_by = ${ctx.caller.id}, decided_name = ${ctx.caller.name},
      decided_at = ${ctx.now}
    WHERE county_code = ${ctx.scope.countyCode} AND extension_id = ${given.extensionId}::uuid`.execute(db)
}
