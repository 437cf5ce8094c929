import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { checkTemplate, fillTemplate, type PaperValue, type PaperValues } from '#kernel/server/documents/index.ts'
import { destroyFile, keepFile } from '#kernel/server/files/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { paperFields, type PaperField } from '../../rules/papers/paper-fields.ts'
import { isPaperKind, paperKindNames, paperName, type PaperKind } from '../../rules/papers/paper-kinds.ts'
import type { TemplateRecord } from '../../rules/papers/paper-records.ts'
import { judgeTemplate } from '../../rules/papers/paper-template-check.ts'
import { paperErrors } from './paper-errors.ts'
import { templateOf } from './paper-print.ts'
import { insertTemplate, listOwnTemplates, retireTemplate } from './paper-template-store.ts'

/** All papers with the template that is used and the fields it may show. */
export async function readTemplates(ctx: Context): Promise<{ items: TemplateRecord[]; can: { edit: boolean } }> {
  return inTransaction(ctx, async (db) => {
    const own = await listOwnTemplates(db, ctx)
    const items = paperKindNames.map((kind): TemplateRecord => {
      const used = own.find((one) => one.kind === kind)
      return {
        kind,
        ...paperName(kind),
        isOwn: used !== undefined,
        byName: used?.byName ?? null,
        at: used?.at ?? null,
        leftOut: used?.leftOut ?? [],
        fields: listFields(kind),
      }
    })
    return { items, can: { edit: mayDo(ctx, 'cases.template', 'edit') } }
  })
}

function listFields(kind: PaperKind): TemplateRecord['fields'] {
  const fields: Readonly<Record<string, PaperField>> = paperFields[kind]
  return Object.entries(fields).flatMap(([path, { zh, en, rows = {} }]) => [
    { path, zh, en, isList: Object.keys(rows).length > 0 },
    ...Object.entries(rows).map(([row, words]) => ({ path: `${path}/${row}`, zh: words.zh, en: words.en, isList: false })),
  ])
}

/** Sends the template in use, to be edited in WPS or Word. Throws `http.not-found`. */
export async function downloadTemplate(ctx: Context, kind: string): Promise<Download> {
  const known = readKind(kind)
  return inTransaction(ctx, async (db) => {
    const { docx, hash } = await templateOf({ ...ctx, db }, known)
    await audit(db, ctx, { did: 'cases.read-template', objectKind: 'cases.template', objectId: kind, details: { hash } })
    const contentType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    return { fileName: `模板-${paperName(kind).zh}.docx`, contentType, body: docx }
  })
}

function readKind(kind: string): PaperKind {
  if (!isPaperKind(kind)) throw httpErrors.notFound()
  return kind
}

/**
 * Takes a template of the county's own: checked before anything reads it, then tried with values for every field. Names that the paper does not
 * have refuse it; fields that it leaves out are told. Throws `documents.*`, `sheets.*`, `cases.template-unknown-fields`.
 */
export async function takeTemplate(
  ctx: Context,
  deps: { filesDirectory: string },
  given: { kind: string; stream: Readable },
): Promise<{ leftOut: readonly string[] }> {
  const kind = readKind(given.kind)
  const quarantine = join(deps.filesDirectory, 'quarantine')
  const sent = await keepFile(quarantine, given.stream, mostBytes)
  try {
    const { bytes, fields } = await checkTemplate(sent.path)
    const { unknown, leftOut } = judgeTemplate(kind, fields)
    if (unknown.length > 0) throw paperErrors.templateUnknownFields({ fields: unknown.slice(0, 20).join('、') })
    await fillTemplate(bytes, trialValues(kind))
    await inTransaction(ctx, (db) => useTemplate({ ...ctx, db }, { kind, docx: bytes, leftOut }))
    return { leftOut }
  } finally {
    destroyFile(quarantine, sent.fileId)
  }
}

const mostBytes = 2 * 1024 * 1024

async function useTemplate(
  ctx: Context & { readonly db: Db },
  given: { kind: PaperKind; docx: Buffer; leftOut: readonly string[] },
): Promise<void> {
  const hash = createHash('sha256').update(given.docx).digest('hex')
  await retireTemplate(ctx.db, ctx, given.kind)
  await insertTemplate(ctx.db, ctx, { ...given, hash })
  await audit(ctx.db, ctx, {
    did: 'cases.use-template',
    objectKind: 'cases.template',
    objectId: given.kind,
    details: { hash, leftOut: given.leftOut.length },
  })
}

/** Goes back to the shipped template. Throws `cases.template-shipped` where that is in use already. */
export async function dropTemplate(ctx: Context, kind: string): Promise<void> {
  await inTransaction(ctx, async (db) => {
    if (!(await retireTemplate(db, ctx, readKind(kind)))) throw paperErrors.templateShipped()
    await audit(db, ctx, { did: 'cases.drop-template', objectKind: 'cases.template', objectId: kind })
  })
}

/** A value for every field of a kind: its own name, and two rows of each list. */
export function trialValues(kind: PaperKind): PaperValues {
  const fields: Readonly<Record<string, PaperField>> = paperFields[kind]
  const valueOf = (name: string, field: PaperField): PaperValue => {
    if (name === '二维码') return { code: 'https://example.org/', edgePt: 96 }
    const rows = Object.keys(field.rows ?? {})
    return rows.length === 0 ? `〔${name}〕` : [1, 2].map((at) => Object.fromEntries(rows.map((row) => [row, `〔${row}${String(at)}〕`])))
  }
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueOf(name, field)]))
}
