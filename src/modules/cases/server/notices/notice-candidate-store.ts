import { sql } from 'kysely'
import { endOfRange } from '#kernel/server/caller/index.ts'
import type { Scope } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { NoticeKind } from '../../rules/notices/notice-fields.ts'
import { noticeScope } from './notice-store.ts'

/** A case that stands at the step of a notice. */
export interface WaitingCaseFile {
  readonly caseId: string
  readonly caseNo: string
  readonly householdId: string
  readonly areaPath: string
  readonly round: number
  readonly stepSince: string
  /** As the case says, else as the household was classified today. */
  readonly monitorKind: string | null
  readonly risk: string | null
}

const stepOf = { identification: 'notice', elimination: 'exit-notice' } as const satisfies Record<NoticeKind, string>

/** Cases of a village at the step that are on no other notice of their round; `own`: the notice whose households count as free. */
export async function listWaitingCases(
  db: Db,
  scope: Scope,
  given: { areaPath: string; kind: NoticeKind; own?: string | undefined; caseIds?: readonly string[] },
): Promise<WaitingCaseFile[]> {
  const { areaPath, kind, own, caseIds } = given
  const found = await sql<WaitingCaseFile>`
    SELECT f.case_id AS "caseId", f.case_no AS "caseNo", f.household_id AS "householdId", f.area_path AS "areaPath", f.round,
      f.step_since::text AS "stepSince", f.risks[1] AS risk,
      coalesce(f.kind, (SELECT c.kind FROM cases.classification c
        WHERE c.county_code = f.county_code AND c.household_id = f.household_id AND c.valid_to IS NULL LIMIT 1)) AS "monitorKind"
    FROM cases.case_file f
    WHERE ${noticeScope(scope, 'f')} AND f.area_path >= ${areaPath} AND f.area_path < ${endOfRange(areaPath)}
      AND f.step = ${stepOf[kind]} AND f.state <> 'ended' AND ${caseIds === undefined ? sql`true` : sql`f.case_id = ANY (${[...caseIds]}::uuid[])`}
      AND NOT EXISTS (SELECT 1 FROM cases.notice_line l WHERE l.county_code = f.county_code AND l.case_id = f.case_id AND l.round = f.round
        AND l.kind = ${kind} AND l.struck_on IS NULL AND ${own === undefined ? sql`true` : sql`l.notice_id <> ${own}::uuid`})
    ORDER BY f.area_path, f.step_since, f.case_id LIMIT 500`.execute(db)
  return found.rows
}
