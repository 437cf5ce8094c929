import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { PaperValues } from '#kernel/server/documents/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { consequenceSentences } from '../../rules/notices/objection-consequence-words.ts'
import { letterDay } from '../../rules/papers/paper-text.ts'
import { objectionLetterData } from '../notices/objection-read.ts'
import { findObjection } from '../notices/objection-store.ts'
import { paperErrors } from './paper-errors.ts'

const verdicts = { upheld: '异议成立。', rejected: '异议不成立。' } as const

/** The letter that answers an objection; its day is that of the answer. Throws `http.not-found`, `cases.objection-not-answered`. */
export async function answerValues(
  ctx: Context & { readonly db: Db },
  deps: { vault: Vault },
  objectionId: string,
): Promise<{ objectionNo: string; values: PaperValues }> {
  const kept = await findObjection(ctx.db, ctx.scope, objectionId)
  if (kept === undefined) throw httpErrors.notFound()
  if (kept.answeredAt === null) throw paperErrors.objectionNotAnswered()
  const letter = await objectionLetterData(ctx, deps, objectionId)
  const values: PaperValues = {
    县: letter.county,
    乡镇: letter.township,
    村: letter.village,
    今天: letterDay(letter.answeredOn),
    异议编号: letter.objectionNo,
    收到日期: letterDay(letter.receivedOn),
    公示标题: letter.noticeTitle,
    异议内容: letter.text,
    核查情况: letter.finding,
    处理结果: `${verdicts[letter.verdict]}${letter.answer}${letter.consequence === null ? '' : consequenceSentences[letter.consequence].zh}`,
    异议人: letter.name === '' ? '异议人' : letter.name,
  }
  return { objectionNo: letter.objectionNo, values }
}
