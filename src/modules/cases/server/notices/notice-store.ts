import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { NameStyle, NoticeColumn, NoticeKind, ShownLine } from '../../rules/notices/notice-fields.ts'
import type { NoticeEvent, NoticeFile } from '../../rules/notices/notice-records.ts'
import { noticeTasks, type ListNotices, type NoticeTask } from '../../rules/notices/notice-requests.ts'
import type { NoticeState } from '../../rules/notices/notice-states.ts'

/** A notice as it is kept. */
export interface KeptNotice {
  readonly noticeId: string
  readonly noticeNo: string
  readonly areaPath: string
  readonly kind: NoticeKind
  readonly state: NoticeState
  readonly title: string
  readonly note: string
  readonly columns: readonly NoticeColumn[]
  readonly nameStyle: NameStyle
  readonly days: number
  readonly calendar: 'working' | 'calendar'
  readonly phones: readonly string[]
  readonly code: string
  readonly findings: number
  readonly draftedBy: string
  readonly draftedName: string
  readonly editedBy: readonly string[]
  readonly submittedBy: string | null
  readonly submittedName: string | null
  readonly releasedName: string | null
  readonly releasedOn: string | null
  readonly postedOn: string | null
  readonly countsFrom: string | null
  readonly endsOn: string | null
  readonly pausedOn: string | null
  readonly daysLeft: number | null
  readonly withdrawnWhy: string | null
  readonly revision: number
  readonly households: number
  readonly photos: number
  readonly openObjections: number
}

/** A line as it is kept. */
export interface KeptLine {
  readonly caseId: string
  readonly caseNo: string
  readonly caseStep: string
  readonly householdId: string
  readonly round: number
  readonly lineNo: number
  readonly monitorKind: string | null
  readonly risk: string | null
  readonly shown: ShownLine
  readonly struckOn: string | null
  readonly struckWhy: 'withdrawn' | 'upheld' | 'moved-back' | null
}

const noticeColumns: RawBuilder<unknown> = sql`
  n.notice_id AS "noticeId", n.notice_no AS "noticeNo", n.area_path AS "areaPath", n.kind, n.state, n.title, n.note, n.columns,
  n.name_style AS "nameStyle", n.days, n.calendar, n.phones, n.code, n.findings, n.drafted_by AS "draftedBy", n.drafted_name AS "draftedName",
  n.edited_by AS "editedBy", n.submitted_by AS "submittedBy", n.submitted_name AS "submittedName", n.released_name AS "releasedName",
  (n.released_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "releasedOn", n.posted_on::text AS "postedOn", n.counts_from::text AS "countsFrom",
  n.ends_on::text AS "endsOn", n.paused_on::text AS "pausedOn", n.days_left AS "daysLeft", n.withdrawn_why AS "withdrawnWhy", n.revision,
  (SELECT count(*)::int FROM cases.notice_line l WHERE l.county_code = n.county_code AND l.notice_id = n.notice_id AND l.struck_on IS NULL) AS households,
  (SELECT count(*)::int FROM cases.notice_file p WHERE p.county_code = n.county_code AND p.notice_id = n.notice_id AND p.purpose = 'photo'
    AND p.removed_at IS NULL) AS photos,
  (SELECT count(*)::int FROM cases.objection o WHERE o.county_code = n.county_code AND o.notice_id = n.notice_id AND o.answered_at IS NULL)
    AS "openObjections"`

/** Nobody who sees single households sees notices, which are of a village. */
export function noticeScope(scope: Scope, alias: string): RawBuilder<boolean> {
  return scope.kind === 'households' ? sql<boolean>`false` : inScope(scope, alias)
}

/** A notice within the scope, held for this transaction where asked. */
export async function findNotice(db: Db, scope: Scope, noticeId: string, forUpdate = false): Promise<KeptNotice | undefined> {
  if (forUpdate)
    await sql`SELECT 1 FROM cases.notice n WHERE ${noticeScope(scope, 'n')} AND n.notice_id = ${noticeId}::uuid FOR UPDATE`.execute(db)
  const found = await sql<KeptNotice>`
    SELECT ${noticeColumns} FROM cases.notice n WHERE ${noticeScope(scope, 'n')} AND n.notice_id = ${noticeId}::uuid`.execute(db)
  return found.rows[0]
}

