import { sql } from 'kysely'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'

/** The tables that an import writes, whose rows must be as before after an undo. */
const registerTables = ['household', 'person', 'membership', 'household_tag', 'village', 'village_kind'] as const

/** Founds a county with nothing but its own area, so that an import has to build the rest. */
export async function givenEmptyCounty(
  makeContext: (scope: Context['scope']) => Context,
  given: { countyCode: string; name: string },
): Promise<Context> {
  const { countyCode, name } = given
  const ctx = makeContext(grantSystem(countyCode, 'test'))
  const [province, prefecture] = [countyCode.slice(0, 2), countyCode.slice(0, 4)]
  await inTransaction(ctx, async (db) => {
    await sql`INSERT INTO identity.county (county_code, name, is_demo, founded_at) VALUES (${countyCode}, ${name}, false, ${ctx.now})`.execute(
      db,
    )
    const areas = [
      [`${province}.`, '', 'province', province, '测试省'],
      [`${province}.${prefecture}.`, `${province}.`, 'prefecture', prefecture, '测试市'],
      [`${province}.${prefecture}.${countyCode}.`, `${province}.${prefecture}.`, 'county', countyCode, name],
    ]
    for (const [path, parent, level, code, label] of areas)
      await sql`INSERT INTO identity.area (county_code, area_path, valid_from, level, code, official_code, name, parent_path)
                VALUES (${countyCode}, ${path}, ${ctx.today}, ${level}, ${code}, ${code}, ${label}, ${parent})`.execute(db)
  })
  return ctx
}

/** Every row of the register as text, revision numbers aside, in the order of tables and keys. */
export async function snapshotOf(ctx: Context): Promise<string[]> {
  return inTransaction(ctx, async (db) => {
    const rows: string[] = []
    for (const table of registerTables) {
      const found = await sql<{ row: string }>`
        SELECT ${table} || ' ' || (to_jsonb(t) - 'revision')::text AS row FROM registry.${sql.raw(table)} t
        WHERE county_code = ${ctx.scope.countyCode} ORDER BY 1`.execute(db)
      rows.push(...found.rows.map((one) => one.row))
    }
    return rows
  })
}
