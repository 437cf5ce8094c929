import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { writeCsv, writeWorkbook } from '#kernel/server/sheets/index.ts'
import { findArea } from '#modules/identity/server/index.ts'
import type { ExportFormat, ExportListKey } from '../rules/export-records.ts'
import { exportListWords } from '../rules/export-words.ts'
import { insertExport } from './export-store.ts'

/** A list as it goes out. Rows are read while they are written; nothing holds them all. */
export interface ListToExport {
  list: ExportListKey
  columns: readonly { label: string; width?: number }[]
  rows: AsyncIterable<readonly string[]>
  /** The filter as it stands in the address; without names and numbers of people. */
  filter: Readonly<Record<string, unknown>>
  /** What stands above the list, for a paper of one place; else the word of the list and the area of the reader. */
  heading?: ExportHeading
}

/** Title and unit of a paper of one place; `fileName` is without day and ending. */
export interface ExportHeading {
  title: string
  unit: string
  fileName: string
}

/** What every export is asked for. */
export interface ExportTerms {
  purpose: string
  format: ExportFormat
  filesDirectory: string
}

/**
 * Sends a list as a workbook in the official look (title, unit, day, last line with exporter, time, purpose and number) or as text that
 * Excel opens; recorded and audited in the same transaction. The file is not kept.
 */
export async function exportList(ctx: Context, given: ListToExport & ExportTerms): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const exportId = makeId()
    const made = await makeExportFile({ ...ctx, db }, { ...given, exportId, isMasked: true })
    const { list, filter, format, purpose } = given
    const facts = { exportId, areaPath: pathOfScope(ctx), list, filter, format, purpose, rows: made.rows, isMasked: true, hasMinors: false }
    await insertExport(db, ctx, { ...facts, fileHash: made.fileHash })
    await auditExport(ctx, db, { ...facts, fileHash: made.fileHash, did: 'registry.export' })
    return made.download
  })
}

/** Writes the audit row of an export. */
export async function auditExport(
  ctx: Context,
  db: Parameters<typeof audit>[0],
  given: Pick<ListToExport, 'list' | 'filter'> &
    Pick<ExportTerms, 'purpose'> & { exportId: string; rows: number; isMasked: boolean; fileHash: string | undefined; did: string },
): Promise<void> {
  const { list, filter, rows, isMasked, fileHash } = given
  await audit(db, ctx, {
    did: given.did,
    objectKind: 'registry.export',
    objectId: given.exportId,
    reason: given.purpose,
    details: { list, rows, filters: filter, isMasked, ...(fileHash === undefined ? {} : { fileHash }) },
  })
}

/** The area under which a caller reads: his own, or the county. */
export function pathOfScope({ scope }: Context): string {
  const { countyCode } = scope
  return scope.kind === 'area' ? scope.path : `${countyCode.slice(0, 2)}.${countyCode.slice(0, 4)}.${countyCode}.`
}

export interface MadeFile {
  rows: number
  /** SHA-256, hexadecimal. */
  fileHash: string
  download: Download
}

/** Makes the file and hands it over; it goes from the disk as soon as it is open. */
export async function makeExportFile(
  ctx: Context,
  given: ListToExport & ExportTerms & { exportId: string; isMasked: boolean },
): Promise<MadeFile> {
  const folder = exportFolder(given.filesDirectory)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const target = join(folder, given.exportId)
  try {
    const rows = await writeFile(ctx, given, target)
    const hash = createHash('sha256')
    await pipeline(createReadStream(target), hash)
    const isSheet = given.format === 'xlsx'
    const download = {
      fileName: `${given.heading?.fileName ?? exportListWords[given.list].zh}_${ctx.today}.${given.format}`,
      contentType: isSheet ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv; charset=utf-8',
      body: await openOnce(target),
    }
    return { rows, fileHash: hash.digest('hex'), download }
  } catch (fault) {
    rmSync(target, { force: true })
    throw fault
  }
}

/** Where files lie while they are made; emptied at each start, in case a stop left one. */
export function exportFolder(filesDirectory: string): string {
  return join(filesDirectory, 'exports')
}

/** A stream of the file, which is removed: at once where open files may be, else when it has been read. */
async function openOnce(path: string): Promise<Readable> {
  const stream = createReadStream(path)
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve())
    stream.once('error', reject)
  })
  const remove = () => rmSync(path, { force: true })
  if (process.platform === 'win32') void finished(stream).then(remove, remove)
  else remove()
  return stream
}

async function writeFile(
  ctx: Context,
  given: ListToExport & ExportTerms & { exportId: string; isMasked: boolean },
  target: string,
): Promise<number> {
  let count = 0
  const counted = async function* (): AsyncGenerator<readonly string[]> {
    for await (const row of given.rows) {
      count += 1
      yield row
    }
  }
  if (given.format === 'csv') {
    const header = given.columns.map((column) => column.label)
    const all = async function* () {
      yield header
      yield* counted()
    }
    await writeCsv({ target, rows: all(), bom: true })
    return count
  }
  const { title, unit } = given.heading ?? (await headingOf(ctx, given.list))
  const day = ctx.today.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')
  const mark = given.isMasked ? '内部资料 注意保密' : '内部资料 含完整号码 严禁外传'
  const sheet = {
    name: exportListWords[given.list].zh,
    title,
    subtitle: `单位：${unit}　　制表日期：${day}`,
    columns: given.columns,
    rows: counted(),
    footer: () => [
      `共 ${count} 行　导出人：${ctx.caller.name}　导出时间：${localTime(ctx.now)}　用途：${given.purpose}`,
      `导出编号：${given.exportId}　${mark}${given.isMasked ? '（证件号、电话已隐去中间数字）' : ''}`,
    ],
    pageFooter: `${mark}　${ctx.caller.name}　${given.exportId}`,
  }
  await writeWorkbook({ target, sheets: [sheet] })
  return count
}

/** The list of the reader's own area. */
async function headingOf(ctx: Context, list: ExportListKey): Promise<Pick<ExportHeading, 'title' | 'unit'>> {
  const unit = (await findArea(ctx, pathOfScope(ctx)))?.name ?? ''
  return { title: `${unit}${exportListWords[list].zh}`, unit }
}

/** The local time of a moment, `2023-12-18 09:00`. */
export function localTime(now: string): string {
  const at = Date.parse(now)
  return `${dayOf(at)} ${new Date(at + 8 * 3_600_000).toISOString().slice(11, 16)}`
}

/** The cells of each item of a list. */
export async function* mapped<Item>(items: AsyncIterable<Item>, toCells: (item: Item) => string[]): AsyncGenerator<readonly string[]> {
  for await (const item of items) yield toCells(item)
}

/** Reads a list page by page, to its end. */
export async function* allPages<Item>(load: (after: string | undefined) => Promise<Page<Item>>): AsyncGenerator<Item> {
  let after: string | undefined
  do {
    const page = await load(after)
    yield* page.items
    after = page.next
  } while (after !== undefined)
}
