import { createHash } from 'node:crypto'
import {
  findHeader,
  sampleRows,
  labelKey,
  labelsOf,
  mapColumns,
  sureFrom,
  type ColumnMap,
  type ColumnMemory,
  type Header,
  type RowBlock,
  type SheetRow,
  type WantedField,
} from '#kernel/server/sheets/index.ts'
import { screeningErrors } from './screening-errors.ts'
import type { ListKind, RecognisedSheet } from '../contract.ts'
import { listKinds } from '../policy/list-kinds.ts'
import type { ListField, ListKindPolicy } from '../policy/policy.ts'

/** A sheet whose kind and columns are known; enough to read its rows. */
export interface KnownSheet {
  kind: ListKindPolicy
  confidence: number
  header: Header
  map: ColumnMap
  fields: readonly WantedField[]
  /** Labels by column, from 0. */
  labels: string[]
  /** Told by what a person confirmed of an earlier file of the sender. */
  isRemembered?: true
}

/** What the sender's earlier file or a person said of a layout, by its hash. */
export interface KnownLayout {
  list: ListKind
  columns: Readonly<Record<string, number>>
  /** The same by labels, for later files of the sender that are not laid out quite alike. */
  memory?: ColumnMemory
}

export interface RecogniseInput {
  block: RowBlock
  fileName: string
  /** Only this kind is tried, when a person has chosen it. */
  kind?: ListKind
  /** How the sender's last list of this kind was mapped. */
  memory?: ColumnMemory
}

const claimedByKind = new Map<ListKind, Set<string>>()

/** Labels that a field of the kind claims by its own wordings. */
function claimedOf(kind: ListKindPolicy): Set<string> {
  const known = claimedByKind.get(kind.kind)
  if (known !== undefined) return known
  const claimed = new Set(kind.fields.flatMap((field) => [...field.labels, ...field.aliases]).map(labelKey))
  claimedByKind.set(kind.kind, claimed)
  return claimed
}

/** The fields of a kind with the wordings of this sheet that only their parts explain, as hints. */
function wantedOf(kind: ListKindPolicy, texts: readonly string[]): WantedField[] {
  const claimed = claimedOf(kind)
  const strange = texts.filter((text) => !claimed.has(text))
  return kind.fields.map((field) => wantedField(field, strange))
}

function wantedField(field: ListField, strange: readonly string[]): WantedField {
  const understood = strange.filter((text) => field.parts.some((part) => hasParts(text, part)))
  const wanted: WantedField = { key: field.key, labels: field.labels, aliases: field.aliases, hints: understood }
  if (field.pattern !== undefined) wanted.pattern = field.pattern
  if (field.codes !== undefined) wanted.codes = field.codes
  return wanted
}

const partsRead = new Map<string, { all: string[]; none: string[] }>()

function hasParts(text: string, part: string): boolean {
  let read = partsRead.get(part)
  if (read === undefined) {
    const [all = '', ...none] = part.split('!')
    read = { all: all.split('+'), none }
    partsRead.set(part, read)
  }
  return read.all.every((word) => text.includes(word)) && !read.none.some((word) => text.includes(word))
}

const searchedRows = 30
const longestLabel = 24

/** Cells of the first rows that may be labels. */
function labelTexts(block: RowBlock): string[] {
  const cells = block.rows.slice(0, searchedRows).flatMap((row) => row.cells)
  const texts = cells.filter((cell) => cell !== '' && cell.length <= longestLabel && !/\d{2}/.test(cell)).map(labelKey)
  return [...new Set(texts)]
}

/** Tries every kind on the first rows of a sheet and takes the one whose fields fit best. The file's name only breaks ties. */
export function recogniseSheet(input: RecogniseInput): KnownSheet | undefined {
  const texts = labelTexts(input.block)
  const samplesUnder = samplesOf(input.block)
  let best: KnownSheet | undefined
  for (const kind of listKinds) {
    if (input.kind !== undefined && kind.kind !== input.kind) continue
    const known = tryKind(kind, input, { texts, samplesUnder })
    // What a person has chosen is taken even where nothing of it is recognised.
    if (known !== undefined && known.confidence > (best?.confidence ?? (input.kind === undefined ? 0 : -1))) best = known
  }
  return best
}

