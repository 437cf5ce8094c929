import { escapeIdentifier, type ClientBase } from 'pg'
import { asLogin, withClient, type ServerAccess } from '#kernel/server/database/index.ts'
import { identityErrors } from './errors.ts'

interface Table {
  oid: string
  /** Schema and name, quoted. */
  name: string
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
      await client.query('SET LOCAL ROLE bangfu_owner')
      const tables = await listTables(client)
      // The owner may delete but is bound by row security, so it is lifted in this transaction, which locks the tables.
      for (const table of tables) if (table.secured) await client.query(`ALTER TABLE ${table.name} NO FORCE ROW LEVEL SECURITY`)
      const demo = await client.query<{ county_code: string }>('SELECT county_code FROM identity.county WHERE is_demo FOR UPDATE')
      const countyCode = demo.rows[0]?.county_code
      if (countyCode === undefined || demo.rows.length > 1) throw identityErrors.notTheDemo()
      const rows = await emptyTables(client, tables, countyCode)
      for (const table of tables) if (table.secured) await client.query(`ALTER TABLE ${table.name} FORCE ROW LEVEL SECURITY`)
      await client.query('COMMIT')
      return { countyCode, rows }
    } catch (fault) {
      await client.query('ROLLBACK')
      throw fault
    }
  })
}

/**
 * Tables that hold nothing but the demo are truncated together: deleting a parent looks for its children, which an index full of
 * rows just deleted answers slowly. Only where other counties share a table are rows deleted one by one, children first.
 */
async function emptyTables(client: ClientBase, tables: readonly Table[], countyCode: string): Promise<number> {
  const links = await listLinks(client)
  const alone = new Set<string>()
  let rows = 0
  for (const table of tables) {
    const counted = await client.query<{ own: bigint; others: bigint }>(
      `SELECT count(*) FILTER (WHERE county_code = $1) AS own, count(*) FILTER (WHERE county_code <> $1) AS others FROM ${table.name}`,
      [countyCode],
    )
    rows += Number(counted.rows[0]?.own ?? 0n)
    if (counted.rows[0]?.others === 0n) alone.add(table.oid)
  }
  // A table can be truncated only together with all that point to it.
  for (let isSettled = false; !isSettled; ) {
    const blocked = links.filter((link) => alone.has(link.parent) && !alone.has(link.child))
    for (const link of blocked) alone.delete(link.parent)
    isSettled = blocked.length === 0
  }
  const whole = tables.filter((table) => alone.has(table.oid)).map((table) => table.name)
  if (whole.length > 0) await client.query(`TRUNCATE ${whole.join(', ')}`)
  for (const table of childrenFirst(
    tables.filter((one) => !alone.has(one.oid)),
    links,
  )) {
    await client.query(`DELETE FROM ${table.name} WHERE county_code = $1`, [countyCode])
  }
  await client.query('SET CONSTRAINTS ALL IMMEDIATE') // a table with checks still to come cannot be altered
  return rows
}

async function listTables(client: ClientBase): Promise<Table[]> {
  const found = await client.query<{ oid: string; schema: string; table: string; secured: boolean }>(`
    SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS "table", c.relforcerowsecurity AS secured
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'county_code' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    ORDER BY n.nspname, c.relname`)
  return found.rows.map(({ oid, schema, table, secured }) => ({
    oid,
    secured,
    name: `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`,
  }))
}

interface Link {
  child: string
  parent: string
}

async function listLinks(client: ClientBase): Promise<Link[]> {
  const found = await client.query<Link>(`
    SELECT DISTINCT conrelid::oid::text AS child, confrelid::oid::text AS parent
    FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid`)
  return found.rows
}

/** Tables that point to others before those they point to. */
function childrenFirst(tables: readonly Table[], links: readonly Link[]): Table[] {
  const ordered: Table[] = []
  const waiting = new Map(tables.map((table) => [table.oid, table]))
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter((table) => !links.some((link) => link.parent === table.oid && waiting.has(link.child)))
    if (free.length === 0) throw identityErrors.tablesInRing({ tables: [...waiting.values()].map((table) => table.name) })
    for (const table of free) waiting.delete(table.oid)
    ordered.push(...free)
  }
  return ordered
}
