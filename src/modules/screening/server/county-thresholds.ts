import { lastDayOf, readMonth } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { limitAdviceOn, limitIn, withLimit, type LimitPolicy } from '../policy/limit-advice.ts'
import { defaultThresholds, defaultThresholdsFrom, Thresholds } from '../policy/policy.ts'
import { leadPolicyOn, type LeadPolicy } from './lead-versions.ts'
import { adviseLimit } from '../rules/advise-limit.ts'
import type { AdvisedLimit, ThresholdVersion } from '../rules/compare-records.ts'
import type { SetLimit } from '../rules/compare-requests.ts'
import { screeningErrors } from './screening-errors.ts'
import { insertThresholds, listCases, listThresholds, type StoredThresholds } from './threshold-store.ts'

/** Limits with the day from which they hold. */
export interface DatedThresholds {
  thresholds: Thresholds
  from: string
}

/** The limits that hold on a day: what the county has set here or published in the catalogue, whichever begins later, else the shipped ones. */
export async function thresholdsOn(db: Db, ctx: Context, day: string): Promise<DatedThresholds> {
  return inForce(await listThresholds(db, ctx.scope.countyCode), day, await leadPolicyOn({ ...ctx, db }, day))
}

/** The limits of a month's lists: those of its last day. */
export async function thresholdsOfMonth(db: Db, ctx: Context, month: string): Promise<DatedThresholds> {
  const read = readMonth(month)
  if (read === undefined) throw screeningErrors.badMonth({ month })
  return thresholdsOn(db, ctx, lastDayOf(read))
}

function inForce(versions: readonly StoredThresholds[], day: string, published: LeadPolicy): DatedThresholds {
  const found = versions.find((version) => version.effectiveFrom <= day)
  const isPublished = found === undefined || (!published.isShipped && published.from >= found.effectiveFrom)
  return isPublished
    ? { thresholds: published.thresholds, from: published.from }
    : { thresholds: Thresholds.parse(found.thresholds), from: found.effectiveFrom }
}

/** Every limit that is a number: what the answers within the caller's scope say of it and of higher ones. */
export async function adviseLimits(ctx: Context): Promise<AdvisedLimit[]> {
  const policy = limitAdviceOn(ctx.today)
  return inTransaction(ctx, async (db) => {
    const { thresholds } = await thresholdsOn(db, ctx, ctx.today)
    const advised: AdvisedLimit[] = []
    for (const limit of policy.limits) {
      const current = limitIn(thresholds, limit)
      if (current === undefined) continue
      const cases = await listCases(db, ctx.scope, { rule: limit.rule, band: limit.band })
      const { key, rule, band = null, unit } = limit
      const { leastAnswers } = policy
      advised.push({ key, rule, band, unit, current, leastAnswers, ...adviseLimit({ ...policy, ...limit, cases, current }) })
    }
    return advised
  })
}

/**
 * Sets one limit from a day on, as a new version of all limits; comparisons of earlier months keep theirs. Versions that the county has
 * set for later days are changed with it. Throws `screening.unknown-limit`, `limit-unchanged`.
 */
export async function setLimit(ctx: Context, input: SetLimit): Promise<ThresholdVersion[]> {
  const limit = limitAdviceOn(ctx.today).limits.find((one) => one.key === input.key)
  if (limit === undefined) throw screeningErrors.unknownLimit()
  return inTransaction(ctx, async (db) => {
    const versions = await listThresholds(db, ctx.scope.countyCode)
    const now = inForce(versions, input.effectiveFrom, await leadPolicyOn({ ...ctx, db }, input.effectiveFrom))
    const was = limitIn(now.thresholds, limit)
    if (was === input.value) throw screeningErrors.limitUnchanged()
    const advice = (await adviseLimits({ ...ctx, db })).find((one) => one.key === input.key)
    const outlook = advice?.outlooks.find((one) => one.limit === input.value)
    const { effectiveFrom, reason, value } = input
    const basedOn = { key: input.key, was, is: value, recommended: advice?.recommended ?? null, outlook: outlook ?? null }
    const id = await insertThresholds(db, ctx, { effectiveFrom, reason, basedOn, thresholds: withLimit(now.thresholds, limit, value) })
    for (const later of laterVersions(versions, effectiveFrom))
      await insertThresholds(db, ctx, {
        effectiveFrom: later.effectiveFrom,
        reason,
        basedOn,
        thresholds: withLimit(Thresholds.parse(later.thresholds), limit, value),
      })
    await audit(db, ctx, {
      did: 'screening.set-limit',
      objectKind: 'screening.threshold',
      objectId: id,
      reason,
      details: { key: input.key, was, is: value, effectiveFrom },
    })
    return readVersions(db, ctx)
  })
}

/** The versions that hold from later days on, each day's own. */
function laterVersions(versions: readonly StoredThresholds[], day: string): StoredThresholds[] {
  const days = new Map<string, StoredThresholds>()
  for (const version of versions)
    if (version.effectiveFrom > day && !days.has(version.effectiveFrom)) days.set(version.effectiveFrom, version)
  return [...days.values()]
}

/** The versions of the limits, the latest first, each with what it changed. */
export function listVersions(ctx: Context): Promise<ThresholdVersion[]> {
  return inTransaction(ctx, (db) => readVersions(db, ctx))
}

async function readVersions(db: Db, ctx: Context): Promise<ThresholdVersion[]> {
  const stored = (await listThresholds(db, ctx.scope.countyCode)).reverse()
  const limits = limitAdviceOn(ctx.today).limits
  let before: Thresholds = defaultThresholds
  const versions: ThresholdVersion[] = [{ from: defaultThresholdsFrom, reason: '', setBy: '', setAt: '', changes: [] }]
  for (const { effectiveFrom, thresholds, reason, setBy, setAt } of stored) {
    versions.push({ from: effectiveFrom, reason, setBy, setAt, changes: changesBetween(limits, before, thresholds) })
    before = thresholds
  }
  return versions.reverse()
}

function changesBetween(limits: readonly LimitPolicy[], before: Thresholds, after: Thresholds): ThresholdVersion['changes'] {
  return limits.flatMap((limit) => {
    const [was, is] = [limitIn(before, limit), limitIn(after, limit)]
    return is === undefined || was === is ? [] : [{ key: limit.key, was: was ?? null, is }]
  })
}
