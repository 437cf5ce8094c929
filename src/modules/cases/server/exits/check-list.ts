import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { exportWholeList, findHouseholds } from '#modules/registry/server/index.ts'
import { listAuthorisationRows } from '#modules/screening/server/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import type { CheckPerson } from '../../rules/exits/check-entry.ts'
import type { CheckWork } from '../../rules/exits/check-records.ts'
import type { ExportChecks } from '../../rules/exits/check-requests.ts'
import { readCheckedPeople } from './check-many.ts'
import { checkTerms, isExempt } from './check-sheet.ts'
import { listChecksOf, saveChecks } from './check-store.ts'

type Within = Context & { readonly db: Db }

/** Somebody of whom a department has not answered. */
interface Lacking {
  readonly person: CheckPerson
  readonly file: CaseFile
  readonly department: string
  readonly askedOn: string | null
  readonly isAuthorised: boolean
}

/** Of the cases that stand at the check: whom each department has not answered about. */
async function readLacking(ctx: Within, deps: { vault: Vault }): Promise<Lacking[]> {
  const { files, people } = await readCheckedPeople(ctx, deps, ['check'])
  const checks = await listChecksOf(ctx.db, ctx.scope, [...files.keys()])
  const key = (caseId: string, personId: string, department: string) => `${caseId} ${personId} ${department}`
  const held = new Map(checks.map((check) => [key(check.caseId, check.personId, check.department), check]))
  const authorised = new Map<string, boolean>()
  const exempt = new Set<string>()
  for (const file of files.values()) {
    authorised.set(file.householdId, await isAuthorised(ctx, file.householdId))
    if (await isExempt(ctx, file, await checkTerms(ctx, file.areaPath))) exempt.add(file.caseId)
  }
  return people.flatMap((person) => {
    const file = files.get(person.caseId)
    if (file === undefined || exempt.has(file.caseId)) return []
    return person.departments.flatMap((department): Lacking[] => {
      const check = held.get(key(person.caseId, person.personId, department))
      if (check !== undefined && check.result !== null) return []
      return [{ person, file, department, askedOn: check?.requestedOn ?? null, isAuthorised: authorised.get(file.householdId) === true }]
    })
  })
}

async function isAuthorised(ctx: Within, householdId: string): Promise<boolean> {
  const asked = { householdId, state: 'current' as const, today: ctx.today, after: undefined, limit: 1 }
  return (await listAuthorisationRows(ctx.db, ctx.scope, asked)).length > 0
}

/** What each department still has to answer. */
export async function readCheckWork(ctx: Context, deps: { vault: Vault }): Promise<CheckWork> {
  return inTransaction(ctx, async (db) => {
    const lacking = await readLacking({ ...ctx, db }, deps)
    const departments = [...new Set(lacking.map(({ department }) => department))]
    const items = departments.map((department) => {
      const rows = lacking.filter((one) => one.department === department)
      const asked = rows.flatMap(({ askedOn }) => (askedOn === null ? [] : [askedOn])).sort()
      return {
        department,
        people: rows.length,
        cases: new Set(rows.map(({ file }) => file.caseId)).size,
        unauthorised: rows.filter((one) => !one.isAuthorised).length,
        askedSince: asked[0] ?? null,
      }
    })
    return { items, can: { note: mayDo(ctx, 'cases.check', 'note'), send: mayDo(ctx, 'cases.check', 'export') } }
  })
}

const columns = [
  { label: '姓名', width: 12 },
  { label: '证件号码', width: 22 },
  { label: '部门', width: 16 },
  { label: '结果', width: 16 },
  { label: '备注', width: 28 },
  { label: '乡镇', width: 14 },
  { label: '行政村', width: 14 },
  { label: '个案编号', width: 14 },
] as const

/**
 * The list that goes to a department, with whole numbers: the columns that it fills in come back as they are. Only households with an authorisation
 * that holds. Who is on it counts as asked today. Throws `registry.approval-needed` beyond 200 people.
 */
export async function exportChecks(ctx: Context, query: ExportChecks, deps: { vault: Vault; filesDirectory: string }): Promise<Download> {
  const { department, purpose, format } = query
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const rows = (await readLacking(within, deps)).filter((one) => one.department === department && one.isAuthorised)
    const householdIds = [...new Set(rows.map(({ file }) => file.householdId))]
    const cards = new Map((await findHouseholds(ctx, db, householdIds)).map((card) => [card.householdId as string, card]))
    const download = await exportWholeList(
      within,
      {
        list: 'cases.checks',
        columns,
        filter: { department },
        heading: { title: `${department}信息比对名单`, unit: department, fileName: `信息比对_${department}` },
        householdIds,
        personIds: [...new Set(rows.map(({ person }) => person.personId))],
        rowsOf: (numberOf) =>
          rows.map(({ person, file }) => {
            const card = cards.get(file.householdId)
            return [person.name, numberOf(person.personId), department, '', '', card?.township ?? '', card?.village ?? '', file.caseNo]
          }),
        purpose,
        format,
        filesDirectory: deps.filesDirectory,
      },
      deps,
    )
    await noteAsked(within, rows)
    return download
  })
}

/** Who goes out on a list was asked today. */
async function noteAsked(ctx: Within, rows: readonly Lacking[]): Promise<void> {
  for (const [caseId, ofCase] of Map.groupBy(
    rows.filter(({ askedOn }) => askedOn === null),
    ({ file }) => file.caseId,
  )) {
    const [first] = ofCase
    if (first === undefined) continue
    const notes = ofCase.map(({ person, department }) => {
      return { personId: person.personId, department, requestedOn: ctx.today, cameOn: null, result: null, word: null, what: null }
    })
    const noted = await saveChecks(ctx.db, ctx, { file: first.file, notes })
    const details = { asked: noted, departments: [first.department] }
    await audit(ctx.db, ctx, { did: 'cases.check.send', objectKind: 'cases.case', objectId: caseId, details })
  }
}