/** The notice of a public code. */
export async function findNoticeOfCode(db: Db, scope: Scope, code: string): Promise<KeptNotice | undefined> {
  const found = await sql<KeptNotice>`
    SELECT ${noticeColumns} FROM cases.notice n WHERE ${noticeScope(scope, 'n')} AND n.code = ${code}`.execute(db)
  return found.rows[0]
}

/** Who asks on which day: what is to be done depends on it. */
export interface AskedBy {
  readonly callerId: string
  readonly today: string
}

/** Whether a task waits at a notice. */
function hasTask(task: NoticeTask, { callerId, today }: AskedBy): RawBuilder<boolean> {
  switch (task) {
    case 'release':
      return sql<boolean>`(n.state = 'submitted' AND n.drafted_by <> ${callerId} AND NOT ${callerId} = ANY (n.edited_by))`
    case 'post':
      return sql<boolean>`n.state = 'released'`
    case 'objected':
      return sql<boolean>`n.state = 'paused'`
    case 'ending':
      return sql<boolean>`(n.state = 'posted' AND n.ends_on <= ${today}::date)`
    case 'photo':
      return sql<boolean>`(n.state IN ('posted', 'paused') AND NOT EXISTS (
        SELECT 1 FROM cases.notice_file p WHERE p.county_code = n.county_code AND p.notice_id = n.notice_id AND p.purpose = 'photo'
          AND p.removed_at IS NULL))`
  }
}

/** At how many notices each task waits. */
export async function countNoticeTasks(db: Db, scope: Scope, by: AskedBy): Promise<Record<NoticeTask, number>> {
  const counts = noticeTasks.map((task) => sql`count(*) FILTER (WHERE ${hasTask(task, by)})::int AS ${sql.ref(task)}`)
  const found = await sql<Record<NoticeTask, number>>`
    SELECT ${sql.join(counts)} FROM cases.notice n WHERE ${noticeScope(scope, 'n')} AND n.state IN ('submitted', 'released', 'posted', 'paused')`.execute(
    db,
  )
  return found.rows[0] ?? { release: 0, post: 0, objected: 0, ending: 0, photo: 0 }
}

/** The newest notices first. */
export async function listNotices(
  db: Db,
  search: { scope: Scope; filter: Omit<ListNotices, 'after' | 'limit'>; by: AskedBy },
  page: { limit: number; after: readonly (string | number)[] | undefined },
): Promise<KeptNotice[]> {
  const { scope, filter, by } = search
  const parts: RawBuilder<boolean>[] = [noticeScope(scope, 'n')]
  if (filter.task !== undefined) parts.push(hasTask(filter.task, by))
  if (filter.area !== undefined) parts.push(sql<boolean>`n.area_path >= ${filter.area} AND n.area_path < ${`${filter.area.slice(0, -1)}/`}`)
  if (filter.kind !== undefined) parts.push(sql<boolean>`n.kind = ${filter.kind}`)
  if (filter.state !== undefined) parts.push(sql<boolean>`n.state = ${filter.state}`)
  if (filter.caseId !== undefined)
    parts.push(
      sql<boolean>`EXISTS (SELECT 1 FROM cases.notice_line l WHERE l.county_code = n.county_code AND l.notice_id = n.notice_id AND l.case_id = ${filter.caseId}::uuid)`,
    )
  const before = page.after?.[0]
  if (before !== undefined) parts.push(sql<boolean>`n.notice_id < ${before}::uuid`)
  const found = await sql<KeptNotice>`
    SELECT ${noticeColumns} FROM cases.notice n WHERE ${sql.join(parts, sql` AND `)} ORDER BY n.notice_id DESC LIMIT ${page.limit}`.execute(
    db,
  )
  return found.rows
}

/** How many notices stand how, of all that the filter finds besides its state. */
export async function countNoticeStates(db: Db, scope: Scope): Promise<Record<string, number>> {
  const found = await sql<{ state: string; n: number }>`
    SELECT n.state, count(*)::int AS n FROM cases.notice n WHERE ${noticeScope(scope, 'n')} GROUP BY n.state`.execute(db)
  return Object.fromEntries(found.rows.map(({ state, n }) => [state, n]))
}

