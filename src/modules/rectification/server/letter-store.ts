import { sql, type RawBuilder } from 'kysely'
import { makeId, makeSecret } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { LetterFile } from '../rules/letter-records.ts'
import type { ProblemFile } from '../rules/problem-records.ts'
import type { Unit } from '../rules/problem-seat.ts'
import type { ListLetters } from '../rules/problem-requests.ts'
import { readable, readableLetter } from './seat-store.ts'

const columns = (ctx: Context) => sql`
  l.letter_id AS "letterId", l.letter_no AS "letterNo", l.campaign_id AS "campaignId", c.name AS "campaignName", l.unit_kind AS "unitKind",
  l.unit_id AS "unitId", l.unit_name AS "unitName", l.unit_level AS "unitLevel", l.head_name AS "headName", l.area_path AS "areaPath", l.code, l.state,
  l.requirement, l.due_on AS "dueOn", l.supplements, l.issued_name AS "issuedName", l.issued_at AS "issuedAt", l.received_name AS "receivedName",
  l.received_at AS "receivedAt", l.closed_at AS "closedAt", l.is_closed_kind AS "isClosedKind",
  n.problems, n.waiting, n.closed, n.overdue
  FROM rectification.letter l
  JOIN rectification.campaign c ON c.county_code = l.county_code AND c.campaign_id = l.campaign_id
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS problems, (count(*) FILTER (WHERE p.state = 'assigned'))::int AS waiting,
      (count(*) FILTER (WHERE p.state = 'closed'))::int AS closed,
      (count(*) FILTER (WHERE p.state <> 'closed' AND p.overdue_at <= ${ctx.now}::timestamptz))::int AS overdue
    FROM rectification.problem p
    WHERE p.letter_id = l.letter_id AND p.state <> 'withdrawn' AND ${readable(ctx, 'p')}
  ) n`

const toLetter = (row: LetterFile): LetterFile => ({
  ...row,
  issuedAt: new Date(row.issuedAt).toISOString(),
  receivedAt: row.receivedAt === null ? null : new Date(row.receivedAt).toISOString(),
  closedAt: row.closedAt === null ? null : new Date(row.closedAt).toISOString(),
})

/** A letter by its id or by the code of its QR. */
export async function findLetter(
  db: Db,
  ctx: Context,
  by: { readonly letterId: string } | { readonly code: string },
): Promise<LetterFile | undefined> {
  const which = 'letterId' in by ? sql<boolean>`l.letter_id = ${by.letterId}::uuid` : sql<boolean>`l.code = ${by.code}`
  const found = await sql<LetterFile>`SELECT ${columns(ctx)} WHERE ${readableLetter(ctx, 'l')} AND ${which}`.execute(db)
  return found.rows.map(toLetter)[0]
}

type Filter = Pick<ListLetters, 'campaignId' | 'state' | 'open'>

/** Letters, the newest number first; `after` is the number of the last one before. */
export async function listLetterFiles(
  db: Db,
  ctx: Context,
  given: { filter: Filter; limit: number; after: readonly (string | number)[] | undefined },
): Promise<LetterFile[]> {
  const { filter, limit, after } = given
  const parts: RawBuilder<boolean>[] = [readableLetter(ctx, 'l')]
  if (filter.campaignId !== undefined) parts.push(sql<boolean>`l.campaign_id = ${filter.campaignId}::uuid`)
  if (filter.state !== undefined) parts.push(sql<boolean>`l.state = ${filter.state}`)
  if (filter.open !== undefined) parts.push(filter.open ? sql<boolean>`l.state <> 'closed'` : sql<boolean>`l.state = 'closed'`)
  if (after !== undefined) parts.push(sql<boolean>`l.letter_no < ${after[0] ?? ''}`)
  const found = await sql<LetterFile>`
    SELECT ${columns(ctx)} WHERE ${sql.join(parts, sql` AND `)} ORDER BY l.letter_no DESC LIMIT ${limit}`.execute(db)
  return found.rows.map(toLetter)
}

/** A unit in a campaign: it has one open letter, and one more for closed kinds. */
export type Addressed = Pick<ProblemFile, 'campaignId' | 'unitId' | 'isClosedKind'>

/**
 * Holds letters that an act will change, to the end of the transaction: those named, and the open ones of `units`, of which nobody else can issue one
 * meanwhile. All in one order, so that two batches never wait for each other.
 */
