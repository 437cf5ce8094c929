import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import { listAreas, mayDo } from '#modules/identity/server/index.ts'
import { findEntry } from '#modules/policies/server/index.ts'
import { allPages, exportList, findHouseholds } from '#modules/registry/server/index.ts'
import type {
  ClassCounts,
  ClassificationCard,
  ClassificationHistory,
  ExportClassification,
  FilterClassification,
  ListClassification,
  ReadClassCounts,
} from '../../contract.ts'
import { depthOf, townshipDepth, villageDepth } from '../../rules/case-seat.ts'
import { countPlace, findPlaceImbalance } from '../../rules/classes/class-places.ts'
import { numberOfClass } from '../../rules/classes/count-classes.ts'
import { countClassification, countGroups, findStretches, listClassification } from './list-store.ts'
import { findRuns } from './run-store.ts'
import type { ClassificationTable, TracedTable } from './tables.ts'

const usualPage = 50
const rowsAtOnce = 500

/** Counts by township, or by village of a township, under the caller's scope, with the last run and what does not add up. */
export async function readClassCounts(ctx: Context, query: ReadClassCounts): Promise<ClassCounts> {
  return inTransaction(ctx, async (db) => {
    const base = query.under ?? (ctx.scope.kind === 'area' ? ctx.scope.path : undefined)
    if (base !== undefined && !isInScope(ctx, base)) throw httpErrors.notFound()
    const areas = await listAreas({ ...ctx, db }, { ...(base === undefined ? {} : { under: base }), level: 'village' })
    const under = areas.find((area) => area.path === base)
    if (base !== undefined && under === undefined) throw httpErrors.notFound()
    const depth = base === undefined || depthOf(base) < townshipDepth ? townshipDepth : villageDepth
    const groups = await countGroups(db, { scope: ctx.scope, asOf: query.asOf, under: base, depth })
    const names = new Map(areas.map((area) => [area.path, area.name]))
    // Who sees single households sees no place but theirs; everybody else also the places without households.
    const own = ctx.scope.kind === 'households' ? [] : areas.filter((area) => depthOf(area.path) === depth).map((area) => area.path)
    const paths = [...new Set([...own, ...groups.map((one) => one.place)])]
    const places = paths.sort().map((path) =>
      countPlace(
        { path, name: names.get(path) ?? path },
        groups.filter((group) => group.place === path),
      ),
    )
    const sum = countPlace({ path: base ?? '', name: under?.name ?? '' }, groups)
    const may = (action: string) => mayDo(ctx, 'cases.classification', action)
    return {
      asOf: query.asOf ?? ctx.today,
      under: under === undefined ? null : { path: under.path, name: under.name, parentPath: under.parentPath },
      places,
      sum,
      imbalance: findPlaceImbalance(places, sum),
      ...(await findRuns(db, ctx)),
      can: { run: may('run') && ctx.scope.kind !== 'area', export: may('export') },
    }
  })
}

function isInScope({ scope }: Context, path: string): boolean {
  if (scope.kind === 'area') return path >= scope.lo && path < scope.hi
  return scope.kind !== 'households'
}

/** One page of households by place, with the number of all that the filter finds. */
export async function readClassification(ctx: Context, query: ListClassification): Promise<Page<ClassificationCard> & { total: number }> {
  const { after, limit = usualPage, ...filter } = query
  return inTransaction(ctx, async (db) => {
    const page = await pageOf(ctx, db, { filter, after, limit })
    return { ...page, total: await countClassification(db, { scope: ctx.scope, filter }) }
  })
}

async function pageOf(
  ctx: Context,
  db: Db,
  given: { filter: FilterClassification; after: string | undefined; limit: number },
): Promise<Page<ClassificationCard>> {
  const { filter, after, limit } = given
  const rows = await listClassification(db, { scope: ctx.scope, filter }, { limit: limit + 1, after: readCursor(after, ['text', 'id']) })
  const page = toPage(rows, limit, (row) => [row.areaPath, row.householdId])
  return { ...page, items: await cardsOf(ctx, db, page.items) }
}

async function cardsOf(ctx: Context, db: Db, rows: readonly ClassificationTable[]): Promise<ClassificationCard[]> {
  const known = await findHouseholds(
    ctx,
    db,
    rows.map((row) => row.householdId),
  )
  const byId = new Map(known.map((card) => [card.householdId as string, card]))
  return rows.map((row) => {
    const household = byId.get(row.householdId)
    return {
      ...row,
      missing: row.missing ?? [],
      householdNo: household?.householdNo ?? '',
      headName: household?.headName ?? null,
      township: household?.township ?? '',
      village: household?.village ?? '',
    }
  })
}

/** What a household has been, and why; out of the caller's scope it is not found. */
export async function readClassificationHistory(ctx: Context, householdId: string): Promise<ClassificationHistory> {
  return inTransaction(ctx, async (db) => {
    const [household] = await findHouseholds(ctx, db, [householdId])
    const rows = await findStretches(db, ctx.scope, householdId)
    if (household === undefined && rows.length === 0) throw httpErrors.notFound()
    return { householdId, stretches: rows.map(stretchOf) }
  })
}

function stretchOf({ ruleRows, facts, factNames, tables, ...row }: TracedTable): ClassificationHistory['stretches'][number] {
  const rows = ruleRows.split(';')
  const judged = tables.filter((table) => table.hash !== '')
  return {
    ...row,
    missing: row.missing ?? [],
    facts: factNames.map((name, at) => ({ name, value: facts[at] ?? null })),
    fired: judged.map((table, at) => {
      const { zh = table.key, en = table.key } = findEntry(table.key) ?? {}
      return { ...table, zh, en, rows: rows[at] ?? '' }
    }),
  }
}

const columns = [
  { label: '户编号', width: 22 },
  { label: '户主', width: 12 },
  { label: '乡镇', width: 14 },
  { label: '行政村', width: 14 },
  { label: '层次', width: 10 },
  { label: '劳动分类', width: 10 },
  { label: '监测对象类别', width: 16 },
  { label: '卡色', width: 10 },
  { label: '措施落实', width: 16 },
  { label: '识别建议', width: 24 },
  { label: '在监测信息表', width: 10 },
  { label: '自', width: 12 },
  { label: '未定，缺', width: 30 },
] as const

/** The list as it is filtered, as a workbook or text; recorded as every export is. */
export async function exportClassification(ctx: Context, query: ExportClassification, deps: { filesDirectory: string }): Promise<Download> {
  const { purpose, format, ...filter } = query
  return inTransaction(ctx, async (db) => {
    const cards = allPages((after) => pageOf(ctx, db, { filter, after, limit: rowsAtOnce }))
    const rows = async function* () {
      for await (const card of cards) yield toCells(card)
    }
    return exportList({ ...ctx, db }, { list: 'cases.classification', columns, filter, rows: rows(), purpose, format, ...deps })
  })
}

function toCells(card: ClassificationCard): string[] {
  return [
    card.householdNo,
    card.headName ?? '',
    card.township,
    card.village,
    card.layer ?? '',
    card.labourClass ?? '',
    card.kind ?? '',
    numberOfClass(card.card ?? ''),
    card.alert ?? '',
    card.advice ?? '',
    card.inExport ? '是' : '否',
    card.validFrom,
    card.missing.map((one) => one.split(':')[1] ?? one).join('、'),
  ]
}
