import type { Language } from '#kernel/pure/words/index.ts'
import { columnName } from '#kernel/pure/tables/index.ts'
import type { SheetFile } from './sheet-types.ts'
import { sheetLabels } from './words.ts'
import { writeWorkbook } from './write-sheets.ts'
import { openZip } from './zip.ts'

/** Something to tell the sender about one cell; `column` counts from 0, without it the whole row is meant. */
export interface Remark {
  sheet: string
  row: number
  column?: number
  label?: string
  value?: string
  reason: string
}

const largestPacked = 10 * 1024 * 1024
const largestUnpacked = 64 * 1024 * 1024

/**
 * Makes the workbook that goes back to the sender: their own xlsx with a comment in each cell that was refused, or, for other kinds and
 * large files, a list of row, column, value and reason. Returns which of the two was written to `target`.
 */
export async function writeRemarks(input: {
  file: SheetFile
  target: string
  remarks: readonly Remark[]
  language?: Language
}): Promise<'comments' | 'list'> {
  if (await mayAnnotate(input.file)) {
    if (await annotate(input.file.path, input.target, input.remarks)) return 'comments'
  }
  await writeList(input.target, input.remarks, input.language ?? 'zh')
  return 'list'
}

/** exceljs holds the whole workbook in memory, so only small ones that the checks of `openZip` let through. */
async function mayAnnotate(file: SheetFile): Promise<boolean> {
  if (file.kind !== 'xlsx' || file.bytes >= largestPacked) return false
  const zip = await openZip(file.path)
  zip.file.close()
  let bytes = 0
  for (const entry of zip.entries.values()) bytes += entry.uncompressedSize
  return bytes < largestUnpacked
}

async function annotate(path: string, target: string, remarks: readonly Remark[]): Promise<boolean> {
  const { default: exceljs } = await import('exceljs')
  const workbook = new exceljs.Workbook()
  try {
    await workbook.xlsx.readFile(path)
  } catch {
    return false // a workbook that we can read and exceljs cannot: the list is as good
  }
  for (const [, together] of groupByCell(remarks)) {
    const first = together[0]
    const sheet = first === undefined ? undefined : workbook.getWorksheet(first.sheet)
    if (first === undefined || sheet === undefined) return false
    const cell = sheet.getCell(first.row, (first.column ?? 0) + 1)
    cell.note = { texts: [{ text: together.map((remark) => remark.reason).join('\n') }] }
    cell.style = { ...cell.style, fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFE58F' } } }
  }
  await workbook.xlsx.writeFile(target)
  return true
}

function groupByCell(remarks: readonly Remark[]): Map<string, Remark[]> {
  return Map.groupBy(remarks, (remark) => `${remark.row}:${remark.column ?? 0}:${remark.sheet}`)
}

async function writeList(target: string, remarks: readonly Remark[], language: Language): Promise<void> {
  const label = (key: keyof typeof sheetLabels): string => sheetLabels[key][language]
  const columns = [
    { label: label('sheet'), width: 16 },
    { label: label('row'), width: 8 },
    { label: label('column'), width: 24 },
    { label: label('value'), width: 24 },
    { label: label('reason'), width: 60 },
  ]
  const rows = remarks.map((remark) => {
    const letters = remark.column === undefined ? '' : columnName(remark.column)
    return [remark.sheet, String(remark.row), `${letters} ${remark.label ?? ''}`.trim(), remark.value ?? '', remark.reason]
  })
  await writeWorkbook({ target, sheets: [{ name: label('errors'), columns, rows }] })
}
