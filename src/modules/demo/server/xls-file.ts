import { writeFile } from 'node:fs/promises'
import type { Cell, Sheet } from '../rules/sheet.ts'

const sector = 512
const endOfChain = 0xfffffffe
const fatSector = 0xfffffffd
const free = 0xffffffff

/**
 * Writes a workbook in the format of Excel 97 to 2003 (BIFF8 in an OLE container), as old programs of departments still do.
 * Sources: [MS-XLS] and [MS-CFB]. Text as LABEL, numbers as RK or NUMBER. At most 65,536 rows and about 7 MB.
 */
export async function writeXlsFile(path: string, sheets: readonly Sheet[]): Promise<number> {
  const bytes = container(workbookStream(sheets))
  await writeFile(path, bytes)
  return bytes.length
}

function workbookStream(sheets: readonly Sheet[]): Buffer {
  const bodies = sheets.map(sheetStream)
  const before = [bof(5), record(0x42, words(1200)), record(0x3d, words(0, 0, 16000, 9000, 0x38, 0, 0, 1, 600)), ...fonts(), ...formats()]
  const names = sheets.map((sheet) => Buffer.concat([Buffer.from([sheet.name.length, 1]), Buffer.from(sheet.name, 'utf16le')]))
  const headLength = lengthOf(before) + names.reduce((sum, name) => sum + 4 + 6 + name.length, 0) + 4
  let offset = headLength
  const bounds = names.map((name, at) => {
    const bound = Buffer.alloc(6)
    bound.writeUInt32LE(offset, 0)
    bound[4] = sheets[at]?.hidden === true ? 1 : 0
    offset += bodies[at]?.length ?? 0
    return record(0x85, Buffer.concat([bound, name]))
  })
  return Buffer.concat([...before, ...bounds, record(0x0a, Buffer.alloc(0)), ...bodies])
}

function fonts(): Buffer[] {
  const name = Buffer.from('宋体', 'utf16le')
  const font = Buffer.concat([words(220, 0, 0x7fff, 400, 0, 0, 0x8600), Buffer.from([2, 1]), name])
  return [font, font, font, font].map((body) => record(0x31, body))
}

/** Fifteen style formats and one cell format, which every reader expects, and the style Normal. */
function formats(): Buffer[] {
  const format = (flags: number): Buffer => record(0xe0, words(0, 0, flags, 0x20, 0, 0, 0, 0, 0, 0x20c0))
  return [...Array.from({ length: 15 }, () => format(0xfff5)), format(1), record(0x293, Buffer.from([0, 0x80, 0, 0xff]))]
}

function sheetStream(sheet: Sheet): Buffer {
  const parts = [bof(0x10)]
  const rows = [...sheet.rows]
  if (rows.length > 65_536) throw new RangeError('demo: an xls sheet holds 65,536 rows')
  const size = Buffer.alloc(14)
  size.writeUInt32LE(rows.length, 4)
  size.writeUInt16LE(Math.max(1, ...rows.map((row) => row.length)), 10)
  parts.push(record(0x200, size))
  for (const [row, cells] of rows.entries())
    for (const [column, cell] of cells.entries()) if (cell !== '') parts.push(cellRecord(row, column, cell))
  parts.push(record(0x23e, Buffer.concat([words(0x06b6, 0, 0, 64, 0, 0, 0), Buffer.alloc(4)])))
  if (sheet.merges !== undefined && sheet.merges.length > 0) parts.push(mergesRecord(sheet.merges))
  return Buffer.concat([...parts, record(0x0a, Buffer.alloc(0))])
}

function cellRecord(row: number, column: number, cell: Cell): Buffer {
  const at = words(row, column, 15)
  if (typeof cell === 'string')
    return record(0x204, Buffer.concat([at, words(cell.length), Buffer.from([1]), Buffer.from(cell, 'utf16le')]))
  const value = typeof cell === 'number' ? cell : Number(cell.digits)
  if (Number.isInteger(value) && Math.abs(value) < 0x1fffffff) {
    const rk = Buffer.alloc(4)
    rk.writeInt32LE(value * 4 + 2, 0)
    return record(0x27e, Buffer.concat([at, rk]))
  }
  const double = Buffer.alloc(8)
  double.writeDoubleLE(value, 0)
  return record(0x203, Buffer.concat([at, double]))
}

