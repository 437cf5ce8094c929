import { sql, type RawBuilder } from 'kysely'
import { makeId, makeSecret } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { ListObjections } from '../../rules/notices/objection-requests.ts'
import type { ObjectionSource, ObjectionState } from '../../rules/notices/notice-states.ts'
import type { ObjectionConsequence, RecheckOutcome } from '../../rules/notices/objection-consequence.ts'
import { objectionErrors } from './notice-errors.ts'
import { nextNoticeNo } from './notice-write-store.ts'
import { noticeScope } from './notice-store.ts'

/** An objection as it is kept; cells are opened by `openObjection`. */
export interface KeptObjection {
  readonly objectionId: string
  readonly objectionNo: string
  readonly noticeId: string
  readonly noticeNo: string
  readonly title: string
  readonly areaPath: string
  readonly caseId: string | null
  readonly householdId: string | null
  readonly source: ObjectionSource
  readonly state: ObjectionState
  readonly receiptCode: string
  readonly textCell: Buffer
  readonly nameCell: Buffer | null
  readonly contactCell: Buffer | null
  readonly receivedAt: string
  readonly receivedOn: string
  readonly dueOn: string
  readonly enteredName: string | null
  readonly checkerId: string | null
  readonly checkerName: string | null
  readonly checkBeganAt: string | null
  readonly findingCell: Buffer | null
  readonly checkedOn: string | null
  readonly answerCell: Buffer | null
  readonly answeredName: string | null
  readonly answeredAt: string | null
  readonly consequence: ObjectionConsequence | null
  readonly recheckDueOn: string | null
  readonly recheckOutcome: RecheckOutcome | null
  readonly recheckCell: Buffer | null
  readonly recheckedName: string | null
  readonly recheckedAt: string | null
  readonly revision: number
}

const columns: RawBuilder<unknown> = sql`
  o.objection_id AS "objectionId", o.objection_no AS "objectionNo", o.notice_id AS "noticeId", n.notice_no AS "noticeNo", n.title,
  n.area_path AS "areaPath", o.case_id AS "caseId", o.household_id AS "householdId", o.source, o.state, o.receipt_code AS "receiptCode",
  o.text_cell AS "textCell", o.name_cell AS "nameCell", o.contact_cell AS "contactCell", o.received_at::text AS "receivedAt",
  o.received_on::text AS "receivedOn", o.due_on::text AS "dueOn", o.entered_name AS "enteredName", o.checker_id AS "checkerId",
  o.checker_name AS "checkerName", o.check_began_at::text AS "checkBeganAt", o.finding_cell AS "findingCell", o.checked_on::text AS "checkedOn",
  o.answer_cell AS "answerCell", o.answered_name AS "answeredName", o.answered_at::text AS "answeredAt", o.revision, o.consequence,
  o.recheck_due_on::text AS "recheckDueOn", o.recheck_outcome AS "recheckOutcome", o.recheck_cell AS "recheckCell",
  o.rechecked_name AS "recheckedName", o.rechecked_at::text AS "recheckedAt"`
const from = sql`cases.objection o JOIN cases.notice n ON n.county_code = o.county_code AND n.notice_id = o.notice_id`

const isoOf = (at: string | null) => (at === null ? null : new Date(at).toISOString())
const tidy = (row: KeptObjection): KeptObjection => ({
  ...row,
  receivedAt: new Date(row.receivedAt).toISOString(),
  checkBeganAt: isoOf(row.checkBeganAt),
  answeredAt: isoOf(row.answeredAt),
  recheckedAt: isoOf(row.recheckedAt),
})

/** One objection within the scope, held for this transaction where asked. */
export async function findObjection(db: Db, scope: Scope, objectionId: string, forUpdate = false): Promise<KeptObjection | undefined> {
  const found = await sql<KeptObjection>`
    SELECT ${columns} FROM ${from} WHERE ${noticeScope(scope, 'o')} AND o.objection_id = ${objectionId}::uuid
    ${forUpdate ? sql`FOR UPDATE OF o` : sql``}`.execute(db)
  return found.rows.map(tidy)[0]
}

/** The objection of a receipt or of a form that was sent. */
export async function findObjectionOf(
  db: Db,
  scope: Scope,
  by: { receiptCode: string } | { formNo: string },
): Promise<KeptObjection | undefined> {
  const condition = 'formNo' in by ? sql`o.form_no = ${by.formNo}` : sql`o.receipt_code = ${by.receiptCode}`
  const found = await sql<KeptObjection>`SELECT ${columns} FROM ${from} WHERE ${noticeScope(scope, 'o')} AND ${condition}`.execute(db)
  return found.rows.map(tidy)[0]
}

