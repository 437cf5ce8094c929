import { sql } from 'kysely'
import { makeId, makeSecret } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { IntakeState } from '../../rules/intake/intake-records.ts'

/** The village of a code that is in force. */
export async function findVillageByCode(
  db: Db,
  ctx: Context,
  code: string,
): Promise<{ areaPath: string; phone: string | null } | undefined> {
  const found = await sql<{ areaPath: string; phone: string | null }>`
    SELECT c.area_path AS "areaPath", c.phone FROM cases.village_code c
    WHERE c.county_code = ${ctx.scope.countyCode} AND c.code = ${code} AND c.replaced_at IS NULL`.execute(db)
  return found.rows[0]
}

export interface VillageCodeRow {
  readonly areaPath: string
  readonly code: string
  readonly phone: string | null
  readonly madeAt: string
  readonly madeName: string
}

/** Codes in force within the scope. */
export async function listVillageCodes(db: Db, scope: Scope): Promise<VillageCodeRow[]> {
  const found = await sql<VillageCodeRow>`
    SELECT c.area_path AS "areaPath", c.code, c.phone, to_char(c.made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "madeAt",
      c.made_name AS "madeName"
    FROM cases.village_code c WHERE ${inScope(scope, 'c')} AND c.replaced_at IS NULL ORDER BY c.area_path`.execute(db)
  return found.rows
}

/** Makes codes for villages that have none in force; returns how many. */
export async function insertVillageCodes(
  db: Db,
  ctx: Context,
  villages: readonly { areaPath: string; phone?: string | null }[],
): Promise<number> {
  const rows = villages.map(({ areaPath, phone = null }) => ({ id: makeId(), path: areaPath, code: makeSecret(), phone }))
  const added = await sql`
    INSERT INTO cases.village_code (county_code, village_code_id, area_path, code, phone, made_at, made_by, made_name)
    SELECT ${ctx.scope.countyCode}, id, path, code, phone, ${ctx.now}, ${ctx.caller.id}, ${ctx.caller.name}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (id uuid, path text, code text, phone text)
    ON CONFLICT DO NOTHING RETURNING village_code_id`.execute(db)
  return added.rows.length
}

/** Ends the code of a village; returns what it was, nothing where there was none. */
export async function endVillageCode(
  db: Db,
  ctx: Context,
  given: { areaPath: string; reason: string },
): Promise<{ code: string; phone: string | null } | undefined> {
  const ended = await sql<{ code: string; phone: string | null }>`
    UPDATE cases.village_code c SET replaced_at = ${ctx.now}, replaced_reason = ${given.reason}
    WHERE ${inScope(ctx.scope, 'c')} AND c.area_path = ${given.areaPath} AND c.replaced_at IS NULL RETURNING c.code, c.phone`.execute(db)
  return ended.rows[0]
}

/** Sets the telephone beside a code; returns the code. */
export async function saveVillagePhone(
  db: Db,
  ctx: Context,
  given: { areaPath: string; phone: string | null },
): Promise<string | undefined> {
  const saved = await sql<{ code: string }>`
    UPDATE cases.village_code c SET phone = ${given.phone}
    WHERE ${inScope(ctx.scope, 'c')} AND c.area_path = ${given.areaPath} AND c.replaced_at IS NULL RETURNING c.code`.execute(db)
  return saved.rows[0]?.code
}

export interface Receipt {
  readonly intakeId: string
  readonly receiptNo: string
  readonly code: string
  readonly receivedAt: string
}

const receiptColumns = sql`r.intake_id AS "intakeId", r.receipt_no AS "receiptNo", r.code,
  to_char(r.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "receivedAt"`

/** Adds the receipt of a submission: a number for the telephone, of the day and six digits by chance, and a code for its page. */
export async function insertReceipt(
  db: Db,
  ctx: Context,
  given: { intakeId: string; areaPath: string; householdId: string | null; formNo: string | undefined },
): Promise<Receipt> {
  const code = makeSecret()
  for (let tries = 0; tries < 20; tries += 1) {
    const digits = String(Number.parseInt(makeSecret().slice(0, 12), 16) % 1_000_000).padStart(6, '0')
    const receiptNo = `${ctx.today.replaceAll('-', '')}-${digits}`
    const added = await sql<Receipt>`
      INSERT INTO cases.intake_receipt AS r (county_code, intake_receipt_id, intake_id, household_id, area_path, receipt_no, code, form_no, received_at)
      VALUES (${ctx.scope.countyCode}, ${makeId()}, ${given.intakeId}, ${given.householdId}::uuid, ${given.areaPath}, ${receiptNo}, ${code},
        ${given.formNo ?? null}, ${ctx.now})
      ON CONFLICT ON CONSTRAINT intake_receipt_no DO NOTHING RETURNING ${receiptColumns}`.execute(db)
    const receipt = added.rows[0]
    if (receipt !== undefined) return receipt
  }
  throw new Error('no number of a receipt is left for today')
}

/** The receipt that a form was given before. */
export async function findReceiptOfForm(db: Db, ctx: Context, formNo: string): Promise<Receipt | undefined> {
  const found = await sql<Receipt>`
    SELECT ${receiptColumns} FROM cases.intake_receipt r WHERE r.county_code = ${ctx.scope.countyCode} AND r.form_no = ${formNo}`.execute(
    db,
  )
  return found.rows[0]
}

/** The receipts of an intake. */
export async function listReceipts(db: Db, scope: Scope, intakeId: string): Promise<Receipt[]> {
  const found = await sql<Receipt>`
    SELECT ${receiptColumns} FROM cases.intake_receipt r WHERE ${inScope(scope, 'r')} AND r.intake_id = ${intakeId}::uuid
    ORDER BY r.received_at, r.receipt_no`.execute(db)
  return found.rows
}

/** What a receipt's page may show: number and days of its intake, and whose telephone to call. */
export interface ReceiptStanding {
  readonly receiptNo: string
  readonly receivedAt: string
  readonly areaPath: string
  readonly state: IntakeState
  readonly dueOn: string
  readonly caseOpenedOn: string | null
  readonly caseDecidedOn: string | null
  readonly closedOn: string | null
  readonly villagePhone: string | null
  /** It began the intake; a later one joined it and is told nothing of what was before. */
  readonly isFirst: boolean
}

export async function findStanding(db: Db, ctx: Context, code: string): Promise<ReceiptStanding | undefined> {
  const found = await sql<ReceiptStanding>`
    SELECT r.receipt_no AS "receiptNo", to_char(r.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "receivedAt",
      i.area_path AS "areaPath", i.state, i.due_on::text AS "dueOn", i.case_opened_on::text AS "caseOpenedOn",
      i.case_decided_on::text AS "caseDecidedOn", i.closed_on::text AS "closedOn", c.phone AS "villagePhone",
      (r.received_at = i.received_at) AS "isFirst"
    FROM cases.intake_receipt r
    JOIN cases.intake i ON i.county_code = r.county_code AND i.intake_id = r.intake_id
    LEFT JOIN cases.village_code c ON c.county_code = i.county_code AND starts_with(i.area_path, c.area_path) AND c.replaced_at IS NULL
    WHERE r.county_code = ${ctx.scope.countyCode} AND r.code = ${code}`.execute(db)
  return found.rows[0]
}