function mergesRecord(merges: readonly (readonly [string, string])[]): Buffer {
  const corner = (name: string): [number, number] => [Number(name.replace(/\D/g, '')) - 1, name.charCodeAt(0) - 65]
  const areas = merges.map(([from, to]) => {
    const [[top, left], [bottom, right]] = [corner(from), corner(to)]
    return words(top, bottom, left, right)
  })
  return record(0xe5, Buffer.concat([words(areas.length), ...areas]))
}

function bof(kind: number): Buffer {
  return record(0x809, words(0x600, kind, 0x0dbb, 0x07cc, 0, 0, 6, 0))
}

function record(type: number, body: Buffer): Buffer {
  return Buffer.concat([words(type, body.length), body])
}

function words(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2)
  values.forEach((value, at) => buffer.writeUInt16LE(value, at * 2))
  return buffer
}

function lengthOf(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, buffer) => sum + buffer.length, 0)
}

/** The OLE container: header, allocation table, one directory sector, the stream named Workbook (padded past the mini-stream limit). */
function container(stream: Buffer): Buffer {
  const dataSectors = Math.max(8, Math.ceil(stream.length / sector))
  let fatSectors = 1
  while (fatSectors * 128 < fatSectors + 1 + dataSectors) fatSectors += 1
  if (fatSectors > 109) throw new RangeError('demo: an xls file of this size is not supported')
  const fat = Buffer.alloc(fatSectors * sector, 0xff)
  const link = (at: number, next: number): void => void fat.writeUInt32LE(next, at * 4)
  for (let at = 0; at < fatSectors; at += 1) link(at, fatSector)
  link(fatSectors, endOfChain)
  const first = fatSectors + 1
  for (let at = 0; at < dataSectors; at += 1) link(first + at, at === dataSectors - 1 ? endOfChain : first + at + 1)
  const data = Buffer.alloc(dataSectors * sector)
  stream.copy(data)
  return Buffer.concat([containerHeader(fatSectors), fat, directory(first, dataSectors * sector), data])
}

function containerHeader(fatSectors: number): Buffer {
  const header = Buffer.alloc(sector)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header)
  words(0x3e, 3, 0xfffe, 9, 6).copy(header, 24)
  header.writeUInt32LE(fatSectors, 44)
  header.writeUInt32LE(fatSectors, 48)
  header.writeUInt32LE(4096, 56)
  header.writeUInt32LE(endOfChain, 60)
  header.writeUInt32LE(endOfChain, 68)
  for (let at = 0; at < 109; at += 1) header.writeUInt32LE(at < fatSectors ? at : free, 76 + at * 4)
  return header
}

function directory(first: number, length: number): Buffer {
  const entry = (name: string, kind: number, fields: { child: number; start: number; size: number }): Buffer => {
    const buffer = Buffer.alloc(128)
    buffer.write(name, 'utf16le')
    buffer.writeUInt16LE(name === '' ? 0 : name.length * 2 + 2, 64)
    buffer[66] = kind
    buffer[67] = 1
    for (const at of [68, 72]) buffer.writeUInt32LE(free, at)
    buffer.writeUInt32LE(fields.child, 76)
    buffer.writeUInt32LE(fields.start, 116)
    buffer.writeUInt32LE(fields.size, 120)
    return buffer
  }
  const empty = entry('', 0, { child: free, start: 0, size: 0 })
  return Buffer.concat([
    entry('Root Entry', 5, { child: 1, start: endOfChain, size: 0 }),
    entry('Workbook', 2, { child: free, start: first, size: length }),
    empty,
    empty,
  ])
}
