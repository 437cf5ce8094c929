import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { IncomeCalculation, IncomeLine, IncomeResult, IncomeTermsShown, IncomeVersion } from '../../rules/income/income-records.ts'
import type { IncomePurpose, IncomeSource } from '../../rules/income/income-requests.ts'

interface LineRow extends Omit<IncomeLine, 'fen' | 'withdrawn' | 'notedAt'> {
  fen: bigint
  notedAt: string
  withdrawnName: string | null
  withdrawnAt: string | null
  withdrawnReason: string | null
}

const iso = (at: string) => new Date(at).toISOString()

function toLine({ fen, notedAt, withdrawnName, withdrawnAt, withdrawnReason, ...row }: LineRow): IncomeLine {
  const withdrawn = withdrawnAt === null ? null : { name: withdrawnName ?? '', at: iso(withdrawnAt), reason: withdrawnReason ?? '' }
  return { ...row, fen: Number(fen), notedAt: iso(notedAt), withdrawn }
}

const lineColumns = sql`
  l.income_line_id AS "lineId", l.item, l.person_id AS "personId", l.month_from AS "monthFrom", l.month_to AS "monthTo", l.amount_fen AS fen,
  l.source, l.source_ref AS "sourceRef", l.source_note AS "sourceNote", l.evidence_id AS "evidenceId", l.noted_name AS "notedName",
  l.noted_at::text AS "notedAt", l.withdrawn_name AS "withdrawnName", l.withdrawn_at::text AS "withdrawnAt", l.withdrawn_reason AS "withdrawnReason"`

/** All lines of a household within the scope, withdrawn ones too, by month; at most `mostLines`. */
export async function listIncomeLines(db: Db, scope: Scope, householdId: string): Promise<IncomeLine[]> {
  const found = await sql<LineRow>`
    SELECT ${lineColumns} FROM cases.income_line l WHERE ${inScope(scope, 'l')} AND l.household_id = ${householdId}::uuid
    ORDER BY l.month_to DESC, l.month_from DESC, l.noted_at DESC, l.income_line_id DESC LIMIT ${mostLines}`.execute(db)
  return found.rows.map(toLine)
}

/** Lines of a household that are read at most; beyond them no more may be added. */
export const mostLines = 3000

/** A line on its way into the table. */
export interface WrittenLine {
  readonly item: string
  readonly personId: string | null
  readonly monthFrom: string
  readonly monthTo: string
  readonly fen: number
  readonly source: IncomeSource
  readonly sourceRef: string | null
  readonly sourceNote: string
  readonly evidenceId: string | null
}

/** Adds lines; one whose source stands in the sheet already changes nothing. Returns the ids of the new ones. */
export async function insertIncomeLines(
  db: Db,
  ctx: Context,
  given: { householdId: string; areaPath: string; lines: readonly WrittenLine[] },
): Promise<string[]> {
  const rows = given.lines.map((line) => ({ ...line, id: makeId() }))
  const added = await sql<{ id: string }>`
    INSERT INTO cases.income_line (county_code, income_line_id, household_id, area_path, person_id, item, month_from, month_to, amount_fen, source,
      source_ref, source_note, evidence_id, noted_by, noted_name, noted_at)
    SELECT ${ctx.scope.countyCode}, id, ${given.householdId}::uuid, ${given.areaPath}, "personId", item, "monthFrom", "monthTo", fen, source,
      "sourceRef", "sourceNote", "evidenceId", ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "personId" uuid, item text, "monthFrom" text, "monthTo" text, fen bigint,
      source text, "sourceRef" text, "sourceNote" text, "evidenceId" uuid)
    ON CONFLICT (county_code, household_id, source_ref) WHERE withdrawn_at IS NULL AND source_ref IS NOT NULL DO NOTHING
    RETURNING income_line_id AS id`.execute(db)
  return added.rows.map(({ id }) => id)
}

/** Withdraws a line; its household, or undefined where there is none that holds within the scope. */
export async function withdrawLine(db: Db, ctx: Context, given: { lineId: string; reason: string }): Promise<string | undefined> {
  const done = await sql<{ householdId: string }>`
    UPDATE cases.income_line l SET withdrawn_by = ${ctx.caller.id}, withdrawn_name = ${ctx.caller.name}, withdrawn_at = ${ctx.now}::timestamptz,
      withdrawn_reason = ${given.reason}
    WHERE ${inScope(ctx.scope, 'l')} AND l.income_line_id = ${given.lineId}::uuid AND l.withdrawn_at IS NULL
    RETURNING l.household_id AS "householdId"`.execute(db)
  return done.rows[0]?.householdId
}

