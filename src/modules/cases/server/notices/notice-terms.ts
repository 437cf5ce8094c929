import type { Context } from '#kernel/server/caller/index.ts'
import { parametersFor } from '#modules/policies/server/index.ts'
import { readNoticeTerms, type NoticeTerms } from '../../rules/notices/notice-terms.ts'
import { noticeErrors } from './notice-errors.ts'

const key = 'cases.notice'

/** What policy says of notices of an area today, and which version says it. Throws `cases.notice-terms` with the parameter's name. */
export async function noticeTermsOf(ctx: Context, areaPath: string): Promise<NoticeTerms & { readonly policy: string }> {
  const found = await parametersFor(ctx, { areaPath, asOf: ctx.today, keys: [key] })
  const policy = [...new Set([...found.values()].map(({ version }) => version.versionId))].join(' ')
  try {
    return { ...readNoticeTerms((name) => found.get(name)?.value), policy }
  } catch (fault) {
    throw noticeErrors.noticeTerms({ name: fault instanceof Error ? fault.message : '' })
  }
}
