import { inputsOf } from '#kernel/pure/decisions/index.ts'
import { toJson } from '#kernel/pure/expressions/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { compiledTable, decideOne, factsOf, policyFor } from '#modules/policies/server/index.ts'
import { ageOn } from '#modules/registry/rules/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import { caseSteps } from '../../rules/case-steps.ts'
import type { CheckedMember, CheckSheet, CheckTerms } from '../../rules/exits/check-records.ts'
import type { AnswerCheck, CheckNote } from '../../rules/exits/check-requests.ts'
import { checkedMembers, flagFacts, missingOfChecks } from '../../rules/exits/judge-check.ts'
import { findCase } from '../case-store.ts'
import { findCaseOfCheck, listChecks, saveAnswer, saveChecks, withdrawCheckRow } from './check-store.ts'
import { casesErrors } from '../errors.ts'
import { incomeErrors } from '../income/income-errors.ts'
import { readRegisterIncome } from '../income/income-proposals.ts'
import { numberOf } from '../income/income-terms.ts'

type Within = Context & { readonly db: Db }

/** What policy asks of the check of a case today. Throws `cases.terms-incomplete`. */
export async function checkTerms(ctx: Context, areaPath: string): Promise<CheckTerms> {
  const { values } = await policyFor(ctx, 'cases.department-check', { areaPath, asOf: ctx.today })
  const departments = values.get('信息比对部门')?.value
  const fromAge = numberOf(values.get('信息比对起始年龄')?.value)
  if (typeof departments !== 'object' || departments === null) throw casesErrors.termsIncomplete({ name: '信息比对部门' })
  if (fromAge === null) throw casesErrors.termsIncomplete({ name: '信息比对起始年龄' })
  return { departments, fromAge, exemptsDibao: values.get('低保户免重复核对')?.value === '是' }
}

/** The members of a household today with their ages. */
async function membersOf(ctx: Within, householdId: string): Promise<CheckedMember[]> {
  const register = await readRegisterIncome(ctx, ctx.db, householdId)
  return (register?.members ?? []).map(({ personId, name, bornOn }) => {
    const day = bornOn === null ? undefined : readDay(bornOn)
    return { personId, name, age: (day === undefined ? undefined : ageOn(day, ctx.today)) ?? null }
  })
}

/** Whether civil affairs has checked the household already: it is on the allowance by the register. */
export async function isExempt(ctx: Within, { householdId }: CaseFile, terms: CheckTerms): Promise<boolean> {
  if (!terms.exemptsDibao) return false
  const facts = await factsOf(ctx, ctx.db, householdId, ctx.today, ['低保人数', '标签低保户'])
  const [people, tag] = [toJson(facts?.get('低保人数') ?? null), toJson(facts?.get('标签低保户') ?? null)]
  return tag === true || (typeof people === 'number' && people > 0)
}

/** Everything about the check of a case as it stands. */
export async function checkOfCase(ctx: Within, file: CaseFile) {
  const terms = await checkTerms(ctx, file.areaPath)
  const members = await membersOf(ctx, file.householdId)
  const checks = await listChecks(ctx.db, ctx.scope, file)
  const exempt = await isExempt(ctx, file, terms)
  return { terms, members, checks, isExempt: exempt, missing: missingOfChecks({ checks, members, terms, isExempt: exempt }) }
}

/** The check of a case for the screen. Throws `http.not-found` out of scope. */
export async function readChecks(ctx: Context, caseId: string): Promise<CheckSheet> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const file = await found(within, caseId)
    const { terms, members, checks, isExempt: exempt, missing } = await checkOfCase(within, file)
    const table = await compiledTable(within, 'cases.negative-list', { areaPath: file.areaPath, asOf: ctx.today })
    const words = inputsOf(table.model, table.decision).map(({ name }) => name)
    const isComplete = !exempt && !missing.some(({ code }) => code === 'check.department')
    const said = toJson(decideOne(table, flagFacts(words, checks, isComplete)).value)
    return {
      caseId,
      round: file.round,
      departments: terms.departments,
      members: checkedMembers(members, terms),
      isExempt: exempt,
      checks,
      words,
      advice: Array.isArray(said) ? said.filter((one): one is string => typeof one === 'string') : null,
      missing,
      can: { note: mayDo(ctx, 'cases.check', 'note') && isOpen(file) },
    }
  })
}

/** Results belong to an identification that is not decided yet. */
const isOpen = ({ step, state }: CaseFile) => state !== 'ended' && caseSteps[step].procedure === 'identification' && step !== 'entry'

