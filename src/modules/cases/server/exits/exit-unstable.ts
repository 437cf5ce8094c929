import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { formatYuan } from '#kernel/pure/money/index.ts'
import { fill } from '#kernel/pure/words/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { allPages, exportList } from '#modules/registry/server/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import type { UnstableElimination } from '../../rules/exits/exit-records.ts'
import type { ExportUnstable, ListUnstable } from '../../rules/exits/exit-requests.ts'
import { unstableWords } from '../../rules/exits/exit-unstable-words.ts'
import { cardsOf } from '../case-read.ts'
import { exitEvidence, exitTerms, type ExitEvidence } from './exit-facts.ts'
import { listEliminated } from './exit-store.ts'
import { listNewestCalculations } from '../income/income-store.ts'
import { incomeTerms } from '../income/income-terms.ts'

type Within = Context & { readonly db: Db }
type Reasons = UnstableElimination['reasons']
const usualPage = 50
/** Cases that are judged at a time; those that stand well are left out of the page. */
const judgedAtOnce = 200

/**
 * Eliminated households whose facts fell below the gate, by place: income per person not above the line (newest kept number after the
 * elimination, else the register), a safeguard that is not met, a new lead or report, a visit that found it worse. A candidate list; reverting
 * is decided by people.
 */
export async function readUnstable(ctx: Context, query: ListUnstable): Promise<Page<UnstableElimination>> {
  const { after, limit = usualPage, area } = query
  return inTransaction(ctx, (db) => pageOf({ ...ctx, db }, { area, after, limit }))
}

async function pageOf(
  ctx: Within,
  given: { area: string | undefined; after: string | undefined; limit: number },
): Promise<Page<UnstableElimination>> {
  const { area, limit } = given
  const found: { file: CaseFile; reasons: Reasons }[] = []
  let after = readCursor(given.after, ['text', 'id'])
  for (;;) {
    const files = await listEliminated(ctx.db, { scope: ctx.scope, area }, { limit: judgedAtOnce, after })
    const reasons = await reasonsOf(ctx, files)
    found.push(
      ...files.flatMap((file) => ((reasons.get(file.caseId)?.length ?? 0) > 0 ? [{ file, reasons: reasons.get(file.caseId) ?? [] }] : [])),
    )
    const last = files.at(-1)
    if (files.length < judgedAtOnce || last === undefined || found.length > limit) break
    after = [last.areaPath, last.caseId]
  }
  const page = toPage(found, limit, ({ file }) => [file.areaPath, file.caseId])
  const cards = await cardsOf(
    ctx,
    page.items.map(({ file }) => file),
  )
  return { ...page, items: cards.map((card, at) => ({ ...card, reasons: page.items[at]?.reasons ?? [] })) }
}

async function reasonsOf(ctx: Within, files: readonly CaseFile[]): Promise<Map<string, Reasons>> {
  const [first] = files
  if (first === undefined) return new Map()
  const householdIds = files.map(({ householdId }) => householdId)
  const kept = await listNewestCalculations(ctx.db, ctx.scope, { householdIds, purpose: 'elimination' })
  const reasons = new Map<string, Reasons>()
  // Places differ in their policies by township at most; a page lies in a few.
  for (const [township, some] of byTownship(files)) {
    const policy = await exitTerms(ctx, township)
    const { lineFen } = await incomeTerms(ctx, { areaPath: township, asOf: ctx.today })
    const evidence = await exitEvidence(ctx, { files: some, safeguards: policy.safeguards, since: (file) => file.eliminatedOn })
    for (const file of some) {
      const number = kept.get(file.householdId)
      const isLater = number !== undefined && number.asOf > (file.eliminatedOn ?? '')
      const one = evidence.get(file.caseId)
      if (one === undefined) continue
      const income = isLater ? { fen: number.perPersonFen, on: number.asOf } : { fen: one.registerIncome, on: ctx.today }
      reasons.set(file.caseId, reasonsFor(one, { income, lineFen }))
    }
  }
  return reasons
}

/** Cases by the first four segments of their path: province, prefecture, county, township. */
function byTownship(files: readonly CaseFile[]): Map<string, CaseFile[]> {
  const found = new Map<string, CaseFile[]>()
  for (const file of files) {
    const township = `${file.areaPath.split('.').slice(0, 4).join('.')}.`
    found.set(township, [...(found.get(township) ?? []), file])
  }
  return found
}

function reasonsFor(evidence: ExitEvidence, given: { income: { fen: number | null; on: string }; lineFen: number | null }): Reasons {
  const { income, lineFen } = given
  const isLow = income.fen !== null && lineFen !== null && income.fen <= lineFen
  return [
    ...(isLow
      ? [{ reason: 'income' as const, details: { found: formatYuan(income.fen ?? 0), needed: formatYuan(lineFen ?? 0), on: income.on } }]
      : []),
    ...[...evidence.safeguards].flatMap(([safeguard, met]) =>
      met === false ? [{ reason: 'safeguard' as const, details: { safeguard } }] : [],
    ),
    ...evidence.newRisks.map(({ kind, on }) => ({ reason: kind, details: { on } })),
  ]
}

const columns = [
  { label: '个案编号', width: 14 },
  { label: '户编号', width: 22 },
  { label: '户主', width: 12 },
  { label: '乡镇', width: 14 },
  { label: '行政村', width: 14 },
  { label: '消除日期', width: 12 },
  { label: '为什么不稳定', width: 60 },
] as const

/** The candidates as a workbook or text; recorded as every export is. */
export async function exportUnstable(ctx: Context, query: ExportUnstable, deps: { filesDirectory: string }): Promise<Download> {
  const { purpose, format, area } = query
  return inTransaction(ctx, async (db) => {
    const pages = allPages((after) => pageOf({ ...ctx, db }, { area, after, limit: judgedAtOnce }))
    const rows = async function* () {
      for await (const one of pages) {
        const why = one.reasons.map(({ reason, details }) => fill(unstableWords[`unstable.${reason}`], 'zh', details)).join('；')
        yield [one.caseNo, one.householdNo, one.headName ?? '', one.township, one.village, one.eliminatedOn ?? '', why]
      }
    }
    const filter = area === undefined ? {} : { area }
    return exportList({ ...ctx, db }, { list: 'cases.unstable-eliminations', columns, filter, rows: rows(), purpose, format, ...deps })
  })
}
