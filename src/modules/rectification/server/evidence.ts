import type { Readable } from 'node:stream'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import { isTheirs } from '../rules/judge-problem.ts'
import type { ProblemFile } from '../rules/problem-records.ts'
import { inProblems } from './closed-kinds-store.ts'
import { rectificationErrors } from './errors.ts'
import { destroyEvidence, keepEvidence, openEvidence, type EvidenceDeps } from './evidence-files.ts'
import { findEvidence, insertFile, withdrawRow } from './evidence-store.ts'
import { findProblem, holdProblems, listEvidence, type EvidenceRow } from './problem-store.ts'
import { seatOf } from './seat-store.ts'

type Within = Context & { readonly db: Db }
/** Most files and records of one problem. */
const most = 50

/** A problem on which the caller's unit works now. Throws `http.not-found`, `rectification.act-refused`, `evidence-late`. */
async function getWorked(ctx: Within, problemId: string, isHeld: boolean): Promise<ProblemFile> {
  const problem = isHeld ? (await holdProblems(ctx.db, ctx, [problemId]))[0] : await findProblem(ctx.db, ctx, problemId)
  if (problem === undefined) throw httpErrors.notFound()
  if (!isTheirs(problem, 'plan', seatOf(ctx))) throw rectificationErrors.actRefused({ reason: 'not-yours' })
  if (problem.state !== 'assigned' && problem.state !== 'accepted' && problem.state !== 'rectifying')
    throw rectificationErrors.evidenceLate()
  return problem
}

/** Hangs a photograph or PDF on a problem; the same file twice is one. Whatever fails leaves no file. */
export async function attachEvidence(
  ctx: Context,
  deps: EvidenceDeps,
  given: { problemId: string; stream: Readable },
): Promise<{ evidenceId: string }> {
  const { problemId, stream } = given
  await inProblems(ctx, (db) => getWorked({ ...ctx, db }, problemId, false))
  const kept = await keepEvidence(deps, stream)
  let isKept = false
  try {
    return await inProblems(ctx, async (db) => {
      const problem = await getWorked({ ...ctx, db }, problemId, true)
      const before = await listEvidence(db, ctx, problemId)
      const same = before.find(({ hash }) => hash === kept.hash)
      if (same !== undefined) return { evidenceId: same.evidenceId }
      if (before.length >= most) throw rectificationErrors.evidenceLate({ most })
      const evidenceId = await insertFile(db, ctx, { problem, kept })
      const { mediaType, bytes, hash, hidden } = kept
      const details = { problemId, mediaType, bytes, hash, hidden: hidden.length }
      await audit(db, ctx, { did: 'rectification.attach', objectKind: 'rectification.evidence', objectId: evidenceId, details })
      isKept = true
      return { evidenceId }
    })
  } finally {
    if (!isKept) destroyEvidence(deps, kept.fileId)
  }
}

/** Sends a file of evidence; looking is noted. Throws `http.not-found`, `rectification.evidence-lost`. */
export async function downloadEvidence(ctx: Context, deps: EvidenceDeps, evidenceId: string): Promise<Download> {
  return inProblems(ctx, async (db) => {
    const { row } = await getEvidence({ ...ctx, db }, evidenceId)
    const { fileId, hash, mediaType } = row
    if (fileId === null || hash === null || mediaType === null) throw httpErrors.notFound()
    const body = await openEvidence(deps, { fileId, hash })
    await audit(db, ctx, { did: 'rectification.read-evidence', objectKind: 'rectification.evidence', objectId: evidenceId })
    const ending = mediaType === 'image/jpeg' ? 'jpg' : mediaType === 'image/png' ? 'png' : 'pdf'
    return { fileName: `${row.at.slice(0, 10)}-${evidenceId.slice(-6)}.${ending}`, contentType: mediaType, body }
  })
}

/** Takes evidence back that was attached by mistake; the file is destroyed, the row stays. Only by who attached it, while the unit works. */
export async function withdrawEvidence(
  ctx: Context,
  deps: EvidenceDeps,
  given: { evidenceId: string; reason: string },
): Promise<{ done: true }> {
  const { evidenceId, reason } = given
  const fileId = await inProblems(ctx, async (db) => {
    const { row } = await getEvidence({ ...ctx, db }, evidenceId)
    await getWorked({ ...ctx, db }, row.problemId, true)
    if (row.byId !== ctx.caller.id) throw rectificationErrors.actRefused({ reason: 'not-yours' })
    await withdrawRow(db, ctx, { evidenceId, problemId: row.problemId, reason })
    await audit(db, ctx, { did: 'rectification.withdraw-evidence', objectKind: 'rectification.evidence', objectId: evidenceId, reason })
    return row.fileId
  })
  if (fileId !== null && ctx.db === undefined) destroyEvidence(deps, fileId)
  return { done: true }
}

/** Evidence of a problem that the caller may read. */
async function getEvidence(ctx: Within, evidenceId: string): Promise<{ row: EvidenceRow }> {
  const row = await findEvidence(ctx.db, ctx, evidenceId)
  const problem = row === undefined ? undefined : await findProblem(ctx.db, ctx, row.problemId)
  if (row === undefined || problem === undefined) throw httpErrors.notFound()
  return { row }
}
