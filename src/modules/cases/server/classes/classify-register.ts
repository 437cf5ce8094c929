import { hash } from 'node:crypto'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { instantOf } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type CopyValue, type Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { getRegisterRevision } from '#modules/registry/server/index.ts'
import { classificationChanged } from '../../contract.ts'
import { compareHeld, outcomeText, type Compared, type Held, type Step, type Steps } from '../../rules/classes/compare-held.ts'
import { makeFactPrinter } from '../../rules/classes/columns.ts'
import { classColumns } from '../../rules/classes/judge-households.ts'
import { lockClassification, readHeld, saveBases, saveStaged, stageRows } from './classification-store.ts'
import { casesErrors } from '../errors.ts'
import { countJudged, judgeRegister, type JudgedCounts, type JudgedRegister } from './judge-register.ts'
import { failRun, insertRun, newestDay, saveRun } from './run-store.ts'
import { listWaiting, removeWaiting } from './waiting-store.ts'

/** What a run needs besides the database: a clock for when it ended. */
export interface ClassifyDeps {
  readonly clock: () => number
}

/** What a run did. */
export interface Classified extends Compared {
  readonly runId: string
  readonly asOf: string
  readonly counts: JudgedCounts
  readonly ended: number
  readonly tookMs: { readonly loading: number; readonly judging: number; readonly keeping: number }
}

/** Notes that a whole run begins; a job or the caller follows it. Throws `cases.classification-running`, `cases.not-yet`. */
export async function beginClassification(ctx: Context, asOf: string): Promise<{ runId: string }> {
  if (asOf > ctx.today) throw casesErrors.notYet({ asOf })
  const runId = makeId()
  await inTransaction(ctx, async (db) => {
    if (!(await insertRun(db, ctx, { runId, kind: 'whole', asOf }))) throw casesErrors.classificationRunning()
    await audit(db, ctx, { did: 'cases.classify', objectKind: 'cases.classification-run', objectId: runId, details: { asOf } })
  })
  return { runId }
}

/** Marks a run as failed; the screen shows the code's sentence. */
export async function failClassification(ctx: Context, deps: ClassifyDeps, given: { runId: string; fault: unknown }): Promise<void> {
  const code = isNamedError(given.fault) ? given.fault.code : 'cases.interrupted'
  await inTransaction(ctx, (db) => failRun(db, ctx, { runId: given.runId, fault: code, finishedAt: instantOf(deps.clock()) }))
}

/** True where a classification for that day would be kept: not for a day to come, nor for one before days that are kept already. */
export async function mayKeep(ctx: Context, asOf: string): Promise<boolean> {
  const newest = await inTransaction(ctx, (db) => newestDay(db, ctx))
  return asOf <= ctx.today && (newest === undefined || asOf >= newest)
}

/**
 * Judges every household (or some) as of a day and keeps what changed, whole or not at all; a second time changes nothing. Needs a system scope.
 * `check` is called between steps and may throw, when the program is being stopped. Throws `cases.later-day-kept`.
 */
export async function followClassification(
  ctx: Context,
  deps: ClassifyDeps,
  given: { runId: string; asOf: string; householdIds?: readonly string[]; check?: () => void },
): Promise<Classified> {
  return inTransaction(ctx, (db) => classifyInside({ ...ctx, db }, deps, given))
}

