import { sql, type RawBuilder } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { DuplicateSearch, DuplicateState } from '../rules/duplicate-records.ts'
import type { DuplicatePair, FoundDuplicates } from '../rules/find-duplicates.ts'

export interface SearchRow {
  search_id: string
  state: DuplicateSearch['state']
  step: DuplicateSearch['step'] | null
  error: string | null
  revision: bigint | null
  persons: number
  compared: bigint
  found: number
  kept: number
  cut: DuplicateSearch['cut']
  started_name: string
  started_at: string
  finished_at: string | null
}

/** Notes a search that begins; `false` when one is running. */
export async function insertSearch(db: Db, ctx: Context, searchId: string): Promise<boolean> {
  const made = await sql`
    INSERT INTO registry.duplicate_search (county_code, search_id, state, step, started_by, started_name, started_at)
    VALUES (${ctx.scope.countyCode}, ${searchId}, 'running', 'read', ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})
    ON CONFLICT (county_code) WHERE state = 'running' DO NOTHING RETURNING search_id`.execute(db)
  return made.rows.length === 1
}

/** The latest search, `undefined` before the first. */
export async function findLatestSearch(db: Db, countyCode: string): Promise<SearchRow | undefined> {
  const found = await sql<SearchRow>`
    SELECT * FROM registry.duplicate_search WHERE county_code = ${countyCode} ORDER BY started_at DESC LIMIT 1`.execute(db)
  return found.rows[0]
}

/** Notes how far a running search is. */
export async function noteStep(db: Db, countyCode: string, given: { searchId: string; step: string; persons: number }): Promise<void> {
  await sql`
    UPDATE registry.duplicate_search SET step = ${given.step}, persons = ${given.persons}
    WHERE county_code = ${countyCode} AND search_id = ${given.searchId}::uuid AND state = 'running'`.execute(db)
}

/** Ends a search that kept nothing. */
export async function failSearch(db: Db, countyCode: string, given: { searchId: string; error: string; at: string }): Promise<void> {
  await sql`
    UPDATE registry.duplicate_search SET state = 'failed', error = ${given.error}, finished_at = ${given.at}::timestamptz
    WHERE county_code = ${countyCode} AND search_id = ${given.searchId}::uuid AND state = 'running'`.execute(db)
}

/** The part of both area paths that is the same, segment by segment. */
const commonPath = sql`
  (SELECT coalesce(string_agg(s.segment || '.', '' ORDER BY s.n), '') FROM (
     SELECT one.segment, one.n, bool_and(one.segment IS NOT DISTINCT FROM other.segment) OVER (ORDER BY one.n) AS is_same
     FROM unnest(string_to_array(rtrim(a.area_path, '.'), '.')) WITH ORDINALITY AS one (segment, n)
     LEFT JOIN unnest(string_to_array(rtrim(b.area_path, '.'), '.')) WITH ORDINALITY AS other (segment, n) USING (n)) s
   WHERE s.is_same)`

/** Writes what a search found. What people decided stays; open pairs that were not found again go, those set aside are asked again. */
export async function saveFound(
  db: Db,
  ctx: Context,
  given: { searchId: string; revision: number; persons: number; found: FoundDuplicates },
): Promise<number> {
  const { countyCode } = ctx.scope
  const { searchId, found } = given
  await sql`DELETE FROM registry.duplicate_pair WHERE county_code = ${countyCode} AND state = 'open'`.execute(db)
  let kept = 0
  for (let from = 0; from < found.pairs.length; from += 2_000)
    kept += await upsertPairs(db, { countyCode, searchId, pairs: found.pairs.slice(from, from + 2_000) })
  await sql`
    UPDATE registry.duplicate_search SET state = 'done', step = NULL, revision = ${given.revision}, persons = ${given.persons},
      compared = ${found.compared}, found = ${found.found}, kept = ${kept}, cut = ${JSON.stringify(found.cut.slice(0, 200))}::jsonb,
      finished_at = clock_timestamp()
    WHERE county_code = ${countyCode} AND search_id = ${searchId}::uuid AND state = 'running'`.execute(db)
  return kept
}

