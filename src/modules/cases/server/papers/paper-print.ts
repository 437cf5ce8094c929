import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { fillTemplate, printDocument, type PaperValues } from '#kernel/server/documents/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { isPaperKind, paperKinds, papersOfStep, type PaperKind } from '../../rules/papers/paper-kinds.ts'
import type { PrintPaper } from '../../rules/papers/paper-requests.ts'
import { findCase } from '../case-store.ts'
import { termsOf } from '../case-terms.ts'
import { caseValues } from './paper-case-data.ts'
import { answerValues } from './paper-answer-data.ts'
import { paperErrors } from './paper-errors.ts'
import { meetingValues } from './paper-meeting-data.ts'
import { noticeValues } from './paper-notice-data.ts'
import { notePaper } from './paper-store.ts'
import { findOwnTemplate } from './paper-template-store.ts'
import { wholePapers } from './paper-whole.ts'

type Within = Context & { readonly db: Db }
const shipped = new Map<PaperKind, Buffer>()

/** The template as it is shipped. */
export function shippedTemplate(kind: PaperKind): Buffer {
  const read = shipped.get(kind) ?? readFileSync(new URL(`../../policy/papers/${kind}.docx`, import.meta.url))
  shipped.set(kind, read)
  return read
}

/** The county's own template of a kind, or the shipped one. */
export async function templateOf(ctx: Within, kind: PaperKind): Promise<{ docx: Buffer; hash: string }> {
  const own = await findOwnTemplate(ctx.db, ctx, kind)
  if (own !== undefined) return own
  const docx = shippedTemplate(kind)
  return { docx, hash: createHash('sha256').update(docx).digest('hex') }
}

const contentTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const

/** What is printed: the kind, its values, and what the file is called besides (a number, never a name). */
export interface PaperToPrint extends PrintPaper {
  readonly kind: PaperKind
  readonly values: PaperValues
  /** Columns that this one does not have. */
  readonly leftOut?: readonly string[]
  readonly number: string
  /** Why it shows whole numbers; absent where they are masked. */
  readonly reason?: string | undefined
  /** What the audit names: the case, meeting, notice or objection. */
  readonly of: { readonly objectKind: string; readonly objectId: string }
}

/** Fills a paper and sends it as Word or PDF; the printing is audited in the same transaction. Throws `documents.*`. */
export async function printPaper(ctx: Within, given: PaperToPrint): Promise<Download & { readonly templateHash: string }> {
  const { kind, values, leftOut = [], format, number, of, reason } = given
  const { docx, hash } = await templateOf(ctx, kind)
  const filled = await fillTemplate(docx, values, leftOut)
  const body = format === 'docx' ? filled : (await printDocument(filled, paperKinds[kind].zh)).pdf
  const fileHash = createHash('sha256').update(body).digest('hex')
  const did = reason === undefined ? 'cases.print-paper' : 'cases.print-whole-paper'
  const details = { kind, format, templateHash: hash, fileHash }
  await audit(ctx.db, ctx, { did, ...of, ...(reason === undefined ? {} : { reason }), details })
  return { fileName: `${paperKinds[kind].zh}-${number}.${format}`, contentType: contentTypes[format], body, templateHash: hash }
}

/**
 * Prints a paper of a case as it stands; noted as printed for its step. `reason`: with whole identity numbers, where policy lets this paper show
 * them. Throws `http.not-found`, `cases.paper-unknown`, `.paper-masked-only`, `registry.reveal-budget`.
 */
export async function printCasePaper(
  ctx: Context,
  deps: { vault: Vault },
  given: { caseId: string; kind: string; format: 'docx' | 'pdf'; reason?: string },
): Promise<Download> {
  const { caseId, kind, format, reason } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const file = await findCase(db, ctx.scope, caseId)
    if (file === undefined) throw httpErrors.notFound()
    if (!isPaperKind(kind) || paperKinds[kind].subject !== 'case') throw paperErrors.paperUnknown({ kind })
    if (reason !== undefined && !(await wholePapers(within, file.areaPath)).includes(kind))
      throw paperErrors.paperMaskedOnly({ name: paperKinds[kind].zh })
    const values = await caseValues(within, deps, { file, open: reason === undefined ? undefined : { kind, reason } })
    const of = { objectKind: 'cases.case', objectId: caseId }
    const { templateHash, ...download } = await printPaper(within, { kind, values, format, number: file.caseNo, of, reason })
    const terms = await termsOf(within, { areaPath: file.areaPath, asOf: ctx.today })
    if (file.state !== 'ended' && papersOfStep(file.step, terms.steps[file.step].papers).includes(kind)) {
      await notePaper(db, ctx, { file, step: file.step, kind, printedBy: templateHash })
    }
    return download
  })
}

/** Prints the minutes of a meeting, with blanks before it is held. Throws `cases.meeting-not-found`. */
export async function printMinutes(ctx: Context, given: { meetingId: string; format: 'docx' | 'pdf' }): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { meeting, values } = await meetingValues(within, given.meetingId)
    const of = { objectKind: 'cases.meeting', objectId: given.meetingId }
    const { templateHash: _, ...download } = await printPaper(within, {
      kind: 'minutes',
      values,
      format: given.format,
      number: meeting.heldOn,
      of,
    })
    return download
  })
}

/** Prints a released notice. Throws `http.not-found`, `cases.notice-not-released`. */
export async function printNotice(ctx: Context, given: { noticeId: string; format: 'docx' | 'pdf' }): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { notice, values, leftOut } = await noticeValues(within, given.noticeId)
    const of = { objectKind: 'cases.notice', objectId: given.noticeId }
    const { templateHash: _, ...download } = await printPaper(within, {
      kind: 'notice',
      values,
      leftOut,
      format: given.format,
      number: notice.noticeNo,
      of,
    })
    return download
  })
}

/** Prints the letter that answers an objection. Throws `http.not-found`, `cases.objection-not-answered`. */
export async function printAnswer(
  ctx: Context,
  deps: { vault: Vault },
  given: { objectionId: string; format: 'docx' | 'pdf' },
): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { objectionNo, values } = await answerValues(within, deps, given.objectionId)
    const of = { objectKind: 'cases.objection', objectId: given.objectionId }
    const { templateHash: _, ...download } = await printPaper(within, {
      kind: 'answer',
      values,
      format: given.format,
      number: objectionNo,
      of,
    })
    return download
  })
}
