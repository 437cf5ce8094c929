import { createHash } from 'node:crypto'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import { computeSheet, type SheetLine } from '../../rules/income/income-compute.ts'
import { monthsOfDays } from '../../rules/income/income-months.ts'
import { inNumbers } from '../../rules/income/income-numbers.ts'
import type { IncomeLine, IncomeProposal, IncomeResult, IncomeSheet } from '../../rules/income/income-records.ts'
import { incomePurposes, type AddIncomeLines, type IncomePurpose, type TakeOverIncome } from '../../rules/income/income-requests.ts'
import { incomeErrors } from './income-errors.ts'
import { proposeIncome, readRegisterIncome, type RegisterIncome } from './income-proposals.ts'
import { insertIncomeLines, listCalculations, listIncomeLines, mostLines, withdrawLine, type WrittenLine } from './income-store.ts'
import { incomeTerms, type IncomeTerms } from './income-terms.ts'

type Within = Context & { readonly db: Db }

/** What a household's sheet stands on today. */
export interface OpenSheet {
  readonly householdId: string
  readonly register: RegisterIncome
  readonly lines: readonly IncomeLine[]
  readonly terms: IncomeTerms
}

/** Loads lines, members and terms. Throws `http.not-found` out of scope. */
export async function openSheet(ctx: Within, householdId: string): Promise<OpenSheet> {
  const register = await readRegisterIncome(ctx, ctx.db, householdId)
  if (register === undefined) throw httpErrors.notFound()
  const lines = await listIncomeLines(ctx.db, ctx.scope, householdId)
  const terms = await incomeTerms(ctx, { areaPath: register.areaPath, asOf: ctx.today }, new Set(lines.map(({ item }) => item)))
  return { householdId, register, lines, terms }
}

/** Lines that hold and belong to who shares income and spending. */
export function countedLines(lines: readonly IncomeLine[], leftOut: readonly string[]): SheetLine[] {
  return lines
    .filter(({ withdrawn, personId }) => withdrawn === null && (personId === null || !leftOut.includes(personId)))
    .map(({ lineId, item, personId, monthFrom, monthTo, fen }) => ({ lineId, item, personId, monthFrom, monthTo, fen: BigInt(fen) }))
}

/** SHA-256 of lines, the same whatever their order. */
export function hashLines(lines: readonly SheetLine[]): string {
  const rows = lines
    .map(({ lineId, item, personId, monthFrom, monthTo, fen }) => [lineId, item, personId, monthFrom, monthTo, String(fen)])
    .sort(([one = ''], [other = '']) => ((one ?? '') < (other ?? '') ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}

/** Both views of a sheet for a purpose. */
export function resultOf(
  sheet: Pick<OpenSheet, 'lines' | 'terms'>,
  given: { period: { from: string; to: string }; persons: number; leftOut: readonly string[] },
): { result: IncomeResult; linesHash: string; lineIds: string[] } {
  const lines = countedLines(sheet.lines, given.leftOut)
  const { shown, rules } = sheet.terms
  const computed = computeSheet({
    lines,
    rules,
    period: monthsOfDays(given.period),
    persons: given.persons,
    terms: shown,
    stableMonths: shown.stableMonths,
  })
  return { result: inNumbers(computed), linesHash: hashLines(lines), lineIds: lines.map(({ lineId }) => lineId) }
}

/** The sheet of a household for a purpose: lines, what may be taken over, both views of today, what was kept. */
export async function readIncomeSheet(ctx: Context, given: { householdId: string; purpose: IncomePurpose }): Promise<IncomeSheet> {
  const { householdId, purpose } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const sheet = await openSheet(within, householdId)
    const { register, lines, terms } = sheet
    const calculations = await listCalculations(db, ctx.scope, { householdId })
    const leftOut = (calculations[0]?.leftOut ?? []).filter((id) => register.members.some(({ personId }) => personId === id))
    const period = terms.periodOf(purpose, ctx.today)
    const persons = Math.max(1, register.members.length - leftOut.length)
    const { result, linesHash } = resultOf(sheet, { period, persons, leftOut })
    const [household] = await findHouseholds(ctx, db, [householdId])
    return {
      householdId,
      headName: household?.headName ?? null,
      purpose,
      period,
      members: register.members.map(({ personId, name, relation }) => ({ personId, name, relation })),
      leftOut,
      items: terms.items,
      lines,
      proposals: await proposalsFor(within, sheet),
      result,
      terms: terms.shown,
      versions: terms.versions,
      lineFen: terms.lineFen,
      linesHash,
      calculations,
      can: { edit: mayDo(ctx, 'cases.income', 'edit'), export: mayDo(ctx, 'cases.income', 'export') },
    }
  })
}

