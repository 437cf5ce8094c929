import { anchorOf } from '../rules/gather-plan.ts'
import type { GatheredField, OpenTemplate } from '../rules/open-template.ts'
import type { GatherCondition } from '../rules/template-brought.ts'
import { listGatheringVersions } from './gather-store.ts'
import { openVersion, type Within } from './open-ledger.ts'
import { shippedTemplates } from './shipped-templates.ts'

/** One gathered field of one version of a ledger. */
export interface Gathering {
  readonly open: OpenTemplate
  readonly gathered: GatheredField
  /** The condition by which the two find each other. */
  readonly anchor: GatherCondition
}

/** All gathered fields of a county, by the ledger from which they gather, with the order in which ledgers are held. */
export interface Gatherings {
  readonly from: ReadonlyMap<string, readonly Gathering[]>
  /** Ledgers of which a version gathers. */
  readonly by: ReadonlySet<string>
  /** How far a ledger stands from those that gather from none: what is gathered is held before what gathers it. */
  readonly rankOf: (templateKey: string) => number
}

const made = new WeakMap<readonly OpenTemplate[], Gatherings>()
let shipped: readonly OpenTemplate[] | undefined
const lists = new Map<string, readonly OpenTemplate[]>()

/** What gathers from what: every shipped version and every published one of the county. */
export async function openGatherings(ctx: Within): Promise<Gatherings> {
  shipped ??= [...shippedTemplates().values()].flat().filter((open) => open.gathered.length > 0)
  const own = await listGatheringVersions(ctx.db, ctx)
  const name = own.map((one) => `${one.templateKey} ${one.version} ${one.hash}`).join('|')
  let all = lists.get(name)
  if (all === undefined) {
    const opened: OpenTemplate[] = []
    for (const one of own) opened.push(await openVersion(ctx, one))
    all = [...shipped, ...opened]
    if (lists.size >= 100) lists.clear()
    lists.set(name, all)
  }
  const known = made.get(all) ?? gatheringsOf(all)
  made.set(all, known)
  return known
}

/** What gathers from what among some versions. */
export function gatheringsOf(all: readonly OpenTemplate[]): Gatherings {
  const from = new Map<string, Gathering[]>()
  for (const open of all)
    for (const gathered of open.gathered) {
      const anchor = anchorOf(open, gathered.gathers)
      if (anchor !== undefined) from.set(gathered.gathers.from, [...(from.get(gathered.gathers.from) ?? []), { open, gathered, anchor }])
    }
  const ranks = new Map<string, number>()
  // Ledgers that gather from each other have no order: after some rounds they stay where they are.
  for (let round = 0; round < 20; round += 1)
    for (const [key, gatherings] of from)
      for (const { open } of gatherings) {
        const own = open.template.key
        if (own !== key) ranks.set(own, Math.max(ranks.get(own) ?? 0, Math.min(20, (ranks.get(key) ?? 0) + 1)))
      }
  return { from, by: new Set(all.map((open) => open.template.key)), rankOf: (key) => ranks.get(key) ?? 0 }
}
