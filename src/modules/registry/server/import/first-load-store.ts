import { sql } from 'kysely'
import type { Db } from '#kernel/server/database/index.ts'

/** From so many new persons on, building the search indexes afterwards is faster than keeping them row by row. */
const worthItFrom = 50_000

/**
 * Writes the rows of a large first load with the search indexes set aside, and builds them again before it returns, all in the caller's
 * transaction: a failure or a kill leaves register and indexes as they were. A register that has ever held a row is written as usual.
 */
export async function loadingFirst<Result>(db: Db, newPersons: number, write: () => Promise<Result>): Promise<Result> {
  if (newPersons < worthItFrom) return write()
  await sql`SELECT registry.set_indexes_aside()`.execute(db)
  const written = await write()
  for (;;) {
    const more = await sql<{ built: boolean }>`SELECT registry.put_index_back() AS built`.execute(db)
    if (more.rows[0]?.built !== true) return written
  }
}
