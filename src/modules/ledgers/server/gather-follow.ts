import * as z from 'zod'
import { dayOf } from '#kernel/pure/time/index.ts'
import { requestJob } from '#kernel/server/jobs/index.ts'
import { takenFrom, textOfSide, type GatherSide } from '../rules/gather-plan.ts'
import { judgeRecord } from '../rules/judge-record.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import { makeProblem } from '../rules/record-words.ts'
import type { FieldValue, RecordProblem } from '../rules/records.ts'
import { listClosedLedgers } from './closed-ledgers.ts'
import { ledgersErrors } from './errors.ts'
import { listHandled } from './event-store.ts'
import { findGatherers, holdAnyRecord, openedLedgers } from './gather-store.ts'
import { openGatherings, type Gathering, type Gatherings } from './gatherings.ts'
import { asSystemWithin } from './jobs/as-system.ts'
import { mayRead, openVersion, unlockForSystem, type Within } from './open-ledger.ts'
import { isInScope } from './place-record.ts'
import type { RecordRow } from './tables.ts'
import { workOut, type LedgerDeps } from './work-out.ts'
import { changedValues, saveOver } from './save-record.ts'

/** A record that was written: as it counted before, and as it counts now. A removed one does not count. */
export interface WrittenRecord {
  readonly templateKey: string
  readonly recordId: string
  readonly before: Pick<GatherSide, 'state' | 'values'> | undefined
  readonly after: Pick<GatherSide, 'state' | 'values'> | undefined
}

/** How a kept record counts. */
export const sideOf = (row: Pick<RecordRow, 'state' | 'body' | 'removedAt'>): WrittenRecord['before'] =>
  row.removedAt === null ? { state: row.state, values: row.body } : undefined

/** Records that are worked out anew within a write; what more there is waits for a job. */
const mostAtOnce = 200
/** How far one write may go on from ledger to ledger, and how often one record may be worked out anew by it. */
const mostRounds = 8

export const gatherJob = { name: 'ledgers.gather', payload: z.strictObject({ recordIds: z.array(z.uuid()).min(1).max(500) }) } as const

/**
 * Works out anew the open records that gather from written ones, in the same transaction. Throws `ledgers.refused` with a sentence that names the
 * record and the check where one of them would newly break a check that refuses: then the whole write is undone. Returns the new revisions.
 */
export async function followGatherers(
  ctx: Within,
  deps: LedgerDeps,
  written: readonly WrittenRecord[],
): Promise<ReadonlyMap<string, number>> {
  return follow(ctx, deps, { written, caller: ctx })
}

/** The same where nobody can be refused any more: taking records to a new version, numbers that a job works out. */
export async function followQuietly(ctx: Within, deps: LedgerDeps, written: readonly WrittenRecord[]): Promise<void> {
  await follow(ctx, deps, { written, caller: undefined })
}

/** The same after an import was taken back: records that say again what they said gather anew themselves. */
export async function followUndone(ctx: Within, deps: LedgerDeps, written: readonly WrittenRecord[]): Promise<void> {
  const restored = written.flatMap((one) => (one.after === undefined ? [] : [one.recordId]))
  await follow(ctx, deps, { written, caller: ctx, restored })
}

async function follow(
  ctx: Within,
  deps: LedgerDeps,
  given: { written: readonly WrittenRecord[]; caller: Within | undefined; restored?: readonly string[] },
): Promise<ReadonlyMap<string, number>> {
  const { written, caller, restored = [] } = given
  const revisions = new Map<string, number>()
  const gatherings = await openGatherings(ctx)
  if (!written.some((one) => gatherings.from.has(one.templateKey) || (restored.length > 0 && gatherings.by.has(one.templateKey))))
    return revisions
  await asSystemOpen(ctx, async (system) => {
    let waiting = written
    for (let round = 0; waiting.length > 0; round += 1) {
      if (round >= mostRounds && caller === undefined) return
      if (round >= mostRounds) throw ledgersErrors.refused({ problems: [makeProblem('gathers-in-circles')] })
      const found = await gatherersOf(system, gatherings, waiting)
      const ids = round === 0 ? [...new Set([...found, ...restored])].sort() : found
      if (ids.length > mostAtOnce) {
        for (let at = 0; at < ids.length; at += 500)
          await requestJob(system.db, system, { job: gatherJob, payload: { recordIds: ids.slice(at, at + 500) } })
        return
      }
      const next: WrittenRecord[] = []
      for (const recordId of ids) {
        const anew = await workOutAnew(system, deps, { recordId, caller })
        if (anew === undefined) continue
        revisions.set(recordId, anew.revision)
        next.push(anew.written)
      }
      waiting = next
    }
  })
  return revisions
}

/** As the system, with every closed ledger open: a gatherer may stand in any. */
async function asSystemOpen<Answer>(ctx: Within, work: (system: Within) => Promise<Answer>): Promise<Answer> {
  return asSystemWithin(ctx, 'gather', async (system) => {
    const before = await openedLedgers(system.db)
    await unlockForSystem(system, await listClosedLedgers(system))
    const answer = await work(system)
    await unlockForSystem(system, before)
    return answer
  })
}

