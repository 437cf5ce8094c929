import { sql } from 'kysely'
import { makeId, makeSecret } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { NoticeColumn, NoticeKind, NameStyle, ShownLine } from '../../rules/notices/notice-fields.ts'
import type { NoticeAct, NoticeState } from '../../rules/notices/notice-states.ts'
import { noticeErrors } from './notice-errors.ts'

/** What is written on a notice. */
export interface WrittenNotice {
  readonly title: string
  readonly note: string
  readonly columns: readonly NoticeColumn[]
  readonly nameStyle: NameStyle
  readonly days: number
  readonly calendar: 'working' | 'calendar'
  readonly phones: readonly string[]
  readonly policy: string
  readonly findings: number
}

export interface WrittenLine {
  readonly caseId: string
  readonly householdId: string
  readonly areaPath: string
  readonly round: number
  readonly monitorKind: string | null
  readonly risk: string | null
  readonly shown: ShownLine
}

/** The next number of a year, such as `2026-0012`. */
export async function nextNoticeNo(db: Db, ctx: Context, what: 'notice' | 'objection'): Promise<string> {
  const year = Number(ctx.today.slice(0, 4))
  const counted = await sql<{ last: number }>`
    INSERT INTO cases.notice_counter AS counter (county_code, what, year, last) VALUES (${ctx.scope.countyCode}, ${what}, ${year}, 1)
    ON CONFLICT (county_code, what, year) DO UPDATE SET last = counter.last + 1 RETURNING last`.execute(db)
  return `${year}-${String(counted.rows[0]?.last ?? 0).padStart(4, '0')}`
}

/** Adds a draft with a public code of its own. */
export async function insertNotice(db: Db, ctx: Context, given: WrittenNotice & { areaPath: string; kind: NoticeKind }): Promise<string> {
  const noticeId = makeId()
  const noticeNo = await nextNoticeNo(db, ctx, 'notice')
  await refused(
    sql`
      INSERT INTO cases.notice (county_code, notice_id, notice_no, area_path, kind, state, title, note, columns, name_style, days, calendar, phones,
        policy, code, findings, drafted_by, drafted_name, drafted_at, edited_by)
      VALUES (${ctx.scope.countyCode}, ${noticeId}, ${noticeNo}, ${given.areaPath}, ${given.kind}, 'draft', ${given.title}, ${given.note},
        ${[...given.columns]}::text[], ${given.nameStyle}, ${given.days}, ${given.calendar}, ${[...given.phones]}::text[], ${given.policy},
        ${makeSecret()}, ${given.findings}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}, ${[ctx.caller.id]}::text[])`.execute(db),
  )
  return noticeId
}

/** Writes a draft anew; whoever writes on it is remembered. */
export async function rewriteNotice(db: Db, ctx: Context, given: WrittenNotice & { noticeId: string; revision: number }): Promise<void> {
  const done = await refused(
    sql`
      UPDATE cases.notice SET title = ${given.title}, note = ${given.note}, columns = ${[...given.columns]}::text[], name_style = ${given.nameStyle},
        days = ${given.days}, calendar = ${given.calendar}, phones = ${[...given.phones]}::text[], policy = ${given.policy},
        findings = ${given.findings}, revision = revision + 1,
        edited_by = CASE WHEN ${ctx.caller.id} = ANY (edited_by) THEN edited_by ELSE edited_by || ${ctx.caller.id}::text END
      WHERE county_code = ${ctx.scope.countyCode} AND notice_id = ${given.noticeId}::uuid AND revision = ${given.revision}`.execute(db),
  )
  if (done.numAffectedRows !== 1n) throw noticeErrors.noticeChanged()
}