/** Open ones first, those due soonest on top; then the answered, the newest first. */
export async function listObjections(
  db: Db,
  search: { scope: Scope; filter: Omit<ListObjections, 'after' | 'limit'> },
  page: { limit: number; after: readonly (string | number)[] | undefined },
): Promise<KeptObjection[]> {
  const { scope, filter } = search
  const parts: RawBuilder<boolean>[] = [noticeScope(scope, 'o')]
  if (filter.area !== undefined) parts.push(sql<boolean>`o.area_path >= ${filter.area} AND o.area_path < ${`${filter.area.slice(0, -1)}/`}`)
  if (filter.state !== undefined) parts.push(sql<boolean>`o.state = ${filter.state}`)
  if (filter.open !== undefined) parts.push(filter.open ? sql<boolean>`o.answered_at IS NULL` : sql<boolean>`o.answered_at IS NOT NULL`)
  if (filter.recheck === 'open') parts.push(sql<boolean>`o.consequence = 'recheck' AND o.recheck_outcome IS NULL`)
  if (filter.noticeId !== undefined) parts.push(sql<boolean>`o.notice_id = ${filter.noticeId}::uuid`)
  const [isAnswered, dueOn, id] = page.after ?? []
  if (id !== undefined)
    parts.push(
      sql<boolean>`((o.answered_at IS NOT NULL)::int, o.due_on, o.objection_id) > (${isAnswered}::int, ${dueOn}::date, ${id}::uuid)`,
    )
  const found = await sql<KeptObjection>`
    SELECT ${columns} FROM ${from} WHERE ${sql.join(parts, sql` AND `)}
    ORDER BY (o.answered_at IS NOT NULL)::int, o.due_on, o.objection_id LIMIT ${page.limit}`.execute(db)
  return found.rows.map(tidy)
}

/** How many objections wait for an answer, how many of them too long, and how many cases wait for the county to look again. */
export async function countOpenObjections(db: Db, scope: Scope, today: string): Promise<ObjectionCounts> {
  const found = await sql<ObjectionCounts>`
    SELECT (count(*) FILTER (WHERE o.answered_at IS NULL))::int AS open,
      (count(*) FILTER (WHERE o.answered_at IS NULL AND o.due_on < ${today}::date))::int AS overdue,
      (count(*) FILTER (WHERE o.consequence = 'recheck'))::int AS rechecks
    FROM ${from} WHERE ${noticeScope(scope, 'o')}
      AND (o.answered_at IS NULL OR (o.consequence = 'recheck' AND o.recheck_outcome IS NULL))`.execute(db)
  return found.rows[0] ?? { open: 0, overdue: 0, rechecks: 0 }
}

const place = (objectionId: string, column: string) => ({ table: 'cases.objection', column, rowId: objectionId })

/** What somebody objected. */
export interface WrittenObjection {
  readonly noticeId: string
  readonly areaPath: string
  readonly caseId: string | null
  readonly householdId: string | null
  readonly source: ObjectionSource
  readonly formNo: string
  readonly text: string
  readonly name: string
  readonly contact: string
  readonly dueOn: string
  readonly enteredBy: { readonly id: string; readonly name: string } | null
}

/** Adds an objection, its words encrypted. Returns its id, number and the code of its receipt. */
export async function insertObjection(
  db: Db,
  ctx: Context,
  given: { vault: Vault; objection: WrittenObjection },
): Promise<{ objectionId: string; objectionNo: string; receiptCode: string }> {
  const { vault, objection } = given
  const [objectionId, receiptCode] = [makeId(), makeSecret()]
  const objectionNo = await nextNoticeNo(db, ctx, 'objection')
  const seal = (column: string, text: string) => (text === '' ? null : vault.encrypt(text, place(objectionId, column)))
  const { enteredBy } = objection
  await sql`
    INSERT INTO cases.objection (county_code, objection_id, objection_no, notice_id, area_path, case_id, household_id, source, state, form_no,
      receipt_code, text_cell, name_cell, contact_cell, received_at, received_on, due_on, entered_by, entered_name)
    VALUES (${ctx.scope.countyCode}, ${objectionId}, ${objectionNo}, ${objection.noticeId}::uuid, ${objection.areaPath}, ${objection.caseId}::uuid,
      ${objection.householdId}::uuid, ${objection.source}, 'open', ${objection.formNo}, ${receiptCode}, ${seal('text', objection.text)},
      ${seal('name', objection.name)}, ${seal('contact', objection.contact)}, ${ctx.now}, ${ctx.today}::date, ${objection.dueOn}::date,
      ${enteredBy?.id ?? null}, ${enteredBy?.name ?? null})`.execute(db)
  return { objectionId, objectionNo, receiptCode }
}

/** The words of an objection. */
export function openObjection(
  vault: Vault,
  kept: KeptObjection,
): Record<'name' | 'contact' | 'finding' | 'answer' | 'recheck', string | null> & { text: string } {
  const open = (column: string, cell: Buffer | null) => (cell === null ? null : vault.decrypt(cell, place(kept.objectionId, column)))
  return {
    text: open('text', kept.textCell) ?? '',
    name: open('name', kept.nameCell),
    contact: open('contact', kept.contactCell),
    finding: open('finding', kept.findingCell),
    answer: open('answer', kept.answerCell),
    recheck: open('recheck', kept.recheckCell),
  }
}

