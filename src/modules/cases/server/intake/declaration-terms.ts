import { dueDay, type Day } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Rate } from '#kernel/server/http/index.ts'
import { parametersFor } from '#modules/policies/server/index.ts'
import { casesErrors } from '../errors.ts'

/** What policy says of declarations and of all that comes in (`cases.declaration`). */
export interface DeclarationTerms {
  /** Days until the household is called or visited, and until it is told the result. */
  readonly answerDays: number
  readonly resultDays: number
  readonly calendar: 'working' | 'calendar'
  /** Days within which the same person joins what is open. */
  readonly joinDays: number
  readonly telephones: readonly string[]
  readonly legalBasis: readonly string[]
  readonly keepMonths: number
  /** `https://…` without a path; undefined where the county has not said it. */
  readonly publicAddress: string | undefined
  readonly rates: {
    readonly openPerAddress: Rate
    readonly openAll: Rate
    readonly sendPerAddress: Rate
    readonly sendPerVillage: Rate
    readonly sendAll: Rate
  }
}

/** The terms of an area today. Throws `cases.terms-incomplete` with the parameter's name. */
export async function declarationTerms(ctx: Context, areaPath: string): Promise<DeclarationTerms> {
  const found = await parametersFor(ctx, { areaPath, asOf: ctx.today })
  const number = (name: string): number => {
    const value = found.get(name)?.value
    const read = typeof value === 'string' ? Number(value) : value
    if (typeof read !== 'number' || !Number.isFinite(read) || read < 0) throw casesErrors.termsIncomplete({ name })
    return read
  }
  const texts = (name: string): string[] => {
    const value = found.get(name)?.value
    if (typeof value === 'string') return [value]
    return typeof value === 'object' && value !== null ? [...value].map(String) : []
  }
  const address = texts('申报公开网址')[0]?.trim().replace(/\/+$/, '')
  const perMinute = (name: string): Rate => ({ burst: Math.max(1, number(name)), perMinute: number(name) })
  const perHour = (name: string): Rate => ({ burst: Math.max(1, number(name)), perMinute: number(name) / 60 })
  return {
    answerDays: number('申报联系天数'),
    resultDays: number('申报结果天数'),
    calendar: texts('申报期限日历')[0] === '自然日' ? 'calendar' : 'working',
    joinDays: number('申报合并天数'),
    telephones: texts('申报咨询电话'),
    legalBasis: texts('申报法律依据'),
    keepMonths: number('申报资料保存月数'),
    publicAddress: address !== undefined && /^https?:\/\/[^/]+$/.test(address) ? address : undefined,
    rates: {
      openPerAddress: perMinute('每址每分钟打开次数'),
      openAll: perMinute('全县每分钟打开次数'),
      sendPerAddress: perHour('每址每小时提交次数'),
      sendPerVillage: perHour('每村每小时提交次数'),
      sendAll: perMinute('全县每分钟提交次数'),
    },
  }
}

/** The day until which what came in on `from` must be answered. */
export async function dueOf(ctx: Context, terms: DeclarationTerms, from: Day): Promise<Day> {
  return dueDay(from, { days: terms.answerDays, calendar: terms.calendar }, await openCalendar(ctx)).on
}
