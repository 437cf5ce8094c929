import { fill } from '#kernel/pure/words/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { allPages, exportList, localTime, mapped, type ListToExport } from '#modules/registry/server/index.ts'
import type { SameCheckRecord } from '../rules/check-records.ts'
import type { LetterCard } from '../rules/letter-records.ts'
import type { ProblemFile } from '../rules/problem-records.ts'
import type { ExportChecks, ExportLetters, ExportProblems } from '../rules/problem-requests.ts'
import { letterStateWords, sourceWords, standingWords, stateWords } from '../rules/problem-words.ts'
import { sayLength } from '../rules/reminder-text.ts'
import { inProblems } from './closed-kinds-store.ts'
import { listProblemRows, placeInOrder, type ListedProblem } from './problem-list-store.ts'
import { readLetters } from './read-letters.ts'
import { toCards } from './read-problems.ts'
import { readChecks } from './same-elsewhere.ts'
import { termsFor } from './terms.ts'

interface ExportDeps {
  readonly filesDirectory: string
}
const atOnce = 500
const say = (words: Readonly<Record<string, { zh: string; en: string }>>, key: string) => {
  const found = words[key]
  return found === undefined ? key : fill(found, 'zh')
}

/** The ledger as it is filtered, with the five parts (M-114). */
export async function exportProblems(ctx: Context, query: ExportProblems, deps: ExportDeps): Promise<Download> {
  const { purpose, format, ...filter } = query
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const { soonDays } = await termsFor(within)
    const rows = async function* (): AsyncGenerator<readonly string[]> {
      let after: readonly (string | number)[] | undefined
      let n = 0
      do {
        const page: ListedProblem[] = await listProblemRows(db, ctx, { filter, soonDays, limit: atOnce, after })
        const cards = await toCards(within, page, soonDays)
        for (const [at, file] of page.entries()) {
          const card = cards[at]
          n += 1
          if (card !== undefined) yield problemCells(file, { n, ...card })
        }
        const last = page.at(-1)
        after = page.length < atOnce || last === undefined ? undefined : placeInOrder(last)
      } while (after !== undefined)
    }
    const list: ListToExport = { list: 'rectification.problems', columns: problemColumns, rows: rows(), filter }
    return exportList(within, { ...list, purpose, format, ...deps })
  })
}

const problemColumns = [
  '序号',
  '问题编号',
  '整改专项',
  '问题来源',
  '问题类别',
  '地点',
  '农户或对象',
  '问题描述',
  '整改要求',
  '责任单位',
  '责任人',
  '挂牌领导',
  '原因剖析',
  '整改措施',
  '整改时限',
  '时限情况',
  '整改成效',
  '完成日期',
  '佐证件数',
  '验收人',
  '状态',
  '销号时间',
].map((label) => ({ label, ...(/描述|措施|成效|剖析|要求/.test(label) ? { width: 36 } : {}) }))

function problemCells(
  file: ProblemFile & { campaignName: string },
  card: { n: number; place: string; headOfHousehold: string | null; subject: string; standing: string; overdueSeconds: number },
): string[] {
  const late = card.overdueSeconds > 0 ? `（${sayLength(card.overdueSeconds)}）` : ''
  return [
    String(card.n),
    file.problemNo,
    file.campaignName,
    say(sourceWords, file.sourceKind),
    file.class,
    card.place,
    card.headOfHousehold ?? card.subject,
    file.description,
    file.requirement,
    file.unitName ?? '',
    file.headName ?? '',
    file.leaderName ?? '',
    file.cause,
    file.measures,
    file.dueOn ?? '',
    `${say(standingWords, card.standing)}${late}`,
    file.effect,
    file.completedOn ?? '',
    String(file.evidenceCount),
    file.verifiedName ?? '',
    say(stateWords, file.state),
    file.closedAt === null ? '' : localTime(file.closedAt),
  ]
}

/** Letters with their counts. */
export async function exportLetters(ctx: Context, query: ExportLetters, deps: ExportDeps): Promise<Download> {
  const { purpose, format, ...filter } = query
  return inProblems(ctx, (db) => {
    const within = { ...ctx, db }
    const pages = allPages((after) => readLetters(within, { ...filter, after, limit: 200 }))
    const columns = [
      '编号',
      '整改专项',
      '责任单位',
      '责任人',
      '发函时间',
      '签收时间',
      '时限',
      '问题数',
      '未认领',
      '已销号',
      '已超期',
      '状态',
    ]
    const toCells = (one: LetterCard) => [
      one.letterNo,
      one.campaignName,
      one.unitName,
      one.headName,
      localTime(one.issuedAt),
      one.receivedAt === null ? '' : localTime(one.receivedAt),
      one.dueOn,
      ...[one.problems, one.waiting, one.closed, one.overdue].map(String),
      say(letterStateWords, one.state),
    ]
    const list = {
      list: 'rectification.letters',
      columns: columns.map((label) => ({ label })),
      rows: mapped(pages, toCells),
      filter,
    } as const
    return exportList(within, { ...list, purpose, format, ...deps })
  })
}

const checkStates = { open: '待排查', clean: '没有同类问题', found: '发现同类问题' } as const

/** Checks of the same problem elsewhere. */
export async function exportChecks(ctx: Context, query: ExportChecks, deps: ExportDeps): Promise<Download> {
  const { purpose, format, ...filter } = query
  return inProblems(ctx, (db) => {
    const within = { ...ctx, db }
    const pages = allPages((after) => readChecks(within, { ...filter, after, limit: 200 }))
    const columns = ['类别', '地点', '户主', '时限', '结果', '说明', '交办人', '排查人']
    const toCells = (one: SameCheckRecord) => [
      one.class,
      one.place,
      one.headOfHousehold ?? '',
      one.dueOn,
      checkStates[one.state],
      one.note,
      one.askedName,
      one.answeredName ?? '',
    ]
    const list = {
      list: 'rectification.same-checks',
      columns: columns.map((label) => ({ label })),
      rows: mapped(pages, toCells),
      filter,
    } as const
    return exportList(within, { ...list, purpose, format, ...deps })
  })
}
