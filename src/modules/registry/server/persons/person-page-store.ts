import { sql } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { PersonRow } from '../tables.ts'

/** A person as his page needs him. */
export type FoundPerson = PersonRow & { merged_into: string | null }

/** The person, when within the scope; also one who has left or was merged. */
export async function findPerson(db: Db, scope: Scope, personId: string): Promise<FoundPerson | undefined> {
  const found =
    await sql<FoundPerson>`SELECT p.* FROM registry.person p WHERE ${inScope(scope, 'p')} AND p.person_id = ${personId}::uuid`.execute(db)
  return found.rows[0]
}

export interface MembershipSpan {
  household_id: string
  household_no: string
  head_name: string | null
  township: string
  village: string
  group_name: string | null
  relation: string | null
  valid_from: string
  valid_to: string | null
  end_reason: string | null
}

/** Where a person belonged over time, the latest first; of households outside of the scope nothing is told. */
export async function listMemberships(db: Db, scope: Scope, personId: string): Promise<MembershipSpan[]> {
  const found = await sql<MembershipSpan>`
    SELECT m.household_id, h.household_no, h.head_name, h.township, h.village, h.group_name, m.relation, m.valid_from, m.valid_to, m.end_reason
    FROM registry.membership m JOIN registry.household h ON h.county_code = m.county_code AND h.household_id = m.household_id
    WHERE ${inScope(scope, 'm')} AND ${inScope(scope, 'h')} AND m.person_id = ${personId}::uuid
    ORDER BY m.valid_from DESC LIMIT 50`.execute(db)
  return found.rows
}
