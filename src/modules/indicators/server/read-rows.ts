import { writeCursor, readCursor } from '#kernel/pure/paging/index.ts'
import type { RowIndicator } from '#kernel/pure/indicators/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { listAreas } from '#modules/identity/server/index.ts'
import { allPages, exportList, findHouseholds } from '#modules/registry/server/index.ts'
import type { ExportIndicators, ExportRows, FilterRows, IndicatorRows, ListRows } from '../contract.ts'
import { readQuestion, type ReadQuestion } from './asked.ts'
import { indicatorsErrors } from './errors.ts'
import { rowsOf, whyNot } from './measure.ts'
import { dimensionOf, readIndicators } from './read-indicators.ts'
import { listRows, setOpened } from './rows-store.ts'
import { collectDefinitions, getDefinition, type IndicatorSource } from './sources.ts'
import { findViewColumns } from './view-store.ts'

const yesNo = { true: { zh: '是', en: 'Yes' }, false: { zh: '否', en: 'No' } }
const usualPage = 50
const rowsAtOnce = 500

interface Chosen {
  readonly definition: RowIndicator
  readonly question: ReadQuestion
  readonly only: { column: string; is: string } | undefined
}

/** The rows behind a number, of the reader's own scope: as many as the number says. */
export async function readRows(
  ctx: Context,
  sources: readonly IndicatorSource[],
  { key, ...query }: ListRows & { key: string },
): Promise<IndicatorRows> {
  const chosen = await choose(ctx, sources, { key, query })
  return pageOf(ctx, chosen, { limit: query.limit ?? usualPage, after: query.after })
}

