import { isNamedError } from '#kernel/pure/errors/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { instantOf } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { listTouchedHouseholds } from '#modules/registry/server/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { registerChecked, type CheckSummary, type RuleReach } from '../contract.ts'
import { worklistPolicyOn } from '../policy/worklist.ts'
import { followExceptions } from './exception-store.ts'
import { lockChecks, tryLockChecks, saveStaged, stageFindings, type SavedFindings } from './finding-save-store.ts'
import { checkQuality } from './run-check.ts'
import type { KeptRegister } from './run-kept-register.ts'
import { listRules } from './run-rules.ts'
import { worklistErrors } from './worklist-errors.ts'
import { failRun, insertRun, noteStep, saveRun } from './worklist-run-store.ts'
import { listWaiting, removeWaiting } from './worklist-waiting-store.ts'

/** What a check needs besides the database: the keys, and a clock for when it ended. */
export interface CheckDeps {
  readonly vault: Vault
  readonly clock: () => number
  /** What the last check knows of the register, so that the next one of a few households need not read all of them. */
  readonly kept?: KeptRegister
}

/** Notes that a check of the whole register begins. Throws `quality.check-running` while another one runs. */
export async function beginCheck(ctx: Context, asOf: string): Promise<{ runId: string }> {
  const runId = makeId()
  await inTransaction(ctx, async (db) => {
    if (!(await insertRun(db, ctx, { runId, kind: 'whole', asOf, rulesVersion: rulesVersionOn(asOf) }))) throw worklistErrors.checkRunning()
    await audit(db, ctx, { did: 'quality.check', objectKind: 'quality.run', objectId: runId, details: { asOf } })
  })
  return { runId }
}

/**
 * Does a check that was begun: all of its findings or none are written; a second time does no harm. Needs a system scope. `check` is called
 * between steps and may throw, when the program is being stopped.
 */
export async function followCheck(
  ctx: Context,
  deps: CheckDeps,
  given: { runId: string; asOf: string; check?: () => void },
): Promise<SavedFindings> {
  const note = progressOf(ctx, given.runId)
  try {
    return await inTransaction(ctx, (db) => checkInside({ ...ctx, db }, deps, { ...given, note: note.tell }))
  } finally {
    await note.settled()
  }
}

/** Marks a check as failed; the screen shows the code's sentence. */
export async function failCheck(ctx: Context, deps: CheckDeps, given: { runId: string; fault: unknown }): Promise<void> {
  const code = isNamedError(given.fault) ? given.fault.code : 'quality.interrupted'
  await inTransaction(ctx, (db) => failRun(db, ctx, { runId: given.runId, fault: code, finishedAt: instantOf(deps.clock()) }))
}

/**
 * Checks again what changed since the last check: the households that waiting changes touched, or the whole register where they are too
 * many or not known. Returns what became of the findings; `undefined` when nothing waits. Needs a system scope.
 */
export async function checkWaiting(ctx: Context, deps: CheckDeps): Promise<SavedFindings | undefined> {
  const waiting = await inTransaction(ctx, (db) => listWaiting(db, ctx))
  if (waiting.length === 0) return undefined
  const { partHouseholds } = worklistPolicyOn(ctx.today)
  const changeIds = waiting.map((one) => one.changeId)
  const touched = await inTransaction(ctx, (db) => listTouchedHouseholds(ctx, db, { changeIds, limit: partHouseholds }))
  if (!touched.isKnown) {
    const runId = await beginForWaiting(ctx)
    if (runId === undefined) return undefined
    try {
      return await followCheck(ctx, deps, { runId, asOf: ctx.today })
    } catch (fault) {
      await failCheck(ctx, deps, { runId, fault })
      throw fault
    }
  }
  return inTransaction(ctx, async (db) => {
    const runId = makeId()
    await insertRun(db, ctx, { runId, kind: 'part', asOf: ctx.today, rulesVersion: rulesVersionOn(ctx.today) })
    return checkInside({ ...ctx, db }, deps, { runId, asOf: ctx.today, householdIds: touched.householdIds, waiting })
  })
}

