import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { openCompound } from './compound.ts'
import { sheetErrors } from './errors.ts'
import { checkBiff } from './xls-records.ts'
import type { SheetFile, SheetKind } from './sheet-types.ts'
import { findTextShape } from './text-shape.ts'
import { findWorkbook, noteExtras } from './xlsx-parts.ts'
import { openZip, zipLimits } from './zip.ts'

const wholeBytes = 64 * 1024 * 1024
/** The largest files that are read (trust.md §3.1). */
export const sizeLimits: Record<SheetKind, number> = {
  text: 1024 ** 3,
  xlsx: zipLimits.packedBytes,
  xls: wholeBytes,
  html: wholeBytes,
  xml: wholeBytes,
}
const startBytes = 256 * 1024

/**
 * Looks at a file and says what it is, by its bytes and never by its ending. Sizes, archive entries, passwords and encodings are checked
 * here, before anything is unpacked. Throws a `sheets.*` error that a screen can turn into a sentence (`sheetWords`).
 */
export async function openSheetFile(input: { path: string; originalName?: string }): Promise<SheetFile> {
  const { path } = input
  const bytes = (await stat(path)).size
  if (bytes === 0) throw sheetErrors.emptyFile()
  const start = await readStart(path)
  const kind = sniff(start)
  if (bytes > sizeLimits[kind]) throw sheetErrors.tooLarge({ bytes, limitBytes: sizeLimits[kind] })
  const file: SheetFile = { path, name: input.originalName ?? basename(path), kind, bytes, notes: [] }
  if (kind === 'text') {
    file.text = await findTextShape(path, start)
    if (file.text.bomBytes >= bytes) throw sheetErrors.emptyFile()
  } else if (kind === 'html' || kind === 'xml') {
    const { encoding, bomBytes } = await findTextShape(path, start)
    file.markup = { encoding, bomBytes }
  } else if (kind === 'xls') await checkXls(file)
  else await checkXlsx(file)
  return file
}

async function readStart(path: string): Promise<Buffer> {
  const handle = await open(path)
  try {
    const buffer = Buffer.alloc(startBytes)
    const { bytesRead } = await handle.read(buffer, 0, startBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** The first bytes of other files that people send by mistake, as Latin-1. */
const otherKinds: readonly [kind: string, magic: string][] = [
  ['pdf', '%PDF'],
  ['rar', 'Rar!'],
  ['7z', '7z\xbc\xaf'],
  ['gzip', '\x1f\x8b'],
  ['picture', '\x89PNG'],
  ['picture', '\xff\xd8\xff'],
  ['picture', 'GIF8'],
  ['rtf', '{\\rtf'],
]
/** The first records of workbooks older than Excel 97 that were written without a compound document. */
const oldBegins = ['\x09\x00\x04\x00', '\x09\x00\x06\x00', '\x09\x02\x06\x00', '\x09\x04\x06\x00', '\x09\x08\x08\x00']

function sniff(start: Buffer): SheetKind {
  const magic = start.toString('latin1', 0, 512)
  if (magic.startsWith('\xd0\xcf\x11\xe0')) return 'xls'
  if (magic.startsWith('PK\x03\x04') || magic.startsWith('PK\x05\x06')) return 'xlsx'
  if (oldBegins.some((begin) => magic.startsWith(begin))) throw sheetErrors.oldXls({ version: 'BIFF2-5' })
  const other = otherKinds.find(([, begin]) => magic.startsWith(begin))
  if (other !== undefined) throw sheetErrors.wrongKind({ kind: other[0] })
  // Text of any encoding shows its markup when zero bytes and marks are left out.
  const head = start
    .toString('latin1', 0, 4096)
    .replaceAll('\0', '')
    .replace(/^[\xef\xbb\xbf\xff\xfe]+/, '')
    .trimStart()
    .toLowerCase()
  return sniffMarkup(head)
}

/** Web pages and XML workbooks of 2003 are often named .xls; a page kept with its pictures in one file (MHTML) cannot be read. */
function sniffMarkup(head: string): SheetKind {
  if (/^(mime-version|from|content-type|x-document-type):[^]*multipart\/related/.test(head)) throw sheetErrors.htmlNamedSheet()
  if ((!/^<(!doctype )?html/.test(head) && /^<[^>]*>[^]*office:spreadsheet/.test(head)) || /^<\?xml[^]*<(\w+:)?workbook[\s>]/.test(head))
    return 'xml'
  const isPage =
    /^(<!doctype html|<html|<head|<body|<table|<meta|<style|<div|<!--)/.test(head) || /^<[^>]*>[^]*<(table|html)[\s>]/.test(head)
  if (isPage && head.includes('<frameset')) throw sheetErrors.htmlNamedSheet()
  if (isPage) return 'html'
  if (head.startsWith('<?xml')) throw sheetErrors.wrongKind({ kind: 'xml' })
  return 'text'
}

async function checkXls(file: SheetFile): Promise<void> {
  const handle = await open(file.path)
  try {
    const compound = openCompound(await handle.readFile())
    if (compound.names.includes('EncryptedPackage')) throw sheetErrors.passwordProtected()
    if (compound.names.includes('WordDocument')) throw sheetErrors.wrongKind({ kind: 'doc' })
    const stream = compound.read('Workbook') ?? compound.read('Book')
    if (stream === undefined) throw sheetErrors.wrongKind({ kind: 'ole' })
    checkBiff(stream)
    if (compound.names.some((name) => name === '_VBA_PROJECT_CUR')) file.notes.push('macros')
    if (compound.names.some((name) => name.startsWith('MBD') || name.startsWith('\x01Ole'))) file.notes.push('embedded-objects')
  } finally {
    await handle.close()
  }
}

async function checkXlsx(file: SheetFile): Promise<void> {
  const zip = await openZip(file.path)
  try {
    await findWorkbook(zip)
    file.notes.push(...noteExtras(zip))
  } finally {
    zip.file.close()
  }
}
