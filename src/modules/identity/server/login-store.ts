import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { IdentityPolicy } from '../policy/policy.ts'

// Every function here runs as the system: `asSystem` or a system context.

export interface Login {
  countyCode: string
  userId: string
  passwordHash: string
  isOneTime: boolean
}
interface LoginRow {
  county_code: string
  user_id: string
  password_hash: string
  is_one_time: boolean
}

/** What is kept of a written login name among the tries: it may be a password typed into the wrong box. */
export function hashOfName(loginName: string): Buffer {
  return createHash('sha256').update(loginName).digest()
}

/** The login of a name, in whatever county. */
export async function findLogin(db: Db, loginName: string): Promise<Login | undefined> {
  const found = await sql<LoginRow>`
    SELECT county_code, user_id, password_hash, is_one_time FROM identity.login WHERE login_name = ${loginName}`.execute(db)
  return found.rows.map(toLogin)[0]
}

/** The login of a user of the context's county. */
export async function findLoginOfUser(db: Db, ctx: Context, userId: string): Promise<Login | undefined> {
  const found = await sql<LoginRow>`
    SELECT county_code, user_id, password_hash, is_one_time FROM identity.login
    WHERE county_code = ${ctx.scope.countyCode} AND user_id = ${userId}`.execute(db)
  return found.rows.map(toLogin)[0]
}

function toLogin(row: LoginRow): Login {
  return { countyCode: row.county_code, userId: row.user_id, passwordHash: row.password_hash, isOneTime: row.is_one_time }
}

/** Which of these login names somebody has, in any county. */
export async function listTakenNames(db: Db, loginNames: readonly string[]): Promise<Set<string>> {
  const found = await sql<{ login_name: string }>`SELECT login_name FROM identity.login WHERE login_name = ANY (${loginNames})`.execute(db)
  return new Set(found.rows.map((row) => row.login_name))
}

/** All login names that begin like one of these, for making new ones. */
export async function listNamesLike(db: Db, stems: readonly string[]): Promise<Set<string>> {
  const found = await sql<{ login_name: string }>`
    SELECT login_name FROM identity.login JOIN unnest(${stems}::text[]) AS stem ON login_name ^@ stem`.execute(db)
  return new Set(found.rows.map((row) => row.login_name))
}

export interface NewLogin {
  userId: string
  loginName: string
  passwordHash: string
}

/** Adds logins with one-time passwords; names are unique everywhere (constraint login_name_everywhere). */
export async function insertLogins(db: Db, ctx: Context, logins: readonly NewLogin[]): Promise<void> {
  const rows = JSON.stringify(logins.map((one) => ({ user_id: one.userId, login_name: one.loginName, password_hash: one.passwordHash })))
  await sql`
    INSERT INTO identity.login (county_code, user_id, login_name, password_hash, is_one_time, password_set_at)
    SELECT ${ctx.scope.countyCode}, user_id, login_name, password_hash, true, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${rows}::jsonb) AS given (user_id uuid, login_name text, password_hash text)`.execute(db)
}

/** Sets a password; a one-time password must be changed at the next login. */
export async function savePassword(
  db: Db,
  ctx: Context,
  given: { userId: string; passwordHash: string; isOneTime: boolean },
): Promise<void> {
  const where = sql`county_code = ${ctx.scope.countyCode} AND user_id = ${given.userId}`
  await sql`
    UPDATE identity.login SET password_hash = ${given.passwordHash}, is_one_time = ${given.isOneTime}, password_set_at = ${ctx.now}
    WHERE ${where}`.execute(db)
  await sql`UPDATE identity.user_account SET must_change_password = ${given.isOneTime}, revision = revision + 1 WHERE ${where}`.execute(db)
}

/**
 * Counts a try of a name before the password is looked at, so that tries at the same moment cannot slip through. A try after the
 * lock has ended, or a day after the last one, begins anew. `lockedUntil` is there when the lock stood before this try.
 */
export async function countTry(
  db: Db,
  given: { loginName: string; now: string; lock: IdentityPolicy['lock'] },
): Promise<{ lockedUntil?: string; isLast: boolean }> {
  const { now, lock } = given
  const begins = sql`(t.locked_until <= ${now}::timestamptz OR (t.locked_until IS NULL AND t.last_try_at < ${now}::timestamptz - interval '1 day'))`
  const until = sql`${now}::timestamptz + make_interval(mins => ${lock.minutes}::int)`
  const counted = await sql<{ failed_tries: number; locked_until: string | null }>`
    INSERT INTO identity.login_try AS t (name_hash, failed_tries, locked_until, last_try_at)
    VALUES (${hashOfName(given.loginName)}, 1, CASE WHEN ${lock.tries}::int = 1 THEN ${until} END, ${now}::timestamptz)
    ON CONFLICT (name_hash) DO UPDATE SET
      failed_tries = CASE WHEN ${begins} THEN 1 ELSE t.failed_tries + 1 END,
      locked_until = CASE WHEN ${begins} THEN NULL WHEN t.failed_tries + 1 = ${lock.tries}::int THEN ${until} ELSE t.locked_until END,
      last_try_at = ${now}::timestamptz
    RETURNING failed_tries, locked_until`.execute(db)
  const row = counted.rows[0]
  const tries = row?.failed_tries ?? 0
  const isLocked = tries > lock.tries && row?.locked_until !== null && row?.locked_until !== undefined
  return { isLast: tries === lock.tries, ...(isLocked && row?.locked_until ? { lockedUntil: row.locked_until } : {}) }
}

/** Forgets the failed tries of a name, and those of all names that rested for a week. */
export async function clearTries(db: Db, given: { loginName: string; now: string }): Promise<void> {
  await sql`
    DELETE FROM identity.login_try
    WHERE name_hash = ${hashOfName(given.loginName)} OR last_try_at < ${given.now}::timestamptz - interval '7 days'`.execute(db)
}

/** Which of these login names are locked now. */
export async function listLocked(db: Db, given: { loginNames: readonly string[]; now: string }): Promise<Set<string>> {
  const byHash = new Map(given.loginNames.map((name) => [hashOfName(name).toString('hex'), name]))
  const found = await sql<{ name_hash: Buffer }>`
    SELECT name_hash FROM identity.login_try
    WHERE name_hash = ANY (${given.loginNames.map(hashOfName)}::bytea[]) AND locked_until > ${given.now}::timestamptz`.execute(db)
  return new Set(found.rows.flatMap((row) => byHash.get(row.name_hash.toString('hex')) ?? []))
}

export async function insertLoginEvent(
  db: Db,
  ctx: Context,
  event: { userId: string; kind: 'login' | 'refused' | 'locked' | 'logout'; address: string },
): Promise<void> {
  await sql`
    INSERT INTO identity.login_event (county_code, login_event_id, user_id, kind, at, address)
    VALUES (${ctx.scope.countyCode}, ${makeId(Date.parse(ctx.now))}, ${event.userId}, ${event.kind}, ${ctx.now}, ${event.address})`.execute(
    db,
  )
}
