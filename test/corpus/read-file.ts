import { isNamedError } from '../../src/kernel/pure/errors/index.ts'
import {
  labelsOf,
  openSheetFile,
  readSheets,
  readTables,
  sureFrom,
  understandTable,
  type ColumnMap,
  type ColumnMemory,
  type Header,
  type KnownTable,
  type RowBlock,
  type SheetRow,
  type WantedField,
} from '../../src/kernel/server/sheets/index.ts'
import { fields as registerFields, kinds as registerKinds } from '../../src/modules/registry/policy/policy.ts'
import { fieldsOfKind } from '../../src/modules/registry/rules/recognise-kind.ts'
import { openSheet } from '../../src/modules/registry/server/import/open-import.ts'
import type { ListKindPolicy } from '../../src/modules/screening/policy/policy.ts'
import { listKinds } from '../../src/modules/screening/policy/list-kinds.ts'
import { recogniseSheet } from '../../src/modules/screening/server/recognise-list.ts'
import { saveFile } from '../sheet-files.ts'
import type { CorpusFile, ListKey } from './book.ts'

/** What is kept of a sender: which list it was and which column held what. */
export interface Kept {
  kind: string
  memory: ColumnMemory
}

/** A table as the programs understood it. `isSure`: its kind would be taken without being asked. */
export interface ReadTable {
  kind: string
  isSure: boolean
  header: Header
  map: ColumnMap
  rows: SheetRow[]
  aside: { row: number; why: string }[]
}

/** A file as the programs understood it; `refused` where they said that they could not. */
export interface ReadFile {
  tables: ReadTable[]
  refused: string | undefined
}

interface Understood extends KnownTable {
  kind: string
  isSure: boolean
}

function fieldsOfList(list: ListKindPolicy): WantedField[] {
  return list.fields.map(({ key, labels, aliases, pattern, codes }) => ({
    key,
    labels,
    aliases,
    ...(pattern === undefined ? {} : { pattern }),
    ...(codes === undefined ? {} : { codes }),
  }))
}

/** The fields of a kind of list or import, as they are asked of a sheet. */
function fieldsOf(kind: string): readonly WantedField[] {
  const list = listKinds.find((one) => one.kind === kind)
  if (list !== undefined) return fieldsOfList(list)
  const policy = registerKinds.find((one) => one.kind === kind)
  if (policy === undefined) return []
  return fieldsOfKind(registerFields, policy).map((field) => ({ key: field.key, labels: [field.zh], aliases: field.aliases }))
}

const everyLabel = [...listKinds.flatMap((kind) => labelsOf(fieldsOfList(kind))), ...labelsOf(fieldsOf('register'))]

/** Opens a file of the corpus through the sheets room and the recogniser of its module, with what the sender's last file taught. */
export async function readFile(list: ListKey, file: CorpusFile, kept: Kept | undefined): Promise<ReadFile> {
  const tables = new Map<Understood, ReadTable>()
  const aside: ReadTable['aside'] = []
  const understand = (block: RowBlock): Understood | undefined => {
    const known = kept === undefined ? undefined : byMemory(block, kept)
    return known ?? (list === 'register' ? asRegister(block, file.name) : asList(block, file.name))
  }
  const labels = kept === undefined ? everyLabel : [...everyLabel, ...labelsOf([], kept.memory)]
  try {
    const reading = readSheets(await openSheetFile({ path: saveFile(file.bytes, 'corpus'), originalName: file.name }))
    for await (const block of readTables(reading, { understand, labels })) {
      const { known } = block
      if (known === undefined) {
        aside.push(...block.aside)
        continue
      }
      const table = tables.get(known) ?? {
        kind: known.kind,
        isSure: known.isSure,
        header: known.header,
        map: known.map,
        rows: [],
        aside: [],
      }
      table.rows.push(...block.rows)
      table.aside.push(...block.aside)
      tables.set(known, table)
    }
  } catch (fault) {
    if (!isNamedError(fault)) throw fault
    return { tables: [], refused: fault.code }
  }
  return { tables: [...tables.values()], refused: undefined }
}

/** The sender's last mapping, where all its columns are found again and are sure. */
function byMemory(block: RowBlock, kept: Kept): Understood | undefined {
  const fields = fieldsOf(kept.kind)
  const known = understandTable(block, { fields, remembered: kept.memory, realign: true })
  if (known === undefined) return undefined
  const remembered = Object.entries(kept.memory.fields).filter(([, column]) => column !== null)
  const found = remembered.filter(([key]) => known.map.columns.some((one) => one.key === key && one.confidence >= sureFrom))
  return found.length * 2 >= remembered.length ? { ...known, kind: kept.kind, isSure: true } : undefined
}

function asList(block: RowBlock, fileName: string): Understood | undefined {
  const known = recogniseSheet({ block, fileName })
  if (known === undefined) return undefined
  return {
    kind: known.kind.kind,
    isSure: known.confidence >= sureFrom,
    header: known.header,
    map: known.map,
    fields: fieldsOfList(known.kind),
  }
}

function asRegister(block: RowBlock, fileName: string): Understood | undefined {
  try {
    const sheet = openSheet(block, { fileName })
    return sheet === undefined
      ? undefined
      : { kind: sheet.kind, isSure: true, header: sheet.header, map: sheet.map, fields: fieldsOf(sheet.kind) }
  } catch (fault) {
    if (isNamedError(fault) && fault.code === 'registry.unknown-kind') return undefined
    throw fault
  }
}

/** What a person who corrects the first month by hand would have in front of them: the table as the list that it is. */
export async function openAs(list: ListKey, file: CorpusFile): Promise<KnownTable | undefined> {
  const reading = readSheets(await openSheetFile({ path: saveFile(file.bytes, 'corpus'), originalName: file.name }))
  const fields = fieldsOf(list)
  const wanted = new Set(file.tables.map((table) => table.sheet))
  let first: KnownTable | undefined
  for await (const block of reading) {
    if (wanted.has(block.sheet) || block.sheet === '' || wanted.size === 1) first ??= understandTable(block, { fields, realign: true })
  }
  return first
}