function tryKind(
  kind: ListKindPolicy,
  { block, fileName, kind: asked, memory }: RecogniseInput,
  { texts, samplesUnder }: { texts: readonly string[]; samplesUnder: (header: Header) => SheetRow[] },
): KnownSheet | undefined {
  const fields = wantedOf(kind, texts)
  const header = findHeader(block, labelsOf(fields, memory)) ?? (asked === undefined ? undefined : guessHeader(block))
  if (header === undefined) return undefined
  const samples = samplesUnder(header)
  const map = mapColumns({ header, fields, samples, remembered: memory })
  const sure = new Map(map.columns.map((column) => [column.key, column.confidence]))
  const missed = kind.needs.some((group) => !group.some((key) => (sure.get(key) ?? 0) >= 0.4))
  const knowsWhom = kind.key === 'place' || sure.has('name') || sure.has('idNumber')
  if ((missed || !knowsWhom) && asked === undefined) return undefined
  const confidence = scoreOf(kind, sure, `${fileName} ${block.sheet} ${titleOf(block, header)}`)
  return { kind, confidence, header, map, fields, labels: labelsOfHeader(header) }
}

const mostSamples = 100

/** The sample rows under a header; most kinds find the same header, and what was judged of its rows holds for all of them. */
function samplesOf({ rows }: RowBlock): (header: Header) => SheetRow[] {
  const known = new Map<string, SheetRow[]>()
  return (header) => {
    const key = JSON.stringify([header.top, header.bottom, header.columns])
    const samples = known.get(key) ?? sampleRows(rows, header, { labels: keysOfLists, most: mostSamples })
    known.set(key, samples)
    return samples
  }
}

/** Every wording under which a field of a list may stand; by them a further table below the first is noticed. */
export const labelsOfLists: readonly string[] = [
  ...new Set(listKinds.flatMap((kind) => kind.fields.flatMap((field) => [...field.labels, ...field.aliases]))),
]
/** The same as keys (`labelKey`). */
export const keysOfLists: ReadonlySet<string> = new Set(labelsOfLists.map(labelKey))

const commonKeys = new Set(['name', 'idNumber', 'phone', 'township', 'village', 'group', 'address'])

/** How much of what makes this kind different is there (0..1); a word of its own in titles or names adds a little. */
function scoreOf(kind: ListKindPolicy, sure: ReadonlyMap<string, number>, titles: string): number {
  const own = kind.fields.filter((field) => !commonKeys.has(field.key))
  const found = own.reduce((sum, field) => sum + (sure.get(field.key) ?? 0), 0)
  const needed = kind.needs.reduce((sum, group) => sum + Math.max(...group.map((key) => sure.get(key) ?? 0)), 0) / kind.needs.length
  const named = kind.titleWords.some((word) => titles.includes(word)) ? 0.12 : 0
  // Many fields found speak for a kind, not only their share: a short list of one field fits too easily.
  return Math.min(1, 0.4 * needed + 0.28 * (found / own.length) + 0.2 * Math.min(1, found / 3) + named)
}

function titleOf(block: RowBlock, header: Header): string {
  return block.rows
    .filter((row) => row.row < header.top)
    .flatMap((row) => row.cells)
    .join(' ')
    .slice(0, 300)
}

/** Applies what is remembered of this layout, or what a person corrected. */
export function applyLayout(known: KnownSheet, columns: Readonly<Record<string, number>>): KnownSheet {
  const fields = new Set(known.kind.fields.map((field) => field.key))
  const chosen = Object.entries(columns).filter(([key]) => fields.has(key))
  return {
    ...known,
    confidence: 1,
    map: {
      ...known.map,
      columns: chosen.map(([key, column]) => ({ key, column, label: known.labels[column] ?? '', confidence: 1, how: 'remembered' })),
      missing: [...fields].filter((key) => !(key in columns)),
      unsure: known.map.unsure.filter(({ key }) => !(key in columns)),
    },
  }
}

/** The columns of a known sheet by field key. */
export function columnsOf(known: KnownSheet): Record<string, number> {
  return Object.fromEntries(known.map.columns.map(({ key, column }) => [key, column]))
}

/** SHA-256 of the labels in their order: tells a layout, holds no cell. */
export function layoutHash(labels: readonly string[]): string {
  return createHash('sha256').update(labels.map(labelKey).join('\n')).digest('hex')
}

