import { isDeepStrictEqual } from 'node:util'
import { readDay } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { IncomeCalculation, IncomeCalculationRecord } from '../../rules/income/income-records.ts'
import type { CalculateIncome } from '../../rules/income/income-requests.ts'
import { incomeErrors } from './income-errors.ts'
import { openSheet, resultOf } from './income-sheet.ts'
import { findCalculation, insertCalculation, listCalculations, listIncomeLines } from './income-store.ts'
import { incomeTerms } from './income-terms.ts'

/** Computes a household's income for a purpose today and keeps it with everything it stands on. Throws `cases.not-a-member`. */
export async function calculateIncome(ctx: Context, given: { householdId: string; input: CalculateIncome }): Promise<IncomeCalculation> {
  const { householdId, input } = given
  return inTransaction(ctx, async (db) => {
    const sheet = await openSheet({ ...ctx, db }, householdId)
    const { register, terms } = sheet
    const everybody = register.members.map(({ personId }) => personId)
    const sharing = [...new Set(input.persons ?? everybody)]
    if (sharing.some((id) => !everybody.includes(id))) throw incomeErrors.notAMember({ row: 0 })
    const leftOut = everybody.filter((id) => !sharing.includes(id))
    const period = terms.periodOf(input.purpose, ctx.today)
    const persons = Math.max(1, sharing.length)
    const { result, linesHash, lineIds } = resultOf(sheet, { period, persons, leftOut })
    const calculationId = await insertCalculation(db, ctx, {
      householdId,
      areaPath: register.areaPath,
      purpose: input.purpose,
      period,
      persons,
      leftOut,
      linesHash,
      lineIds,
      versions: terms.versions,
      terms: terms.shown,
      result,
    })
    const details = { calculationId, purpose: input.purpose, linesHash }
    await audit(db, ctx, { did: 'cases.income.calculate', objectKind: 'registry.household', objectId: householdId, details })
    const [made] = await listCalculations(db, ctx.scope, { householdId, limit: 1 })
    if (made === undefined) throw new Error('a number that was just kept is out of scope')
    return made
  })
}

/**
 * A kept number with its lines, and the same computed again: from the lines that held then and the versions that were published then. Throws
 * `http.not-found` out of scope.
 */
export async function readCalculation(ctx: Context, calculationId: string): Promise<IncomeCalculationRecord> {
  return inTransaction(ctx, async (db) => {
    const kept = await findCalculation(db, ctx.scope, calculationId)
    if (kept === undefined) throw httpErrors.notFound()
    const { householdId, areaPath, lineIds, ...record } = kept
    const asOf = readDay(kept.asOf)
    if (asOf === undefined) throw new Error('a kept number has no day')
    const all = await listIncomeLines(db, ctx.scope, householdId)
    const lines = all.filter(({ lineId }) => lineIds.includes(lineId))
    // Withdrawn since or not: it held then.
    const held = lines.map((line) => ({ ...line, withdrawn: null }))
    const asked = { areaPath, asOf, knownAt: kept.at }
    const terms = await incomeTerms({ ...ctx, db }, asked, new Set(lines.map(({ item }) => item)))
    const period = { from: kept.periodFrom, to: kept.periodTo }
    const again = resultOf({ lines: held, terms }, { period, persons: kept.persons, leftOut: kept.leftOut })
    const { net, perPerson } = again.result.rural
    // As JSON, because that is how it was kept.
    const isSame = again.linesHash === kept.linesHash && isDeepStrictEqual(JSON.parse(JSON.stringify(again.result)), kept.result)
    return { ...record, lines, replay: { isSame, linesHash: again.linesHash, netFen: net, perPersonFen: perPerson } }
  })
}