/** What waits in the list of objections. */
export interface ObjectionCounts {
  readonly open: number
  readonly overdue: number
  readonly rechecks: number
}

/** What a check changes. */
export interface CheckedObjection {
  readonly line: { readonly caseId: string; readonly householdId: string; readonly areaPath: string } | null
  readonly checker: { readonly id: string; readonly name: string }
  readonly finding: string | undefined
}

/** Writes who checks, against whom it is, and what was found. Throws `cases.objection-own-work`, `notice-kin`, `objection-changed`. */
export async function saveCheck(
  db: Db,
  ctx: Context,
  given: { vault: Vault; kept: KeptObjection; check: CheckedObjection },
): Promise<void> {
  const { vault, kept, check } = given
  const finding = check.finding === undefined ? kept.findingCell : vault.encrypt(check.finding, place(kept.objectionId, 'finding'))
  await refused(
    sql`
      UPDATE cases.objection SET state = 'checking', case_id = ${check.line?.caseId ?? null}::uuid, household_id = ${check.line?.householdId ?? null}::uuid,
        area_path = ${check.line?.areaPath ?? kept.areaPath}, checker_id = ${check.checker.id}, checker_name = ${check.checker.name},
        check_began_at = coalesce(check_began_at, ${ctx.now}), finding_cell = ${finding},
        checked_on = ${check.finding === undefined ? kept.checkedOn : ctx.today}::date, revision = revision + 1
      WHERE county_code = ${ctx.scope.countyCode} AND objection_id = ${kept.objectionId}::uuid AND revision = ${kept.revision}`.execute(db),
  )
}

/** Writes the answer. Throws as `saveCheck`. */
export async function saveAnswer(
  db: Db,
  ctx: Context,
  given: {
    vault: Vault
    kept: KeptObjection
    verdict: 'upheld' | 'rejected'
    answer: string
    path: string
    consequence: ObjectionConsequence | null
    recheckDueOn: string | null
  },
): Promise<void> {
  const { vault, kept, verdict, answer, path } = given
  await refused(
    sql`
      UPDATE cases.objection SET state = ${verdict}, answer_cell = ${vault.encrypt(answer, place(kept.objectionId, 'answer'))},
        answered_by = ${ctx.caller.id}, answered_name = ${ctx.caller.name}, answered_path = ${path}, answered_at = ${ctx.now},
        consequence = ${given.consequence}, recheck_due_on = ${given.recheckDueOn}::date, revision = revision + 1
      WHERE county_code = ${ctx.scope.countyCode} AND objection_id = ${kept.objectionId}::uuid AND revision = ${kept.revision}`.execute(db),
  )
}

/** Writes what the county came to. Throws as `saveCheck`. */
export async function saveRecheck(
  db: Db,
  ctx: Context,
  given: { vault: Vault; kept: KeptObjection; outcome: RecheckOutcome; opinion: string; path: string },
): Promise<void> {
  const { vault, kept, outcome, opinion, path } = given
  await refused(
    sql`
      UPDATE cases.objection SET recheck_outcome = ${outcome}, recheck_cell = ${vault.encrypt(opinion, place(kept.objectionId, 'recheck'))},
        rechecked_by = ${ctx.caller.id}, rechecked_name = ${ctx.caller.name}, rechecked_path = ${path}, rechecked_at = ${ctx.now}, revision = revision + 1
      WHERE county_code = ${ctx.scope.countyCode} AND objection_id = ${kept.objectionId}::uuid AND revision = ${kept.revision}`.execute(db),
  )
}

/** The objection because of which the county looks at a case once more; undefined where there is none that is open. */
export async function findOpenRecheck(
  db: Db,
  scope: Scope,
  caseId: string,
): Promise<{ readonly objectionNo: string; readonly dueOn: string } | undefined> {
  const found = await sql<{ objectionNo: string; dueOn: string }>`
    SELECT o.objection_no AS "objectionNo", o.recheck_due_on::text AS "dueOn" FROM cases.objection o
    WHERE ${noticeScope(scope, 'o')} AND o.case_id = ${caseId}::uuid AND o.consequence = 'recheck' AND o.recheck_outcome IS NULL
    ORDER BY o.recheck_due_on LIMIT 1`.execute(db)
  return found.rows[0]
}

const refusals: Readonly<Record<string, () => Error>> = {
  BF400: () => objectionErrors.objectionState(),
  BF401: () => objectionErrors.objectionOwnWork(),
  BF403: () => objectionErrors.objectionOwnWork(),
  BF409: () => objectionErrors.objectionChanged(),
  BF422: () => objectionErrors.objectionState(),
}

async function refused(work: Promise<{ numAffectedRows?: bigint | undefined }>): Promise<void> {
  try {
    const done = await work
    if (done.numAffectedRows !== 1n) throw objectionErrors.objectionChanged()
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : ''
    throw refusals[code]?.() ?? fault
  }
}