/** The same rows as a workbook. */
export async function exportRows(
  ctx: Context,
  sources: readonly IndicatorSource[],
  { key, purpose, format, filesDirectory, ...query }: ExportRows & { key: string; filesDirectory: string },
): Promise<Download> {
  const chosen = await choose(ctx, sources, { key, query })
  const { columns } = await pageOf(ctx, chosen, { limit: 1, after: undefined })
  const { definition, question } = chosen
  const pages = allPages(async (after) => {
    const { items, next } = await pageOf(ctx, chosen, { limit: rowsAtOnce, after })
    return { items: [...items], ...(next === undefined ? {} : { next }) }
  })
  const rows = async function* (): AsyncGenerator<readonly string[]> {
    for await (const row of pages)
      yield [row.place, row.head, row.householdNo, ...row.cells.map((cell, at) => columns[at]?.words?.[cell]?.zh ?? cell)]
  }
  return exportList(ctx, {
    list: 'indicators.rows',
    heading: {
      title: `${definition.name.zh}（${question.period.text}）`,
      unit: question.areaName,
      fileName: definition.name.zh.replace(/[\\/:*?"<>|]/g, ''),
    },
    columns: [
      { label: '所在地', width: 24 },
      { label: '户主', width: 10 },
      { label: '户编号', width: 18 },
      ...columns.map((column) => ({ label: column.name.zh, width: 16 })),
    ],
    rows: rows(),
    filter: { ...query, key },
    purpose,
    format,
    filesDirectory,
  })
}

/** All figures of an area and period as a workbook. */
export async function exportIndicators(
  ctx: Context,
  sources: readonly IndicatorSource[],
  { purpose, format, filesDirectory, ...query }: ExportIndicators & { filesDirectory: string },
): Promise<Download> {
  const { indicators, period, area } = await readIndicators(ctx, sources, query)
  const rows = async function* (): AsyncGenerator<readonly string[]> {
    for (const one of indicators)
      yield [one.name.zh, one.shown ?? '', one.unit, one.part ?? '', one.base ?? '', one.figures.join(' '), one.key]
  }
  return exportList(ctx, {
    list: 'indicators.figures',
    heading: { title: `指标表（${period.text}）`, unit: area.name, fileName: `指标表_${period.text}` },
    columns: ['指标', '数值', '单位', '分子', '分母', '对应数字', '指标代码'].map((label, at) => ({ label, width: at === 0 ? 32 : 14 })),
    rows: rows(),
    filter: query,
    purpose,
    format,
    filesDirectory,
  })
}

async function choose(
  ctx: Context,
  sources: readonly IndicatorSource[],
  { key, query }: { key: string; query: FilterRows },
): Promise<Chosen> {
  const all = await collectDefinitions(ctx, sources)
  const definition = getDefinition(all, key)
  if (definition.kind === 'ratio') throw indicatorsErrors.rowsOfRatio({ part: definition.part, base: definition.base })
  if (definition.closed?.rowsFor.some((role) => ctx.caller.roles.includes(role)) === false) throw indicatorsErrors.rowsClosed({ key })
  const question = await readQuestion(ctx, all, query)
  const only =
    query.by === undefined || query.is === undefined
      ? undefined
      : { column: dimensionOf(definition, query.by, question).column, is: query.is }
  return { definition, question, only }
}

async function pageOf(
  ctx: Context,
  { definition, question, only }: Chosen,
  page: { limit: number; after: string | undefined },
): Promise<IndicatorRows> {
  return inTransaction(ctx, async (db) => {
    const columns = await columnsOf(db, definition)
    if (whyNot(definition, question.period, ctx.today) !== undefined) return { columns: columns.shown, items: [] }
    const key = definition.closed ?? definition.opens
    if (key !== undefined) await setOpened(db, key.setting, key.value)
    const [after] = readCursor(page.after, ['text']) ?? []
    const found = await listRows(
      db,
      { ...rowsOf(ctx, definition, question), only },
      {
        columns: columns.shown.map((one) => one.key),
        hasHousehold: columns.hasHousehold,
        limit: page.limit + 1,
        after: after === undefined ? undefined : String(after),
      },
    )
    if (key !== undefined) await setOpened(db, key.setting, '')
    const names = new Map((await listAreas({ ...ctx, db }, { level: 'village' })).map((one) => [one.path, one.name]))
    const placeOf = (path: string) => [4, 5].map((depth) => names.get(`${path.split('.').slice(0, depth).join('.')}.`) ?? '').join('')
    const householdIds = [...new Set(found.flatMap(({ householdId }) => (householdId === null ? [] : [householdId])))]
    const cards = new Map((await findHouseholds(ctx, db, householdIds)).map((card) => [card.householdId, card]))
    const items = found.slice(0, page.limit).map((row) => ({
      rowId: row.rowId,
      areaPath: row.areaPath,
      place: placeOf(row.areaPath),
      householdId: row.householdId,
      head: cards.get(row.householdId ?? '')?.headName ?? '',
      householdNo: cards.get(row.householdId ?? '')?.householdNo ?? '',
      cells: row.cells.map((cell) => cell ?? ''),
    }))
    const last = found[page.limit - 1]
    return { columns: columns.shown, items, ...(found.length > page.limit && last !== undefined ? { next: writeCursor([last.key]) } : {}) }
  })
}

/** Columns that are shown; those of the household itself stand in front of every list already. */
async function columnsOf(db: Parameters<typeof findViewColumns>[0], { view, key, dimensions, columns: wanted }: RowIndicator) {
  const columns = await findViewColumns(db, view)
  if (columns.length === 0) throw indicatorsErrors.brokenDefinition({ key, what: view })
  const hasHousehold = columns.some(({ name }) => name === 'household_id')
  if (wanted !== undefined) {
    const missing = wanted.find(({ column }) => !columns.some(({ name }) => name === column))
    if (missing !== undefined) throw indicatorsErrors.brokenDefinition({ key, what: `${view}.${missing.column}` })
    return {
      shown: wanted.map(({ column, name, words }) => ({ key: column, name, ...(words === undefined ? {} : { words }) })),
      hasHousehold,
    }
  }
  const shown = columns.flatMap(({ name, type, zh, en }) => {
    if (zh === null || en === null || name === 'household_no' || name === 'head_name') return []
    const words = type === 'boolean' ? yesNo : dimensions.find((one) => one.column === name)?.words
    return [{ key: name, name: { zh, en }, ...(words === undefined ? {} : { words }) }]
  })
  return { shown, hasHousehold }
}