async function upsertPairs(db: Db, given: { countyCode: string; searchId: string; pairs: readonly DuplicatePair[] }): Promise<number> {
  const rows = given.pairs.map(({ personIds, score, steps, block }) => {
    const [a, b] = [...personIds].sort()
    return { id: makeId(), a, b, score, steps, block }
  })
  const written = await sql`
    INSERT INTO registry.duplicate_pair AS d (county_code, pair_id, person_a, person_b, area_path, score, steps, block, search_id)
    SELECT ${given.countyCode}, r.id, r.a, r.b, ${commonPath}, r.score, r.steps, r.block, ${given.searchId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, a uuid, b uuid, score real, steps jsonb, block text)
    JOIN registry.person a ON a.county_code = ${given.countyCode} AND a.person_id = r.a AND a.left_on IS NULL
    JOIN registry.person b ON b.county_code = ${given.countyCode} AND b.person_id = r.b AND b.left_on IS NULL
    ON CONFLICT (county_code, person_a, person_b) DO UPDATE
      SET area_path = excluded.area_path, score = excluded.score, steps = excluded.steps, block = excluded.block, search_id = excluded.search_id,
          state = 'open', decided_by = NULL, decided_name = NULL, decided_at = NULL, note = NULL, revision = d.revision + 1
      WHERE d.state IN ('open', 'later')`.execute(db)
  return Number(written.numAffectedRows ?? 0n)
}

export interface PairRow {
  pair_id: string
  person_a: string
  person_b: string
  score: number
  steps: DuplicatePair['steps']
  block: DuplicatePair['block']
  state: DuplicateState
  decided_name: string | null
  decided_at: string | null
  note: string | null
  revision: number
}

/** Pairs of whom both still belong to the register; of merged ones one does not any more. */
const livingPairs = (condition: RawBuilder<unknown>, rest: RawBuilder<unknown>) => sql<PairRow>`
  SELECT d.* FROM registry.duplicate_pair d
  JOIN registry.person a ON a.county_code = d.county_code AND a.person_id = d.person_a
  JOIN registry.person b ON b.county_code = d.county_code AND b.person_id = d.person_b
  WHERE ${condition} AND (d.state = 'merged' OR (a.left_on IS NULL AND b.left_on IS NULL)) ${rest}`

/** One page of pairs, the highest score first. */
export async function listPairRows(
  db: Db,
  given: { scope: Scope; state: DuplicateState; after: readonly (string | number)[] | undefined; limit: number },
): Promise<PairRow[]> {
  const { scope, after } = given
  // Tenths of a bit as whole numbers: a cursor holds no fractions.
  const seen = after === undefined ? sql`true` : sql`(-round(d.score * 10), d.pair_id) > (${after[0]}, ${after[1]}::uuid)`
  const found = await livingPairs(
    sql`${inScope(scope, 'd')} AND d.state = ${given.state} AND ${seen}`,
    sql`ORDER BY -round(d.score * 10), d.pair_id LIMIT ${given.limit + 1}`,
  ).execute(db)
  return found.rows
}

/** How many pairs stand at each state. */
export async function countPairs(db: Db, scope: Scope): Promise<{ state: DuplicateState; count: number }[]> {
  const found = await sql<{ state: DuplicateState; count: number }>`
    SELECT d.state, count(*)::int AS count FROM registry.duplicate_pair d
    JOIN registry.person a ON a.county_code = d.county_code AND a.person_id = d.person_a
    JOIN registry.person b ON b.county_code = d.county_code AND b.person_id = d.person_b
    WHERE ${inScope(scope, 'd')} AND (d.state = 'merged' OR (a.left_on IS NULL AND b.left_on IS NULL)) GROUP BY d.state`.execute(db)
  return found.rows
}

/** The pair, held for a decision until the transaction ends. */
export async function findPairForUpdate(db: Db, scope: Scope, pairId: string): Promise<PairRow | undefined> {
  const found = await livingPairs(sql`${inScope(scope, 'd')} AND d.pair_id = ${pairId}::uuid`, sql`FOR UPDATE OF d`).execute(db)
  return found.rows[0]
}

/** Writes what somebody decided of a pair; opening it again forgets who. */
export async function movePair(
  db: Db,
  ctx: Context,
  given: { pairId: string; to: DuplicateState; note: string | undefined },
): Promise<void> {
  const isOpen = given.to === 'open'
  await sql`
    UPDATE registry.duplicate_pair SET state = ${given.to}, revision = revision + 1, note = ${given.note ?? null},
      decided_by = ${isOpen ? null : ctx.caller.id}, decided_name = ${isOpen ? null : ctx.caller.name},
      decided_at = ${isOpen ? null : ctx.now}::timestamptz
    WHERE county_code = ${ctx.scope.countyCode} AND pair_id = ${given.pairId}::uuid`.execute(db)
}
