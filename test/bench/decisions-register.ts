import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { dayOf, instantOf } from '../../src/kernel/pure/time/index.ts'
import { grantSystem, type Context } from '../../src/kernel/server/caller/index.ts'
import { migrate, openDatabase, startEmbedded } from '../../src/kernel/server/database/index.ts'
import { openVault } from '../../src/kernel/server/vault/index.ts'
import { generateCounty } from '../../src/modules/demo/server/module.ts'
import { foundCounty } from '../../src/modules/identity/server/module.ts'
import { importFiles } from '../../src/modules/registry/server/module.ts'

const administrators = [
  { role: 'system-administrator', name: '甲', loginName: 'system' },
  { role: 'security-administrator', name: '乙', loginName: 'security' },
  { role: 'audit-administrator', name: '丙', loginName: 'audit' },
] as const

/** A register of that many households in an embedded server of its own. */
export interface BenchRegister {
  ctx: Context
  households: number
  persons: number
  close(): Promise<void>
}

/** Imports an invented county of 2,500 households and copies its rows until the register holds enough; same facts, other ids and numbers. */
export async function openBenchRegister(root: string, wanted: number): Promise<BenchRegister> {
  chmodSync(root, 0o755)
  const server = await startEmbedded(join(root, 'data'))
  await migrate(server.access, 'bangfu')
  const database = openDatabase(server.access, 'bangfu')
  const vault = openVault(join(root, 'data', 'keys'), true)
  const folder = join(root, 'county')
  const { county } = await generateCounty({
    households: 2_500,
    registeredShare: 0.3,
    seed: '7',
    out: folder,
    months: 1,
    startMonth: '202510',
  })
  await foundCounty(database, Date.now, { countyCode: county.code, name: county.name, administrators: [...administrators] })
  const nowMs = Date.now()
  const ctx: Context = {
    caller: { id: 'system:bench', name: 'bench', roles: [] },
    scope: grantSystem(county.code, 'bench'),
    now: instantOf(nowMs),
    today: dayOf(nowMs),
    database,
    deadline: 'job',
  }
  const paths = ['registry', 'national'].flatMap((part) => readdirSync(join(folder, part)).map((name) => join(folder, part, name)))
  const imported = await importFiles(ctx, { vault, filesDirectory: join(root, 'data', 'files') }, { paths })
  const refused = imported.files.find((file) => file.error !== undefined)
  if (refused !== undefined) throw new Error(`${refused.fileName}: ${refused.error?.code ?? ''}`)
  const client = new Client({ ...server.access.admin, database: 'bangfu' })
  await client.connect()
  const made = await multiply(client, wanted)
  await client.end()
  return {
    ctx,
    ...made,
    close: async () => {
      await database.close()
      await server.stop()
    },
  }
}

const keyColumns: Readonly<Record<string, readonly string[]>> = {
  household: ['household_id', 'household_no'],
  person: ['person_id', 'person_no', 'household_id'],
  membership: ['person_id', 'household_id'],
}

/** Another id for each copy: its first eight digits say which. */
const copied = (column: string) =>
  column.endsWith('_no') ? `c.n || 'x' || b.${column}` : `(lpad(to_hex(c.n), 8, '0') || substr(b.${column}::text, 9))::uuid`

async function multiply(client: Client, wanted: number): Promise<{ households: number; persons: number }> {
  const indexes = await client.query<{ name: string; made: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made FROM pg_index
     WHERE indrelid IN ('registry.household'::regclass, 'registry.person'::regclass, 'registry.membership'::regclass) AND NOT indisunique`,
  )
  for (const { name } of indexes.rows) await client.query(`DROP INDEX ${name}`)
  const base = (await client.query<{ n: number }>('SELECT count(*)::int AS n FROM registry.household')).rows[0]?.n ?? 0
  const copies = Math.max(0, Math.ceil(wanted / Math.max(1, base)) - 1)
  for (const [table, keys] of Object.entries(keyColumns)) {
    const columns = await client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'registry.${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    )
    const names = columns.rows.map(({ name }) => name)
    const values = names.map((name) => (keys.includes(name) ? copied(name) : `b.${name}`))
    await client.query(`CREATE TEMP TABLE base_${table} AS SELECT * FROM registry.${table}`)
    await client.query(
      `INSERT INTO registry.${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM generate_series(1, ${copies}) AS c(n), base_${table} b`,
    )
  }
  for (const { made } of indexes.rows) if (/household_id\)|valid_to IS NULL|area/.test(made)) await client.query(made)
  for (const table of Object.keys(keyColumns)) await client.query(`VACUUM (ANALYZE) registry.${table}`)
  const found = await client.query<{ households: number; persons: number }>(
    'SELECT (SELECT count(*)::int FROM registry.household) AS households, (SELECT count(*)::int FROM registry.person) AS persons',
  )
  return found.rows[0] ?? { households: 0, persons: 0 }
}