/** Puts households on a draft in the place of those that stand there. */
export async function replaceLines(
  db: Db,
  ctx: Context,
  given: { noticeId: string; kind: NoticeKind; lines: readonly WrittenLine[] },
): Promise<void> {
  const { noticeId, kind, lines } = given
  const rows = lines.map((line, at) => ({
    case_id: line.caseId,
    household_id: line.householdId,
    area_path: line.areaPath,
    round: line.round,
    line_no: at + 1,
    monitor_kind: line.monitorKind,
    risk: line.risk,
    shown: line.shown,
  }))
  await sql`DELETE FROM cases.notice_line WHERE county_code = ${ctx.scope.countyCode} AND notice_id = ${noticeId}::uuid`.execute(db)
  await refused(
    sql`
      INSERT INTO cases.notice_line (county_code, notice_id, case_id, household_id, area_path, kind, round, line_no, monitor_kind, risk, shown)
      SELECT ${ctx.scope.countyCode}, ${noticeId}::uuid, case_id, household_id, area_path, ${kind}, round, line_no, monitor_kind, risk, shown
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (case_id uuid, household_id uuid, area_path text, round smallint,
        line_no smallint, monitor_kind text, risk text, shown jsonb)`.execute(db),
  )
}

/** What changes of a notice with an act. Absent: as it is. */
export interface NoticeChange {
  readonly state: NoticeState
  readonly findings?: number
  readonly submitted?: true
  readonly released?: { readonly path: string }
  readonly postedOn?: string
  readonly countsFrom?: string
  readonly endsOn?: string | null
  readonly paused?: { readonly on: string; readonly daysLeft: number } | null
  readonly endedOn?: string
  readonly withdrawnWhy?: string
}

/** Writes a notice as an act leaves it. Throws `cases.notice-changed`, `notice-own`, `notice-kin`, `notice-state`. */
export async function moveNotice(db: Db, ctx: Context, given: { noticeId: string; revision: number; change: NoticeChange }): Promise<void> {
  const { noticeId, revision, change } = given
  const { id, name } = ctx.caller
  const sets = [
    sql`state = ${change.state}`,
    sql`revision = revision + 1`,
    ...(change.findings === undefined ? [] : [sql`findings = ${change.findings}`]),
    ...(change.submitted === undefined ? [] : [sql`submitted_by = ${id}, submitted_name = ${name}, submitted_at = ${ctx.now}`]),
    ...(change.released === undefined
      ? []
      : [sql`released_by = ${id}, released_name = ${name}, released_at = ${ctx.now}, released_path = ${change.released.path}`]),
    ...(change.postedOn === undefined ? [] : [sql`posted_on = ${change.postedOn}::date, posted_by = ${id}, posted_name = ${name}`]),
    ...(change.countsFrom === undefined ? [] : [sql`counts_from = ${change.countsFrom}::date`]),
    ...(change.endsOn === undefined ? [] : [sql`ends_on = ${change.endsOn}::date`]),
    ...(change.paused === undefined
      ? []
      : [sql`paused_on = ${change.paused?.on ?? null}::date, days_left = ${change.paused?.daysLeft ?? null}::smallint`]),
    ...(change.endedOn === undefined ? [] : [sql`ended_on = ${change.endedOn}::date`]),
    ...(change.withdrawnWhy === undefined
      ? []
      : [sql`withdrawn_by = ${id}, withdrawn_name = ${name}, withdrawn_at = ${ctx.now}, withdrawn_why = ${change.withdrawnWhy}`]),
  ]
  const done = await refused(
    sql`
      UPDATE cases.notice SET ${sql.join(sets)}
      WHERE county_code = ${ctx.scope.countyCode} AND notice_id = ${noticeId}::uuid AND revision = ${revision}`.execute(db),
  )
  if (done.numAffectedRows !== 1n) throw noticeErrors.noticeChanged()
}

/** Takes households off notices; those that were taken off before stay so. */
export async function strikeLines(
  db: Db,
  ctx: Context,
  given: { noticeId: string; caseId?: string; why: 'withdrawn' | 'upheld' | 'moved-back' },
): Promise<void> {
  await sql`
    UPDATE cases.notice_line SET struck_on = ${ctx.today}::date, struck_why = ${given.why}
    WHERE county_code = ${ctx.scope.countyCode} AND notice_id = ${given.noticeId}::uuid AND struck_on IS NULL
      AND ${given.caseId === undefined ? sql`true` : sql`case_id = ${given.caseId}::uuid`}`.execute(db)
}