/** Begins a check of everything for what waits; `undefined` when a check that ended meanwhile has answered for it. Throws `quality.check-running`. */
async function beginForWaiting(ctx: Context): Promise<string | undefined> {
  return inTransaction(ctx, async (db) => {
    if (!(await tryLockChecks(db, ctx))) throw worklistErrors.checkRunning()
    const waiting = await listWaiting(db, ctx)
    return waiting.length === 0 ? undefined : (await beginCheck({ ...ctx, db }, ctx.today)).runId
  })
}

interface Checking {
  runId: string
  asOf: string
  householdIds?: readonly string[]
  /** The changes that the check answers for; a check of everything answers for all that wait. */
  waiting?: readonly { waitingId: string }[]
  note?: (step: 'check' | 'save', persons?: number) => void
  check?: () => void
}

async function checkInside(ctx: Context & { db: Db }, deps: CheckDeps, given: Checking): Promise<SavedFindings> {
  const { db } = ctx
  const { runId, asOf, householdIds, note, check: mayGoOn } = given
  await lockChecks(db, ctx)
  const waiting = given.waiting ?? (await listWaiting(db, ctx))
  const check = await checkQuality(ctx, db, {
    vault: deps.vault,
    asOf,
    reason: 'quality.check',
    ...(householdIds === undefined ? {} : { householdIds }),
    ...(deps.kept === undefined ? {} : { kept: { register: deps.kept, changes: waiting.length } }),
    onProgress: (persons) => note?.('check', persons),
  })
  const { db: _reading, ...aside } = ctx
  for await (const findings of check.findings) {
    mayGoOn?.()
    // On a connection of its own: this one is still sending what the check reads. What a failed check leaves, the next one takes away.
    if (findings.length > 0) await inTransaction(aside, (other) => stageFindings(other, ctx, { runId, findings }))
  }
  note?.('save')
  const summary = check.summary()
  const saved = await saveStaged(db, ctx, {
    runId,
    rules: Object.keys(summary.ran),
    householdIds,
    householdRules: rulesOf('household', asOf),
    registerIds: check.registerIds(),
    registerRules: rulesOf('register', asOf),
  })
  await followExceptions(db, ctx)
  const answered = waiting.map((one) => one.waitingId)
  await removeWaiting(db, ctx, answered)
  await saveRun(db, ctx, { runId, summary, saved, finishedAt: instantOf(deps.clock()) })
  await auditCheck(ctx, { runId, summary, saved, isPart: householdIds !== undefined })
  if (householdIds === undefined) await announce(db, ctx, registerChecked, { runId, asOf, found: saved.new + saved.still + saved.back })
  return saved
}

async function auditCheck(
  ctx: Context & { db: Db },
  given: { runId: string; summary: CheckSummary; saved: SavedFindings; isPart: boolean },
): Promise<void> {
  const { summary, saved } = given
  const counts = { ...saved, households: summary.households, persons: summary.persons, rules: Object.keys(summary.ran).length }
  const did = given.isPart ? 'quality.check-part' : 'quality.check-done'
  await audit(ctx.db, ctx, { did, objectKind: 'quality.run', objectId: given.runId, details: counts })
}

/** Rules that look so far. */
function rulesOf(reach: RuleReach, asOf: string): string[] {
  return listRules(asOf).flatMap((rule) => (rule.reach === reach ? [rule.rule] : []))
}

/** The rules of a day: how many, and since when the newest of them holds. */
function rulesVersionOn(asOf: string): string {
  const rules = listRules(asOf)
  const newest = rules.reduce((latest, rule) => (rule.from > latest ? rule.from : latest), '')
  return `${newest} ${rules.length}`.trim()
}

/** Writes progress beside the check's own transaction, one write at a time; what is not written does no harm. */
function progressOf(ctx: Context, runId: string) {
  let writing: Promise<void> | undefined
  return {
    tell: (step: 'check' | 'save', persons?: number) => {
      writing ??= inTransaction(ctx, (db) => noteStep(db, ctx, { runId, step, ...(persons === undefined ? {} : { persons }) }))
        .catch(() => undefined)
        .finally(() => {
          writing = undefined
        })
    },
    settled: async () => {
      await writing
    },
  }
}
