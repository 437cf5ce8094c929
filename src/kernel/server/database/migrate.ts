import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'
import { defineErrors } from '#kernel/pure/errors/index.ts'
import { checkoutDirectory } from '../config/index.ts'
import { asLogin, withClient } from './connect.ts'
import { makeDatabase, makeRoles } from './roles.ts'
import type { ServerAccess } from './types.ts'

export const migrationErrors = defineErrors('database', { migrationChanged: 500, newerThanProgram: 500 })

/** One file of the queue `migrations/`: `20260901-0930-registry-household.sql` (time, owner, what). */
export interface Migration {
  name: string
  sql: string
  hash: string
}

/** The queue in its order. */
export function readMigrations(directory = join(checkoutDirectory, 'migrations')): Migration[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name), 'utf8')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    })
}

/** Makes roles and database and applies what is missing, each migration in a transaction of its own. Returns the names applied. */
export async function migrate(access: ServerAccess, database: string, migrations = readMigrations()): Promise<string[]> {
  await withClient({ ...access.admin, database: access.admin.database ?? 'postgres' }, async (admin) => {
    await makeRoles(admin, access.passwords)
    await makeDatabase(admin, database)
  })
  return withClient(asLogin(access, 'bangfu_migrator', database), async (client) => {
    await client.query('SET ROLE bangfu_owner')
    await client.query('SELECT pg_advisory_lock(4305250002)')
    return applyMissing(client, migrations)
  })
}

async function applyMissing(client: Client, migrations: Migration[]): Promise<string[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS public.migration (
    name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`)
  const done = new Map<string, string>()
  const rows = await client.query<{ name: string; hash: string }>('SELECT name, hash FROM public.migration')
  for (const row of rows.rows) done.set(row.name, row.hash)
  refuseStrangers(done, migrations)
  const applied: string[] = []
  for (const migration of migrations) {
    if (done.has(migration.name)) continue
    await client.query('BEGIN')
    try {
      await client.query(migration.sql)
      await client.query('INSERT INTO public.migration (name, hash) VALUES ($1, $2)', [migration.name, migration.hash])
      await client.query('COMMIT')
    } catch (fault) {
      await client.query('ROLLBACK')
      throw new Error(`migration ${migration.name}: ${fault instanceof Error ? fault.message : 'failed'}`, { cause: fault })
    }
    applied.push(migration.name)
  }
  return applied
}

/** An applied migration that was edited, or one this program does not know, means the wrong program for this database. */
function refuseStrangers(done: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.hash]))
  for (const [name, hash] of done) {
    const ours = known.get(name)
    if (ours === undefined) throw migrationErrors.newerThanProgram({ name })
    if (ours !== hash) throw migrationErrors.migrationChanged({ name })
  }
}
