import { readFileSync } from 'node:fs'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { fillTemplate, printDocument, type PaperValues } from '#kernel/server/documents/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import { findArea } from '#modules/identity/server/index.ts'
import type { OfBook, OfRecord, PrintRecord, PrintRecords } from '../contract.ts'
import type { Field } from '../rules/template.ts'
import { cellOf } from './export-records.ts'
import { listPage } from './list-store.ts'
import { openLedger, type Ledger } from './open-ledger.ts'
import { countyPath } from './place-record.ts'
import { findRecord } from './record-store.ts'
import { readPlaceNames } from './show-records.ts'
import type { RecordRow } from './tables.ts'
import { versionOf } from './write-record.ts'

type PaperKind = 'sheet' | 'list'
const papers = new Map<PaperKind, Buffer>()

function paperOf(kind: PaperKind): Buffer {
  const read = papers.get(kind) ?? readFileSync(new URL(`../policy/papers/${kind}.docx`, import.meta.url))
  papers.set(kind, read)
  return read
}

const contentTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const

async function makePaper(given: {
  kind: PaperKind
  values: PaperValues
  leftOut?: readonly string[]
  format: 'docx' | 'pdf'
  name: string
}): Promise<Download> {
  const { kind, values, leftOut = [], format, name } = given
  const filled = await fillTemplate(paperOf(kind), values, leftOut)
  const body = format === 'docx' ? filled : (await printDocument(filled, name)).pdf
  return { fileName: `${name}.${format}`, contentType: contentTypes[format], body }
}

const chineseDay = (day: string): string => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')
const isLong = (field: Field): boolean => ['long-text', 'table', 'choices', 'place'].includes(field.kind)

/** Prints the sheet of one record as its template lays it out. Sensitive values stay masked. Audited. */
export async function printRecord(ctx: Context, given: OfRecord & PrintRecord): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    const row = await findRecord(db, ctx, given)
    if (row === undefined) throw httpErrors.notFound()
    const open = await versionOf(within, row)
    const { print } = open.template
    const placeOf = await readPlaceNames(within)
    const values: PaperValues = {
      标题: print.title.zh,
      编号: row.recordNo ?? '',
      状态: open.states.get(row.state)?.name.zh ?? row.state,
      所属: placeOf(row.areaPath),
      ...sheetValues({ ...ledger, open }, row),
      签字栏: (print.signatures ?? []).map((one) => ({ 签字人: one.zh })),
      打印: `${chineseDay(ctx.today)}　${ctx.caller.name}　打印`,
    }
    const { recordId, templateKey, format } = given
    await audit(db, ctx, {
      did: 'ledgers.print',
      objectKind: 'ledgers.record',
      objectId: recordId,
      details: { template: templateKey, format },
    })
    return makePaper({ kind: 'sheet', values, format, name: `${open.template.name.zh}-${row.recordNo ?? row.recordId.slice(-6)}` })
  })
}

function sheetValues(ledger: Ledger, row: RecordRow): PaperValues {
  const fields = ledger.open.template.print.sheet.flatMap((key) => {
    const field = ledger.open.fields.get(key)
    return field === undefined || !ledger.maySee(key) ? [] : [field]
  })
  const short = fields.filter((field) => !isLong(field))
  const pairs: PaperValues[] = []
  for (let at = 0; at < short.length; at += 2) {
    const [one, other] = [short[at], short[at + 1]]
    if (one !== undefined)
      pairs.push({
        甲名: labelOf(one),
        甲值: cellOf(one, row),
        乙名: other === undefined ? '' : labelOf(other),
        乙值: other === undefined ? '' : cellOf(other, row),
      })
  }
  const long = fields.filter(isLong).map((field): PaperValues => ({ 项名: field.name.zh, 项值: cellOf(field, row).split('；').join('\n') }))
  return { 短项: pairs, 长项: long }
}

const labelOf = (field: Field): string => (field.unit === undefined ? field.name.zh : `${field.name.zh}（${field.unit}）`)

/** The longest list that is printed; more belongs in an export. */
const mostPrinted = 2000
const mostColumns = 16

/** Prints a list in the official look, with the columns that its template says. Audited. */
export async function printRecords(ctx: Context, given: OfBook & PrintRecords): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { templateKey, format, ...search } = given
    const ledger = await openLedger(within, templateKey)
    const page = await listPage(within, ledger, { ...search, limit: mostPrinted })
    const { template } = ledger.open
    const fields = template.print.list.flatMap((key) => {
      const field = ledger.open.fields.get(key)
      return field === undefined || !ledger.maySee(key) ? [] : [field]
    })
    const unit = (await findArea(within, ctx.scope.kind === 'area' ? ctx.scope.path : countyPath(ctx.scope.countyCode)))?.name ?? ''
    const row = (one: RecordRow, at: number): PaperValues => ({
      序号: String(at + 1),
      ...Object.fromEntries(fields.map((field, no) => [`值${no + 1}`, cellOf(field, one)])),
    })
    const values: PaperValues = {
      标题: `${unit}${template.name.zh}`,
      单位: unit,
      日期: chineseDay(ctx.today),
      条数: String(page.items.length),
      制表人: ctx.caller.name,
      ...Object.fromEntries(fields.map((field, no) => [`名${no + 1}`, labelOf(field)])),
      行: page.items.map(row),
    }
    const unused = Array.from({ length: mostColumns - fields.length }, (_, at) => at + fields.length + 1)
    await audit(db, ctx, {
      did: 'ledgers.print-list',
      objectKind: 'ledgers.book',
      objectId: templateKey,
      details: { rows: page.items.length, format },
    })
    return makePaper({ kind: 'list', values, leftOut: unused.flatMap((no) => [`名${no}`, `值${no}`]), format, name: template.name.zh })
  })
}
