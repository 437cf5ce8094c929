import { addDays, readDay } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { PaperValues } from '#kernel/server/documents/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { letterDay } from '../../rules/papers/paper-text.ts'
import { declarationTerms } from '../intake/declaration-terms.ts'
import { paperErrors } from './paper-errors.ts'
import { placeValues } from './paper-place.ts'
import { findPrintedNotice, type PrintedNotice } from './paper-subject-store.ts'

const codeEdgePt = 96
/** Only what two people have released is printed. */
const printable = ['released', 'posted', 'paused', 'ended']

/**
 * What a notice shows: the words of its lines as they were released, never anything that is looked up while it is printed; `leftOut`: columns that
 * were not. Throws `http.not-found`, `cases.notice-not-released`.
 */
export async function noticeValues(
  ctx: Context & { readonly db: Db },
  noticeId: string,
): Promise<{ notice: PrintedNotice; values: PaperValues; leftOut: readonly string[] }> {
  const notice = await findPrintedNotice(ctx.db, ctx.scope, noticeId)
  if (notice === undefined) throw httpErrors.notFound()
  if (!printable.includes(notice.state)) throw paperErrors.noticeNotReleased()
  const { publicAddress } = await declarationTerms(ctx, notice.areaPath)
  const posted = readDay(notice.postedOn ?? '')
  const values: PaperValues = {
    ...(await placeValues(ctx, notice.areaPath)),
    公示编号: notice.noticeNo,
    标题: notice.title,
    说明: notice.note,
    公示天数: `${String(notice.days)}个${notice.calendar === 'working' ? '工作日' : '自然日'}`,
    公示开始: posted === undefined ? blank : letterDay(addDays(posted, 1)),
    公示结束: notice.endsOn === null ? blank : letterDay(notice.endsOn),
    异议电话: notice.phones.join('、'),
    户数: String(notice.lines.length),
    二维码:
      publicAddress === undefined ? '' : { code: `${publicAddress}/object/${ctx.scope.countyCode}/${notice.code}`, edgePt: codeEdgePt },
    名单: notice.lines.map((line, at) => ({
      序号: String(at + 1),
      ...Object.fromEntries(allowed.map((column) => [column, String(line[column] ?? '—')])),
    })),
  }
  return { notice, values, leftOut: allowed.filter((column) => !notice.columns.includes(column)) }
}

const blank = '　　年　　月　　日'
/** The five columns that a notice may show, whatever stands in the database. */
const allowed = ['组', '户主姓名', '人数', '监测对象类别', '主要风险'] as const
