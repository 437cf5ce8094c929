import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { codeLists, findField, type Field } from '../../policy/policy.ts'
import type { ProblemGroup } from '../../rules/import-records.ts'
import { listBadRows } from './bad-row-store.ts'
import { getBatch, type StoredBatch } from './batch-store.ts'
import { readMending } from './fix-store.ts'
import type { ImportDeps } from './import-files.ts'
import { makeMending } from './mended-rows.ts'
import { countProblems } from './problem-store.ts'

/** Rows in which the commonest wrong values of a group are counted; the values shown of it. */
const lookedAtRows = 2_000
const shownValues = 50
/** Groups whose values are listed; the others are only counted. */
const listedGroups = 20

/** What is wrong in a file how often, with the wrong values of columns that hold no numbers of persons. */
export async function groupProblems(ctx: Context, deps: ImportDeps, batchId: string): Promise<ProblemGroup[]> {
  return inTransaction(ctx, async (db) => {
    const batch = await getBatch(db, ctx, batchId)
    const mend = makeMending({ fixes: [], replacements: (await readMending(db, ctx, { ...deps, batchId, rows: [] })).replacements })
    const groups: ProblemGroup[] = []
    for (const group of await countProblems(db, ctx, batchId)) {
      const field = fieldOf(batch, group.column)
      const hasValues = group.column !== undefined && field !== undefined && !isPersonal(field) && groups.length < listedGroups
      const counts = new Map<string, number>()
      if (hasValues) {
        const { column, reason } = group
        const rows = await listBadRows(db, ctx, { vault: deps.vault, batchId, after: 0, limit: lookedAtRows, column, reason })
        for (const row of rows) {
          const value = (mend(row.sheet, { row: row.row, cells: row.cells }).cells[group.column ?? 0] ?? '').trim()
          counts.set(value, (counts.get(value) ?? 0) + 1)
        }
      }
      const values = [...counts].map(([value, rows]) => ({ value, rows })).sort((one, other) => other.rows - one.rows)
      groups.push({ ...group, key: field?.key, values: values.slice(0, shownValues), allowed: labelsOf(field) })
    }
    return groups
  })
}

function fieldOf(batch: StoredBatch, column: number | undefined): Field | undefined {
  const key = batch.columns.find((one) => one.column === column)?.key
  return key === undefined ? undefined : findField(key)
}

function isPersonal(field: Field): boolean {
  return field.type === 'idNumber' || field.type === 'phone' || field.sealed || field.key === 'householdNo' || field.key === 'personNo'
}

function labelsOf(field: Field | undefined): string[] {
  if (field?.type === 'boolean') return ['是', '否']
  const list = field?.codeList === undefined ? undefined : codeLists[field.codeList]
  return list === undefined ? [] : list.codes.map((code) => code.zh)
}
