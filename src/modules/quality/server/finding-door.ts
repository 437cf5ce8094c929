import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { topicWords } from '../rules/topic-words.ts'
import { rulesOn } from './finding-cards.ts'
import { findFindings } from './finding-store.ts'

/** A finding as a problem would say it: words of the rule, none of the person. */
export interface SaidFinding {
  readonly findingId: string
  readonly rule: string
  readonly householdId: string | undefined
  readonly areaPath: string
  /** It asks for something: neither gone nor excepted. */
  readonly isOpen: boolean
  /** When it was seen last, an instant. */
  readonly lastSeenAt: string
  /** What the rule is about, Chinese. */
  readonly class: string
  /** What is wrong and how it is mended, Chinese. */
  readonly description: string
}

/** Findings within the caller's scope, in no order; those that he may not read are absent. */
export async function sayFindings(ctx: Context, db: Db, findingIds: readonly string[]): Promise<SaidFinding[]> {
  if (findingIds.length === 0 || (ctx.scope.kind !== 'system' && !mayDo(ctx, 'quality.finding', 'read'))) return []
  const rules = rulesOn(ctx.today)
  return (await findFindings(db, ctx.scope, findingIds)).map((finding) => {
    const rule = rules.get(finding.rule)
    const fix = rule?.fix.zh === undefined ? '' : ` ${rule.fix.zh}`
    return {
      findingId: finding.findingId,
      rule: finding.rule,
      householdId: finding.householdId ?? undefined,
      areaPath: finding.areaPath,
      isOpen: finding.state === 'open' || finding.state === 'sent',
      lastSeenAt: new Date(finding.lastSeenAt).toISOString(),
      class: rule === undefined ? finding.rule : topicWords[rule.topic].zh,
      description: `${finding.rule} ${rule?.zh ?? ''}${fix}`.slice(0, 400),
    }
  })
}
