import { sql } from 'kysely'
import { isId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { copyInto, copyOut, readCopyText, type CopyValue, type Db } from '#kernel/server/database/index.ts'
import type { TablesOfArea } from '../../rules/classes/verdicts.ts'
import type { Held, Steps } from '../../rules/classes/compare-held.ts'

/** One classification of a county at a time writes; to the end of the transaction. */
export async function lockClassification(db: Db, ctx: Context): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`cases.classification ${ctx.scope.countyCode}`}))`.execute(db)
}

const idsAtATime = 5_000
/** As `outcomeText` and the reason of the run write them. */
const heldColumns = `household_id, valid_from, area_path, concat_ws(E'\\x1f', coalesce(layer, ''), coalesce(labour_class, ''), coalesce(kind, ''),
  coalesce(card, ''), coalesce(advice, ''), coalesce(alert, ''), in_export::int), concat_ws(' ', basis, rule_rows, array_to_string(missing, ','))`

/** What is kept today: of some households, or of all. Needs the county's scope. */
export async function readHeld(db: Db, ctx: Context, householdIds?: readonly string[]): Promise<Map<string, Held>> {
  const held = new Map<string, Held>()
  const { countyCode } = ctx.scope
  if (!/^\d{6}$/.test(countyCode)) throw new Error('COPY takes no bind parameter: a county code is six digits')
  const parts = householdIds === undefined ? [''] : partsOf(householdIds)
  for (const part of parts) {
    const query = `SELECT ${heldColumns} FROM cases.classification WHERE county_code = '${countyCode}' AND valid_to IS NULL ${part}`
    let rest: Buffer = Buffer.alloc(0)
    for await (const chunk of copyOut(db, query)) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const end = bytes.lastIndexOf(10)
      rest = bytes.subarray(end + 1)
      if (end >= 0) for (const line of bytes.toString('utf8', 0, end).split('\n')) noteHeld(held, line)
    }
  }
  return held
}

function noteHeld(held: Map<string, Held>, line: string): void {
  const [id = '', validFrom = '', areaPath = '', outcome = '', reason = ''] = line.split('\t')
  held.set(id, { validFrom, areaPath, outcome: readCopyText(outcome) ?? '', reason: readCopyText(reason) ?? '' })
}

function partsOf(householdIds: readonly string[]): string[] {
  if (!householdIds.every(isId)) throw new Error('COPY takes no bind parameter: an id is a UUID')
  const parts: string[] = []
  for (let at = 0; at < householdIds.length; at += idsAtATime)
    parts.push(`AND household_id = ANY ('{${householdIds.slice(at, at + idsAtATime).join(',')}}')`)
  return parts
}

/** Notes what results stand on; the same tables, versions and facts stand there once. */
export async function saveBases(
  db: Db,
  ctx: Context,
  areas: readonly TablesOfArea[],
  tables: (area: TablesOfArea) => object[],
): Promise<void> {
  for (const area of areas)
    await sql`
      INSERT INTO cases.classification_basis (county_code, basis, tables, fact_names)
      VALUES (${ctx.scope.countyCode}, ${area.basis}, ${JSON.stringify(tables(area))}::jsonb, ${[...area.factNames]}::text[])
      ON CONFLICT DO NOTHING`.execute(db)
}

const stagedColumns = [
  'county_code',
  'run_id',
  'household_id',
  'does',
  'area_path',
  'layer',
  'labour_class',
  'kind',
  'card',
  'advice',
  'alert',
  'in_export',
  'missing',
  'rule_rows',
  'facts',
  'facts_hash',
  'basis',
] as const

/** Copies what differs into the waiting table: the columns after county and run, in its order. Needs a system scope. */
export async function stageRows(db: Db, ctx: Context, given: { runId: string; rows: Iterable<readonly CopyValue[]> }): Promise<number> {
  const { runId, rows } = given
  const county = ctx.scope.countyCode
  const all = function* () {
    for (const row of rows) yield [county, runId, ...row]
  }
  return copyInto(db, { table: 'cases.staged_classification', columns: stagedColumns }, all())
}

/** Writes what was staged: rows end, begin, are mended or moved. Empties the waiting table. Needs a system scope and the lock. */
export async function saveStaged(
  db: Db,
  ctx: Context,
  given: { runId: string; asOf: string; steps: Steps; isSameDay: boolean },
): Promise<void> {
  const { runId, asOf, steps } = given
  const county = ctx.scope.countyCode
  const staged = (does: string) =>
    sql`s.county_code = ${county} AND s.run_id = ${runId} AND s.does = ${does} AND c.county_code = ${county} AND c.household_id = s.household_id`
  if (steps.follow > 0)
    await sql`
      UPDATE cases.classification c SET valid_to = ${asOf}::date FROM cases.staged_classification s
      WHERE ${staged('begin')} AND c.valid_to IS NULL`.execute(db)
  if (steps.end > 0)
    await sql`
      UPDATE cases.classification c SET valid_to = greatest(${asOf}::date, c.valid_from) FROM cases.staged_classification s
      WHERE ${staged('end')} AND c.valid_to IS NULL`.execute(db)
  if (steps.move + steps.follow + steps.mend > 0)
    await sql`
      UPDATE cases.classification c SET area_path = s.area_path FROM cases.staged_classification s
      WHERE s.county_code = ${county} AND s.run_id = ${runId} AND s.does <> 'end' AND c.county_code = ${county}
        AND c.household_id = s.household_id AND c.area_path <> s.area_path`.execute(db)
  if (steps.begin + steps.mend > 0) await insertStaged(db, ctx, given)
  await sql`DELETE FROM cases.staged_classification WHERE county_code = ${county}`.execute(db)
}

/** A row of the same day is written anew, which can only be where that day was judged before. What a row stands on must be there. */
async function insertStaged(db: Db, ctx: Context, given: { runId: string; asOf: string; isSameDay: boolean }): Promise<void> {
  const { runId, asOf, isSameDay } = given
  const anew = sql`
    ON CONFLICT (county_code, household_id, valid_from) DO UPDATE SET valid_to = NULL, area_path = excluded.area_path,
      layer = excluded.layer, labour_class = excluded.labour_class, kind = excluded.kind, card = excluded.card, advice = excluded.advice,
      alert = excluded.alert, in_export = excluded.in_export, missing = excluded.missing, rule_rows = excluded.rule_rows,
      facts = excluded.facts, facts_hash = excluded.facts_hash, basis = excluded.basis, run_id = excluded.run_id`
  await sql`
    INSERT INTO cases.classification (county_code, household_id, valid_from, area_path, layer, labour_class, kind, card, advice, alert,
      in_export, missing, rule_rows, facts, facts_hash, basis, run_id)
    SELECT s.county_code, s.household_id, ${asOf}::date, s.area_path, s.layer, s.labour_class, s.kind, s.card, s.advice, s.alert,
      s.in_export, s.missing, s.rule_rows, s.facts, s.facts_hash, b.basis, r.run_id
    FROM cases.staged_classification s
    JOIN cases.classification_basis b ON b.county_code = s.county_code AND b.basis = s.basis
    JOIN cases.classification_run r ON r.county_code = s.county_code AND r.run_id = s.run_id
    WHERE s.county_code = ${ctx.scope.countyCode} AND s.run_id = ${runId} AND s.does IN ('begin', 'mend')
    ${isSameDay ? anew : sql``}`.execute(db)
}

/** Lets the classification be where the households are, after a household event or its undo. */
export async function moveClassification(db: Db, ctx: Context, areas: ReadonlyMap<string, string>): Promise<void> {
  const moved = JSON.stringify([...areas].map(([id, path]) => ({ id, path })))
  await sql`
    UPDATE cases.classification c SET area_path = a.path FROM jsonb_to_recordset(${moved}::jsonb) AS a (id uuid, path text)
    WHERE c.county_code = ${ctx.scope.countyCode} AND c.household_id = a.id AND c.area_path <> a.path`.execute(db)
}
