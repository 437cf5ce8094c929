import { inputsOf } from '#kernel/pure/decisions/index.ts'
import { tidyIdNumber } from '#kernel/pure/text/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { compiledTable } from '#modules/policies/server/index.ts'
import { findHouseholds, findPersons, listHouseholdMembers } from '#modules/registry/server/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import { seatPath } from '../../rules/case-seat.ts'
import { caseSteps, stepNames } from '../../rules/case-steps.ts'
import { isMasked, judgeCheckRows, type CheckPerson, type JudgedCheckRow } from '../../rules/exits/check-entry.ts'
import type { CheckTerms, JudgedRow } from '../../rules/exits/check-records.ts'
import type { CheckNote, SentChecks } from '../../rules/exits/check-requests.ts'
import { checkedMembers } from '../../rules/exits/judge-check.ts'
import { incomeErrors } from '../income/income-errors.ts'
import { checkTerms } from './check-sheet.ts'
import { listCheckedCases, saveChecks } from './check-store.ts'

type Within = Context & { readonly db: Db }
interface Deps {
  readonly vault: Vault
}

/** Where results are noted: an identification that is not decided yet. */
const noted = stepNames.filter((step) => caseSteps[step].procedure === 'identification' && step !== 'entry')

/** Everybody who may be named in a list of results: of cases within the caller's area whose check is not over. */
export interface CheckedPeople {
  readonly files: ReadonlyMap<string, CaseFile>
  readonly people: readonly CheckPerson[]
}

/** Reads the cases of these steps with who is checked in them; policy is asked once for each township. */
export async function readCheckedPeople(ctx: Within, { vault }: Deps, steps: readonly string[] = noted): Promise<CheckedPeople> {
  const files = await listCheckedCases(ctx.db, ctx.scope, steps)
  const householdIds = files.map((file) => file.householdId)
  const members = await listHouseholdMembers(ctx, ctx.db, { householdIds, vault })
  const cards = new Map((await findHouseholds(ctx, ctx.db, householdIds)).map((card) => [card.householdId as string, card]))
  const known = new Map<string, { terms: CheckTerms; words: readonly string[] }>()
  const people: CheckPerson[] = []
  for (const file of files) {
    const township = seatPath(file.areaPath, 'township')
    const policy = known.get(township) ?? (await policyOf(ctx, township))
    known.set(township, policy)
    const card = cards.get(file.householdId)
    const home = [card?.village, card?.headName].filter((part) => part !== undefined && part !== '').join(' ')
    const masked = new Map((members.get(file.householdId) ?? []).map(({ personId, idMasked = '' }) => [personId as string, idMasked]))
    const today = (members.get(file.householdId) ?? []).map(({ personId, name, age }) => ({ personId, name, age: age ?? null }))
    for (const { personId, name } of checkedMembers(today, policy.terms)) {
      const { caseId } = file
      const { departments } = policy.terms
      people.push({ caseId, personId, name, idMasked: masked.get(personId) ?? '', home, departments, words: policy.words })
    }
  }
  return { files: new Map(files.map((file) => [file.caseId, file])), people }
}

async function policyOf(ctx: Within, areaPath: string): Promise<{ terms: CheckTerms; words: readonly string[] }> {
  const table = await compiledTable(ctx, 'cases.negative-list', { areaPath, asOf: ctx.today })
  return { terms: await checkTerms(ctx, areaPath), words: inputsOf(table.model, table.decision).map(({ name }) => name) }
}

interface Judged {
  readonly files: ReadonlyMap<string, CaseFile>
  readonly rows: readonly JudgedCheckRow[]
}

async function judge(ctx: Within, deps: Deps, sent: SentChecks): Promise<Judged> {
  const { files, people } = await readCheckedPeople(ctx, deps)
  const numbers = sent.rows.map((row) => tidyIdNumber(row.idNumber)).filter((number) => number !== '' && !isMasked(number))
  const { byIdNumber } = await findPersons(ctx, ctx.db, { idNumbers: [...new Set(numbers)], householdNos: [], vault: deps.vault })
  const byNumber = new Map([...byIdNumber].map(([number, { personId }]) => [number, personId as string]))
  return { files, rows: judgeCheckRows(sent.rows, { people, byNumber, department: sent.department }) }
}

/** How rows would be read; nothing is written. */
export async function judgeChecks(ctx: Context, deps: Deps, sent: SentChecks): Promise<{ items: JudgedRow[] }> {
  return inTransaction(ctx, async (db) => {
    const { rows } = await judge({ ...ctx, db }, deps, sent)
    const items = rows.map((row): JudgedRow => {
      if (row.state !== 'ready') return row
      const { department, result } = row.read
      return { state: 'ready', home: row.home, department, result }
    })
    return { items }
  })
}

/**
 * Notes the results of many people and cases in one go, or none of them. A result that stands is left as it is. Throws `cases.check-rows-bad` with
 * every row that cannot be read, `cases.check-day`.
 */
export async function takeChecks(ctx: Context, deps: Deps, sent: SentChecks): Promise<{ noted: number; kept: number; cases: number }> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    if (sent.cameOn > ctx.today) throw incomeErrors.checkDay({ row: 1 })
    const { files, rows } = await judge(within, deps, sent)
    const bad = rows.flatMap((row, at) => (row.state === 'bad' ? [{ row: at + 1, column: row.column, problem: row.problem }] : []))
    if (bad.length > 0) throw incomeErrors.checkRowsBad({ rows: bad.slice(0, 50), count: bad.length })
    const byCase = new Map<string, CheckNote[]>()
    for (const row of rows) {
      if (row.state !== 'ready') continue
      const { caseId, ...read } = row.read
      const note: CheckNote = { ...read, requestedOn: sent.cameOn, cameOn: sent.cameOn }
      byCase.set(caseId, [...(byCase.get(caseId) ?? []), note])
    }
    return noteAll(within, { files, byCase })
  })
}

async function noteAll(
  ctx: Within,
  { files, byCase }: { files: ReadonlyMap<string, CaseFile>; byCase: ReadonlyMap<string, readonly CheckNote[]> },
): Promise<{ noted: number; kept: number; cases: number }> {
  const done = { noted: 0, kept: 0, cases: 0 }
  for (const [caseId, notes] of byCase) {
    const file = files.get(caseId)
    if (file === undefined) continue
    const count = await saveChecks(ctx.db, ctx, { file, notes })
    done.noted += count
    done.kept += notes.length - count
    done.cases += count > 0 ? 1 : 0
    const details = { noted: count, departments: [...new Set(notes.map(({ department }) => department))], isList: true }
    if (count > 0) await audit(ctx.db, ctx, { did: 'cases.check.note', objectKind: 'cases.case', objectId: caseId, details })
  }
  return done
}
