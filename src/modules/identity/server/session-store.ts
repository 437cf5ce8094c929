import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { askAtOnce, literal, type Db } from '#kernel/server/database/index.ts'
import { RoleKey } from '../contract.ts'

// Every function here runs as the system: `asSystem` or a system context.

/** A user as a session or a login finds him, with the roles in force today. */
export interface Member {
  userId: string
  name: string
  loginName: string
  organisationId?: string
  state: string
  mustChangePassword: boolean
  roles: RoleKey[]
  areaPath?: string
}

interface MemberRow {
  user_id: string
  name: string
  login_name: string
  organisation_id: string | null
  state: string
  must_change_password: boolean
  roles: string[]
  area_path: string | null
}

const memberColumns = (ctx: Context) => sql`
  u.user_id, u.name, u.login_name, u.organisation_id, u.state, u.must_change_password,
  ARRAY(SELECT r.role FROM identity.user_role r WHERE r.county_code = u.county_code AND r.user_id = u.user_id
    AND r.valid_from <= ${ctx.today}::date AND (r.valid_to IS NULL OR r.valid_to > ${ctx.today}::date) ORDER BY r.role) AS roles,
  (SELECT min(r.area_path) FROM identity.user_role r WHERE r.county_code = u.county_code AND r.user_id = u.user_id
    AND r.valid_from <= ${ctx.today}::date AND (r.valid_to IS NULL OR r.valid_to > ${ctx.today}::date)
    HAVING count(DISTINCT r.area_path) = 1) AS area_path`

function toMember(row: MemberRow): Member {
  return {
    userId: row.user_id,
    name: row.name,
    loginName: row.login_name,
    state: row.state,
    mustChangePassword: row.must_change_password,
    roles: row.area_path === null ? [] : row.roles.map((role) => RoleKey.parse(role)),
    ...(row.organisation_id === null ? {} : { organisationId: row.organisation_id }),
    ...(row.area_path === null ? {} : { areaPath: row.area_path }),
  }
}

/** A new token: the county's code, so that a session is looked for in its own county, and 256 random bits. */
export function makeToken(countyCode: string): string {
  return `${countyCode}.${randomBytes(32).toString('base64url')}`
}

/** The county a token was made for; `undefined` for anything that is no token of ours. */
export function countyOfToken(token: string | undefined): string | undefined {
  return token === undefined ? undefined : /^(\d{6})\.[\w-]{43}$/.exec(token)?.[1]
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The user of an account with the roles in force. */
export async function findMember(db: Db, ctx: Context, userId: string): Promise<Member | undefined> {
  const found = await sql<MemberRow>`
    SELECT ${memberColumns(ctx)} FROM identity.user_account u
    WHERE u.county_code = ${ctx.scope.countyCode} AND u.user_id = ${userId}`.execute(db)
  return found.rows.map(toMember)[0]
}

/** The user of a session that is neither ended, idle for too long nor too old, in a transaction of its own and one round trip. `isFresh`: it was seen within half a minute. */
export async function findSession(ctx: Context, token: string): Promise<{ member: Member; isFresh: boolean } | undefined> {
  const asked = [ctx.scope.countyCode, hashOf(token), ctx.now, ctx.today].map(literal)
  const found = await askAtOnce<MemberRow & { is_fresh: boolean }>(ctx, `SELECT * FROM identity.member_of_session(${asked.join(', ')})`)
  return found.map((row) => ({ member: toMember(row), isFresh: row.is_fresh }))[0]
}

/** Notes that a session was seen. */
export async function noteSeen(db: Db, ctx: Context, token: string): Promise<void> {
  await sql`
    UPDATE identity.session SET last_seen_at = ${ctx.now}
    WHERE county_code = ${ctx.scope.countyCode} AND token_hash = ${hashOf(token)}`.execute(db)
}

export async function insertSession(
  db: Db,
  ctx: Context,
  session: { token: string; userId: string; idleMinutes: number; longestHours: number },
): Promise<void> {
  await sql`
    INSERT INTO identity.session (county_code, token_hash, user_id, started_at, last_seen_at, idle_minutes, expires_at)
    VALUES (${ctx.scope.countyCode}, ${hashOf(session.token)}, ${session.userId}, ${ctx.now}, ${ctx.now}, ${session.idleMinutes},
            ${ctx.now}::timestamptz + make_interval(hours => ${session.longestHours}::int))`.execute(db)
}

/** Ends all sessions of a user, but for the one of a token that stays. Returns how many. */
export async function endSessions(
  db: Db,
  ctx: Context,
  given: { userId: string; reason: string; except?: string | undefined },
): Promise<number> {
  const kept = given.except === undefined ? Buffer.alloc(0) : hashOf(given.except)
  const ended = await sql`
    UPDATE identity.session SET ended_at = ${ctx.now}, end_reason = ${given.reason}
    WHERE county_code = ${ctx.scope.countyCode} AND user_id = ${given.userId} AND ended_at IS NULL AND token_hash <> ${kept}
    RETURNING 1`.execute(db)
  return ended.rows.length
}

/** Ends the session of a token. */
export async function endSession(db: Db, ctx: Context, token: string): Promise<void> {
  await sql`
    UPDATE identity.session SET ended_at = ${ctx.now}, end_reason = 'logout'
    WHERE county_code = ${ctx.scope.countyCode} AND token_hash = ${hashOf(token)} AND ended_at IS NULL`.execute(db)
}
