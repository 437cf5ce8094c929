import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { Form } from '../rules/form.ts'

export interface FormRow {
  readonly formId: string
  readonly key: string
  readonly version: number
  readonly form: Form
  readonly hash: string
}

const columns = sql.raw(`form_id AS "formId", form_key AS key, version, body, hash`)
type Row = Omit<FormRow, 'form'> & { body: unknown }
// A form is read once: campaigns share it, and its formulas are compiled for the object.
const known = new Map<string, Form>()

function toForm({ body, ...row }: Row): FormRow {
  const form = known.get(row.hash) ?? Form.parse(body)
  if (known.size > 200) known.clear()
  known.set(row.hash, form)
  return { ...row, form }
}

/** Newest version of each form of the county. */
export async function listForms(db: Db, ctx: Context): Promise<FormRow[]> {
  const found = await sql<Row>`
    SELECT DISTINCT ON (form_key) ${columns} FROM surveys.form WHERE county_code = ${ctx.scope.countyCode} ORDER BY form_key, version DESC`.execute(
    db,
  )
  return found.rows.map(toForm)
}

/** Every version of a form, the newest first, with how many campaigns took it. */
export async function listVersions(
  db: Db,
  ctx: Context,
  key: string,
): Promise<(FormRow & { madeName: string; madeAt: string; campaigns: number })[]> {
  const found = await sql<Row & { madeName: string; madeAt: string; campaigns: number }>`
    SELECT ${columns}, made_name AS "madeName", made_at AS "madeAt",
      (SELECT count(*)::int FROM surveys.campaign c WHERE c.county_code = f.county_code AND c.form_id = f.form_id) AS campaigns
    FROM surveys.form f WHERE county_code = ${ctx.scope.countyCode} AND form_key = ${key} ORDER BY version DESC LIMIT 100`.execute(db)
  return found.rows.map(({ madeName, madeAt, campaigns, ...row }) => {
    return { ...toForm(row), madeName, madeAt: new Date(madeAt).toISOString(), campaigns }
  })
}

export async function findForm(db: Db, ctx: Context, formId: string): Promise<FormRow | undefined> {
  const found =
    await sql<Row>`SELECT ${columns} FROM surveys.form WHERE county_code = ${ctx.scope.countyCode} AND form_id = ${formId}::uuid`.execute(
      db,
    )
  return found.rows.map(toForm)[0]
}

/** Adds a version; `false` when somebody added the same number meanwhile. */
export async function insertForm(db: Db, ctx: Context, given: FormRow): Promise<boolean> {
  const made = await sql`
    INSERT INTO surveys.form (county_code, form_id, form_key, version, title, body, hash, made_by, made_name, made_at)
    VALUES (${ctx.scope.countyCode}, ${given.formId}, ${given.key}, ${given.version}, ${given.form.zh}, ${JSON.stringify(given.form)}::jsonb, ${given.hash},
      ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})
    ON CONFLICT DO NOTHING RETURNING form_id`.execute(db)
  return made.rows.length === 1
}
