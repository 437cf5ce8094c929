import type { Context } from '#kernel/server/caller/index.ts'
import { parametersFor } from '#modules/policies/server/index.ts'
import type { SurveyTerms } from '../rules/survey-records.ts'
import { surveysErrors } from './errors.ts'

const keys = ['surveys.calling']

/** What policy says of calls for an area on a day. Throws `surveys.terms-incomplete` with the parameter's name. */
export async function surveyTerms(ctx: Context, asked: { areaPath: string; asOf: string }): Promise<SurveyTerms> {
  const { numberOf, listOf } = await openTerms(ctx, asked)
  return {
    mostAttempts: numberOf('电话最多拨打次数'),
    retryHours: numberOf('电话重拨间隔小时'),
    fromHour: numberOf('电话开始时刻'),
    toHour: numberOf('电话结束时刻'),
    classes: listOf('政策问题类别'),
    instantFields: listOf('当场更正的字段'),
  }
}

/** Pass line (percent of points) and days until who failed is asked again. */
export async function quizTerms(
  ctx: Context,
  asked: { areaPath: string; asOf: string },
): Promise<{ passPercent: number; retakeDays: number }> {
  const { numberOf } = await openTerms(ctx, asked)
  return { passPercent: numberOf('抽查问答合格线'), retakeDays: numberOf('抽查问答补问天数') }
}

async function openTerms(ctx: Context, asked: { areaPath: string; asOf: string }) {
  const found = await parametersFor(ctx, { ...asked, keys })
  return {
    numberOf: (name: string): number => {
      const value = found.get(name)?.value
      if (typeof value !== 'number' || value < 0) throw surveysErrors.termsIncomplete({ name })
      return value
    },
    listOf: (name: string): readonly string[] => {
      const value = found.get(name)?.value
      if (!Array.isArray(value)) throw surveysErrors.termsIncomplete({ name })
      const list: readonly unknown[] = value
      return list.filter((one) => typeof one === 'string')
    },
  }
}
