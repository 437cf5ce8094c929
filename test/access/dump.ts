import { inject } from 'vitest'
import { withClient, type Database } from '../../src/kernel/server/database/index.ts'

/** Every row of every table of a database as text, behind the table's name; bytes stand as hexadecimal. */
export async function dumpRows(database: Database): Promise<string[]> {
  const server = inject('serverAccess')
  return withClient({ ...server.admin, database: database.name }, async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    )
    const rows: string[] = []
    for (const { name } of tables.rows) {
      const found = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)
      rows.push(...found.rows.map(({ row }) => `${name} ${row}`))
    }
    return rows
  })
}

/** The rows that hold one of the words, written plainly, as hexadecimal or as base64. */
export function rowsWith(rows: readonly string[], words: readonly string[]): string[] {
  const forms = words.flatMap((word) => [word, Buffer.from(word).toString('hex'), Buffer.from(word).toString('base64').replace(/=+$/, '')])
  return rows.filter((row) => forms.some((form) => row.includes(form))).map((row) => row.slice(0, 200))
}
