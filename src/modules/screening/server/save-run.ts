import { announce } from '#kernel/server/events/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { leadsRaised } from '../contract.ts'
import { dropHashes, listBaseMonths, saveHashes } from './hash-store.ts'
import { insertMatched } from './match-store.ts'
import { keepLeavings, keepRepairs, keepWaiting, longestWaitMs } from './keep-waiting.ts'
import type { FileOutcome, ListOutcome, ProbeMessage, RepairRecord } from './outcome.ts'
import { raiseReasons, type FoundReason } from './raise-leads.ts'
import { saveDestroyDue, saveReceiptCounts } from './receipt-store.ts'
import { findLeavings } from './repair-events.ts'
import type { RunDeps, RunInput } from './run-input.ts'
import { moveRun, saveCounts, waitForOthers } from './run-store.ts'
import { instantOf } from '#kernel/pure/time/index.ts'

/** The pieces of a comparison as they came from the child. */
export interface RunPieces {
  files: FileOutcome[]
  matched: Extract<ProbeMessage, { kind: 'matched' }>[]
  lists: ListOutcome[]
  repairs: RepairRecord[]
  rows: number
}

interface SaveInput {
  deps: RunDeps
  input: RunInput
  pieces: RunPieces
  registerRevision: string
}

export interface SavedCounts {
  rows: number
  classes: Record<string, number>
  causes: Record<string, number>
  delta: Record<string, number>
  leads: number
  /** Reasons that rest: dismissed before, not grown since. */
  rested: number
  /** Left out for want of an authorisation. */
  leftOut: { rows: number; persons: number }
  reasons: Record<string, number>
}

/** Stores what came of a run; the caller's transaction makes it all or nothing. Runs that end together store one after the other. */
export async function saveRun(db: Db, ctx: Context, save: SaveInput): Promise<SavedCounts> {
  const { deps, input, pieces } = save
  const { countyCode } = ctx.scope
  await waitForOthers(db, countyCode)
  const receiptOf = (file: number): string => input.files[file]?.receiptId ?? ''
  for (const { list, rows } of pieces.matched)
    await insertMatched(db, countyCode, { runId: input.runId, month: input.month, list, rows, receiptOf })
  for (const { list, open } of pieces.lists)
    await keepWaiting(db, ctx, { vault: deps.vault, runId: input.runId, list, rows: open, receiptOf })
  await keepRepairs(db, ctx, { vault: deps.vault, runId: input.runId, rows: pieces.repairs, receiptOf })
  await keepLeavings(db, ctx, { vault: deps.vault, runId: input.runId, rows: findLeavings(pieces.matched), receiptOf })
  await saveReceipts(db, countyCode, save)
  // Without days of grace the file goes with the end of the run.
  const keptMs = Math.min(input.terms.retentionDays * dayMs, longestWaitMs)
  if (keptMs > 0) await saveDestroyDue(db, countyCode, input.runId, instantOf(Date.parse(ctx.now) + keptMs))
  await keepHashes(db, countyCode, save)
  const what = { runId: input.runId, month: input.month, lists: pieces.lists.map((list) => list.list) }
  const { leads, rested } = await raiseReasons(db, ctx, { vault: deps.vault, what, reasons: foundReasons(save) })
  const counts = { ...countAll(pieces), leads, rested, leftOut: countLeftOut(pieces) }
  await saveCounts(db, ctx, input.runId, { ...counts, registerRevision: save.registerRevision })
  await moveRun(db, ctx, input.runId, { from: 'running', to: 'done' })
  await announce(db, ctx, leadsRaised, { runId: input.runId, month: input.month, leads })
  return counts
}

const dayMs = 86_400_000

function foundReasons({ input, pieces }: SaveInput): FoundReason[] {
  return pieces.lists
    .flatMap((list) => list.reasons)
    .map(({ evidence, householdNo: _no, idNumber: _number, ...reason }) => ({
      ...reason,
      evidence: evidence.map(({ file, ...row }) => ({ file: input.files[file]?.name ?? '', ...row })),
    }))
}

/** Rows and distinct persons; who they are is not kept. */
function countLeftOut(pieces: RunPieces): { rows: number; persons: number } {
  const rows = pieces.lists.flatMap((list) => list.leftOut.rows).reduce((sum, count) => sum + count, 0)
  return { rows, persons: new Set(pieces.lists.flatMap((list) => list.leftOut.persons)).size }
}

function addUp(into: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) into[name] = (into[name] ?? 0) + count
}

function countAll(pieces: RunPieces): Omit<SavedCounts, 'leads' | 'rested' | 'leftOut'> {
  const counts = { rows: 0, classes: {}, causes: {}, delta: {}, reasons: {} as Record<string, number> }
  for (const list of pieces.lists) {
    addUp(counts.delta, list.delta)
    for (const source of list.sources) {
      addUp(counts.classes, source.classes)
      addUp(counts.causes, source.causes)
    }
    for (const reason of list.reasons) addUp(counts.reasons, { [reason.rule]: 1 })
  }
  counts.rows = Object.values<number>(counts.classes).reduce((sum, count) => sum + count, 0)
  return counts
}

async function saveReceipts(db: Db, countyCode: string, { input, pieces }: SaveInput): Promise<void> {
  for (const [number, file] of input.files.entries()) {
    const classes: Record<string, number> = {}
    const causes: Record<string, number> = {}
    let leftOut = 0
    for (const list of pieces.lists)
      for (const [at, source] of list.sources.entries()) {
        if (source.file !== number) continue
        addUp(classes, source.classes)
        addUp(causes, source.causes)
        leftOut += list.leftOut.rows[at] ?? 0
      }
    const seen = pieces.files[number]
    const rows = Object.values(classes).reduce((sum, count) => sum + count, 0)
    const notes = [...(seen?.notes ?? []), ...(seen?.skipped ?? []).map((sheet) => `not-read: ${sheet}`)]
    await saveReceiptCounts(db, countyCode, {
      receiptId: file.receiptId,
      list: seen?.lists[0] ?? null,
      rows,
      leftOut,
      classes,
      causes,
      notes,
    })
  }
}

/** Keeps the hashes of this month and of the one it was compared with; what is older goes. */
async function keepHashes(db: Db, countyCode: string, { input, pieces }: SaveInput): Promise<void> {
  const bases = await listBaseMonths(db, countyCode, input.month)
  for (const { list, kept } of pieces.lists) {
    await saveHashes(db, countyCode, { list, month: input.month, runId: input.runId, kept })
    const base = bases.get(list)
    if (base !== undefined) await dropHashes(db, countyCode, list, base)
  }
}