export async function addNoticeEvent(
  db: Db,
  ctx: Context,
  given: { noticeId: string; areaPath: string; act: NoticeAct; reason?: string | undefined; details?: Readonly<Record<string, unknown>> },
): Promise<void> {
  await sql`
    INSERT INTO cases.notice_event (county_code, notice_id, seq, area_path, act, by_id, by_name, at, on_day, reason, details)
    SELECT ${ctx.scope.countyCode}, ${given.noticeId}::uuid, 1 + coalesce(max(e.seq), 0), ${given.areaPath}, ${given.act}, ${ctx.caller.id},
      ${ctx.caller.name}, ${ctx.now}, ${ctx.today}::date, ${given.reason ?? null}, ${JSON.stringify(given.details ?? {})}::jsonb
    FROM cases.notice_event e WHERE e.county_code = ${ctx.scope.countyCode} AND e.notice_id = ${given.noticeId}::uuid`.execute(db)
}

/** A file beside a notice. */
export interface WrittenFile {
  readonly noticeFileId: string
  readonly noticeId: string
  readonly areaPath: string
  readonly purpose: 'photo' | 'enclosure'
  readonly storedId: string
  readonly name: string
  readonly contentType: string
  readonly bytes: number
  readonly hash: string
  readonly cleaned: readonly string[]
}

export async function insertNoticeFile(db: Db, ctx: Context, file: WrittenFile): Promise<void> {
  await sql`
    INSERT INTO cases.notice_file (county_code, notice_file_id, notice_id, area_path, purpose, stored_id, name, content_type, bytes, hash, cleaned,
      by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${file.noticeFileId}::uuid, ${file.noticeId}::uuid, ${file.areaPath}, ${file.purpose}, ${file.storedId}::uuid,
      ${file.name}, ${file.contentType}, ${file.bytes}, ${file.hash}, ${[...file.cleaned]}::text[], ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(
    db,
  )
}

/** Notices whose last day is over. */
export async function listDueNotices(db: Db, ctx: Context): Promise<{ noticeId: string; areaPath: string; revision: number }[]> {
  const found = await sql<{ noticeId: string; areaPath: string; revision: number }>`
    SELECT notice_id AS "noticeId", area_path AS "areaPath", revision FROM cases.notice
    WHERE county_code = ${ctx.scope.countyCode} AND state = 'posted' AND ends_on < ${ctx.today}::date ORDER BY ends_on LIMIT 500 FOR UPDATE`.execute(
    db,
  )
  return found.rows
}

/** Whether any notice is over and still hangs. */
export async function hasDueNotices(db: Db, ctx: Context): Promise<boolean> {
  const found = await sql<{ due: boolean }>`
    SELECT EXISTS (SELECT 1 FROM cases.notice
      WHERE county_code = ${ctx.scope.countyCode} AND state = 'posted' AND ends_on < ${ctx.today}::date) AS due`.execute(db)
  return found.rows[0]?.due === true
}

const refusals: Readonly<Record<string, () => Error>> = {
  BF400: () => noticeErrors.noticeState(),
  BF403: () => noticeErrors.noticeKin(),
  BF409: () => noticeErrors.noticeChanged(),
  BF422: () => noticeErrors.noticeState(),
}
const constraints: Readonly<Record<string, () => Error>> = {
  released_by_another: () => noticeErrors.noticeOwn(),
  released_from_above: () => noticeErrors.noticeNotOurs(),
  released_without_findings: () => noticeErrors.noticeFindings({ count: 1 }),
  notice_line_once: () => noticeErrors.noticeCases({ count: 1 }),
}

/** Names what the database refuses by itself; everything else is a fault. */
async function refused<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work
  } catch (fault) {
    const text = (name: string) => (fault instanceof Error && name in fault ? String(Reflect.get(fault, name)) : '')
    throw refusals[text('code')]?.() ?? constraints[text('constraint')]?.() ?? fault
  }
}
