import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database, type Db } from '#kernel/server/database/index.ts'
import { noCounty, systemContext, type Clock } from './system-store.ts'

/** The tenant. */
export interface County {
  code: string
  name: string
  isDemo: boolean
  filingNumber?: string
}

interface CountyRow {
  county_code: string
  name: string
  is_demo: boolean
  filing_number: string | null
}

function toCounty(row: CountyRow): County {
  const county = { code: row.county_code, name: row.name, isDemo: row.is_demo }
  return row.filing_number === null ? county : { ...county, filingNumber: row.filing_number }
}

/** The county of this database, the one founded first where there are several; `undefined` in an empty database. */
export async function findCounty(database: Database, clock: Clock = Date.now): Promise<County | undefined> {
  const ctx = systemContext(database, clock, { countyCode: noCounty, reason: 'find-county' })
  const found = await inTransaction(ctx, (db) =>
    sql<CountyRow>`SELECT county_code, name, is_demo, filing_number FROM identity.county ORDER BY founded_at, county_code LIMIT 1`.execute(
      db,
    ),
  )
  return found.rows.map(toCounty)[0]
}

/** The caller's own county. */
export async function findOwnCounty(ctx: Context): Promise<County | undefined> {
  const found = await inTransaction(ctx, (db) =>
    sql<CountyRow>`
      SELECT county_code, name, is_demo, filing_number FROM identity.county WHERE county_code = ${ctx.scope.countyCode}`.execute(db),
  )
  return found.rows.map(toCounty)[0]
}

/** Whether there is any county; until the end of the transaction nobody else can found one. */
export async function lockFounding(db: Db): Promise<boolean> {
  await sql`SELECT pg_advisory_xact_lock(4305250003)`.execute(db)
  const found = await sql`SELECT 1 FROM identity.county LIMIT 1`.execute(db)
  return found.rows.length > 0
}

export async function insertCounty(db: Db, ctx: Context, county: { name: string; isDemo: boolean }): Promise<void> {
  await sql`
    INSERT INTO identity.county (county_code, name, is_demo, founded_at)
    VALUES (${ctx.scope.countyCode}, ${county.name}, ${county.isDemo}, ${ctx.now})`.execute(db)
}

/** Sets or, with an empty text, clears the filing number (备案号) of the login page. */
export async function saveFilingNumber(db: Db, ctx: Context, filingNumber: string): Promise<void> {
  const value = filingNumber === '' ? null : filingNumber
  await sql`UPDATE identity.county SET filing_number = ${value} WHERE county_code = ${ctx.scope.countyCode}`.execute(db)
}
