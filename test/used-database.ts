import type pg from 'pg'
import { withClient, type ServerAccess } from '../src/kernel/server/database/index.ts'

// A database that a test file has left is emptied and given to the next file of the same worker: making one anew writes a thousand files.
// It is given on only where it is shown to be the template again; whatever else was done to it, it is dropped.

/** More rows than this are slower to delete than a new database is to make. */
const mostRows = 20_000

/** What a database consists of besides rows: every relation, function, policy, trigger, constraint, type, column and right, by its version. */
const shape = `SELECT md5(string_agg(line, ' ' ORDER BY line)) AS said FROM (
  ${['pg_proc', 'pg_policy', 'pg_trigger', 'pg_constraint', 'pg_namespace', 'pg_type', 'pg_attrdef', 'pg_default_acl', 'pg_rewrite']
    .map((name) => `SELECT '${name} ' || oid || ' ' || xmin AS line FROM ${name}`)
    .join(' UNION ALL ')}
  UNION ALL SELECT 'pg_attribute ' || attrelid || ' ' || attnum || ' ' || xmin FROM pg_attribute
  UNION ALL SELECT 'pg_class ' || concat_ws(' ', oid, relname, relkind, relowner, relpersistence, relnatts, relchecks, relrowsecurity,
    relforcerowsecurity, relhasrules, relacl, reloptions) FROM pg_class) AS all_of_it`

/** What was counted of rows that are gone would lead the planner astray: it is to know as little of the tables as of new ones. */
const forgetSizes = `UPDATE pg_class SET relpages = 0, reltuples = -1, relallvisible = 0
  WHERE oid = ANY($1::regclass[]) OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = ANY($1::regclass[]))`

const tables = `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%' ORDER BY 1`

interface Template {
  shape: string
  tables: readonly string[]
  /** Tables that are not empty, with a digest of their rows. */
  rows: ReadonlyMap<string, string>
  sequences: readonly { name: string; value: string; isCalled: boolean }[]
}
let template: Promise<Template> | undefined

/** Empties a database that nobody uses any more; true when it is as the template again. */
export async function emptyDatabase(access: ServerAccess, name: string, templateName: string): Promise<boolean> {
  template ??= withClient({ ...access.admin, database: templateName }, readTemplate)
  const wanted = await template
  return withClient({ ...access.admin, database: name }, async (client) => {
    await endOthers(client)
    if ((await shapeOf(client)) !== wanted.shape) return false
    const filled = await filledTables(client, wanted.tables)
    const foreign = filled.filter((table) => !wanted.rows.has(table))
    if (!(await isSmall(client, foreign))) return false
    // Triggers and foreign keys are off for this session; the superuser of the tests alone may do so.
    await client.query(`SET session_replication_role = replica; ${foreign.map((table) => `DELETE FROM ${table};`).join(' ')}`)
    // Code may ask how large a table is, or whether it has ever held rows: the space goes as well.
    // Also of rows that were rolled back, which nobody sees.
    const empty = wanted.tables.filter((table) => !wanted.rows.has(table))
    const grown = await grownTables(client, empty)
    if (grown.length > 0) await client.query(`VACUUM (TRUNCATE, INDEX_CLEANUP on) ${grown.join(', ')}`)
    if ((await grownTables(client, empty)).length > 0) return false
    await client.query('SET allow_system_table_mods = on')
    await client.query('DELETE FROM pg_statistic WHERE starelid = ANY($1::regclass[])', [grown])
    await client.query(forgetSizes, [grown])
    for (const { name: sequence, value, isCalled } of wanted.sequences)
      await client.query('SELECT setval($1::regclass, $2, $3)', [sequence, value, isCalled])
    const left = await filledTables(client, wanted.tables)
    if (left.join() !== [...wanted.rows.keys()].join()) return false
    for (const [table, digest] of wanted.rows) if ((await digestOf(client, table)) !== digest) return false
    return true
  })
}

async function readTemplate(client: pg.Client): Promise<Template> {
  const names = (await client.query<{ name: string }>(tables)).rows.map((row) => row.name)
  const rows = new Map<string, string>()
  for (const table of await filledTables(client, names)) rows.set(table, await digestOf(client, table))
  const found = await client.query<{ name: string }>("SELECT c.oid::regclass::text AS name FROM pg_class c WHERE relkind = 'S'")
  const sequences = []
  for (const { name } of found.rows) {
    const [state] = (
      await client.query<{ value: string; called: boolean }>(`SELECT last_value::text AS value, is_called AS called FROM ${name}`)
    ).rows
    sequences.push({ name, value: state?.value ?? '1', isCalled: state?.called ?? false })
  }
  return { shape: await shapeOf(client), tables: names, rows, sequences }
}

async function shapeOf(client: pg.Client): Promise<string> {
  return (await client.query<{ said: string }>(shape)).rows[0]?.said ?? ''
}

/** Whoever is still connected, such as work of the background, is ended, and is gone when this returns. */
async function endOthers(client: pg.Client): Promise<void> {
  const others = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
  for (;;) {
    const found = await client.query(`SELECT pg_terminate_backend(pid, 1000) ${others}`)
    if (found.rows.length === 0) return
  }
}

async function filledTables(client: pg.Client, names: readonly string[]): Promise<string[]> {
  const asked = names.map((name) => `SELECT '${name.replaceAll("'", "''")}' AS name WHERE EXISTS (SELECT FROM ${name})`)
  return (await client.query<{ name: string }>(`${asked.join(' UNION ALL ')} ORDER BY 1`)).rows.map((row) => row.name)
}

async function grownTables(client: pg.Client, names: readonly string[]): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE pg_relation_size(name::regclass) > 0 ORDER BY 1',
    [names],
  )
  return found.rows.map((row) => row.name)
}

async function isSmall(client: pg.Client, names: readonly string[]): Promise<boolean> {
  if (names.length === 0) return true
  const counts = names.map((name) => `SELECT count(*)::int AS rows FROM (SELECT FROM ${name} LIMIT ${mostRows}) AS few`)
  const found = await client.query<{ rows: number }>(counts.join(' UNION ALL '))
  return found.rows.reduce((sum, { rows }) => sum + rows, 0) < mostRows
}

async function digestOf(client: pg.Client, table: string): Promise<string> {
  const found = await client.query<{ said: string | null }>(`SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) AS said FROM ${table} t`)
  return found.rows[0]?.said ?? ''
}
