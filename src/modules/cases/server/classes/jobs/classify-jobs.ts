import * as z from 'zod'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import { defineJob, isStopped, requestJob, type AnyJob, type JobRun } from '#kernel/server/jobs/index.ts'
import { findCounty } from '#modules/identity/server/index.ts'
import type { NotePublished } from '#modules/policies/server/index.ts'
import { getRegisterRevision, listTouchedHouseholds, type NoteChange } from '#modules/registry/server/index.ts'
import { beginClassification, failClassification, followClassification, type ClassifyDeps } from '../classify-register.ts'
import { casesErrors } from '../../errors.ts'
import { insertRun, newestDay } from '../run-store.ts'
import { listWaiting, noteWaiting } from '../waiting-store.ts'

const wholeJob = { name: 'cases.classify', payload: z.strictObject({ runId: z.uuid(), asOf: z.iso.date() }) } as const
const waitingJob = { name: 'cases.classify-waiting', payload: z.strictObject({}) } as const

/** A change that touches more households than this is followed by a classification of all. */
const mostTouched = 5_000

/** Begins a classification of the whole register; a job follows it. Throws `cases.classification-running`. */
export async function startClassification(ctx: Context, asOf: string): Promise<{ runId: string }> {
  return inTransaction(ctx, async (db) => {
    const begun = await beginClassification({ ...ctx, db }, asOf)
    await requestJob(db, ctx, { job: wholeJob, payload: { runId: begun.runId, asOf } })
    return begun
  })
}

/** Notes, with a change of the register, that what it touched must be judged again; a job does it. */
export const noteChange: NoteChange = async (ctx, changeId) => {
  await noteWaiting(ctx.db, ctx, changeId)
  await requestJob(ctx.db, ctx, { job: waitingJob, payload: {} })
}

/** Notes, with the publication of a table or line of the classification, that all must be judged again; one to come is met on its first day. */
export const notePublished: NotePublished = async (ctx, { key, versionId, effectiveFrom }) => {
  if (key.startsWith('cases.') && effectiveFrom <= ctx.today) await noteChange(ctx, versionId)
}

/** The jobs of cases: a classification that was begun, and that of what changed. */
export function classifyJobs(deps: ClassifyDeps): AnyJob[] {
  return [
    defineJob({
      ...wholeJob,
      handle: async (run) => {
        const ctx = contextOf(run, deps, 'cases.classify')
        try {
          await followClassification(ctx, deps, { ...run.payload, check: () => run.check() })
        } catch (fault) {
          if (run.isLast && !isStopped(fault)) await failClassification(ctx, deps, { runId: run.payload.runId, fault })
          throw fault
        }
      },
      giveUp: (run) => failClassification(contextOf(run, deps, 'cases.classify'), deps, { runId: run.payload.runId, fault: undefined }),
    }),
    defineJob({
      ...waitingJob,
      attempts: 8, // another classification may be under way
      handle: async (run) => classifyWaiting(contextOf(run, deps, 'cases.classify-waiting'), deps),
    }),
  ]
}

/**
 * Judges again what changed since the last run: the households that waiting changes touched, or all where they are too many or not known. Several
 * changes that wait are one run, in one transaction. Nothing where nothing waits. Throws `cases.classification-running`.
 */
export async function classifyWaiting(ctx: Context, deps: ClassifyDeps): Promise<void> {
  await inTransaction(ctx, async (db) => {
    const inside = { ...ctx, db }
    const waiting = await listWaiting(db, ctx)
    if (waiting.length === 0) return
    const changeIds = waiting.map((one) => one.changeId)
    const isFirst = (await newestDay(db, ctx)) === undefined
    const touched = isFirst ? undefined : await listTouchedHouseholds(inside, db, { changeIds, limit: mostTouched })
    const householdIds = touched?.isKnown === true ? touched.householdIds : undefined
    const [runId, kind] = [makeId(), householdIds === undefined ? ('whole' as const) : ('part' as const)]
    if (!(await insertRun(db, ctx, { runId, kind, asOf: ctx.today }))) throw casesErrors.classificationRunning()
    const some = householdIds === undefined ? {} : { householdIds }
    await followClassification(inside, deps, { runId, asOf: ctx.today, ...some })
  })
}

/** Judges all households on the first look of a new day: months pass, lines change. Nothing before the register has people, and once a day. */
export async function classifyNewDay(deps: ClassifyDeps & { database: Database }): Promise<boolean> {
  const county = await findCounty(deps.database)
  if (county === undefined) return false
  const ctx = contextOf({ countyCode: county.code, database: deps.database }, deps, 'cases.classify-new-day')
  return inTransaction(ctx, async (db) => {
    if ((await getRegisterRevision(ctx, db)) === 0) return false
    const newest = await newestDay(db, ctx)
    if (newest !== undefined && newest >= ctx.today) return false
    try {
      await startClassification({ ...ctx, db }, ctx.today)
      return true
    } catch (fault) {
      if (isNamedError(fault) && fault.code === 'cases.classification-running') return false
      throw fault
    }
  })
}

/** The context of a job: a run writes for every village, and COPY needs a role that no request has. */
function contextOf(run: Pick<JobRun<unknown>, 'countyCode' | 'database'>, deps: ClassifyDeps, reason: string): Context {
  const nowMs = deps.clock()
  return {
    caller: { id: 'system:classify', name: '分层分类', roles: ['system'] },
    scope: grantSystem(run.countyCode, reason),
    now: instantOf(nowMs),
    today: dayOf(nowMs),
    database: run.database,
    deadline: 'job',
  }
}
