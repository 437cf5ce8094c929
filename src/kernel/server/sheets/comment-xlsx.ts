import { posix } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { addComments, addShapes, newComments, newDrawing, withDrawing, type CellRemark } from './comment-parts.ts'
import type { SheetFile } from './sheet-types.ts'
import { makeZipWriter } from './write-zip.ts'
import { readRelations, readWorkbook } from './xlsx-parts.ts'
import { openZip, readPart, unpack, type CheckedZip } from './zip.ts'

/** Remarks by the name of their sheet. */
export type SheetRemarks = ReadonlyMap<string, readonly CellRemark[]>

/** A new or changed part: its content, made when it is written. */
type Part = () => AsyncIterable<Buffer | string> | Iterable<Buffer | string>

const relationTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const contentTypes = '[Content_Types].xml'
/** Comments and drawings that a sheet has already are changed in memory up to this size. */
const largestOwnPart = 16 * 1024 * 1024

/**
 * Writes the sender's own workbook with comments in cells and nothing else changed: every part that has nothing to do with comments is
 * copied packed as it is. False, and nothing written, for a workbook that carries macros, links or embedded objects (never copied out,
 * trust.md §3.1), or whose parts are not understood.
 */
export async function writeComments(input: { file: SheetFile; target: Writable; remarks: SheetRemarks }): Promise<boolean> {
  const { file, target, remarks } = input
  if (file.kind !== 'xlsx' || file.notes.length > 0) return false
  const zip = await openZip(file.path)
  try {
    const parts = await planParts(zip, remarks)
    if (parts === undefined) return false
    const writer = makeZipWriter(target)
    for (const [name, entry] of zip.entries) {
      const part = parts.get(name)
      if (part === undefined) await writer.copy(zip, entry)
      else await writer.add(name, part())
    }
    for (const [name, part] of parts) if (!zip.entries.has(name)) await writer.add(name, part())
    await writer.finish()
    await finished(target, { readable: false })
    return true
  } finally {
    zip.file.close()
  }
}

async function planParts(zip: CheckedZip, remarks: SheetRemarks): Promise<Map<string, Part> | undefined> {
  const { sheets } = await readWorkbook(zip)
  const types = (await readPart(zip, contentTypes))?.replace(/<Types([^>]*)\/>/, '<Types$1></Types>')
  if (types === undefined || !types.includes('</Types>')) return undefined
  const parts = new Map<string, Part>()
  const overrides: string[] = []
  let number = 0
  for (const sheet of sheets) {
    const own = remarks.get(sheet.name) ?? []
    if (own.length === 0) continue
    // Names as Excel gives them: other readers find comments by their names.
    do number += 1
    while (zip.entries.has(`xl/comments${number}.xml`) || zip.entries.has(`xl/drawings/vmlDrawing${number}.vml`))
    const added = await planSheet({ zip, part: sheet.part, remarks: own, number, parts })
    if (added === undefined) return undefined
    overrides.push(...added)
  }
  parts.set(contentTypes, () => [withTypes(types, overrides)])
  return parts
}

interface SheetPlan {
  zip: CheckedZip
  /** The sheet's part. */
  part: string
  remarks: readonly CellRemark[]
  number: number
  parts: Map<string, Part>
}

/** Plans the parts of one sheet; returns the names of its new comment parts. */
async function planSheet(plan: SheetPlan): Promise<string[] | undefined> {
  const { zip, part, remarks, number, parts } = plan
  const folder = posix.dirname(part)
  const relationsPart = `${folder}/_rels/${posix.basename(part)}.rels`
  const relations = await readRelations(zip, relationsPart, `${folder}/`)
  const ofType = (type: string): string | undefined => [...relations.values()].find((one) => one.type.endsWith(type))?.part
  const [comments, drawing] = [ofType('/comments'), ofType('/vmlDrawing')]
  if (comments !== undefined && drawing !== undefined) return (await planOwn(plan, comments, drawing)) ? [] : undefined
  if (comments !== undefined || drawing !== undefined) return undefined // pictures in the header are drawn there too
  const [newPart, newBoxes] = [`xl/comments${number}.xml`, `xl/drawings/vmlDrawing${number}.vml`]
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${relationTypes}/${type}" Target="${posix.relative(folder, target)}"/>`
  const both = `${relation('rIdBangfuComments', 'comments', newPart)}${relation('rIdBangfuBoxes', 'vmlDrawing', newBoxes)}`
  const before =
    (await readPart(zip, relationsPart)) ??
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
  const open = before.replace(/<Relationships([^>]*)\/>/, '<Relationships$1></Relationships>')
  if (!open.includes('</Relationships>')) return undefined
  parts.set(relationsPart, () => [open.replace('</Relationships>', () => `${both}</Relationships>`)])
  parts.set(newPart, () => newComments(remarks))
  parts.set(newBoxes, () => newDrawing(remarks))
  parts.set(part, () => sheetWithDrawing(zip, part, 'rIdBangfuBoxes'))
  return [newPart]
}

/** Adds to the comments that the sheet has. */
async function planOwn({ zip, remarks, parts }: SheetPlan, comments: string, drawing: string): Promise<boolean> {
  const [commentsXml, drawingXml] = [await readPart(zip, comments, largestOwnPart), await readPart(zip, drawing, largestOwnPart)]
  const added = commentsXml === undefined ? undefined : addComments(commentsXml, remarks)
  const boxes = drawingXml === undefined || added === undefined ? undefined : addShapes(drawingXml, added.added)
  if (added === undefined || boxes === undefined) return false
  parts.set(comments, () => [added.xml])
  parts.set(drawing, () => [boxes])
  return true
}

/** The list of types with the parts of comments in it. */
export function withTypes(types: string, overrides: readonly string[]): string {
  const vml = /Extension="vml"/i.test(types)
    ? ''
    : '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
  const comments = overrides.map(
    (name) => `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>`,
  )
  return types.replace('</Types>', () => `${overrides.length === 0 ? '' : vml}${comments.join('')}</Types>`)
}

/** Longer than the end tag of the cells. */
const carried = 80

/** The sheet's XML as it is, with the reference to the drawing; what precedes the end of the cells is never held. */
async function* sheetWithDrawing(zip: CheckedZip, part: string, relationId: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let tail: string | undefined
  for await (const block of unpack(zip, part)) {
    const text = decoder.write(block)
    if (tail !== undefined) {
      tail += text
      continue
    }
    rest += text
    const end = /<\/(?:[\w-]+:)?sheetData\s*>|<(?:[\w-]+:)?sheetData\s*\/>/.exec(rest)
    if (end === null) {
      yield rest.slice(0, -carried)
      rest = rest.slice(-carried)
    } else {
      const cellsEnd = end.index + end[0].length
      yield rest.slice(0, cellsEnd)
      tail = rest.slice(cellsEnd)
    }
  }
  yield tail === undefined ? rest : withDrawing(tail, relationId)
}