async function classifyInside(
  ctx: Context & { readonly db: Db },
  deps: ClassifyDeps,
  given: { runId: string; asOf: string; householdIds?: readonly string[]; check?: () => void },
): Promise<Classified> {
  const { db } = ctx
  const { runId, asOf, householdIds, check } = given
  await lockClassification(db, ctx)
  const newest = await newestDay(db, ctx)
  if (newest !== undefined && newest > asOf) throw casesErrors.laterDayKept({ asOf, newest })
  const waiting = await listWaiting(db, ctx)
  const judged = await judgeRegister(ctx, { asOf, householdIds, reason: 'cases.classify' })
  check?.()
  const began = performance.now()
  await saveBases(db, ctx, judged.areas, (area) =>
    (judged.areas.find((one) => one.basis === area.basis)?.versions ?? []).map((table) => ({ ...table })),
  )
  const compared: Compared = { added: 0, changed: 0, renewed: 0, still: 0 }
  const steps: Steps = { begin: 0, follow: 0, mend: 0, move: 0, end: 0 }
  const held = await readHeld(db, ctx, householdIds)
  await stageRows(db, ctx, { runId, rows: differingRows(judged, { held, compared, steps }) })
  check?.()
  await saveStaged(db, ctx, { runId, asOf, steps, isSameDay: newest === asOf })
  const ended = steps.end
  await removeWaiting(
    db,
    ctx,
    waiting.map((one) => one.waitingId),
  )
  const keeping = performance.now() - began
  const counts = countJudged(judged)
  await saveRun(db, ctx, runId, {
    ...compared,
    ended,
    households: counts.households,
    registerRevision: await getRegisterRevision(ctx, db),
    counts: { ...counts.columns, inExport: counts.inExport },
    tables: counts.tables,
    tookMs: judged.tookMs.loading + judged.tookMs.judging + keeping,
    finishedAt: instantOf(deps.clock()),
  })
  await tellOf(ctx, { runId, asOf, compared, ended, households: counts.households })
  return { runId, asOf, counts, ...compared, ended, tookMs: { ...judged.tookMs, keeping } }
}

async function tellOf(
  ctx: Context & { readonly db: Db },
  given: { runId: string; asOf: string; compared: Compared; ended: number; households: number },
): Promise<void> {
  const { runId, asOf, compared, ended, households } = given
  const details = { asOf, households, ...compared, ended }
  await audit(ctx.db, ctx, { did: 'cases.classified', objectKind: 'cases.classification-run', objectId: runId, details })
  const { added, changed } = compared
  if (added + changed + ended > 0) await announce(ctx.db, ctx, classificationChanged, { runId, asOf, added, changed, ended })
}

/** The rows to be written, in the order of the waiting table; households that are none any more come last. */
function* differingRows(
  judged: JudgedRegister,
  { held, compared, steps }: { held: Map<string, Held>; compared: Compared; steps: Steps },
): Generator<CopyValue[]> {
  const { households, verdicts, kinds, areas, asOf } = judged
  const { ids, areaPaths, inExport, facts, count } = households
  const printers = areas.map((area) => makeFactPrinter(facts, area.factNames))
  const columns = classColumns.map((name) => verdicts.columns[name])
  const wordOf = ({ words, codes }: { words: readonly string[]; codes: Int32Array }, record: number) => words[codes[record] ?? -1] ?? null
  const [layer, labour, card, advice, alert] = columns
  if (layer === undefined || labour === undefined || card === undefined || advice === undefined || alert === undefined) return
  for (let record = 0; record < count; record += 1) {
    const id = ids[record] ?? ''
    const areaPath = areaPaths[record] ?? ''
    const results = [layer, labour, kinds, card, advice, alert].map((column) => wordOf(column, record))
    const isExported = inExport[record] === 1
    const rows = verdicts.rowsOf(record)
    const missing = verdicts.missingOf(record)
    const at = verdicts.areaOf[record] ?? 0
    const basis = areas[at]?.basis ?? ''
    const reason = missing === undefined ? `${basis} ${rows}` : `${basis} ${rows} ${missing.join()}`
    const before = held.get(id)
    held.delete(id)
    const step: Step = compareHeld(before, { areaPath, outcome: outcomeText(results, isExported), reason }, { asOf, counts: compared })
    if (step === 'none') continue
    steps[step] += 1
    if (step === 'begin' && before !== undefined) steps.follow += 1
    const text = printers[at]?.(record) ?? '[]'
    const list = missing === undefined ? null : `{${missing.map((one) => `"${one}"`).join()}}`
    yield [id, step, areaPath, ...results, isExported, list, rows, text, hash('sha256', text, 'hex').slice(0, 12), basis]
  }
  steps.end = held.size
  for (const [id, { areaPath }] of held) yield [id, 'end', areaPath, ...Array.from({ length: 12 }, () => null)]
}
