import type { Readable } from 'node:stream'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { CaseFile, MissingItem } from '../../rules/case-records.ts'
import { caseSteps, stepNames, type CaseStep } from '../../rules/case-steps.ts'
import type { CaseTerms } from '../../rules/case-terms.ts'
import { isPaperKind, paperKey, paperKinds, paperName, papersOfStep } from '../../rules/papers/paper-kinds.ts'
import type { AttachmentRecord, CasePapers, PaperRecord } from '../../rules/papers/paper-records.ts'
import { attachUpload, getOpenCase } from './attachment-keep.ts'
import type { AttachmentDeps } from './attachment-files.ts'
import { listAttachments, type AttachmentRow } from './attachment-store.ts'
import { findCase, listEvents } from '../case-store.ts'
import { termsOf } from '../case-terms.ts'
import { paperErrors } from './paper-errors.ts'
import { listPapers, notePaper, procedureBegan, type PaperRow } from './paper-store.ts'
import { wholePapers } from './paper-whole.ts'
import type { StepCheck } from '../step-check.ts'

type Within = Context & { readonly db: Db }

/** The papers of a case: what its step asks for and offers, and what was printed or filed at other steps of this round. */
export async function readCasePapers(ctx: Context, caseId: string): Promise<CasePapers> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const file = await findCase(db, ctx.scope, caseId)
    if (file === undefined) throw httpErrors.notFound()
    const terms = await termsOf(within, { areaPath: file.areaPath, asOf: ctx.today })
    const [rows, attachments] = [await listPapers(db, ctx.scope, file), await listAttachments(db, ctx.scope, { caseId })]
    const mayOpen = mayDo(ctx, 'registry.person', 'reveal')
    const whole = mayOpen ? await wholePapers(within, file.areaPath).catch(() => []) : []
    const can = { print: mayDo(ctx, 'cases.paper', 'read'), whole, file: mayDo(ctx, 'cases.paper', 'file') && file.state !== 'ended' }
    const steps = await stepsDone(within, file)
    const papers = stepNames
      .filter((step) => step === file.step || steps.has(step))
      .flatMap((step) => papersAt(step, { terms, rows, attachments, can }))
    return {
      step: file.step,
      papers: [...papers.filter((paper) => paper.step === file.step), ...papers.filter((paper) => paper.step !== file.step)],
      attachments: attachments.filter((one) => one.paperId === null).map(toRecord),
      can: { print: can.print, file: can.file },
    }
  })
}

/** Steps of this round that were passed or stood at. */
async function stepsDone(ctx: Within, file: CaseFile): Promise<Set<CaseStep>> {
  const events = (await listEvents(ctx.db, ctx.scope, file.caseId)).filter((event) => event.round === file.round)
  return new Set(events.flatMap((event) => (event.stepBefore === null ? [event.stepAfter] : [event.stepBefore, event.stepAfter])))
}

function papersAt(
  step: CaseStep,
  given: {
    terms: CaseTerms
    rows: readonly PaperRow[]
    attachments: readonly AttachmentRow[]
    can: { print: boolean; file: boolean; whole: readonly string[] }
  },
): PaperRecord[] {
  const asked = given.terms.steps[step].papers
  const kept = given.rows.filter((row) => row.step === step)
  const keys = new Set([...papersOfStep(step, asked), ...kept.map((row) => row.kind)])
  return [...keys].map((key) => {
    const row = kept.find((one) => one.kind === key)
    return {
      key,
      ...paperName(key),
      step,
      isAsked: asked.some((name) => paperKey(name) === key),
      state: row?.signedOn != null ? 'signed' : row?.printedAt != null ? 'printed' : 'not-printed',
      printedAt: row?.printedAt ?? null,
      printedName: row?.printedName ?? null,
      signedOn: row?.signedOn ?? null,
      pages: row === undefined ? [] : given.attachments.filter((one) => one.paperId === row.paperId).map(toRecord),
      canPrint: given.can.print && isPaperKind(key) && paperKinds[key].subject === 'case',
      canPrintWhole: given.can.print && given.can.whole.includes(key),
      canFile: given.can.file,
    }
  })
}

function toRecord({ attachmentId, kind, mediaType, bytes, width, height, byName, at }: AttachmentRow): AttachmentRecord {
  return { attachmentId, kind, mediaType, bytes, width, height, byName, at }
}

/**
 * Files a page of a signed paper at the step where the case stands, or at an earlier one of this round. Throws `http.not-found`,
 * `cases.paper-unknown`, `.signed-on-wrong`, `files.*`.
 */
export async function filePaper(
  ctx: Context,
  deps: AttachmentDeps,
  given: { caseId: string; step: CaseStep; kind: string; signedOn: string | undefined; stream: Readable },
): Promise<{ attachmentId: string }> {
  const { caseId, step, kind, stream, signedOn = ctx.today } = given
  const ask = async (within: Within, isHeld: boolean) => {
    const file = await getOpenCase(within, caseId, isHeld)
    const terms = await termsOf(within, { areaPath: file.areaPath, asOf: ctx.today })
    if (step !== file.step && !(await stepsDone(within, file)).has(step)) throw paperErrors.paperOfOtherStep()
    if (!papersOfStep(step, terms.steps[step].papers).includes(kind)) throw paperErrors.paperUnknown({ kind })
    if (signedOn > ctx.today || signedOn < file.openedOn) throw paperErrors.signedOnWrong({ signedOn })
    return file
  }
  return attachUpload(ctx, deps, {
    stream,
    ask: (within) => ask(within, false),
    hang: async (within) => {
      const file = await ask(within, true)
      const { areaPath, householdId } = file
      const paperId = await notePaper(within.db, ctx, { file, step, kind, signedOn })
      return { areaPath, householdId, caseId, paperId, meetingId: null, kind: 'paper' }
    },
  })
}

/**
 * The papers that policy asks for must be on file, signed, before a step is passed. Through the green channel they may follow, at the latest
 * before the entry in the national system.
 */
export const missingPapers: StepCheck = async (ctx, { file, action, all }) => {
  if (action !== 'pass') return []
  const steps =
    file.isGreen && file.step === 'entry' ? stepNames.filter((step) => caseSteps[step].procedure === 'identification') : [file.step]
  const asked = steps.flatMap((step) => all.steps[step].papers.map((name) => ({ step, name })))
  if (asked.length === 0) return []
  const rows = await listPapers(ctx.db, ctx.scope, file)
  const began = (await procedureBegan(ctx.db, ctx.scope, file)) ?? ''
  const isThere = ({ step, name }: { step: CaseStep; name: string }) =>
    rows.some((row) => row.step === step && row.kind === paperKey(name) && row.filedAt !== null && row.filedAt >= began)
  const mayFollow = file.isGreen && caseSteps[file.step].procedure === 'identification' && file.step !== 'entry'
  return asked
    .filter((one) => !isThere(one))
    .map(({ name }): MissingItem => ({ code: mayFollow ? 'paper.later' : 'paper.unsigned', blocks: !mayFollow, details: { name } }))
}
