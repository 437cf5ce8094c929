import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { readCopyText, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { RegisterPerson } from '../contract.ts'
import { registryErrors } from './errors.ts'
import { copyMembers, findRevision } from './register-store.ts'
import { placeOfHouseholdPhone, placeOfPersonCell } from './tables.ts'

/** How many persons are handed over at a time. */
const blockPersons = 5_000
/** Persons per statement: a statement of a job may run for 60 seconds. */
const statementPersons = 50_000
const beforeAll = '00000000-0000-0000-0000-000000000000'

/** What reading the whole register needs besides the transaction: the keys, and why it is read. */
export interface ReadRegisterInput {
  vault: Vault
  /** Why the register is read; stands in the audit. */
  reason: string
}

/**
 * Streams every current member with plain number and telephones, within the scope of the caller.
 * One audit row; the blocks must be consumed inside the transaction of `db`. Throws `registry.reason-needed`, `vault.not-readable`.
 */
export async function* readRegister(ctx: Context, db: Db, input: ReadRegisterInput): AsyncGenerator<RegisterPerson[], void> {
  if (input.reason.trim() === '') throw registryErrors.reasonNeeded()
  const revision = await findRevision(db, ctx.scope.countyCode)
  await audit(db, ctx, {
    did: 'registry.read-register',
    objectKind: 'registry.register',
    objectId: ctx.scope.countyCode,
    reason: input.reason,
    details: { revision },
  })
  const read = makeReader(input.vault)
  for (let after = beforeAll; ; ) {
    let count = 0
    for await (const line of linesOf(copyMembers(db, { countyCode: ctx.scope.countyCode, after, limit: statementPersons }))) {
      const block = line.map(read)
      count += block.length
      after = block.at(-1)?.personId ?? after
      yield block
    }
    if (count < statementPersons) return
  }
}

/** Cuts what COPY sends into lines, some thousand at a time. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string[], void> {
  let rest: Buffer = Buffer.alloc(0)
  let lines: string[] = []
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let end = bytes.indexOf(10, from); end >= 0; end = bytes.indexOf(10, from)) {
      lines.push(bytes.toString('utf8', from, end))
      from = end + 1
    }
    rest = bytes.subarray(from)
    if (lines.length < blockPersons) continue
    yield lines
    lines = []
  }
  if (lines.length > 0) yield lines
}

/** The revision of the register; 0 while nothing was ever imported. It rises with every change. */
export async function getRegisterRevision(ctx: Context, db: Db): Promise<number> {
  return findRevision(db, ctx.scope.countyCode)
}

/** Reads one line of `copyMembers`; the household's telephone is decrypted once for all its members. */
function makeReader(vault: Vault): (line: string) => RegisterPerson {
  let householdNo = ''
  let householdPhone: string | undefined
  return (line) => {
    const fields = line.split('\t')
    const text = (at: number): string | undefined => {
      const value = fields[at]
      return value === undefined ? undefined : (readCopyText(value) ?? undefined)
    }
    const cell = (at: number): Buffer | undefined => {
      const value = fields[at]
      return value === undefined || value === '\\N' ? undefined : Buffer.from(value, 'hex')
    }
    const personNo = text(1) ?? ''
    if (text(3) !== householdNo) {
      householdNo = text(3) ?? ''
      const phone = cell(16)
      householdPhone = phone === undefined ? undefined : vault.decrypt(phone, placeOfHouseholdPhone(householdNo))
    }
    const [idCell, phoneCell] = [cell(14), cell(15)]
    const ownPhone = phoneCell === undefined ? undefined : vault.decrypt(phoneCell, placeOfPersonCell('phone', personNo))
    const areaPath = text(13) ?? ''
    const income = text(9)
    const seqNo = text(8)
    const sex = text(18)
    return {
      personId: text(0) ?? '',
      personNo,
      idNumber: idCell === undefined ? '' : vault.decrypt(idCell, placeOfPersonCell('id', personNo)).slice(0, 18),
      name: text(4) ?? '',
      bornOn: text(17),
      sex: sex === 'male' || sex === 'female' ? sex : undefined,
      phones: [...new Set([ownPhone, householdPhone].filter((phone) => phone !== undefined))],
      householdId: text(2) ?? '',
      householdNo,
      householdType: text(5),
      monitorCategory: text(6),
      isHead: text(7) === 't',
      seqNo: seqNo === undefined ? undefined : Number(seqNo),
      monthlyIncomeFen: income === undefined ? undefined : Number(income),
      township: text(10) ?? '',
      village: text(11) ?? '',
      villageCode: areaPath.split('.')[4],
      group: text(12),
      areaPath,
    }
  }
}
