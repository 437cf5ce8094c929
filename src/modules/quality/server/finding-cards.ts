import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { mayDo, findReceivers, type Receiver } from '#modules/identity/server/index.ts'
import { findPersonNames } from '#modules/registry/server/index.ts'
import type { RuleInfo } from '../contract.ts'
import { isOverdue, judgeAnswering, judgeMending, judgeSending } from '../rules/finding-states.ts'
import { isInVillage, villageOf } from '../rules/worklist-places.ts'
import type { FindingCard, HouseholdBrief, RuleText } from '../rules/worklist-records.ts'
import type { StoredFinding } from './finding-store.ts'
import { listRules } from './run-rules.ts'
import { readBriefs, readPlaces, seatOfCaller } from './worklist-neighbours.ts'

/** What stands around some findings: their households, people, villages, and who would get them. */
export interface Surroundings {
  readonly briefs: ReadonlyMap<string, HouseholdBrief>
  readonly personNames: ReadonlyMap<string, string>
  readonly places: ReadonlyMap<string, string>
  readonly receivers: ReadonlyMap<string, Receiver>
}

type Placed = Pick<StoredFinding, 'householdId' | 'personId' | 'areaPath'>

/** Reads what stands around some findings, within the caller's scope. */
export async function readSurroundings(ctx: Context, findings: readonly Placed[]): Promise<Surroundings> {
  const present = (ids: readonly (string | null)[]) => ids.filter((id) => id !== null)
  const personIds = present(findings.map((finding) => finding.personId))
  const maySend = mayDo(ctx, 'quality.finding', 'send') && seatOfCaller(ctx).level !== 'village'
  const paths = findings.map((finding) => finding.areaPath)
  return {
    briefs: await readBriefs(ctx, present(findings.map((finding) => finding.householdId))),
    personNames: await inTransaction(ctx, (db) => findPersonNames(ctx, db, personIds)),
    places: await readPlaces(ctx, paths),
    receivers: maySend ? await findReceivers(ctx, paths.map(villageOf)) : new Map(),
  }
}

/** Findings as they travel, with what the caller may do with each. */
export async function makeCards(ctx: Context, findings: readonly StoredFinding[]): Promise<FindingCard[]> {
  const around = await readSurroundings(ctx, findings)
  const may = (action: string) => mayDo(ctx, 'quality.finding', action)
  const seat = seatOfCaller(ctx)
  return findings.map((finding) => {
    const receiver = around.receivers.get(villageOf(finding.areaPath))
    return {
      findingId: finding.findingId,
      rule: finding.rule,
      severity: finding.severity,
      state: finding.state,
      areaPath: finding.areaPath,
      household: around.briefs.get(finding.householdId ?? '') ?? null,
      personName: around.personNames.get(finding.personId ?? '') ?? null,
      place: around.places.get(villageOf(finding.areaPath)) ?? '',
      seen: finding.seen,
      firstSeenAt: finding.firstSeenAt,
      lastSeenAt: finding.lastSeenAt,
      recurrence: finding.recurrence,
      sentTo: finding.sentTo === null ? 'nobody' : isInVillage(finding.sentTo) ? 'village' : 'township',
      dueOn: finding.state === 'sent' ? finding.dueOn : null,
      isOverdue: isOverdue(finding, ctx.today),
      answer: finding.answer,
      isStillThere: finding.answer === 'fixed-elsewhere' && finding.answeredAt !== null && finding.lastSeenAt > finding.answeredAt,
      revision: finding.revision,
      can: {
        send: receiver !== undefined && judgeSending(finding, seat, receiver.areaPath).ok,
        answer: may('answer') && judgeAnswering(finding, seat).ok,
        mend: may('mend') && judgeMending(finding).ok,
      },
    }
  })
}

/** What a rule says on a day; a rule that no longer holds has only its number. */
export function textOf(rule: string, rules: ReadonlyMap<string, RuleInfo>): RuleText {
  const found = rules.get(rule)
  if (found !== undefined) return found
  const none = { zh: '', en: '' }
  return { rule, severity: 'info', owner: 'county', subject: 'household', topic: 'identity', zh: rule, en: rule, fix: none }
}

/** The rules of a day by their numbers. */
export function rulesOn(asOf: string): ReadonlyMap<string, RuleInfo> {
  return new Map(listRules(asOf).map((rule) => [rule.rule, rule]))
}
