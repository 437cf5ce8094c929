import { readFile, stat } from 'node:fs/promises'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { attributesOf, decodeXml, tagsOf } from '../sheets/xml.ts'
import { openZip, readPart, type CheckedZip } from '../sheets/zip.ts'
import { documentErrors } from './errors.ts'
import { askChild } from './fill-template.ts'

const mebibyte = 1024 * 1024
/** Limits of a template (trust.md §3). */
export const templateLimits = { bytes: 2 * mebibyte, unpackedBytes: 24 * mebibyte }

/** A field that a template asks for; `within` names the lists around it, outermost first. */
export interface TemplateField {
  readonly name: string
  readonly isList: boolean
  readonly within: readonly string[]
}

/** A template that may be used: its bytes and what it asks for. */
export interface CheckedTemplate {
  readonly bytes: Buffer
  readonly fields: readonly TemplateField[]
}

/**
 * Checks a template of a stranger before anything reads it: size, entries, ratio; no macros, embedded objects, links to the outside or fields that
 * fetch; then its tags. Throws `documents.*` and `sheets.*` (damaged archives).
 */
export async function checkTemplate(path: string): Promise<CheckedTemplate> {
  if ((await stat(path)).size > templateLimits.bytes) throw documentErrors.tooLarge({ megabytes: templateLimits.bytes / mebibyte })
  const zip = await openZip(path).catch((fault: unknown) => {
    throw isNamedError(fault) && fault.code === 'sheets.truncated-file' ? documentErrors.notDocx() : fault
  })
  try {
    await checkParts(zip)
  } finally {
    zip.file.close()
  }
  const bytes = await readFile(path)
  return { bytes, fields: fieldsOf(await readTags(bytes)) }
}

/** Which parts a template may hold; a font or a picture of another kind is no part of a paper. */
const allowed = /\.(xml|rels|png|jpe?g|gif|bmp)$/i
const fetching = /\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|RD)\b/

async function checkParts(zip: CheckedZip): Promise<void> {
  const names = [...zip.entries.keys()].filter((name) => !name.endsWith('/'))
  if (!zip.entries.has('word/document.xml')) throw documentErrors.notDocx()
  const unpacked = [...zip.entries.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (unpacked > templateLimits.unpackedBytes) throw documentErrors.tooLarge({ megabytes: templateLimits.unpackedBytes / mebibyte })
  for (const name of names) {
    if (/vba|macro/i.test(name)) throw documentErrors.hasMacros({ part: name })
    if (!allowed.test(name) || /embeddings|activeX|afchunk/i.test(name)) throw documentErrors.hasObjects({ part: name })
  }
  for (const name of names.filter((one) => /\.(xml|rels)$/i.test(one))) {
    checkText((await readPart(zip, name, templateLimits.unpackedBytes)) ?? '', name)
  }
}

function checkText(text: string, part: string): void {
  if (part === '[Content_Types].xml' && /macroEnabled|vbaProject/i.test(text)) throw documentErrors.hasMacros({ part })
  if (part.endsWith('.rels')) {
    for (const relation of tagsOf(text, 'Relationship')) {
      if (relation.get('TargetMode')?.toLowerCase() === 'external') throw documentErrors.hasLinks({ part })
      if (/oleObject|package$|aFChunk|control$|vbaProject/i.test(relation.get('Type') ?? '')) throw documentErrors.hasObjects({ part })
    }
    return
  }
  if (/<(?:\w+:)?(?:OLEObject|altChunk|control|object)[\s/>]/.test(text)) throw documentErrors.hasObjects({ part })
  // The instruction of a field may be cut into pieces.
  const pieces = [...text.matchAll(/<w:instrText[^<>]*>([^<]*)/g)].map((match) => decodeXml(match[1] ?? ''))
  const simple = [...text.matchAll(/<w:fldSimple[^<>]*>/g)].map((match) => attributesOf(match[0]).get('instr') ?? '')
  if (fetching.test(`${pieces.join('')} ${pieces.join(' ')} ${simple.join(' ')}`.toUpperCase())) throw documentErrors.hasFields({ part })
}

async function readTags(bytes: Buffer): Promise<readonly Tag[]> {
  // Safe: the child answers the tags of the template.
  return (await askChild({ work: 'fields', template: bytes.toString('base64') })) as Tag[]
}

interface Tag {
  readonly name: string
  readonly disposition: 'Open' | 'Close' | 'SelfClosed'
}

function fieldsOf(tags: readonly Tag[]): TemplateField[] {
  const fields = new Map<string, TemplateField>()
  const within: string[] = []
  for (const { name, disposition } of tags) {
    if (disposition === 'Close') {
      if (within.pop() === undefined) throw documentErrors.brokenTag({ tag: name })
      continue
    }
    fields.set([...within, name].join('/'), { name, isList: disposition === 'Open', within: [...within] })
    if (disposition === 'Open') within.push(name)
    // Lists in lists multiply: two are what a paper needs, and a list in itself is none.
    if (within.length > 2 || new Set(within).size < within.length) throw documentErrors.tooMuch({ tag: name })
  }
  if (within.length > 0) throw documentErrors.brokenTag({ tag: within.at(-1) ?? '' })
  return [...fields.values()]
}
