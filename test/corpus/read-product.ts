import { isNamedError } from '../../src/kernel/pure/errors/index.ts'
import {
  correctColumns,
  judgeRow,
  memoryOfColumns,
  openSheetFile,
  readSheets,
  readTables,
  rememberColumns,
  sureFrom,
  type ColumnMap,
  type ColumnMemory,
  type Header,
  type RowBlock,
  type WantedField,
} from '../../src/kernel/server/sheets/index.ts'
import { allLabels, openSheet } from '../../src/modules/registry/server/import/open-import.ts'
import { ListKind } from '../../src/modules/screening/contract.ts'
import {
  columnsOf,
  describeSheet,
  knowSheet,
  labelsOfLists,
  layoutHash,
  recogniseSheet,
  type KnownLayout,
} from '../../src/modules/screening/server/recognise-list.ts'
import { saveFile } from '../sheet-files.ts'
import type { CorpusCase, CorpusFile } from './book.ts'
import { sayColumns } from './judge-file.ts'
import type { ReadFile, ReadTable } from './read-file.ts'

/** What the modules themselves keep of a sender: screening by the hash of the labels, registry by kind. */
export interface ProductMemory {
  layouts: Map<string, KnownLayout>
  register: ColumnMemory | undefined
}

interface Known {
  kind: string
  isSure: boolean
  header: Header
  map: ColumnMap
  fields: readonly WantedField[]
}

/**
 * Opens a file as the comparison of lists, or the import of the register, does today: workbooks and registers table by table, lists as text
 * by their first rows.
 */
export async function readAsProduct(one: CorpusCase, file: CorpusFile, kept: ProductMemory): Promise<ReadFile> {
  const tables = new Map<Known, ReadTable>()
  const tableOf = (known: Known): ReadTable => {
    const table = tables.get(known) ?? { ...known, rows: [], aside: [] }
    tables.set(known, table)
    return table
  }
  try {
    const opened = await openSheetFile({ path: saveFile(file.bytes, 'corpus'), originalName: file.name })
    const understandOne = (block: RowBlock): Known | undefined => understand(one, block, file.name, kept)
    if (one.list !== 'register' && opened.kind === 'text') await readText(readSheets(opened), understandOne, tableOf)
    else
      for await (const block of readTables(readSheets(opened), { understand: understandOne, labels: [...labelsOfLists, ...allLabels] })) {
        if (block.known === undefined) continue
        tableOf(block.known).rows.push(...block.rows)
        tableOf(block.known).aside.push(...block.aside)
      }
  } catch (fault) {
    if (!isNamedError(fault)) throw fault
    return { tables: [], refused: fault.code }
  }
  return { tables: [...tables.values()], refused: undefined }
}

/** A list as text is one table. */
async function readText(
  blocks: AsyncIterable<RowBlock>,
  understandOne: (block: RowBlock) => Known | undefined,
  tableOf: (known: Known) => ReadTable,
): Promise<void> {
  let known: Known | undefined
  let isFirst = true
  for await (const block of blocks) {
    if (isFirst) known = understandOne(block)
    isFirst = false
    if (known === undefined) return
    const table = tableOf(known)
    for (const row of block.rows) {
      const why = judgeRow(known.header, row)
      if (why === undefined) table.rows.push(row)
      else table.aside.push({ row: row.row, why })
    }
  }
}

function understand(one: CorpusCase, block: RowBlock, fileName: string, kept: ProductMemory): Known | undefined {
  if (one.list === 'register') {
    try {
      const sheet = openSheet(block, { fileName, memoryOf: () => kept.register })
      return sheet === undefined
        ? undefined
        : { kind: sheet.kind, isSure: true, header: sheet.header, map: sheet.map, fields: sheet.fields }
    } catch (fault) {
      if (isNamedError(fault) && fault.code === 'registry.unknown-kind') return undefined
      throw fault
    }
  }
  const known = knowSheet(block, { name: fileName }, kept.layouts)
  if (known === undefined) return undefined
  // A remembered layout keeps the doubts of the first look; what it says is sure.
  const sure = new Set(known.map.columns.filter((column) => column.how === 'remembered').map((column) => column.key))
  const map = { ...known.map, unsure: known.map.unsure.filter(({ key }) => !sure.has(key)) }
  return { kind: known.kind.kind, isSure: known.confidence >= sureFrom, header: known.header, map, fields: known.fields }
}

/** What the modules keep when a person has put every sheet of the first month right. */
export async function correctProduct(one: CorpusCase): Promise<ProductMemory> {
  const kept: ProductMemory = { layouts: new Map(), register: undefined }
  const [file] = one.months
  const list = ListKind.safeParse(one.list).data
  const seen = new Set<string>()
  try {
    for await (const block of readSheets(await openSheetFile({ path: saveFile(file.bytes, 'corpus'), originalName: file.name }))) {
      if (seen.has(block.sheet)) continue
      seen.add(block.sheet)
      const truth = file.tables.find((table) => table.sheet === '' || table.sheet === block.sheet)
      if (truth === undefined) continue
      if (one.list === 'register') {
        const sheet = openSheet(block, { fileName: file.name, kind: 'register' })
        if (sheet !== undefined)
          kept.register = rememberColumns(correctColumns(sheet.map, sheet.header, sayColumns(one.list, truth, sheet.map)))
      } else if (list !== undefined) {
        const known = recogniseSheet({ block, fileName: file.name, kind: list })
        const said = known === undefined ? {} : sayColumns(one.list, truth, known.map)
        const columns = { ...(known === undefined ? {} : columnsOf(known)) }
        for (const [key, column] of Object.entries(said)) {
          if (column === null) delete columns[key]
          else columns[key] = column
        }
        const { labels } = describeSheet(block, known, false)
        const dropped = Object.fromEntries(Object.entries(said).filter(([, column]) => column === null))
        kept.layouts.set(layoutHash(labels), { list, columns, memory: memoryOfColumns(labels, { ...dropped, ...columns }) })
      }
    }
  } catch (fault) {
    if (!isNamedError(fault)) throw fault // a file that is refused teaches nothing
  }
  return kept
}
