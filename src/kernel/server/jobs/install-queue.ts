import { createRequire } from 'node:module'
import { escapeIdentifier, type Client } from 'pg'
import { getConstructionPlans, getMigrationPlans } from 'pg-boss'
import { asLogin, withClient, type ServerAccess } from '../database/index.ts'

/** The schema of the queue; it belongs to `pgboss_owner`, and the app's login has no right on it (trust.md §2.3). */
export const queueSchema = 'pgboss'

// Safe: pg-boss states the number of its schema there, and reads it there itself.
const wantedVersion = (createRequire(import.meta.url)('pg-boss/package.json') as { pgboss: { schema: number } }).pgboss.schema

/** Makes or updates the queue's schema as the migrator; to be called after `migrate`. Returns whether anything was done. */
export async function installQueue(access: ServerAccess, database: string): Promise<boolean> {
  return withClient(asLogin(access, 'bangfu_migrator', database), async (client) => {
    await client.query('SELECT pg_advisory_lock(4305250002)')
    const version = await findVersion(client)
    if (version === wantedVersion) return false
    if (version === undefined) await makeSchema(client, database)
    await client.query('SET ROLE pgboss_owner')
    await client.query(
      version === undefined ? getConstructionPlans(queueSchema, { createSchema: false }) : getMigrationPlans(queueSchema, version),
    )
    return true
  })
}

async function findVersion(client: Client): Promise<number | undefined> {
  await client.query('SET ROLE pgboss_owner')
  const table = await client.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [`${queueSchema}.version`])
  if (table.rows[0]?.there !== true) return undefined
  const found = await client.query<{ version: number }>(`TABLE ${queueSchema}.version`)
  return found.rows[0]?.version
}

/** The owner of the database lets the owner of the queue make one schema, and takes that right back. */
async function makeSchema(client: Client, database: string): Promise<void> {
  const name = escapeIdentifier(database)
  const steps = [
    'SET ROLE bangfu_owner',
    `GRANT CREATE ON DATABASE ${name} TO pgboss_owner`,
    'SET ROLE pgboss_owner',
    `CREATE SCHEMA IF NOT EXISTS ${queueSchema}`,
    'SET ROLE bangfu_owner',
    `REVOKE CREATE ON DATABASE ${name} FROM pgboss_owner`,
  ]
  for (const step of steps) await client.query(step)
}
