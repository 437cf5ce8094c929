import { openCalendar } from '#kernel/server/calendar/index.ts'
import { isNamedError, type NamedError } from '#kernel/pure/errors/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { deadlinesOf, overdueFrom } from '../rules/deadlines.ts'
import { judgeRecord } from '../rules/judge-record.ts'
import { makeProblem } from '../rules/record-words.ts'
import type { FieldValue, ImportRecord, RecordProblem } from '../rules/records.ts'
import { bringValues, brings } from './bring-values.ts'
import { writeDecided } from './decide-store.ts'
import { ledgersErrors } from './errors.ts'
import { followGatherers } from './gather-follow.ts'
import { holdForGathering, takesPart } from './gather-hold.ts'
import { listWaiting, markBad, setImport, type WaitingRow } from './gather-import-store.ts'
import { asSystemWithin } from './jobs/as-system.ts'
import type { Ledger, Within } from './open-ledger.ts'
import { findRecord, insertRecord } from './record-store.ts'
import { syncReminders } from './reminder-store.ts'
import { asWritten, changedValues, uniquely } from './save-record.ts'
import { derive, sealValues } from './seal-values.ts'
import type { RecordRow } from './tables.ts'
import type { LedgerDeps, WorkedOut } from './work-out.ts'
import { nextNumber, refuse, saveAndFollow } from './write-record.ts'

/** Rows of a ledger of money that one file may bring: each is written by itself, with what follows from it. */
const mostRows = 5000

/** Whether the rows of a ledger are written one by one: what one says depends on the rows before it. */
export async function isOneByOne(ctx: Within, { open, templateKey }: Ledger): Promise<boolean> {
  return brings(open) || (await takesPart(ctx, templateKey))
}

interface Importing {
  readonly ledger: Ledger
  readonly importId: string
}

/**
 * Tries the good rows of a dry run in the order of the file, as they will be written, and takes everything back: what a cap or a balance refuses is
 * bad, with its sentence. Returns the counts as they are then.
 */
export async function rehearse(
  ctx: Within,
  deps: LedgerDeps,
  given: Importing & { counts: ImportRecord['counts'] },
): Promise<ImportRecord['counts']> {
  const rows = await waitingRows(ctx, given)
  const bad: { row: number; outcome: WaitingRow['outcome']; problems: readonly RecordProblem[] }[] = []
  await takenBack(ctx, async (within) => {
    for (const row of rows) {
      const fault = await writeAlone(within, deps, { ...given, row })
      if (fault !== undefined) bad.push({ row: row.rowNo, outcome: row.outcome, problems: labelled(given.ledger, problemsOf(fault)) })
    }
  })
  if (bad.length === 0) return given.counts
  await asSystemWithin(ctx, 'import', (system) => markBad(system.db, system, { importId: given.importId, rows: bad }))
  const gone = (outcome: WaitingRow['outcome']) => bad.filter((one) => one.outcome === outcome).length
  const { counts } = given
  return { ...counts, bad: counts.bad + bad.length, new: counts.new - gone('new'), changed: counts.changed - gone('changed') }
}

/** Writes the good rows of a dry run in the order of the file. Throws `ledgers.refused` with row and sentence where the ledger changed since. */
export async function applyOneByOne(ctx: Within, deps: LedgerDeps, given: Importing): Promise<void> {
  const rows = await waitingRows(ctx, given)
  for (const row of rows) {
    const fault = await writeAlone(ctx, deps, { ...given, row })
    if (fault !== undefined) throw ledgersErrors.refused({ problems: problemsOf(fault).map((problem) => ofRow(problem, row.rowNo)) })
  }
}

async function waitingRows(ctx: Within, { ledger, importId }: Importing): Promise<WaitingRow[]> {
  const rows = await asSystemWithin(ctx, 'import', (system) => listWaiting(system.db, system, importId))
  if (rows.length > mostRows) throw ledgersErrors.tooManyRows({ most: mostRows })
  await holdForGathering(
    ctx,
    rows.map((row) => ({ open: ledger.open, recordId: row.recordId, bodies: [row.body] })),
  )
  return rows
}

class TakenBack extends Error {}

async function takenBack(ctx: Within, work: (ctx: Within) => Promise<void>): Promise<void> {
  try {
    await inTransaction(ctx, async (db) => {
      await work({ ...ctx, db })
      throw new TakenBack('tried only')
    })
  } catch (fault) {
    if (!(fault instanceof TakenBack)) throw fault
  }
}

