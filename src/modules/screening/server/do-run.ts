import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { lastDayOf } from '#kernel/pure/time/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { ListKind, type Receipt } from '../contract.ts'
import { petitionTopics } from '../policy/policy.ts'
import type { Settlement } from '../rules/settle-rows.ts'
import { listBaseMonths, readHashes, readKeyTexts } from './hash-store.ts'
import { loadRegisterIndex } from './load-register-index.ts'
import { leadTableWith } from './lead-table.ts'
import { leadPolicyOn } from './lead-versions.ts'
import type { ProbeJob, ProbeMessage } from './outcome.ts'
import { probeInChild } from './probe-in-child.ts'
import { gatesOf } from './authorise.ts'
import { listChoices } from './open-match-store.ts'
import { listReceipts } from './receipt-store.ts'
import { listLayouts, moveRun } from './run-store.ts'
import type { RunDeps, RunInput } from './run-input.ts'
import { saveRun, type RunPieces } from './save-run.ts'

/** What a run has brought. */
export interface RunResult {
  runId: string
  month: string
  rows: number
  classes: Record<string, number>
  causes: Record<string, number>
  delta: Record<string, number>
  /** Households with a lead in this month. */
  leads: number
  /** Reasons that rest, because an earlier visit dismissed them. */
  rested: number
  /** Left out for want of an authorisation. */
  leftOut: { rows: number; persons: number }
  /** Reasons by rule. */
  reasons: Record<string, number>
  receipts: Receipt[]
  files: { name: string; lists: ListKind[]; skipped: string[]; notes: string[] }[]
}

/** Compares the files of a run that stands as `running`, stores what came of it in one transaction and leaves it `done`, or `failed` with nothing else stored. */
export async function doRun(deps: RunDeps, given: Context, input: RunInput): Promise<RunResult> {
  const ctx: Context = { ...given, deadline: 'job' }
  try {
    const index = await (deps.loadIndex?.(ctx) ?? loadRegisterIndex(ctx, deps, `screening.compare ${input.month}`))
    const job = await makeJob(deps, ctx, input, index)
    const pieces: RunPieces = { files: [], matched: [], lists: [], repairs: [], rows: 0 }
    await (deps.probe ?? probeInChild)(job, (message) => takePiece(pieces, message, input))
    return await inTransaction(ctx, async (db) => {
      const counts = await saveRun(db, ctx, { deps, input, pieces, registerRevision: index.revision })
      await audit(db, ctx, {
        did: 'screening.compare',
        objectKind: 'screening.run',
        objectId: input.runId,
        details: { month: input.month, files: input.files.length, rows: counts.rows, classes: counts.classes, leads: counts.leads },
      })
      const receipts = await listReceipts(db, ctx.scope.countyCode, input.runId)
      const files = pieces.files.map((file, at) => ({ name: input.files[at]?.name ?? '', ...file }))
      return { ...counts, runId: input.runId, month: input.month, receipts, files }
    })
  } catch (fault) {
    const code = isNamedError(fault) ? fault.code : 'screening.probe-failed'
    await inTransaction(ctx, (db) => moveRun(db, ctx, input.runId, { from: 'running', to: 'failed', fault: code }))
    throw fault
  }
}

async function makeJob(deps: RunDeps, ctx: Context, input: RunInput, index: { path: string; key: Buffer }): Promise<ProbeJob> {
  const { countyCode } = ctx.scope
  const bases: Record<string, Int32Array> = {}
  const baseTexts: Record<string, [string, string][]> = {}
  const [remembered, settlements] = await inTransaction(ctx, async (db) => {
    if (input.baseFiles.length === 0) {
      for (const [list, month] of await listBaseMonths(db, countyCode, input.month)) {
        bases[list] = await readHashes(db, countyCode, list, month)
        if (input.results !== undefined) baseTexts[list] = await readKeyTexts(db, countyCode, list, month)
      }
    }
    return [await listLayouts(db, countyCode, input.terms.sender), await settlementsOf(db, ctx)] as const
  })
  const { table } = await leadPolicyOn(ctx, lastDayOf(input.month))
  return {
    indexPath: index.path,
    indexKey: new Uint8Array(index.key),
    month: input.month,
    files: input.files.map(({ path, name, layouts }) => (layouts === undefined ? { path, name } : { path, name, layouts })),
    baseFiles: input.baseFiles.map(({ path, name }) => ({ path, name })),
    thresholds: input.thresholds,
    leads: leadTableWith(input.thresholds, table),
    topics: petitionTopics,
    hashKeys: Object.fromEntries(
      ListKind.options.map((list) => [list, new Uint8Array(deps.vault.deriveKey(`row hashes ${countyCode} ${list}`))]),
    ),
    bases,
    baseTexts,
    remembered,
    settlements,
    wantRepairs: true,
    wantLines: input.results !== undefined,
  }
}

/** What was decided of each list's rows before, and who has authorised it. */
async function settlementsOf(db: Db, ctx: Context): Promise<Record<string, Settlement>> {
  const choices = await listChoices(db, ctx.scope.countyCode)
  const gates = await gatesOf(db, ctx)
  return Object.fromEntries(
    ListKind.options.map((list) => {
      const gate = gates.get(list)
      return [list, { choices: choices.get(list) ?? {}, ...(gate === undefined ? {} : { gate }) }]
    }),
  )
}

function takePiece(pieces: RunPieces, message: ProbeMessage, input: RunInput): void {
  switch (message.kind) {
    case 'progress':
      pieces.rows = message.rows
      input.onProgress?.(message.rows)
      return
    case 'file':
      pieces.files.push(message.file)
      return
    case 'matched':
      pieces.matched.push(message)
      return
    case 'list':
      pieces.lists.push(message.outcome)
      input.results?.addReasons(message.outcome.reasons)
      return
    case 'lines':
      input.results?.add(message.name, message.lines)
      return
    case 'repairs':
      pieces.repairs.push(...message.repairs)
      return
    case 'done':
    case 'error':
      return
  }
}
