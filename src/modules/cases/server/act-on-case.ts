import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { findUserNames } from '#modules/identity/server/index.ts'
import type { CaseFile, MissingItem } from '../rules/case-records.ts'
import type { ActOnCase, ActOnCases } from '../rules/case-requests.ts'
import type { CaseStep } from '../rules/case-steps.ts'
import type { CaseTerms } from '../rules/case-terms.ts'
import { judgeAct, type JudgedAct } from '../rules/judge-case.ts'
import { announceMove } from './announce-move.ts'
import { findCaseForUpdate, writeMove } from './case-store.ts'
import { termsOf } from './case-terms.ts'
import { seatOfCaller } from './case-seat.ts'
import { casesErrors } from './errors.ts'
import { stepChecks } from './step-checks.ts'
import { whenCaseMoved } from './when-case-moved.ts'

/**
 * Moves a case: what is missing is named first, then event, state, followers, audit and announcement are written in one transaction.
 * Throws `cases.case-changed`, `move-refused`, `missing`, `self-approval`, `kin`.
 */
export async function actOnCase(ctx: Context, given: { caseId: string; act: ActOnCase }): Promise<CaseFile> {
  const { caseId, act } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const file = await findCaseForUpdate(db, ctx.scope, caseId)
    if (file === undefined) throw httpErrors.notFound()
    if (file.revision !== act.revision) throw casesErrors.caseChanged({ revision: file.revision })
    const terms = await termsOf(within, { areaPath: file.areaPath, asOf: ctx.today })
    const seat = seatOfCaller(ctx)
    // Safe: the schema takes only names of steps.
    const verdict = judgeAct(file, { ...act, to: act.to as CaseStep | undefined }, { seat, terms })
    if (!verdict.ok) throw casesErrors.moveRefused({ reason: verdict.reason })
    const missing = await missingFor(within, { file, action: act.action, terms, mode: act.mode })
    if (missing.some((item) => item.blocks)) throw casesErrors.missing({ missing })
    return move(within, { file, act, judged: verdict.act, actorPath: seat.path, warned: missing })
  })
}

/** What every part still misses for an action, in the order of the parts. */
export async function missingFor(
  ctx: Context & { readonly db: Db },
  given: { file: CaseFile; action: ActOnCase['action']; terms: CaseTerms; mode?: ActOnCase['mode'] },
): Promise<MissingItem[]> {
  const asked = { file: given.file, action: given.action, terms: given.terms.steps[given.file.step], all: given.terms, mode: given.mode }
  const found: MissingItem[] = []
  for (const check of stepChecks) found.push(...(await check(ctx, asked)))
  return found
}

interface Move {
  readonly file: CaseFile
  readonly act: ActOnCase
  readonly judged: JudgedAct
  readonly actorPath: string
  readonly warned: readonly MissingItem[]
}

async function move(ctx: Context & { readonly db: Db }, given: Move): Promise<CaseFile> {
  const { file, act, judged } = given
  const handler = await handlerOf(ctx, given)
  const after = { ...afterAct(ctx, given), ...handler }
  const details = detailsOf(given)
  const { action } = act
  const moved = { action, from: file.step, to: after.step, round: after.round, seq: after.revision }
  const event = await writeMove(ctx.db, ctx, {
    written: { ...judged, file, action, actorPath: given.actorPath, ...words(act), details },
    after,
    act: { did: `cases.case.${action}`, objectKind: 'cases.case', objectId: file.caseId, details: moved },
  })
  for (const follow of whenCaseMoved) await follow(ctx, { before: file, after, event })
  await announceMove(ctx, { before: file, after, action })
  return after
}

function words(act: ActOnCase): { opinion?: string; reason?: string } {
  return { ...(act.opinion === undefined ? {} : { opinion: act.opinion }), ...(act.reason === undefined ? {} : { reason: act.reason }) }
}

function detailsOf({ act, warned }: Move): Record<string, unknown> {
  const { risks, kind, nationalNo, mode, referTo, toSeat } = act
  const said = Object.entries({ risks, kind, nationalNo, mode, referTo, toSeat }).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(said), ...(warned.length === 0 ? {} : { warned: warned.map(({ code }) => code) }) }
}

/** A case is handled by the person that it was passed to until it moves on. */
async function handlerOf(ctx: Context, { file, act, judged }: Move): Promise<Pick<CaseFile, 'handlerId' | 'handlerName'>> {
  const nobody = { handlerId: null, handlerName: null }
  const same = { handlerId: file.handlerId, handlerName: file.handlerName }
  if (act.action !== 'transfer') return judged.step === file.step ? same : nobody
  if (act.handlerId === undefined) return nobody
  const [user] = await findUserNames(ctx, [act.handlerId])
  if (user === undefined) throw casesErrors.unknownWord({ word: act.handlerId })
  return { handlerId: act.handlerId, handlerName: user.name }
}

/** The case after the act. */
function afterAct(ctx: Context, { file, act, judged }: Move): CaseFile {
  const passed = act.action === 'pass' ? file.step : undefined
  const begins = act.action === 'relapse'
  return {
    ...file,
    ...judged,
    revision: file.revision + 1,
    stepSince: judged.step === file.step ? file.stepSince : ctx.today,
    isGreen: act.action === 'green' || (file.isGreen && !begins),
    risks: act.risks ?? file.risks,
    kind: act.kind ?? file.kind,
    nationalNo: act.nationalNo ?? file.nationalNo,
    identifiedOn: passed === 'decision' ? ctx.today : begins ? null : file.identifiedOn,
    eliminatedOn: passed === 'exit-decision' ? ctx.today : begins || act.action === 'revert' ? null : file.eliminatedOn,
    endedOn: judged.state === 'ended' ? ctx.today : null,
    outcome: judged.outcome,
  }
}

/** What came of each case of a batch. */
export interface ActedOnCases {
  readonly done: readonly { readonly caseId: string }[]
  readonly refused: readonly { readonly caseId: string; readonly code: string; readonly details: Readonly<Record<string, unknown>> }[]
}

/** The same act for many cases: each by itself, what is refused leaves no trace but its reason. */
export async function actOnCases(ctx: Context, given: ActOnCases): Promise<ActedOnCases> {
  return inTransaction(ctx, async (db) => {
    const done: { caseId: string }[] = []
    const refused: ActedOnCases['refused'][number][] = []
    // Held in one order, so that two batches never wait for each other.
    const ordered = [...given.cases].sort((one, other) => (one.caseId < other.caseId ? -1 : 1))
    for (const { caseId, revision } of ordered) {
      try {
        await actOnCase({ ...ctx, db }, { caseId, act: { ...given.act, revision } })
        done.push({ caseId })
      } catch (fault) {
        if (!isNamedError(fault)) throw fault
        refused.push({ caseId, code: fault.code, details: fault.details })
      }
    }
    return { done, refused }
  })
}