async function found(ctx: Within, caseId: string): Promise<CaseFile> {
  const file = await findCase(ctx.db, ctx.scope, caseId)
  if (file === undefined) throw httpErrors.notFound()
  return file
}

async function openFor(ctx: Within, caseId: string): Promise<CaseFile> {
  const file = await found(ctx, caseId)
  if (!isOpen(file)) throw incomeErrors.checkClosed()
  return file
}

/**
 * Notes what departments were asked and answered. A result that stands is not written over: it is withdrawn first. Throws `cases.check-closed`,
 * `unknown-department`, `unknown-flag`, `not-a-member`, `check-incomplete`, `check-day`.
 */
export async function noteChecks(
  ctx: Context,
  given: { caseId: string; notes: readonly CheckNote[] },
): Promise<{ noted: number; kept: number }> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const file = await openFor(within, given.caseId)
    const terms = await checkTerms(within, file.areaPath)
    const table = await compiledTable(within, 'cases.negative-list', { areaPath: file.areaPath, asOf: ctx.today })
    const words = inputsOf(table.model, table.decision).map(({ name }) => name)
    const people = new Set((await membersOf(within, file.householdId)).map(({ personId }) => personId))
    given.notes.forEach((note, at) => checkNote(note, { row: at + 1, terms, words, people, today: ctx.today }))
    // The last word about a department and member counts.
    const notes = [...new Map(given.notes.map((note) => [`${note.department} ${note.personId}`, note])).values()]
    const noted = await saveChecks(db, ctx, { file, notes })
    const details = { noted, departments: [...new Set(notes.map(({ department }) => department))] }
    if (noted > 0) await audit(db, ctx, { did: 'cases.check.note', objectKind: 'cases.case', objectId: file.caseId, details })
    return { noted, kept: notes.length - noted }
  })
}

function checkNote(
  note: CheckNote,
  given: { row: number; terms: CheckTerms; words: readonly string[]; people: ReadonlySet<string>; today: string },
): void {
  const { row, terms, words, people, today } = given
  if (!terms.departments.includes(note.department)) throw incomeErrors.unknownDepartment({ department: note.department })
  if (!people.has(note.personId)) throw incomeErrors.notAMember({ row })
  if (note.word !== null && !words.includes(note.word)) throw incomeErrors.unknownFlag({ word: note.word })
  const isHalf = (note.result === null) !== (note.cameOn === null)
  const isFound = note.result === 'found'
  if (isHalf || (isFound && note.what === null) || (!isFound && (note.what !== null || note.word !== null)))
    throw incomeErrors.checkIncomplete({ row })
  if (note.requestedOn > today || (note.cameOn !== null && (note.cameOn > today || note.cameOn < note.requestedOn)))
    throw incomeErrors.checkDay({ row })
}

/** Says in writing what what was found means; either way it is only a reason, never a rejection. Throws `cases.nothing-to-answer`, `check-closed`. */
export async function answerCheck(ctx: Context, given: { caseCheckId: string; input: AnswerCheck }): Promise<{ caseId: string }> {
  return inTransaction(ctx, async (db) => {
    const caseId = await caseOf({ ...ctx, db }, given.caseCheckId)
    if (!(await saveAnswer(db, ctx, given))) throw incomeErrors.nothingToAnswer()
    const { caseCheckId, input } = given
    const details = { caseCheckId, answer: input.answer }
    await audit(db, ctx, { did: 'cases.check.answer', objectKind: 'cases.case', objectId: caseId, details })
    return { caseId }
  })
}

/** Withdraws what was noted by mistake; it stays on file with its reason. Throws `cases.check-closed`, `http.not-found`. */
export async function withdrawCheck(ctx: Context, given: { caseCheckId: string; reason: string }): Promise<{ caseId: string }> {
  return inTransaction(ctx, async (db) => {
    const caseId = await caseOf({ ...ctx, db }, given.caseCheckId)
    if (!(await withdrawCheckRow(db, ctx, given))) throw httpErrors.notFound()
    const { caseCheckId, reason } = given
    await audit(db, ctx, { did: 'cases.check.withdraw', objectKind: 'cases.case', objectId: caseId, reason, details: { caseCheckId } })
    return { caseId }
  })
}

async function caseOf(ctx: Within, caseCheckId: string): Promise<string> {
  const caseId = await findCaseOfCheck(ctx.db, ctx.scope, caseCheckId)
  if (caseId === undefined) throw httpErrors.notFound()
  return (await openFor(ctx, caseId)).caseId
}
