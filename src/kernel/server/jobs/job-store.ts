import { sql } from 'kysely'
import type pg from 'pg'
import type { Instant } from '#kernel/pure/time/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '../caller/index.ts'
import type { Db } from '../database/index.ts'
import type { JobKind } from './job.ts'

/** The channel on which a commit that asked for a job wakes the relay. */
export const jobChannel = 'bangfu_jobs'

/** Asks for a job in the transaction of the use case; it is run only when that commits. Returns its id. */
export async function requestJob<Payload>(
  db: Db,
  ctx: Pick<Context, 'scope' | 'caller'> & { now: Instant },
  given: { job: Pick<JobKind<Payload>, 'name' | 'payload'>; payload: Payload },
): Promise<string> {
  const jobId = makeId()
  await sql`
    INSERT INTO kernel.job (county_code, job_id, name, payload, asked_by, asked_at)
    VALUES (${ctx.scope.countyCode}, ${jobId}, ${given.job.name}, ${JSON.stringify(given.job.payload.parse(given.payload))}::jsonb,
            ${ctx.caller.id}, ${ctx.now})`.execute(db)
  await sql`SELECT pg_notify(${jobChannel}, '')`.execute(db)
  return jobId
}

/** A job that was asked for, as the relay sees it. */
export interface AskedJob {
  jobId: string
  countyCode: string
  name: string
}

/** One program at a time runs the jobs of a database; the lock goes with its connection. */
export async function takeRunnerLock(client: pg.ClientBase): Promise<boolean> {
  const got = await client.query<{ got: boolean }>("SELECT pg_try_advisory_lock(hashtextextended('bangfu jobs', 0)) AS got")
  return got.rows[0]?.got === true
}

/** What has not ended is handed over again: the queue of a program that died is not trusted. */
export async function forgetRelayed(client: pg.ClientBase): Promise<void> {
  await client.query('UPDATE kernel.job SET relayed_at = NULL WHERE ended_at IS NULL AND relayed_at IS NOT NULL')
}

/** Jobs that wait for the relay, in the order in which they were asked for; of those of a listener only the first of each county. */
export async function listWaiting(client: pg.ClientBase, names: readonly string[]): Promise<AskedJob[]> {
  const found = await client.query<AskedJob>(
    `SELECT job_id AS "jobId", county_code AS "countyCode", name FROM (
       SELECT job_id, county_code, name, asked_at, relayed_at FROM kernel.job WHERE ended_at IS NULL AND outbox_no IS NULL
       UNION ALL
       SELECT * FROM (SELECT DISTINCT ON (county_code, name) job_id, county_code, name, asked_at, relayed_at
         FROM kernel.job WHERE ended_at IS NULL AND outbox_no IS NOT NULL ORDER BY county_code, name, outbox_no) first_in_line
     ) open WHERE relayed_at IS NULL AND name = ANY ($1) ORDER BY asked_at, job_id LIMIT 500`,
    [names],
  )
  return found.rows
}

/** The first job of a listener that has not ended; those behind it wait for it. */
export async function findFirstInLine(pool: pg.Pool, given: { countyCode: string; name: string }): Promise<string | undefined> {
  const found = await pool.query<{ jobId: string }>(
    `SELECT job_id AS "jobId" FROM kernel.job WHERE county_code = $1 AND name = $2 AND ended_at IS NULL AND outbox_no IS NOT NULL
     ORDER BY outbox_no LIMIT 1`,
    [given.countyCode, given.name],
  )
  return found.rows[0]?.jobId
}

/** Asks for repeated work of a period in some counties, where it has not been asked for. */
export async function askRepeated(
  client: pg.ClientBase,
  given: { name: string; period: string; counties: readonly string[]; now: Instant },
): Promise<void> {
  await client.query(
    `INSERT INTO kernel.job (county_code, job_id, name, payload, asked_by, asked_at, period)
     SELECT county, gen_random_uuid(), $2, jsonb_build_object('period', $3::text), 'period', $4, $3 FROM unnest($1::text[]) county
     ON CONFLICT DO NOTHING`,
    [given.counties, given.name, given.period, given.now],
  )
}

/** Notes that the queue has them. */
export async function noteRelayed(client: pg.ClientBase, jobIds: readonly string[]): Promise<void> {
  await client.query('UPDATE kernel.job SET relayed_at = now() WHERE job_id = ANY ($1::uuid[]) AND ended_at IS NULL', [jobIds])
}

/** Begins an attempt; `undefined` when the job has already ended. */
export async function beginJob(pool: pg.Pool, jobId: string): Promise<{ payload: unknown; attempts: number } | undefined> {
  const begun = await pool.query<{ payload: unknown; attempts: number }>(
    `UPDATE kernel.job SET attempts = attempts + 1, started_at = now() WHERE job_id = $1 AND ended_at IS NULL
     RETURNING payload, attempts`,
    [jobId],
  )
  return begun.rows[0]
}

/** Ends a job. */
export async function endJob(pool: pg.Pool, given: { jobId: string; outcome: 'done' | 'given-up'; error?: string }): Promise<void> {
  await pool.query('UPDATE kernel.job SET ended_at = now(), outcome = $2, error = $3 WHERE job_id = $1 AND ended_at IS NULL', [
    given.jobId,
    given.outcome,
    given.error ?? null,
  ])
}

/** Notes why an attempt failed; an attempt that was only stopped does not count. */
export async function noteFault(pool: pg.Pool, given: { jobId: string; error: string; counts: boolean }): Promise<void> {
  await pool.query('UPDATE kernel.job SET error = $2, attempts = attempts - $3::int WHERE job_id = $1', [
    given.jobId,
    given.error,
    given.counts ? 0 : 1,
  ])
}

/** Work that was given up, by name and code of the last fault. Row security of `client` decides which counties are seen. */
export async function listGivenUp(client: pg.ClientBase): Promise<{ name: string; error: string | null; count: number }[]> {
  const found = await client.query<{ name: string; error: string | null; count: number }>(
    "SELECT name, error, count(*)::int AS count FROM kernel.job WHERE outcome = 'given-up' GROUP BY name, error ORDER BY name, error",
  )
  return found.rows
}

/** Takes away what ended long ago; the audit keeps the acts. */
export async function forgetOldJobs(client: pg.ClientBase, days: number): Promise<void> {
  await client.query('DELETE FROM kernel.job WHERE ended_at < now() - make_interval(days => $1)', [days])
}
