import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { ProposeCorrection } from '#modules/registry/contract.ts'
import { findHouseholds, proposeCorrection } from '#modules/registry/server/index.ts'
import type { OpenMatch } from '../contract.ts'
import type { DecideMatch } from '../rules/compare-requests.ts'
import { causeOf, classOf, howOfDecided } from '../rules/codes.ts'
import type { DecidedMatch } from '../rules/compare-records.ts'
import { listWords } from '../rules/lead-words.ts'
import { showValue } from '../rules/values.ts'
import { isAuthorised } from './authorise.ts'
import { findStandingRun } from './hash-store.ts'
import { openWaiting, type WaitingRow } from './keep-waiting.ts'
import { listNewRows } from './lead-history-store.ts'
import { insertMatched } from './match-store.ts'
import { findOpenForUpdate, rememberChoice, saveDecision, type StoredOpen } from './open-match-store.ts'
import { raiseReasons } from './raise-leads.ts'
import { nameOfRow, rejudgeHousehold } from './rejudge-household.ts'
import { findRun, findRunTerms, recountRaised, recountRun, waitForOthers } from './run-store.ts'
import { screeningErrors } from './screening-errors.ts'

type Candidate = OpenMatch['candidates'][number]

/**
 * Settles a row that waits, with all rows of its key: the person chosen gets the row and what follows from it at once; the row itself is
 * destroyed, and only whom it means is remembered for the next lists. Throws `screening.not-decidable`.
 */
export async function decideMatch(ctx: Context, given: { openMatchId: string; input: DecideMatch; vault: Vault }): Promise<DecidedMatch> {
  const { openMatchId, input } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    await waitForOthers(db, ctx.scope.countyCode)
    const rows = await findOpenForUpdate(db, ctx.scope.countyCode, openMatchId)
    const row = rows.find((one) => one.openMatchId === openMatchId)
    const chosen = row?.candidates.find((one) => one.personId === input.personId)
    if (row === undefined || (input.personId !== null && chosen === undefined)) throw screeningErrors.notDecidable()
    if (row.rowKey !== null) await rememberChoice(db, ctx, { list: row.list, rowKey: row.rowKey, personId: input.personId })
    const told = input.alsoRename === true ? givenName(given.vault, row) : undefined
    const decided = await settle(within, { rows, chosen, vault: given.vault })
    await audit(db, ctx, {
      did: 'screening.decide-match',
      objectKind: 'screening.open-match',
      objectId: openMatchId,
      details: { outcome: decided.outcome, rows: rows.length },
    })
    const renamed =
      told === undefined || chosen === undefined ? false : await proposeName(within, { row, chosen, name: told, vault: given.vault })
    return { ...decided, renamed }
  })
}

interface Settling {
  rows: readonly StoredOpen[]
  chosen: Candidate | undefined
  vault: Vault
}

async function settle(ctx: Context & { db: Db }, { rows, chosen, vault }: Settling): Promise<Omit<DecidedMatch, 'renamed'>> {
  const { db } = ctx
  const openMatchIds = rows.map((row) => row.openMatchId)
  const [row] = rows
  const personId = chosen?.personId ?? null
  const end = async (outcome: DecidedMatch['outcome']) => {
    await saveDecision(db, ctx, { openMatchIds, personId, outcome })
    if (row !== undefined) await recountRun(db, ctx, { runId: row.runId, rows, to: outcome === 'matched' ? 'fuzzy' : 'none', outcome })
    return { outcome, leadId: null, rows: rows.length }
  }
  if (chosen === undefined || row === undefined) return end('nobody')
  if (!(await isAuthorised(db, ctx, { list: row.list, ...chosen }))) return end('left-out')
  const kept = rows.flatMap((one) => (one.waiting === null ? [] : [{ ...one, ...openWaiting(vault, one.openMatchId, one.waiting) }]))
  const run = await findRun(db, ctx.scope.countyCode, row.runId)
  // A later comparison of the same list and month has taken its place: it asks for itself.
  const stands = run !== undefined && (await findStandingRun(db, ctx.scope.countyCode, row.list, run.month)) === run.runId
  if (kept.length === 0 || !stands) return end('choice-only')
  const ended = await end('matched')
  return { ...ended, leadId: await takeRows(ctx, { kept, chosen, vault, month: run.month }) }
}

interface Taking {
  kept: readonly (StoredOpen & WaitingRow)[]
  chosen: Candidate
  vault: Vault
  month: string
}

/** Stores the rows as the person's and judges the household again. Returns its lead, if it has one now. */
async function takeRows(ctx: Context & { db: Db }, { kept, chosen, vault, month }: Taking): Promise<string | null> {
  const { db } = ctx
  const { countyCode } = ctx.scope
  const [home] = await findHouseholds(ctx, db, [chosen.householdId])
  const [first] = kept
  const terms = await findRunTerms(db, countyCode, first?.runId ?? '')
  if (home === undefined || first === undefined || terms === undefined) throw screeningErrors.notDecidable()
  const { runId, list } = first
  const rows = kept.map((row, at) => ({
    file: at,
    sheet: row.sheet,
    row: row.row,
    class: classOf(howOfDecided),
    cause: causeOf(howOfDecided),
    personId: chosen.personId,
    householdId: chosen.householdId,
    areaPath: home.areaPath,
    rowKey: row.rowKey ?? '',
    rest: row.rest,
    why: chosen.why ?? null,
    facts: Object.fromEntries(row.facts.map(([key, type, value]) => [key, showValue(type, value)])),
  }))
  await insertMatched(db, countyCode, { runId, month, list, rows, receiptOf: (at) => kept[at]?.receiptId ?? '' })
  const newRows = new Set(await listNewRows(db, countyCode, { month, list, householdId: chosen.householdId }))
  for (const row of kept) if (row.isNew) newRows.add(nameOfRow(row))
  const run = { runId, month, thresholds: terms.thresholds }
  const reasons = await rejudgeHousehold(db, ctx, { vault, run, list, householdId: chosen.householdId, newRows })
  const what = { runId, month, lists: [list], householdId: chosen.householdId }
  const { leadOf, leads } = await raiseReasons(db, ctx, { vault, what, reasons })
  await recountRaised(db, countyCode, runId, leads)
  return leadOf.get(chosen.householdId) ?? null
}

function givenName(vault: Vault, row: StoredOpen): string | undefined {
  if (row.waiting === null || row.cause !== 'name-differs') return undefined
  const { name } = openWaiting(vault, row.openMatchId, row.waiting)
  return name === '' ? undefined : name
}

/** Proposes the list's name to the register; what the registry refuses (already so, already proposed) is no fault of the decision. */
async function proposeName(
  ctx: Context & { db: Db },
  { row, chosen, name, vault }: { row: StoredOpen; chosen: Candidate; name: string; vault: Vault },
): Promise<boolean> {
  const source = sourceOfRow(row)
  try {
    const input = ProposeCorrection.parse({
      householdId: chosen.householdId,
      personId: chosen.personId,
      field: 'name',
      newValue: name,
      source,
    })
    await inTransaction(ctx, (db) => proposeCorrection({ ...ctx, db }, input, { vault }))
    return true
  } catch (fault) {
    if (isNamedError(fault) && fault.code.startsWith('registry.')) return false
    throw fault
  }
}

/** Where a correction comes from: the list, its file and row. */
export function sourceOfRow(row: { list: keyof typeof listWords; file: string; sheet: string; row: number }): string {
  const sheet = row.sheet === '' ? '' : `（${row.sheet}）`
  return `${listWords[row.list].zh}清单“${row.file}”${sheet}第 ${row.row} 行`.slice(0, 200)
}
