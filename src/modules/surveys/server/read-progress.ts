import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { showRatio } from '#kernel/pure/indicators/index.ts'
import { checkBalance } from '../rules/check-balance.ts'
import type { FormOption, Question } from '../rules/form.ts'
import type { CampaignProgress, RateRecord, RoundDifference } from '../rules/survey-records.ts'
import { findCampaign, type Campaign } from './campaign-store.ts'
import { surveysErrors } from './errors.ts'
import { formOf } from './finish-call.ts'
import {
  compareWords,
  countBoth,
  countByArea,
  countByCaller,
  countProblems,
  countResponses,
  countRisks,
  countStates,
  countTargets,
  countWords,
} from './progress-store.ts'

/** Decimals of rates: R12; 99.99 % is one of the printed figures. */
const decimals = 2

/** Where a campaign stands, under the reader's scope: counts by area and caller, both coverages, problems, rates, and whether all adds up. */
export async function readProgress(ctx: Context, campaignId: string, area: string | undefined): Promise<CampaignProgress> {
  return inTransaction(
    ctx,
    async (db) => {
      const campaign = await getCampaign(ctx, db, campaignId)
      const asked = { campaignId, area }
      const sum = await countTargets(db, ctx, campaignId, area)
      const whole =
        area ?? (ctx.scope.kind === 'area' && ctx.scope.path.length > campaign.areaPath.length ? ctx.scope.path : campaign.areaPath)
      const segments = Math.min(5, whole.split('.').length)
      const states = Object.fromEntries((await countStates(db, ctx, asked)).map((row) => [row.state, row.count]))
      const progress = {
        sum,
        coverage: { recorded: showRatio(sum.recorded, sum.targets, decimals), reached: showRatio(sum.answered, sum.targets, decimals) },
        areas: await countByArea(db, ctx, { ...asked, segments }),
        callers: await countByCaller(db, ctx, asked),
        states,
        problems: await problemsOf(db, ctx, asked),
        rates: await ratesOf({ ...ctx, db }, campaign, asked),
        risks: await countRisks(db, ctx, asked),
      }
      return { ...progress, imbalance: checkBalance(progress, await countResponses(db, ctx, asked)) }
    },
    true,
  )
}

async function problemsOf(
  db: Db,
  ctx: Context,
  asked: { campaignId: string; area: string | undefined },
): Promise<CampaignProgress['problems']> {
  const rows = await countProblems(db, ctx, asked)
  const of = (source: string) => rows.filter((row) => row.source === source).reduce((total, row) => total + row.count, 0)
  const all = (part: 'count' | 'applied' | 'withdrawn') => rows.reduce((total, row) => total + row[part], 0)
  const correction = of('correction')
  return {
    total: all('count'),
    bySource: { correction, policy: of('policy'), satisfaction: of('satisfaction'), other: of('other') },
    classes: rows.filter((row) => row.count > 0).map(({ source, class: name, count }) => ({ source, class: name, count })),
    corrections: { applied: all('applied'), proposed: correction - all('applied') },
    withdrawn: all('withdrawn'),
  }
}

/** Positive of those whose answer counts, with both numbers (R12, M-014). */
async function ratesOf(
  ctx: Context & { db: Db },
  campaign: Campaign,
  asked: { campaignId: string; area: string | undefined },
): Promise<RateRecord[]> {
  const form = await formOf(ctx, campaign)
  const asks = form.questions.filter((question) => question.type === 'choice' && question.rate === true)
  const words = await countWords(ctx.db, ctx, { ...asked, questions: asks.map((question) => question.key) })
  return asks.flatMap((question) => {
    if (question.type !== 'choice') return []
    const countOf = (value: string) => words.find((row) => row.question === question.key && row.word === value)?.count ?? 0
    const sumOf = (wanted: (option: FormOption) => boolean) =>
      question.options.filter(wanted).reduce((total, option) => total + countOf(option.value), 0)
    const positive = sumOf((option) => option.positive === true)
    const base = sumOf((option) => option.outside !== true)
    return [
      {
        question: question.key,
        label: { zh: question.zh, en: question.en },
        positive,
        base,
        outside: sumOf((option) => option.outside === true),
        percent: showRatio(positive, base, decimals),
        options: question.options.map((option) => ({
          value: option.value,
          label: { zh: option.zh, en: option.en },
          count: countOf(option.value),
        })),
      },
    ]
  })
}

/** What households answer now and answered in the round before; undefined where there is none. Throws `surveys.not-found`. */
export async function readRoundDifference(ctx: Context, campaignId: string): Promise<RoundDifference | undefined> {
  return inTransaction(
    ctx,
    async (db) => {
      const campaign = await getCampaign(ctx, db, campaignId)
      const before = campaign.againOf === undefined ? undefined : await findCampaign(db, ctx, campaign.againOf)
      if (before === undefined) return undefined
      const form = await formOf({ ...ctx, db }, campaign)
      const questions = form.questions.filter((question) => question.type !== 'text' && question.type !== 'multi')
      const pair = { before: before.campaignId, now: campaignId }
      const rows = await compareWords(db, ctx, { ...pair, questions: questions.map((question) => question.key) })
      return {
        before: { campaignId: before.campaignId, campaignNo: before.campaignNo, name: before.name },
        ...(await countBoth(db, ctx, pair)),
        questions: questions.map((question) => ({
          question: question.key,
          label: { zh: question.zh, en: question.en },
          ...differenceOf(
            question,
            rows.filter((row) => row.question === question.key),
          ),
        })),
      }
    },
    true,
  )
}

function differenceOf(question: Question, rows: readonly { before: string | null; now: string | null; count: number }[]) {
  const isBad = (word: string | null) =>
    question.type === 'choice' && question.options.some((one) => one.value === word && one.problem !== undefined)
  const sum = (wanted: (row: (typeof rows)[number]) => boolean) => rows.filter(wanted).reduce((total, row) => total + row.count, 0)
  return {
    same: sum((row) => row.before === row.now && row.now !== null),
    changed: sum((row) => row.before !== row.now && row.before !== null && row.now !== null),
    solved: sum((row) => isBad(row.before) && row.now !== null && !isBad(row.now)),
    fresh: sum((row) => row.before !== null && !isBad(row.before) && isBad(row.now)),
  }
}

async function getCampaign(ctx: Context, db: Db, campaignId: string): Promise<Campaign> {
  const found = await findCampaign(db, ctx, campaignId)
  if (found === undefined) throw surveysErrors.notFound()
  return found
}