/** The lines of a notice in their order. */
export async function listLines(db: Db, scope: Scope, noticeId: string): Promise<KeptLine[]> {
  const found = await sql<KeptLine>`
    SELECT l.case_id AS "caseId", f.case_no AS "caseNo", f.step AS "caseStep", l.household_id AS "householdId", l.round, l.line_no AS "lineNo",
      l.monitor_kind AS "monitorKind", l.risk, l.shown, l.struck_on::text AS "struckOn", l.struck_why AS "struckWhy"
    FROM cases.notice_line l JOIN cases.case_file f ON f.county_code = l.county_code AND f.case_id = l.case_id
    WHERE ${noticeScope(scope, 'l')} AND l.notice_id = ${noticeId}::uuid ORDER BY l.line_no`.execute(db)
  return found.rows
}

export async function listNoticeEvents(db: Db, scope: Scope, noticeId: string): Promise<NoticeEvent[]> {
  const found = await sql<NoticeEvent>`
    SELECT e.seq, e.act, e.by_name AS "byName", e.at::text AS at, e.on_day::text AS "onDay", e.reason, e.details
    FROM cases.notice_event e WHERE ${noticeScope(scope, 'e')} AND e.notice_id = ${noticeId}::uuid ORDER BY e.seq`.execute(db)
  return found.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

/** Files of a notice that were not removed, with where they lie. */
export async function listNoticeFiles(db: Db, scope: Scope, noticeId: string): Promise<(NoticeFile & { storedId: string })[]> {
  const found = await sql<NoticeFile & { storedId: string }>`
    SELECT p.notice_file_id AS "noticeFileId", p.purpose, p.name, p.content_type AS "contentType", p.bytes, p.cleaned, p.by_name AS "byName",
      p.at::text AS at, p.stored_id AS "storedId"
    FROM cases.notice_file p WHERE ${noticeScope(scope, 'p')} AND p.notice_id = ${noticeId}::uuid AND p.removed_at IS NULL
    ORDER BY p.at, p.notice_file_id`.execute(db)
  return found.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

/** Where a case stands on notices of a round that were not withdrawn: the newest first. */
export interface NoticeOfRound {
  readonly noticeId: string
  readonly noticeNo: string
  readonly state: NoticeState
  readonly endsOn: string | null
  readonly daysLeft: number | null
  readonly photos: number
  readonly objection: { readonly objectionNo: string; readonly dueOn: string } | null
}

export async function findNoticeOfRound(
  db: Db,
  scope: Scope,
  given: { caseId: string; round: number; kind: NoticeKind },
): Promise<NoticeOfRound | undefined> {
  const found = await sql<NoticeOfRound>`
    SELECT n.notice_id AS "noticeId", n.notice_no AS "noticeNo", n.state, n.ends_on::text AS "endsOn", n.days_left AS "daysLeft",
      (SELECT count(*)::int FROM cases.notice_file p WHERE p.county_code = n.county_code AND p.notice_id = n.notice_id AND p.purpose = 'photo'
        AND p.removed_at IS NULL) AS photos,
      (SELECT jsonb_build_object('objectionNo', o.objection_no, 'dueOn', o.due_on::text) FROM cases.objection o
        WHERE o.county_code = n.county_code AND o.notice_id = n.notice_id AND o.answered_at IS NULL AND (o.case_id IS NULL OR o.case_id = l.case_id)
        ORDER BY o.received_at LIMIT 1) AS objection
    FROM cases.notice_line l JOIN cases.notice n ON n.county_code = l.county_code AND n.notice_id = l.notice_id
    WHERE ${noticeScope(scope, 'l')} AND l.case_id = ${given.caseId}::uuid AND l.round = ${given.round} AND l.kind = ${given.kind}
      AND l.struck_on IS NULL AND n.state <> 'withdrawn'
    ORDER BY n.notice_id DESC LIMIT 1`.execute(db)
  return found.rows[0]
}