/** The open records whose numbers some written records change, sorted: two that meet hold them in the same order. */
async function gatherersOf(ctx: Within, gatherings: Gatherings, written: readonly WrittenRecord[]): Promise<string[]> {
  const found = new Set<string>()
  for (const one of written)
    for (const gathering of gatherings.from.get(one.templateKey) ?? [])
      for (const target of targetsOf(gathering, one))
        for (const id of await findGatherers(ctx.db, ctx, { ...queryOf(gathering, target), not: one.recordId })) found.add(id)
  return [...found].sort()
}

/** The things by which a gathering finds a written record, before and now; none where it takes the same from it as before. */
function targetsOf({ gathered, anchor }: Gathering, { recordId, before, after }: WrittenRecord): string[] {
  const sides = [before, after].map((side) => (side === undefined ? undefined : { recordId, ...side }))
  const [was, is] = sides.map((side) => takenFrom(gathered.gathers, side))
  if (was === is) return []
  const things = sides.flatMap((side) => (side === undefined ? [] : (textOfSide(side, anchor.theirs) ?? [])))
  return [...new Set(things)]
}

function queryOf({ open, anchor }: Gathering, target: string) {
  const { version, template } = open
  const mine = open.fields.get(anchor.mine)
  const by = anchor.mine === '$record' ? { recordId: target } : { field: anchor.mine, kind: mine?.kind ?? 'record', target }
  return { templateKey: template.key, version, by }
}

async function workOutAnew(
  ctx: Within,
  deps: LedgerDeps,
  given: { recordId: string; caller: Within | undefined },
): Promise<{ revision: number; written: WrittenRecord } | undefined> {
  const row = await holdAnyRecord(ctx.db, ctx, given.recordId)
  if (row === undefined) return undefined
  const open = await openVersion(ctx, row)
  const handled = (await listHandled(ctx.db, ctx, [row.recordId])).get(row.recordId)
  const worked = await workOut(ctx, deps, {
    open,
    maySee: () => true,
    recordId: row.recordId,
    entered: {},
    state: row.state,
    before: { row, handled },
    said: undefined,
  })
  if (given.caller !== undefined) refuseNewlyBroken(given.caller, { open, row, today: ctx.today, refusals: worked.refusals })
  const before = changedValues(row.body, worked.body)
  if (Object.keys(before).length === 0) return undefined
  const ledger = { open, templateKey: row.templateKey, isClosed: row.closed }
  const revision = await saveOver(ctx, { ledger, row, worked, state: row.state, act: { act: 'gather', before } })
  const { recordId, templateKey, state } = row
  return { revision, written: { recordId, templateKey, before: sideOf(row), after: { state, values: worked.body } } }
}

/** A check that held before and does not hold now refuses the write that brought it about. */
function refuseNewlyBroken(
  caller: Within,
  given: { open: OpenTemplate; row: RecordRow; today: string; refusals: readonly RecordProblem[] },
): void {
  const { open, row } = given
  const broken = given.refusals.filter((problem) => problem.check !== undefined)
  if (broken.length === 0) return
  const were = brokenChecks(open, row, given.today)
  const problems = broken.filter(({ check = '' }) => !were.has(check)).map((problem) => wouldBreak(caller, { open, row, problem }))
  if (problems.length > 0) throw ledgersErrors.refused({ problems })
}

function brokenChecks(open: OpenTemplate, row: RecordRow, today: string): Set<string> {
  // Safe: sealed values count as filled; checks do not know sensitive fields.
  const values = row.body as Readonly<Record<string, FieldValue>>
  const judged = judgeRecord(open, { values, state: row.state, today, madeOn: dayOf(Date.parse(row.madeAt)), isNew: false })
  return new Set(judged.problems.flatMap((problem) => problem.check ?? []))
}

/** The sentence that names the other record: its title only to who may see it. */
function wouldBreak(caller: Within, { open, row, problem }: { open: OpenTemplate; row: RecordRow; problem: RecordProblem }): RecordProblem {
  const isSeen = isInScope(caller.scope, row) && mayRead(caller, open)
  const title = [row.recordNo ?? '', isSeen ? row.title : ''].filter((part) => part !== '').join(' ')
  const { name } = open.template
  const said = (language: 'zh' | 'en') =>
    makeProblem('would-break', { values: { ledger: name[language], title, check: problem.said[language] } }).said[language]
  return { code: 'would-break', level: 'refuse', said: { zh: said('zh'), en: said('en') } }
}

/** Works records out anew by themselves: those that were too many for the write that changed them. Nothing is refused there. */
export async function gatherAnew(ctx: Within, deps: LedgerDeps, recordIds: readonly string[]): Promise<number> {
  let changed = 0
  await asSystemOpen(ctx, async (system) => {
    const written: WrittenRecord[] = []
    for (const recordId of [...recordIds].sort()) {
      const anew = await workOutAnew(system, deps, { recordId, caller: undefined })
      if (anew === undefined) continue
      changed += 1
      written.push(anew.written)
    }
    await followQuietly(system, deps, written)
  })
  return changed
}