/** Writes one row, or nothing of it: then says why not. */
async function writeAlone(ctx: Within, deps: LedgerDeps, given: Importing & { row: WaitingRow }): Promise<NamedError | undefined> {
  try {
    await inTransaction(ctx, (db) => writeRow({ ...ctx, db }, deps, given))
    return undefined
  } catch (fault) {
    if (isNamedError(fault)) return fault
    throw fault
  }
}

async function writeRow(ctx: Within, deps: LedgerDeps, given: Importing & { row: WaitingRow }): Promise<void> {
  const { ledger, row, importId } = given
  const { recordId } = row
  if (row.outcome === 'changed') {
    const before = await findRecord(ctx.db, ctx, { templateKey: ledger.templateKey, recordId, isHeld: true })
    if (before === undefined) throw ledgersErrors.importStale({ rows: 1 })
    const worked = await workOutRow(ctx, deps, { ledger, row, before })
    refuse(worked)
    const act = { act: 'change', reason: `导入 ${importId}`, before: changedValues(before.body, worked.body) } as const
    await saveAndFollow(ctx, deps, { ledger, row: before, worked, state: before.state, act })
    return
  }
  const worked = await workOutRow(ctx, deps, { ledger, row, before: undefined })
  refuse(worked)
  const { state } = row
  const settled = ledger.open.states.get(state)?.settled === true
  const { version } = ledger.open
  const record = { ...asWritten(worked), recordId, templateKey: ledger.templateKey, version, state, settled, closed: ledger.isClosed }
  await uniquely(ctx, { ledger, derived: worked.derived }, async (inner) => {
    await insertRecord(inner.db, ctx, { ...record, recordNo: await nextNumber(inner, ledger, row.areaPath) })
  })
  await setImport(ctx.db, ctx, { recordId, importId })
  await syncReminders(ctx.db, ctx, { ...record, running: worked.running })
  await writeDecided(ctx.db, ctx, { record, decided: worked.decided, isNew: true })
  const after = { state, values: worked.body }
  await followGatherers(ctx, deps, [{ templateKey: ledger.templateKey, recordId, before: undefined, after }])
}

/** A waiting row worked out with what is gathered and decided now; its cells were read and its links found in the dry run. */
async function workOutRow(
  ctx: Within,
  deps: LedgerDeps,
  given: { ledger: Ledger; row: WaitingRow; before: RecordRow | undefined },
): Promise<WorkedOut> {
  const { ledger, row, before } = given
  const { open } = ledger
  const { recordId, areaPath, householdId } = row
  const state = before?.state ?? row.state
  const madeOn = before === undefined ? ctx.today : dayOf(Date.parse(before.madeAt))
  // Safe: sealed values stay as they are and count as filled.
  const values = row.body as Readonly<Record<string, FieldValue>>
  const record = { values, state, today: ctx.today, madeOn, isNew: before === undefined }
  const found = await bringValues(ctx, { open, recordId, areaPath, record })
  const judged = judgeRecord(open, found === undefined ? record : { ...record, brought: found.brought })
  const body = sealValues(deps.vault, open, { recordId, values: judged.values })
  const running = deadlinesOf(open, { values: judged.values, state, madeOn, reachedOn: { [state]: madeOn } }, await openCalendar(ctx))
  const [earliest] = running
  return {
    body,
    derived: derive(deps.vault, open, { recordId, values: body }),
    place: { areaPath, householdId },
    refusals: judged.problems.filter((problem) => problem.level === 'refuse'),
    warnings: judged.problems.filter((problem) => problem.level === 'warn'),
    dueAt: earliest === undefined ? null : overdueFrom(earliest.on),
    running,
    decided: (found?.decided() ?? []).filter((one) => !judged.hidden.has(one.fieldKey)),
    hidden: judged.hidden,
  }
}

function problemsOf(fault: NamedError): readonly RecordProblem[] {
  // Safe: our own refusals carry their problems under this name.
  if (Array.isArray(fault.details['problems'])) return fault.details['problems'] as RecordProblem[]
  const { names } = fault.details
  if (fault.code === 'ledgers.not-unique') return [makeProblem('not-unique', { values: { names: typeof names === 'string' ? names : '' } })]
  throw fault
}

/** Problems with the name of their column, as the page of the import shows them. */
function labelled({ open }: Ledger, problems: readonly RecordProblem[]): RecordProblem[] {
  return problems.map((problem) => {
    const label = problem.field === undefined ? undefined : open.fields.get(problem.field)?.name.zh
    return label === undefined ? problem : { ...problem, label }
  })
}

function ofRow(problem: RecordProblem, row: number): RecordProblem {
  return { ...problem, said: { zh: `第 ${row} 行：${problem.said.zh}`, en: `Row ${row}: ${problem.said.en}` } }
}
