import { sql } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'

/** When a case was on a notice that hung, and how many objections came. */
export interface NoticeOfCase {
  readonly postedOn: string | null
  readonly endsOn: string | null
  readonly objections: number
}

/** The newest posted notice of a case in a round. */
export async function findNoticeOfCase(
  db: Db,
  scope: Scope,
  given: { caseId: string; round: number; kind: 'identification' | 'elimination' },
): Promise<NoticeOfCase | undefined> {
  if (scope.kind === 'households') return undefined
  const found = await sql<NoticeOfCase>`
    SELECT n.posted_on::text AS "postedOn", coalesce(n.ends_on, n.ended_on)::text AS "endsOn", (SELECT count(*)::int FROM cases.objection o
      WHERE o.county_code = n.county_code AND o.notice_id = n.notice_id AND (o.case_id IS NULL OR o.case_id = l.case_id)) AS objections
    FROM cases.notice_line l JOIN cases.notice n ON n.county_code = l.county_code AND n.notice_id = l.notice_id
    WHERE ${inScope(scope, 'l')} AND l.case_id = ${given.caseId}::uuid AND l.round = ${given.round} AND l.kind = ${given.kind}
      AND n.posted_on IS NOT NULL AND n.state <> 'withdrawn' AND l.struck_on IS NULL
    ORDER BY n.posted_on DESC, n.notice_id DESC LIMIT 1`.execute(db)
  return found.rows[0]
}

/** A notice with its lines, as it is printed. */
export interface PrintedNotice {
  readonly noticeId: string
  readonly noticeNo: string
  readonly areaPath: string
  readonly state: string
  readonly title: string
  readonly note: string
  readonly days: number
  readonly calendar: 'working' | 'calendar'
  readonly phones: readonly string[]
  /** Columns that were released. */
  readonly columns: readonly string[]
  readonly code: string
  readonly postedOn: string | null
  readonly endsOn: string | null
  readonly lines: readonly Readonly<Record<string, string | number>>[]
}

/** A notice within the scope; lines that were struck are left out. */
export async function findPrintedNotice(db: Db, scope: Scope, noticeId: string): Promise<PrintedNotice | undefined> {
  if (scope.kind === 'households') return undefined
  const found = await sql<PrintedNotice>`
    SELECT n.notice_id AS "noticeId", n.notice_no AS "noticeNo", n.area_path AS "areaPath", n.state, n.title, n.note, n.days, n.calendar,
      n.phones, n.columns, n.code, n.posted_on::text AS "postedOn", n.ends_on::text AS "endsOn", coalesce((
        SELECT jsonb_agg(l.shown ORDER BY l.line_no) FROM cases.notice_line l
        WHERE l.county_code = n.county_code AND l.notice_id = n.notice_id AND l.struck_on IS NULL), '[]'::jsonb) AS lines
    FROM cases.notice n WHERE ${inScope(scope, 'n')} AND n.notice_id = ${noticeId}::uuid`.execute(db)
  return found.rows[0]
}
