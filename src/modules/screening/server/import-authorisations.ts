import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { keepFile } from '#kernel/server/files/index.ts'
import {
  findHeader,
  judgeRow,
  mapColumns,
  openSheetFile,
  readSheetsSandboxed,
  type Header,
  type RowBlock,
  type SheetRow,
  type WantedField,
} from '#kernel/server/sheets/index.ts'
import { findPersons, type FoundPersons } from '#modules/registry/server/index.ts'
import { authorisationPolicyOn } from '../policy/authorisation.ts'
import { readAuthorisation, type AuthorisationCells, type AuthorisationRow } from '../rules/authorisation-rows.ts'
import type { AuthorisationProblem, ImportedAuthorisations } from '../rules/compare-records.ts'
import { insertAuthorisations, type NewAuthorisation } from './authorisation-store.ts'
import type { LeadDeps } from './lead-neighbours.ts'
import { screeningErrors } from './screening-errors.ts'

const limitBytes = 20 * 1_048_576
const atOnce = 1_000

const fields: WantedField[] = [
  { key: 'householdNo', labels: ['户编号', '农户编号', '家庭编号'], aliases: ['户编码', '户号'] },
  {
    key: 'name',
    labels: ['姓名', '授权人', '授权人姓名', '签字人'],
    aliases: ['授权人（签字）', '被授权查询人', '户主姓名'],
    pattern: 'name',
  },
  {
    key: 'idNumber',
    labels: ['身份证号', '证件号码', '身份证号码'],
    aliases: ['授权人身份证号', '授权人证件号码', '公民身份号码', '证件号'],
    pattern: 'idNumber',
  },
  { key: 'givenOn', labels: ['授权日期', '签订日期', '签字日期'], aliases: ['授权时间', '签署日期', '签订时间', '承诺授权日期'] },
  { key: 'validUntil', labels: ['有效期至', '授权截止日期', '到期日期'], aliases: ['有效期止', '截止日期', '授权有效期至', '失效日期'] },
  { key: 'lists', labels: ['授权范围', '查询范围'], aliases: ['授权事项', '授权查询范围', '授权内容'] },
  { key: 'paper', labels: ['授权书编号', '文书编号', '编号'], aliases: ['授权书号', '档案号', '存放位置', '授权书存放处', '照片编号'] },
]

interface ReadRow {
  sheet: string
  row: number
  cells: AuthorisationCells
}

/**
 * Takes a sheet of 授权书: rows that stand there already are counted, rows that cannot be taken are named with the reason, the rest is
 * written in one transaction. Nothing of the file is kept. Throws `sheets.*`, `screening.no-authorisations`.
 */
export async function importAuthorisations(
  ctx: Context,
  upload: { stream: Readable; fileName: string },
  deps: LeadDeps,
): Promise<ImportedAuthorisations> {
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-sheet-'))
  try {
    const { path, hash } = await keepFile(folder, upload.stream, limitBytes)
    const rows = await readAll(path, upload.fileName)
    if (rows.length === 0) throw screeningErrors.noAuthorisations()
    return await inTransaction(ctx, async (db) => {
      const refused: { sheet: string; row: number; reason: AuthorisationProblem }[] = []
      let [added, known] = [0, 0]
      for (let at = 0; at < rows.length; at += atOnce) {
        const part = await tie({ ...ctx, db }, rows.slice(at, at + atOnce), deps)
        refused.push(...part.refused)
        const written = await insertAuthorisations(db, ctx, part.rows)
        added += written.length
        known += part.rows.length - written.length
      }
      await audit(db, ctx, {
        did: 'screening.import-authorisations',
        objectKind: 'screening.authorisation',
        objectId: ctx.scope.countyCode,
        details: { hash, added, known, refused: refused.length },
      })
      return { added, known, refused: refused.slice(0, 500) }
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function readAll(path: string, fileName: string): Promise<ReadRow[]> {
  const rows: ReadRow[] = []
  let open: { sheet: string; header: Header; columns: ReadonlyMap<string, number> } | undefined
  for await (const block of readSheetsSandboxed(await openSheetFile({ path, originalName: fileName }))) {
    if (block.sheet !== open?.sheet) open = openSheet(block)
    if (open === undefined) continue
    for (const row of block.rows) {
      if (row.row <= open.header.bottom || judgeRow(open.header, row) !== undefined) continue
      rows.push({ sheet: block.sheet, row: row.row, cells: cellsOf(row, open.columns) })
    }
  }
  return rows
}

function openSheet(block: RowBlock) {
  const header = findHeader(
    block,
    fields.flatMap((field) => [...field.labels, ...(field.aliases ?? [])]),
  )
  if (header === undefined) return undefined
  const map = mapColumns({ header, fields, samples: block.rows.filter((row) => judgeRow(header, row) === undefined).slice(0, 100) })
  const columns = new Map(map.columns.map((column) => [column.key, column.column]))
  return columns.has('givenOn') && (columns.has('householdNo') || columns.has('idNumber'))
    ? { sheet: block.sheet, header, columns }
    : undefined
}

function cellsOf(row: SheetRow, columns: ReadonlyMap<string, number>): AuthorisationCells {
  return Object.fromEntries([...columns].map(([key, column]) => [key, row.cells[column] ?? '']))
}

/** Ties rows to the register: by number of identity with the name, else to the whole household by its number. */
async function tie(ctx: Context, rows: readonly ReadRow[], deps: LeadDeps) {
  const months = authorisationPolicyOn(ctx.today).defaultMonths
  const read = rows.map((row) => ({ ...row, read: readAuthorisation(row.cells, months) }))
  const good = read.flatMap(({ read: one }) => (one.ok ? [one.row] : []))
  const found = await inTransaction(ctx, (db) =>
    findPersons(ctx, db, {
      idNumbers: good.map((row) => row.idNumber).filter((number) => number !== ''),
      householdNos: good.map((row) => row.householdNo).filter((number) => number !== ''),
      vault: deps.vault,
    }),
  )
  const refused: { sheet: string; row: number; reason: AuthorisationProblem }[] = []
  const tied: NewAuthorisation[] = []
  for (const { sheet, row, read: one } of read) {
    const about = one.ok ? tieOne(one.row, found) : { reason: one.reason }
    if ('reason' in about) refused.push({ sheet, row, reason: about.reason })
    else if (one.ok) tied.push({ ...one.row, ...about, source: 'sheet' })
  }
  return { rows: tied, refused }
}

type Tied = Pick<NewAuthorisation, 'householdId' | 'personId' | 'areaPath'>

function tieOne(row: AuthorisationRow, found: FoundPersons): Tied | { reason: AuthorisationProblem } {
  const home = found.byHouseholdNo.get(row.householdNo)
  if (row.idNumber === '') {
    const [any] = home ?? []
    return any === undefined ? { reason: 'no-household' } : { householdId: any.householdId, personId: null, areaPath: any.areaPath }
  }
  const person = found.byIdNumber.get(row.idNumber)
  if (person === undefined) return { reason: 'unknown-person' }
  if (row.name !== '' && row.name !== person.name) return { reason: 'name-differs' }
  if (row.householdNo !== '' && home?.every((one) => one.householdId !== person.householdId) !== false) return { reason: 'no-household' }
  return { householdId: person.householdId, personId: person.personId, areaPath: person.areaPath }
}