function proposalsFor(ctx: Within, { householdId, register, lines, terms }: OpenSheet): Promise<IncomeProposal[]> {
  const periods = incomePurposes.map((purpose) => terms.periodOf(purpose, ctx.today))
  const fallback = terms.periodOf('yearly', ctx.today)
  return proposeIncome(ctx, ctx.db, { householdId, register, lines, fallback, periods })
}

/** Adds lines that somebody wrote. Throws `cases.unknown-item`, `not-a-member`, `month-ahead`, `too-many-lines`. */
export async function addIncomeLines(ctx: Context, given: { householdId: string; input: AddIncomeLines }): Promise<{ added: number }> {
  const { householdId, input } = given
  return inTransaction(ctx, async (db) => {
    const sheet = await openSheet({ ...ctx, db }, householdId)
    const month = ctx.today.slice(0, 7).replace('-', '')
    input.lines.forEach((line, at) => {
      const row = at + 1
      if (!sheet.terms.items.some(({ item }) => item === line.item)) throw incomeErrors.unknownItem({ item: line.item, row })
      if (line.personId !== null && !sheet.register.members.some(({ personId }) => personId === line.personId))
        throw incomeErrors.notAMember({ row })
      if (line.monthTo > month) throw incomeErrors.monthAhead({ month: line.monthTo, row })
    })
    const lines = input.lines.map((line): WrittenLine => ({ ...line, sourceRef: null }))
    return { added: await writeLines({ ...ctx, db }, { sheet, lines, did: 'cases.income.add' }) }
  })
}

async function writeLines(ctx: Within, given: { sheet: OpenSheet; lines: readonly WrittenLine[]; did: string }): Promise<number> {
  const { sheet, lines, did } = given
  const { householdId, register } = sheet
  if (sheet.lines.length + lines.length > mostLines) throw incomeErrors.tooManyLines({ most: mostLines })
  const added = await insertIncomeLines(ctx.db, ctx, { householdId, areaPath: register.areaPath, lines })
  if (added.length > 0)
    await audit(ctx.db, ctx, { did, objectKind: 'registry.household', objectId: householdId, details: { lines: added.length, ids: added } })
  return added.length
}

/** Withdraws a line with a reason; it stays on file. Throws `http.not-found` where it does not hold or is out of scope. */
export async function withdrawIncomeLine(ctx: Context, given: { lineId: string; reason: string }): Promise<{ householdId: string }> {
  return inTransaction(ctx, async (db) => {
    const householdId = await withdrawLine(db, ctx, given)
    if (householdId === undefined) throw httpErrors.notFound()
    const { lineId, reason } = given
    await audit(db, ctx, {
      did: 'cases.income.withdraw',
      objectKind: 'registry.household',
      objectId: householdId,
      reason,
      details: { lineId },
    })
    return { householdId }
  })
}

/** Takes amounts of lists and the register over by their references. What was taken over before changes nothing; a changed amount replaces it. */
export async function takeOverIncome(
  ctx: Context,
  given: { householdId: string; input: TakeOverIncome },
): Promise<{ added: number; replaced: number }> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const sheet = await openSheet(within, given.householdId)
    const wanted = (await proposalsFor(within, sheet)).filter(({ ref, state }) => given.input.refs.includes(ref) && state !== 'taken')
    const known = wanted.filter(({ item }) => sheet.terms.items.some((one) => one.item === item))
    for (const { item } of wanted) if (!sheet.terms.items.some((one) => one.item === item)) throw incomeErrors.unknownItem({ item, row: 0 })
    const replaced = known.flatMap(({ replaces }) => replaces ?? [])
    // A source changes in a few lines at most.
    for (const lineId of replaced) await withdrawLine(db, ctx, { lineId, reason: '来源数据已更新' })
    const lines = known.map((one): WrittenLine => {
      const { item, personId, monthFrom, monthTo, fen, source, ref, note } = one
      return { item, personId, monthFrom, monthTo, fen, source, sourceRef: ref, sourceNote: note, evidenceId: null }
    })
    const added = await writeLines(within, { sheet, lines, did: 'cases.income.take-over' })
    return { added, replaced: replaced.length }
  })
}
