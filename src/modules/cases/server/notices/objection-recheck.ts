import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { judgeAct } from '../../rules/judge-case.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import type { NoticeKind } from '../../rules/notices/notice-fields.ts'
import type { ObjectionRecord } from '../../rules/notices/notice-records.ts'
import { consequenceOf, stepAfterObjection, type ObjectionConsequence } from '../../rules/notices/objection-consequence.ts'
import type { RecheckObjection } from '../../rules/notices/objection-requests.ts'
import { actOnCase } from '../act-on-case.ts'
import { findCaseForUpdate } from '../case-store.ts'
import { seatOfCaller } from '../case-seat.ts'
import { termsOf } from '../case-terms.ts'
import { resumeClocks } from '../clocks/clock-keep.ts'
import { strikeCase } from './notice-act.ts'
import { objectionErrors } from './notice-errors.ts'
import { getObjection } from './objection-read.ts'
import { outcomesFor } from './objection-outcomes.ts'
import { findObjection, saveRecheck, type KeptObjection } from './objection-store.ts'

type Within = Context & { readonly db: Db }

/** An objection that was right, with its case and the line of the notice that it is about. */
export interface RightObjection {
  readonly kept: KeptObjection
  readonly file: CaseFile
  readonly kind: NoticeKind
  readonly round: number
  /** The notice hangs, or is held: the household can still be taken off it. */
  readonly hangs: boolean
}

const backTo = (kind: NoticeKind, kept: KeptObjection) => {
  const reason = `公示异议 ${kept.objectionNo} 经核查成立，退回重新入户核实`
  return { action: 'return', to: stepAfterObjection(kind), reason } as const
}

/** What an objection that was right leads to as its case stands and the caller sits. */
export async function consequenceFor(ctx: Within, { kept, file, kind, round }: RightObjection): Promise<ObjectionConsequence> {
  const terms = await termsOf(ctx, { areaPath: file.areaPath, asOf: ctx.today })
  const { ok: mayReturn } = judgeAct(file, backTo(kind, kept), { seat: seatOfCaller(ctx), terms })
  return consequenceOf(file, { kind, round, mayReturn })
}

/** Does it: the household is off the notice and, where its case can go back, visited anew. */
export async function followAnswer(ctx: Within, right: RightObjection, consequence: ObjectionConsequence): Promise<void> {
  const { kept, file, kind, hangs } = right
  const { caseId } = file
  if (!hangs && consequence !== 'returned' && consequence !== 'under-way') return
  await resumeClocks(ctx, { caseId, reason: 'objection' })
  await strikeCase(ctx, { noticeId: kept.noticeId, caseId, why: 'upheld' })
  if (consequence === 'returned') await actOnCase(ctx, { caseId, act: { revision: file.revision, ...backTo(kind, kept) } })
}

/**
 * The county says what becomes of a case that was beyond the procedure when an objection to it proved right. `reverted` takes the elimination
 * back in the same transaction. Throws `cases.objection-state`, `objection-changed`, `objection-own-work`.
 */
export async function recheckObjection(
  ctx: Context,
  deps: { vault: Vault },
  given: { objectionId: string; asked: RecheckObjection },
): Promise<ObjectionRecord> {
  const { objectionId, asked } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const kept = await findObjection(db, ctx.scope, objectionId, true)
    if (kept === undefined) throw httpErrors.notFound()
    if (kept.revision !== asked.revision) throw objectionErrors.objectionChanged()
    if (!(await outcomesFor(within, kept)).includes(asked.outcome)) throw objectionErrors.objectionState()
    const { outcome, opinion } = asked
    await saveRecheck(db, ctx, { vault: deps.vault, kept, outcome, opinion, path: seatOfCaller(ctx).path })
    const did = 'cases.objection.recheck'
    await audit(db, ctx, { did, objectKind: 'cases.objection', objectId: objectionId, details: { outcome } })
    if (outcome === 'reverted') await revert(within, kept)
    return getObjection(within, deps, objectionId)
  })
}

async function revert(ctx: Within, { caseId, objectionNo }: KeptObjection): Promise<void> {
  const file = await findCaseForUpdate(ctx.db, ctx.scope, caseId ?? '')
  if (file === undefined) throw httpErrors.notFound()
  const reason = `公示异议 ${objectionNo} 经县级复核，消除回退`
  await actOnCase(ctx, { caseId: file.caseId, act: { revision: file.revision, action: 'revert', reason } })
}
