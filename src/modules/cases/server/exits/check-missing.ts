import { dayOf, readDay } from '#kernel/pure/time/index.ts'
import { listAuthorisationRows } from '#modules/screening/server/index.ts'
import type { CaseFile, MissingItem } from '../../rules/case-records.ts'
import { checkOfCase } from './check-sheet.ts'
import { findRoundStart } from './check-store.ts'
import { countedLines, hashLines, openSheet } from '../income/income-sheet.ts'
import { listCalculations } from '../income/income-store.ts'
import type { StepCheck } from '../step-check.ts'

type Within = Parameters<StepCheck>[0]
const blocking = (code: string, details: MissingItem['details'] = {}): MissingItem => ({ code, blocks: true, details })

/** What the verification visit, the statement and the check need: a computed income sheet, an authorisation, a result of every department. */
export const missingChecks: StepCheck = async (ctx, { file, action, terms }) => {
  if (action !== 'pass') return []
  if (file.step === 'visit') return missingIncome(ctx, file)
  if (file.step === 'statement') return missingAuthorisation(ctx, file, terms.papers.length > 0)
  return file.step === 'check' ? (await checkOfCase(ctx, file)).missing : []
}

/** A number for the identification period of this round or later, of the lines as they stand. */
async function missingIncome(ctx: Within, file: CaseFile): Promise<MissingItem[]> {
  const { householdId } = file
  const sheet = await openSheet(ctx, householdId)
  const start = readDay((await findRoundStart(ctx.db, ctx.scope, file)) ?? file.openedOn) ?? ctx.today
  const earliest = sheet.terms.periodOf('identification', start)
  const [newest] = await listCalculations(ctx.db, ctx.scope, { householdId, purpose: 'identification', limit: 1 })
  const period = sheet.terms.periodOf('identification', ctx.today)
  if (newest === undefined || newest.periodTo < earliest.to) return [blocking('income.none', { from: period.from, to: period.to })]
  if (newest.netFen === null) return [blocking('income.unclassified')]
  const isFresh = newest.linesHash === hashLines(countedLines(sheet.lines, newest.leftOut))
  return isFresh ? [] : [blocking('income.stale', { at: dayOf(Date.parse(newest.at)) })]
}

/** Blocks only where policy asks for no signed paper of this step; the paper is asked for by the papers' own check. */
async function missingAuthorisation(ctx: Within, { householdId }: CaseFile, hasPaper: boolean): Promise<MissingItem[]> {
  const asked = { householdId, state: 'current' as const, today: ctx.today, after: undefined, limit: 1 }
  const found = await listAuthorisationRows(ctx.db, ctx.scope, asked)
  return found.length > 0 ? [] : [{ code: 'authorisation', blocks: !hasPaper, details: {} }]
}
