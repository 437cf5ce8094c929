import { tidyIdNumber } from '#kernel/pure/text/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findByHouseholdNo, findByIndex, type PersonPlace } from './find-persons-store.ts'
import { blindKinds } from './tables.ts'

/** The register as sheets of other modules are tied to it. */
export interface FoundPersons {
  /** Current members by the number of identity as it was asked for. */
  byIdNumber: ReadonlyMap<string, PersonPlace>
  /** Current members of a household by its number. */
  byHouseholdNo: ReadonlyMap<string, PersonPlace[]>
}

/** Looks up the people of a sheet within the caller's scope, in one go; the caller audits its own act. */
export async function findPersons(
  ctx: Context,
  db: Db,
  given: { idNumbers: readonly string[]; householdNos: readonly string[]; vault: Vault },
): Promise<FoundPersons> {
  const asked = new Map(
    given.idNumbers.map((number) => [given.vault.blindIndex(blindKinds.idNumber, tidyIdNumber(number)).toString('hex'), number]),
  )
  const byIdNumber = new Map<string, PersonPlace>()
  for (const { index, ...person } of await findByIndex(db, ctx.scope, [...asked.keys()])) byIdNumber.set(asked.get(index) ?? '', person)
  const byHouseholdNo = new Map<string, PersonPlace[]>()
  for (const { householdNo, ...person } of await findByHouseholdNo(db, ctx.scope, given.householdNos))
    byHouseholdNo.set(householdNo, [...(byHouseholdNo.get(householdNo) ?? []), person])
  return { byIdNumber, byHouseholdNo }
}
