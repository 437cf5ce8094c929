import { escapeIdentifier, type ClientBase } from 'pg'
import { asLogin, withClient, type ServerAccess } from '#kernel/server/database/index.ts'
import { identityErrors } from './errors.ts'

interface Table {
  name: string
  schema: string
  table: string
  secured: boolean
}

/**
 * Removes the demo county with every row of every module, as the migrator, in one transaction; the catalogue says which tables have
 * a `county_code`. Refused for a real county. Files beside the database are the caller's. Returns how many rows went.
 */
export async function removeDemoCounty(access: ServerAccess, database: string): Promise<{ countyCode: string; rows: number }> {
  return withClient(asLogin(access, 'bangfu_migrator', database), async (client) => {
    await client.query('BEGIN')
    try {
      // The migrator reads past row security; the owner, who may delete, is bound by it, so it is lifted for this transaction.
      await client.query('SET LOCAL ROLE bangfu_owner')
      await client.query('ALTER TABLE identity.county NO FORCE ROW LEVEL SECURITY')
      const found = await client.query<{ county_code: string }>('SELECT county_code FROM identity.county WHERE is_demo FOR UPDATE')
      const countyCode = found.rows[0]?.county_code
      if (countyCode === undefined || found.rows.length > 1) throw identityErrors.notTheDemo()
      await client.query('ALTER TABLE identity.county FORCE ROW LEVEL SECURITY')
      let rows = 0
      for (const table of await tablesChildrenFirst(client)) rows += await empty(client, table, countyCode)
      await client.query('COMMIT')
      return { countyCode, rows }
    } catch (fault) {
      await client.query('ROLLBACK')
      throw fault
    }
  })
}

async function empty(client: ClientBase, table: Table, countyCode: string): Promise<number> {
  const name = `${escapeIdentifier(table.schema)}.${escapeIdentifier(table.table)}`
  if (table.secured) await client.query(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`)
  const deleted = await client.query(`DELETE FROM ${name} WHERE county_code = $1`, [countyCode])
  if (table.secured) {
    await client.query('SET CONSTRAINTS ALL IMMEDIATE') // a table with checks still to come cannot be altered
    await client.query(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`)
  }
  return deleted.rowCount ?? 0
}

/** All tables with a `county_code`, those that point to others before those they point to. */
async function tablesChildrenFirst(client: ClientBase): Promise<Table[]> {
  const tables = await client.query<Table>(`
    SELECT c.oid::text AS name, n.nspname AS schema, c.relname AS "table", c.relforcerowsecurity AS secured
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'county_code' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg_%' AND n.nspname <> 'information_schema'
    ORDER BY n.nspname, c.relname`)
  const links = await client.query<{ child: string; parent: string }>(`
    SELECT DISTINCT conrelid::text AS child, confrelid::text AS parent
    FROM (SELECT conrelid::oid, confrelid::oid FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid) AS links`)
  const ordered: Table[] = []
  const waiting = new Map(tables.rows.map((table) => [table.name, table]))
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter((table) => !links.rows.some((link) => link.parent === table.name && waiting.has(link.child)))
    if (free.length === 0)
      throw identityErrors.tablesInRing({ tables: [...waiting.values()].map((table) => `${table.schema}.${table.table}`) })
    for (const table of free) waiting.delete(table.name)
    ordered.push(...free)
  }
  return ordered
}
