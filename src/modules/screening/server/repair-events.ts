import { isNamedError } from '#kernel/pure/errors/index.ts'
import { HouseholdId, PersonId } from '#modules/registry/contract.ts'
import { askHouseholdEvent } from '#modules/registry/server/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { ListKind } from '../contract.ts'
import { readLeaving, type Leaving } from '../policy/register-changes.ts'
import type { MatchedRecord } from './outcome.ts'

/** Classes whose number speaks for the person; a name with a place is not enough to write somebody off. */
const sureClasses: readonly string[] = ['exact', 'normalised', 'repaired']

/** A matched row that says that its person has left, while the register still has him. */
export type LeavingRecord = Pick<MatchedRecord, 'file' | 'sheet' | 'row' | 'cause' | 'personId' | 'householdId' | 'areaPath'> & {
  list: ListKind
  leaving: Leaving
}

/** Rows of a run by which the register should let somebody go; of several rows about one person the latest day counts. */
export function findLeavings(blocks: readonly { list: ListKind; rows: readonly MatchedRecord[] }[]): LeavingRecord[] {
  const found = new Map<string, LeavingRecord>()
  for (const { list, rows } of blocks)
    for (const { file, sheet, row, cause, personId, householdId, areaPath, facts, class: how } of rows) {
      const leaving = sureClasses.includes(how) ? readLeaving(list, facts) : undefined
      if (leaving === undefined) continue
      const known = found.get(personId)
      if (known !== undefined && (known.leaving.on ?? '') >= (leaving.on ?? '')) continue
      found.set(personId, { list, file, sheet, row, cause, personId, householdId, areaPath, leaving })
    }
  return [...found.values()]
}

interface Report {
  householdId: string
  personId: string
  leaving: Leaving & { on: string }
  /** The list, its file and row. */
  source: string
  vault: Vault
}

/**
 * Reports at registry's door that somebody has died or moved away; whoever may decides there. Where the register knows the person only since
 * a later day than the list states, the event is of today and its reason says the true day. Returns the event. Throws `http.not-allowed`,
 * `registry.event-refused`.
 */
export async function reportLeaving(ctx: Context, report: Report): Promise<string> {
  if (!mayDo(ctx, 'registry.household-event', 'report')) throw httpErrors.notAllowed()
  try {
    return await ask(ctx, report, report.leaving.on)
  } catch (fault) {
    if (!isNamedError(fault) || JSON.stringify(fault.details['why']) !== '["before-joined"]') throw fault
    return ask(ctx, report, ctx.today)
  }
}

async function ask(ctx: Context, { householdId, personId, leaving, source, vault }: Report, on: string): Promise<string> {
  const about = {
    householdId: HouseholdId.parse(householdId),
    on,
    reason: `${leaving.word}（${leaving.on}）：${source}`.slice(0, 200),
    paper: source.slice(0, 100),
    relations: {},
  }
  const who = PersonId.parse(personId)
  const command =
    leaving.kind === 'death'
      ? { ...about, kind: 'death' as const, personId: who }
      : { ...about, kind: 'moved-away' as const, members: [who] }
  return (await askHouseholdEvent(ctx, { command, isReport: true }, { vault })).eventId
}
