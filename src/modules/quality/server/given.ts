import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Severity } from '../contract.ts'

/** A finding as a check leaves it, written in the caller's transaction or committed. About a person, else a household, else a village. */
export async function givenFinding(
  ctx: Context,
  given: {
    areaPath: string
    rule?: string
    severity?: Severity
    householdId?: string
    personId?: string
    villageId?: string
    seen?: Readonly<Record<string, string | number | boolean>>
  },
): Promise<string> {
  const findingId = makeId()
  const { areaPath, rule = 'Q006', severity = 'warning', householdId, personId, villageId, seen = { sex: '女' } } = given
  const subjectId = personId ?? householdId ?? villageId ?? makeId()
  await inTransaction(ctx, (db) =>
    sql`INSERT INTO quality.finding (county_code, finding_id, rule, subject_id, household_id, person_id, area_path, severity, seen,
          first_seen_at, last_seen_at, last_run_id)
        VALUES (${ctx.scope.countyCode}, ${findingId}, ${rule}, ${subjectId}, ${householdId ?? null}, ${personId ?? null}, ${areaPath},
          ${severity}, ${JSON.stringify(seen)}::jsonb, ${ctx.now}, ${ctx.now}, ${makeId()})`.execute(db),
  )
  return findingId
}
