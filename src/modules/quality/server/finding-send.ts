import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { findReceivers, type Receiver } from '#modules/identity/server/index.ts'
import type { SendFindings } from '../contract.ts'
import { judgeSending } from '../rules/finding-states.ts'
import { villageOf } from '../rules/worklist-places.ts'
import type { SentFindings } from '../rules/worklist-records.ts'
import { addFindingEvents, saveSent } from './finding-event-store.ts'
import { searchFor } from './finding-read.ts'
import { findFindingsForUpdate, listFindings, type StoredFinding } from './finding-store.ts'
import { worklistErrors } from './worklist-errors.ts'
import { dueDayOf, seatOfCaller, type WorklistDeps } from './worklist-neighbours.ts'

const mostAtOnce = 5_000

type Refused = { findingId: string; reason: string }
type Batch = { receiver: Receiver; findings: StoredFinding[] }

/**
 * Gives findings to their villages as a task with a due day; where a village has no active account the township must mend them. What may
 * not be sent is refused one by one, the rest goes. A dry run only says who would get how many.
 */
export async function sendFindings(ctx: Context, input: SendFindings, deps: WorklistDeps): Promise<SentFindings> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { findings, refused } = await chosenFindings(within, input, deps)
    const { on: dueOn, unknownYear } = await dueDayOf(within)
    const batches = await sortByReceiver(within, findings, refused)
    if (!input.isDryRun) await sendBatches(within, { batches, dueOn, note: input.note, refused: refused.length })
    const receivers = batches.map(({ receiver, findings: given }) => ({
      areaPath: receiver.areaPath,
      name: receiver.name,
      count: given.length,
      fallsToTownship: receiver.fallsToTownship,
    }))
    return { dueOn, unknownYear, receivers: receivers.sort((one, other) => (one.areaPath < other.areaPath ? -1 : 1)), refused }
  })
}

async function sortByReceiver(ctx: Context, findings: readonly StoredFinding[], refused: Refused[]): Promise<Batch[]> {
  const receivers = await findReceivers(
    ctx,
    findings.map((finding) => villageOf(finding.areaPath)),
  )
  const seat = seatOfCaller(ctx)
  const batches = new Map<string, Batch>()
  for (const finding of findings) {
    const village = villageOf(finding.areaPath)
    const receiver = receivers.get(village)
    const verdict = judgeSending(finding, seat, receiver?.areaPath ?? '')
    const batch = batches.get(village)
    if (!verdict.ok) refused.push({ findingId: finding.findingId, reason: verdict.reason })
    else if (receiver === undefined) refused.push({ findingId: finding.findingId, reason: 'unknown-village' })
    else if (batch === undefined) batches.set(village, { receiver, findings: [finding] })
    else batch.findings.push(finding)
  }
  return [...batches.values()]
}

async function chosenFindings(
  ctx: Context & { db: Db },
  input: SendFindings,
  deps: WorklistDeps,
): Promise<{ findings: StoredFinding[]; refused: Refused[] }> {
  if (input.findingIds !== undefined) {
    const findings = await findFindingsForUpdate(ctx.db, ctx.scope, input.findingIds)
    const known = new Set(findings.map((finding) => finding.findingId))
    return { findings, refused: input.findingIds.filter((id) => !known.has(id)).map((findingId) => ({ findingId, reason: 'not-found' })) }
  }
  if (input.filter === undefined) throw worklistErrors.nothingChosen()
  // What is fixed or excepted is not meant by "all of this village".
  const filter = { ...input.filter, state: input.filter.state ?? ('todo' as const) }
  const found = await listFindings(ctx.db, await searchFor(ctx, filter, deps), { limit: mostAtOnce + 1, after: undefined })
  if (found.length > mostAtOnce) throw worklistErrors.tooManyFindings({ limit: mostAtOnce })
  const ids = found.map((finding) => finding.findingId)
  return { findings: await findFindingsForUpdate(ctx.db, ctx.scope, ids), refused: [] }
}

async function sendBatches(
  ctx: Context & { db: Db },
  given: { batches: readonly Batch[]; dueOn: string; note: string | undefined; refused: number },
): Promise<void> {
  const { batches, dueOn, note } = given
  for (const { receiver, findings } of batches) {
    // One pair of statements per receiver: a county has a few hundred villages at most.
    await saveSent(ctx.db, ctx, { findingIds: findings.map((finding) => finding.findingId), receiver: receiver.areaPath, dueOn })
    await addFindingEvents(ctx.db, ctx, { kind: 'sent', findings, note, details: { to: receiver.areaPath, dueOn } })
  }
  const sent = batches.reduce((sum, batch) => sum + batch.findings.length, 0)
  if (sent === 0) return
  await audit(ctx.db, ctx, {
    did: 'quality.finding-send',
    objectKind: 'quality.finding',
    objectId: batches[0]?.findings[0]?.findingId ?? '',
    details: { sent, receivers: batches.length, refused: given.refused, dueOn },
  })
}
