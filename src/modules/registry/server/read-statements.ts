import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findField } from '../policy/policy.ts'
import { registryErrors } from './errors.ts'
import { sayValue } from './import/say-statement.ts'
import { findRevision } from './register-store.ts'
import {
  copyStatements,
  listCorrected,
  listKindsThere,
  listLayouts,
  listVillageStatements,
  type CorrectedRow,
  type VillageStatementRow,
} from './statement-store.ts'
import { blindKinds, placeOfHouseholdPhone, placeOfPersonCell } from './tables.ts'

/** What the national system's exports state of the register's rows, as they state it. */
export interface RegisterStatements {
  revision: number
  /** Kinds of file that stand in the register, with the day of the newest. */
  kinds: ReadonlyMap<string, string>
  /** Layout id to the field keys of the cells. */
  layouts: ReadonlyMap<string, readonly string[]>
  /** Household or person id to the cells that a correction of ours has settled, by field key; they stand for what the exports state. */
  corrected: ReadonlyMap<string, ReadonlyMap<string, string>>
  villages: readonly VillageStatementRow[]
  /**
   * The households in COPY text lines, in pieces of any size: id, number, area, statement, persons (statement-store.ts); \u001d stands
   * between persons, \u001c between id, number, monitoring statement, encrypted ID number, work and planned-work statements of each.
   * All of them, or some; must be consumed inside the transaction.
   */
  households(householdIds?: readonly string[]): AsyncGenerator<Buffer, void>
}

/** Households per statement: a statement of a job may run for 60 seconds. */
const statementHouseholds = 25_000
const idsAtATime = 5_000
const beforeAll = '00000000-0000-0000-0000-000000000000'
const idLength = beforeAll.length

/** Opens the statements for reading within the caller's scope; one audit row. Throws `registry.reason-needed`. */
export async function openStatements(ctx: Context, db: Db, input: { vault: Vault; reason: string }): Promise<RegisterStatements> {
  if (input.reason.trim() === '') throw registryErrors.reasonNeeded()
  const { countyCode } = ctx.scope
  const revision = await findRevision(db, countyCode)
  await audit(db, ctx, {
    did: 'registry.read-statements',
    objectKind: 'registry.register',
    objectId: countyCode,
    reason: input.reason,
    details: { revision },
  })
  const corrected = cellsOf(await listCorrected(db, ctx), input.vault)
  return {
    revision,
    kinds: await listKindsThere(db, ctx),
    layouts: await listLayouts(db, ctx),
    corrected,
    villages: await listVillageStatements(db, ctx),
    households: (householdIds) => (householdIds === undefined ? readAll(db, countyCode) : readSome(db, countyCode, householdIds)),
  }
}

async function* readAll(db: Db, countyCode: string): AsyncGenerator<Buffer, void> {
  for (let after = beforeAll; ; ) {
    const line = { start: '', isOpen: true } // the id of the line that was begun last
    let count = 0
    for await (const chunk of copyStatements(db, countyCode, { after, limit: statementHouseholds })) {
      count += noteLines(chunk, line)
      yield chunk
    }
    if (count < statementHouseholds) return
    after = line.start
  }
}

/** Counts the lines that end in a chunk and keeps the first characters of the last one begun. */
function noteLines(chunk: Buffer, line: { start: string; isOpen: boolean }): number {
  let count = 0
  let from = 0
  for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
    noteStart(line, chunk.subarray(from, end))
    line.isOpen = true
    from = end + 1
    count += 1
  }
  if (from < chunk.length) noteStart(line, chunk.subarray(from))
  return count
}

function noteStart(line: { start: string; isOpen: boolean }, bytes: Buffer): void {
  if (line.isOpen) line.start = ''
  line.isOpen = false
  if (line.start.length < idLength) line.start += bytes.toString('latin1', 0, idLength - line.start.length)
}

async function* readSome(db: Db, countyCode: string, householdIds: readonly string[]): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < householdIds.length; at += idsAtATime)
    yield* copyStatements(db, countyCode, { householdIds: householdIds.slice(at, at + idsAtATime) })
}

function cellsOf(rows: readonly CorrectedRow[], vault: Vault): Map<string, Map<string, string>> {
  const cells = new Map<string, Map<string, string>>()
  for (const row of rows) {
    const id = row.person_id ?? row.household_id
    const known = cells.get(id) ?? new Map<string, string>()
    known.set(row.field, cellOf(row, vault))
    cells.set(id, known)
  }
  return cells
}

const sexes: Readonly<Record<string, string>> = { male: '男', female: '女' }

function cellOf(row: CorrectedRow, vault: Vault): string {
  const field = findField(row.field)
  if (field === undefined) return ''
  if (row.cell !== null) {
    const isId = field.column === 'id'
    const place =
      row.field === 'householdPhone'
        ? placeOfHouseholdPhone(row.household_no)
        : placeOfPersonCell(isId ? 'id' : 'phone', row.person_no ?? '')
    const plain = vault.decrypt(row.cell, place)
    const index = vault.blindIndex(isId ? blindKinds.idNumber : blindKinds.phone, isId ? plain.slice(0, 18) : plain)
    return sayValue(field, plain, index)
  }
  if (field.column === 'id' || field.column === 'phone') return ''
  const value = field.column === undefined ? row.fact : row.plain[field.column]
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return '*'
  return field.key === 'sex' ? (sexes[String(value)] ?? '') : sayValue(field, value, undefined)
}

/** The plain ID number that an export states of a person; `sealed` as the line has it. Throws `vault.not-readable`. */
export function readStatedNumber(vault: Vault, personNo: string, sealed: string): string {
  return sealed === '' ? '' : vault.decrypt(Buffer.from(sealed, 'base64'), placeOfPersonCell('id', personNo))
}