/** The recognition as it is shown to be corrected. */
export function describeSheet(block: RowBlock, known: KnownSheet | undefined, remembered: boolean): RecognisedSheet {
  if (known === undefined) {
    const header = guessHeader(block)
    const nothing = { kind: null, confidence: 0, columns: {}, columnConfidence: {}, missing: [], remembered: false }
    return { ...nothing, sheet: block.sheet, headerRow: header?.bottom ?? 0, labels: labelsOfHeader(header) }
  }
  return {
    sheet: block.sheet,
    kind: known.kind.kind,
    confidence: Math.round(known.confidence * 100) / 100,
    headerRow: known.header.bottom,
    labels: known.labels,
    columns: columnsOf(known),
    columnConfidence: Object.fromEntries(known.map.columns.map(({ key, confidence }) => [key, confidence])),
    missing: known.map.missing,
    remembered,
  }
}

/** A file that is no list we know, as an error that names the labels that were seen. */
export function unknownList(file: string, block: RowBlock | undefined): Error {
  const cells = block?.rows.slice(0, 8).flatMap((row) => row.cells) ?? []
  return screeningErrors.unknownList({ file, seen: cells.filter((cell) => /^[\p{Script=Han}（）()]{2,12}$/u.test(cell)).slice(0, 30) })
}

/** What a person chose for the sheet, what is remembered of its layout, or what its content tells. */
export function knowSheet(
  block: RowBlock,
  file: { name: string; layouts?: Readonly<Record<string, KnownLayout>> },
  remembered: ReadonlyMap<string, KnownLayout>,
): KnownSheet | undefined {
  if (file.layouts !== undefined) {
    const chosen = file.layouts[block.sheet]
    return chosen === undefined ? undefined : knowAs(block, file.name, chosen)
  }
  const known = recogniseSheet({ block, fileName: file.name })
  const memory = remembered.get(layoutHash(known?.labels ?? labelsOfHeader(guessHeader(block))))
  if (memory === undefined) return knowByMemory({ block, fileName: file.name }, known, [...remembered.values()]) ?? known
  return knowAs(block, file.name, memory) ?? known
}

/**
 * The sheet as an earlier list of the sender, when at least half of its columns are found again surely; as a list of another kind than its
 * columns tell only when all are. The list confirmed last comes first.
 */
function knowByMemory(
  input: Pick<RecogniseInput, 'block' | 'fileName'>,
  known: KnownSheet | undefined,
  layouts: readonly KnownLayout[],
): KnownSheet | undefined {
  for (const { list, memory } of [...layouts].reverse()) {
    if (memory === undefined) continue
    const keys = Object.keys(memory.fields).filter((key) => memory.fields[key] !== null)
    const found = recogniseSheet({ ...input, kind: list, memory })
    const sure = new Set(found?.map.columns.filter((column) => column.confidence >= sureFrom).map((column) => column.key))
    const again = keys.filter((key) => sure.has(key)).length
    const isSame = known === undefined || known.kind.kind === list
    if (found !== undefined && again >= 2 && again >= keys.length * (isSame ? 0.5 : 1))
      return { ...found, confidence: Math.max(found.confidence, 0.9), isRemembered: true }
  }
  return undefined
}

/** The sheet as the list that a person says it is, with the columns that a person chose. */
function knowAs(block: RowBlock, fileName: string, layout: KnownLayout): KnownSheet | undefined {
  const known = recogniseSheet({ block, fileName, kind: layout.list })
  return known === undefined ? undefined : applyLayout(known, layout.columns)
}

/**
 * The header of a sheet whose labels no list knows: among the first rows the last one of short words above the data, as wide as the
 * data. `undefined` for a sheet without such a row; a table without any header cannot be mapped by its labels.
 */
export function guessHeader(block: RowBlock): Header | undefined {
  const words = block.rows.slice(0, searchedRows).flatMap((row) => {
    const filled = row.cells.filter((cell) => cell.trim() !== '')
    const isWordy = filled.length >= 2 && filled.every((cell) => cell.length <= longestLabel && !/\d{4}/.test(cell))
    return isWordy ? [{ row, labels: filled.map(labelKey) }] : []
  })
  const widest = Math.max(0, ...words.map(({ labels }) => new Set(labels).size))
  const first = words.find(({ labels }) => new Set(labels).size >= Math.max(2, widest * 0.8))
  return first === undefined ? undefined : findHeader({ ...block, rows: [first.row] }, first.labels)
}

function labelsOfHeader(header: Header | undefined): string[] {
  const labels: string[] = []
  for (const column of header?.columns ?? []) labels[column.column] = column.label
  return Array.from(labels, (label) => label ?? '')
}
