import { makeId } from '#kernel/pure/ids/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { leadsRaised, type ListKind } from '../contract.ts'
import type { RunDeps, RunInput } from './run-input.ts'
import { dropHashes, listBaseMonths, saveHashes } from './hash-store.ts'
import type { FileOutcome, ListOutcome, ProbeMessage, ReasonRecord } from './outcome.ts'
import { insertLeads, insertReasons, listDismissed, listLeadIds, recountLeads, removeOpenReasons, type ReasonRow } from './raise-store.ts'
import { insertMatched, insertOpen, moveRun, saveCounts, saveReceiptCounts } from './run-store.ts'

/** The pieces of a comparison as they came from the child. */
export interface RunPieces {
  files: FileOutcome[]
  matched: Extract<ProbeMessage, { kind: 'matched' }>[]
  lists: ListOutcome[]
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
  reasons: Record<string, number>
}

/** Stores what came of a run; the caller's transaction makes it all or nothing. */
export async function saveRun(db: Db, ctx: Context, save: SaveInput): Promise<SavedCounts> {
  const { input, pieces } = save
  const { countyCode } = ctx.scope
  const receiptOf = (file: number): string => input.files[file]?.receiptId ?? ''
  for (const { list, rows } of pieces.matched)
    await insertMatched(db, countyCode, { runId: input.runId, month: input.month, list, rows, receiptOf })
  for (const { list, open } of pieces.lists)
    if (open.length > 0) await insertOpen(db, countyCode, { runId: input.runId, list, rows: open, receiptOf })
  await saveReceipts(db, countyCode, save)
  await keepHashes(db, countyCode, save)
  const leads = await raiseLeads(db, ctx, save)
  const counts = { ...countAll(pieces), leads }
  await saveCounts(db, ctx, input.runId, { ...counts, registerRevision: save.registerRevision })
  await moveRun(db, ctx, input.runId, { from: 'running', to: 'done' })
  await announce(db, ctx, leadsRaised, { runId: input.runId, month: input.month, leads })
  return counts
}

function addUp(into: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) into[name] = (into[name] ?? 0) + count
}

function countAll(pieces: RunPieces): Omit<SavedCounts, 'leads'> {
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
    for (const source of pieces.lists.flatMap((list) => list.sources)) {
      if (source.file !== number) continue
      addUp(classes, source.classes)
      addUp(causes, source.causes)
    }
    const seen = pieces.files[number]
    const rows = Object.values(classes).reduce((sum, count) => sum + count, 0)
    const notes = [...(seen?.notes ?? []), ...(seen?.skipped ?? []).map((sheet) => `not-read: ${sheet}`)]
    await saveReceiptCounts(db, countyCode, { receiptId: file.receiptId, list: seen?.lists[0] ?? null, rows, classes, causes, notes })
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

/** Merges the reasons of all lists into one lead per household and month. A household with flags alone has no lead. */
async function raiseLeads(db: Db, ctx: Context, { deps, input, pieces }: SaveInput): Promise<number> {
  const { countyCode } = ctx.scope
  const lists: ListKind[] = pieces.lists.map((list) => list.list)
  await removeOpenReasons(db, countyCode, input.month, lists)
  const dismissed = await listDismissed(db, countyCode, input.month)
  const nameOf = (file: number): string => input.files[file]?.name ?? ''
  const rows = pieces.lists
    .flatMap((list) => list.reasons)
    .map((reason) => reasonRow(deps, reason, nameOf))
    .map((row) => ({ ...row, rests: dismissed.has(`${row.householdId} ${row.factsHash}`) }))
  const known = await listLeadIds(db, countyCode, input.month)
  const news = new Map<string, { leadId: string; householdId: string; areaPath: string }>()
  for (const row of rows)
    if (row.rule.startsWith('L') && !row.rests && !known.has(row.householdId) && !news.has(row.householdId))
      news.set(row.householdId, { leadId: makeId(), householdId: row.householdId, areaPath: row.areaPath })
  if (news.size > 0) await insertLeads(db, ctx, { runId: input.runId, month: input.month, rows: [...news.values()] })
  const leadOf = (household: string): string | undefined => known.get(household) ?? news.get(household)?.leadId
  const withLead = rows.flatMap((row) => {
    const leadId = leadOf(row.householdId)
    return leadId === undefined ? [] : [{ ...row, leadId }]
  })
  for (let at = 0; at < withLead.length; at += 1_000)
    await insertReasons(db, countyCode, { runId: input.runId, month: input.month, rows: withLead.slice(at, at + 1_000) })
  return recountLeads(db, ctx, input.month)
}

function reasonRow(deps: RunDeps, reason: ReasonRecord, nameOf: (file: number) => string): ReasonRow {
  const evidence = reason.evidence.map(({ file, ...row }) => ({ file: nameOf(file), ...row }))
  // The same rows may come in another order next month; their facts are what counts.
  const facts = reason.evidence.map((row) => JSON.stringify(row.facts)).sort()
  const said = [reason.rule, reason.householdId, reason.personId ?? '', reason.value, ...facts].join('\n')
  return {
    householdId: reason.householdId,
    areaPath: reason.areaPath,
    rule: reason.rule,
    list: reason.list,
    personId: reason.personId,
    value: reason.value,
    evidence,
    factsHash: deps.vault.blindIndex('lead-facts', said).toString('hex'),
  }
}
