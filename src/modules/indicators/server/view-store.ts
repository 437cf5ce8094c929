import { sql } from 'kysely'
import type { Db } from '#kernel/server/database/index.ts'

/** A column of a published view. `zh` and `en` come from its comment `中文 | English`; without one it is not shown. */
export interface ViewColumn {
  readonly name: string
  readonly type: string
  readonly zh: string | null
  readonly en: string | null
}

/** The columns of a published view; none when it does not stand. */
export async function findViewColumns(db: Db, view: string): Promise<ViewColumn[]> {
  const found = await sql<{ name: string; type: string; comment: string | null }>`
    SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, col_description(a.attrelid, a.attnum) AS comment
    FROM pg_attribute a WHERE a.attrelid = to_regclass(${view}) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`.execute(db)
  return found.rows.map(({ name, type, comment }) => {
    const [zh, en] = (comment ?? '').split(' | ').map((part) => part.trim())
    return { name, type, zh: comment === null ? null : (zh ?? null), en: comment === null ? null : (en ?? zh ?? null) }
  })
}

/** Whether the reader's database role may read a view at all: what belongs to no household is not published for who sees single households. */
export async function mayReadView(db: Db, view: string): Promise<boolean> {
  const found = await sql<{ may: boolean | null }>`SELECT has_table_privilege(to_regclass(${view}), 'SELECT') AS may`.execute(db)
  return found.rows[0]?.may === true
}