/** What is kept of a computation. */
export interface WrittenCalculation {
  readonly householdId: string
  readonly areaPath: string
  readonly purpose: IncomePurpose
  readonly period: { readonly from: string; readonly to: string }
  readonly persons: number
  readonly leftOut: readonly string[]
  readonly linesHash: string
  readonly lineIds: readonly string[]
  readonly versions: readonly IncomeVersion[]
  readonly terms: IncomeTermsShown
  readonly result: IncomeResult
}

/** Keeps a number with everything it stands on; returns its id. */
export async function insertCalculation(db: Db, ctx: Context, given: WrittenCalculation): Promise<string> {
  const id = makeId()
  const { rural, stable } = given.result
  await sql`
    INSERT INTO cases.income_calculation (county_code, income_calculation_id, household_id, area_path, purpose, as_of, period_from, period_to,
      persons, net_fen, per_person_fen, reference_per_person_fen, stable_per_person_fen, left_out, lines_hash, line_ids, versions, terms, result,
      by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${id}, ${given.householdId}::uuid, ${given.areaPath}, ${given.purpose}, ${ctx.today}::date,
      ${given.period.from}::date, ${given.period.to}::date, ${given.persons}, ${rural.net}, ${rural.perPerson}, ${rural.referencePerPerson},
      ${stable?.yearlyPerPerson ?? null}, ${[...given.leftOut]}::uuid[], ${given.linesHash}, ${[...given.lineIds]}::uuid[],
      ${JSON.stringify(given.versions)}::jsonb, ${JSON.stringify(given.terms)}::jsonb, ${JSON.stringify(given.result)}::jsonb, ${ctx.caller.id},
      ${ctx.caller.name}, ${ctx.now})`.execute(db)
  return id
}

/** A kept number with what it stands on. */
export interface StoredCalculation extends IncomeCalculation {
  readonly householdId: string
  readonly areaPath: string
  readonly lineIds: readonly string[]
  readonly versions: readonly IncomeVersion[]
  readonly terms: IncomeTermsShown
  readonly result: IncomeResult
}

const shownColumns = sql`
  c.income_calculation_id AS "calculationId", c.purpose, c.as_of::text AS "asOf", c.period_from::text AS "periodFrom",
  c.period_to::text AS "periodTo", c.persons, c.net_fen::float8 AS "netFen", c.per_person_fen::float8 AS "perPersonFen",
  c.reference_per_person_fen::float8 AS "referencePerPersonFen", c.stable_per_person_fen::float8 AS "stablePerPersonFen",
  c.left_out AS "leftOut", c.lines_hash AS "linesHash", c.by_name AS "byName", c.at::text AS at`

/** Kept numbers of a household, the newest first. */
export async function listCalculations(
  db: Db,
  scope: Scope,
  given: { householdId: string; purpose?: IncomePurpose | undefined; limit?: number },
): Promise<IncomeCalculation[]> {
  const purpose = given.purpose === undefined ? sql`` : sql`AND c.purpose = ${given.purpose}`
  const found = await sql<IncomeCalculation>`
    SELECT ${shownColumns} FROM cases.income_calculation c
    WHERE ${inScope(scope, 'c')} AND c.household_id = ${given.householdId}::uuid ${purpose}
    ORDER BY c.at DESC, c.income_calculation_id DESC LIMIT ${given.limit ?? 50}`.execute(db)
  return found.rows.map((row) => ({ ...row, at: iso(row.at) }))
}

/** The newest kept number of each of some households for a purpose. */
export async function listNewestCalculations(
  db: Db,
  scope: Scope,
  given: { householdIds: readonly string[]; purpose: IncomePurpose },
): Promise<Map<string, IncomeCalculation>> {
  const found = await sql<IncomeCalculation & { householdId: string }>`
    SELECT DISTINCT ON (c.household_id) c.household_id AS "householdId", ${shownColumns} FROM cases.income_calculation c
    WHERE ${inScope(scope, 'c')} AND c.household_id = ANY (${[...given.householdIds]}::uuid[]) AND c.purpose = ${given.purpose}
    ORDER BY c.household_id, c.at DESC`.execute(db)
  return new Map(found.rows.map(({ householdId, ...row }) => [householdId, { ...row, at: iso(row.at) }]))
}

/** A kept number within the scope. */
export async function findCalculation(db: Db, scope: Scope, calculationId: string): Promise<StoredCalculation | undefined> {
  const found = await sql<StoredCalculation>`
    SELECT ${shownColumns}, c.household_id AS "householdId", c.area_path AS "areaPath", c.line_ids AS "lineIds", c.versions,
      c.terms, c.result
    FROM cases.income_calculation c WHERE ${inScope(scope, 'c')} AND c.income_calculation_id = ${calculationId}::uuid`.execute(db)
  const [row] = found.rows
  return row === undefined ? undefined : { ...row, at: iso(row.at) }
}
