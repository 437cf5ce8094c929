import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { RegisterPerson } from '#modules/registry/contract.ts'
import { getRegisterRevision, readRegister } from '#modules/registry/server/index.ts'
import { buildIndex, type IndexPerson } from '../rules/build-index.ts'
import { dropOtherIndexes, noteInUse, pathOfIndex, writeIndexFile } from './index-file.ts'
import { screeningErrors } from './screening-errors.ts'
import { fullSoundTables, soundOf } from './sound-of.ts'

/** The index of the register as an encrypted file. */
export interface RegisterIndexFile {
  path: string
  key: Buffer
  revision: string
}

export interface IndexDeps {
  database?: Database
  vault: Vault
  /** Folder of kept files (`foldersOf(dataDirectory).files`). */
  filesDirectory: string
}

/**
 * The compact index of the caller's county, built from the register when this revision has none yet, else as it was cached.
 * Throws `screening.no-register` where nothing was imported. The caller must have the whole county in scope.
 */
export async function loadRegisterIndex(ctx: Context, deps: IndexDeps, reason: string): Promise<RegisterIndexFile> {
  const { countyCode } = ctx.scope
  const key = deps.vault.deriveKey(`register index ${countyCode}`)
  // A large register is read in several statements: an import that ends meanwhile must not be half of what they see.
  const seesOneState = true
  const found = await inTransaction(ctx, (db) => findOrBuild(ctx, db, { deps, key, reason }), seesOneState)
  dropOtherIndexes(deps.filesDirectory, countyCode, found.path)
  return found
}

async function findOrBuild(
  ctx: Context,
  db: Db,
  { deps, key, reason }: { deps: IndexDeps; key: Buffer; reason: string },
): Promise<RegisterIndexFile> {
  const { countyCode } = ctx.scope
  const revision = String(await getRegisterRevision(ctx, db))
  const path = pathOfIndex(deps.filesDirectory, countyCode, revision)
  if (noteInUse(path)) return { path, key, revision }
  const builder = buildIndex(soundOf)
  for await (const persons of readRegister(ctx, db, { vault: deps.vault, reason }))
    for (const person of persons) builder.add(indexPerson(person))
  const index = builder.finish()
  if (index.persons === 0) throw screeningErrors.noRegister()
  writeIndexFile(path, { index, sounds: fullSoundTables() }, key)
  return { path, key, revision }
}

/** A person of the register as the comparison needs it. */
export function indexPerson(person: RegisterPerson): IndexPerson {
  const type = person.householdType ?? ''
  return {
    personId: person.personId,
    idNumber: person.idNumber,
    name: person.name,
    phones: person.phones,
    isHead: person.isHead,
    seqNo: person.seqNo,
    monthlyIncome: person.monthlyIncomeFen,
    householdId: person.householdId,
    householdNo: person.householdNo,
    // 脱贫户 in its wordings, the older 贫困户 and 建档立卡户 included; 非贫困户 is not.
    registered: /^(已?脱贫|一般贫困|低保贫困|五保贫困|特困供养贫困|特困供养脱贫|贫困户|建档立卡)/.test(type),
    monitored: (person.monitorCategory ?? '') !== '' || /监测|边缘易致贫|突发严重困难|脱贫不稳定/.test(type),
    place: { township: person.township, village: person.village, group: person.group ?? '', areaPath: person.areaPath },
  }
}