export async function holdLetters(
  db: Db,
  ctx: Context,
  given: { letterIds: readonly string[]; units: readonly Addressed[] },
): Promise<void> {
  const keys = given.units.map((one) => [ctx.scope.countyCode, one.campaignId, one.unitId ?? '', String(one.isClosedKind)].join(' '))
  const sorted = [...new Set(keys)].sort()
  if (sorted.length > 0)
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('rectification.letter ' || key, 0)) FROM unnest(${sorted}::text[]) AS key`.execute(
      db,
    )
  const [campaigns, units] = [given.units.map((one) => one.campaignId), given.units.map((one) => one.unitId ?? '')]
  await sql`
    SELECT letter_id FROM rectification.letter l
    WHERE county_code = ${ctx.scope.countyCode} AND (letter_id = ANY (${[...given.letterIds]}::uuid[]) OR (state <> 'closed' AND EXISTS (
      SELECT 1 FROM unnest(${campaigns}::uuid[], ${units}::text[]) AS u (campaign, unit) WHERE u.campaign = l.campaign_id AND u.unit = l.unit_id)))
    ORDER BY letter_id FOR UPDATE`.execute(db)
}

/** What a new letter, or a supplement of the open one, says. */
export interface LetterToIssue {
  readonly campaignId: string
  readonly unit: Unit
  readonly headName: string
  readonly dueOn: string
  readonly requirement: string
  readonly isClosedKind: boolean
  readonly letterNo: () => Promise<string>
}

/** The open letter of a unit and campaign, supplemented; else a new one (R16). */
export async function issueLetter(
  db: Db,
  ctx: Context,
  given: LetterToIssue,
): Promise<{ letterId: string; letterNo: string; supplement: number }> {
  const { campaignId, unit, headName, dueOn, requirement, isClosedKind } = given
  const open = await sql<{ letterId: string; letterNo: string; supplement: number }>`
    UPDATE rectification.letter l SET supplements = supplements + 1, due_on = greatest(due_on, ${dueOn}::date), head_name = ${headName},
      requirement = CASE WHEN ${requirement} = '' THEN requirement ELSE ${requirement} END
    WHERE l.county_code = ${ctx.scope.countyCode} AND l.campaign_id = ${campaignId}::uuid AND l.unit_id = ${unit.id}
      AND l.is_closed_kind = ${isClosedKind} AND l.state <> 'closed'
    RETURNING letter_id AS "letterId", letter_no AS "letterNo", supplements AS supplement`.execute(db)
  const [held] = open.rows
  if (held !== undefined) return held
  const [letterId, letterNo] = [makeId(), await given.letterNo()]
  await sql`
    INSERT INTO rectification.letter (county_code, letter_id, letter_no, campaign_id, unit_kind, unit_id, unit_name, unit_level, head_name, area_path, code,
      state, requirement, due_on, issued_by, issued_name, issued_at, is_closed_kind)
    VALUES (${ctx.scope.countyCode}, ${letterId}, ${letterNo}, ${campaignId}::uuid, ${unit.kind}, ${unit.id}, ${unit.name}, ${unit.level}, ${headName},
      ${unit.areaPath}, ${makeSecret()}, 'issued', ${requirement}, ${dueOn}::date, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}, ${isClosedKind})`.execute(
    db,
  )
  return { letterId, letterNo, supplement: 0 }
}

/** The open letters that take the place of closed ones, for problems that are opened again: closed letter → open one. */
export async function openLettersInstead(db: Db, ctx: Context, letterIds: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ closed: string; open: string }>`
    SELECT c.letter_id AS closed, o.letter_id AS open FROM rectification.letter c
    JOIN rectification.letter o ON o.county_code = c.county_code AND o.campaign_id = c.campaign_id AND o.unit_id = c.unit_id
      AND o.is_closed_kind = c.is_closed_kind AND o.state <> 'closed' AND o.letter_id <> c.letter_id
    WHERE c.county_code = ${ctx.scope.countyCode} AND c.state = 'closed' AND c.letter_id = ANY (${[...letterIds]}::uuid[])`.execute(db)
  return new Map(found.rows.map((row) => [row.closed, row.open]))
}

/** Marks letters as received by the caller, where nobody has yet. Returns how many. */
export async function receiveLetters(db: Db, ctx: Context, letterIds: readonly string[]): Promise<number> {
  if (letterIds.length === 0) return 0
  const done = await sql`
    UPDATE rectification.letter SET received_by = ${ctx.caller.id}, received_name = ${ctx.caller.name}, received_at = ${ctx.now},
      state = CASE state WHEN 'issued' THEN 'received' ELSE state END
    WHERE county_code = ${ctx.scope.countyCode} AND letter_id = ANY (${[...letterIds]}::uuid[]) AND received_at IS NULL`.execute(db)
  return Number(done.numAffectedRows ?? 0n)
}

/** A letter stands as its problems do: closed when all are struck off or withdrawn, answered when none waits to be taken up. */
export async function followLetters(db: Db, ctx: Context, letterIds: readonly string[]): Promise<void> {
  if (letterIds.length === 0) return
  await sql`
    UPDATE rectification.letter l SET state = n.state, closed_at = CASE WHEN n.state <> 'closed' THEN NULL ELSE coalesce(l.closed_at, ${ctx.now}::timestamptz) END
    FROM (
      SELECT o.letter_id, CASE
        WHEN bool_and(p.problem_id IS NULL OR p.state IN ('closed', 'withdrawn')) THEN 'closed'
        WHEN bool_and(p.state <> 'assigned') THEN 'answered'
        WHEN o.received_at IS NOT NULL THEN 'received' ELSE 'issued' END AS state
      FROM rectification.letter o LEFT JOIN rectification.problem p ON p.county_code = o.county_code AND p.letter_id = o.letter_id
      WHERE o.county_code = ${ctx.scope.countyCode} AND o.letter_id = ANY (${[...letterIds]}::uuid[])
      GROUP BY o.letter_id, o.received_at
    ) n
    WHERE l.county_code = ${ctx.scope.countyCode} AND l.letter_id = n.letter_id AND l.state <> n.state`.execute(db)
}
