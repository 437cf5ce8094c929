import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { allPages, exportList, localTime, mapped } from '#modules/registry/server/index.ts'
import type { ProgressCounts } from '../rules/survey-records.ts'
import type { ExportCampaigns, ExportPlain, ExportProblems, ExportTargets } from '../rules/survey-requests.ts'
import { campaignKindWords, campaignStateWords, conclusionWords, sourceWords, targetStateWords } from '../rules/survey-words.ts'
import { readMine } from './call-sheet.ts'
import { readCampaign, readCampaigns, readProblems, readTargets } from './read-lists.ts'
import { readProgress } from './read-progress.ts'

interface ExportDeps {
  readonly filesDirectory: string
}
const when = (at: string | undefined) => (at === undefined ? '' : localTime(at))

/** Campaigns as they are filtered. */
export async function exportCampaigns(ctx: Context, query: ExportCampaigns, deps: ExportDeps): Promise<Download> {
  const { purpose, format, ...filter } = query
  return inTransaction(ctx, (db) =>
    exportList(
      { ...ctx, db },
      {
        list: 'surveys.campaigns',
        columns: ['编号', '名称', '类型', '轮次', '状态', '方式', '开始', '结束', '抽样种子', '起草人'].map((label) => ({ label })),
        rows: mapped(
          allPages((after) => readCampaigns({ ...ctx, db }, { ...filter, after, limit: 200 })),
          (one) => [
            one.campaignNo,
            one.name,
            campaignKindWords[one.kind].zh,
            String(one.roundNo),
            campaignStateWords[one.state].zh,
            one.way === 'phone' ? '电话' : '上门',
            one.startsOn,
            one.endsOn,
            one.seed ?? '',
            one.createdName,
          ],
        ),
        filter,
        purpose,
        format,
        ...deps,
      },
    ),
  )
}

const targetColumns = ['序号', '户编号', '户主', '乡镇', '村', '人数', '状态', '次数', '调查人', '结论', '答复时间']

/** Households of a campaign as they are filtered; with `unanswered` the list of those without an answer. */
export async function exportTargets(
  ctx: Context,
  given: { campaignId: string; query: ExportTargets },
  deps: ExportDeps,
): Promise<Download> {
  const { purpose, format, ...filter } = given.query
  return inTransaction(ctx, (db) =>
    exportList(
      { ...ctx, db },
      {
        list: 'surveys.targets',
        columns: targetColumns.map((label) => ({ label })),
        rows: mapped(
          allPages((after) => readTargets({ ...ctx, db }, given.campaignId, { ...filter, after, limit: 200 })),
          (one) => [
            String(one.seq),
            one.householdNo,
            one.headName,
            one.township,
            one.village,
            String(one.persons),
            targetStateWords[one.state].zh,
            String(one.attempts),
            one.callerName ?? '',
            one.conclusion === undefined ? '' : conclusionWords[one.conclusion].zh,
            when(one.answeredAt),
          ],
        ),
        filter: { ...filter, campaignId: given.campaignId },
        purpose,
        format,
        ...deps,
      },
    ),
  )
}

/** The caller's own households to call, over all open campaigns. */
export async function exportMine(ctx: Context, query: ExportPlain, deps: ExportDeps): Promise<Download> {
  const { purpose, format } = query
  return inTransaction(ctx, (db) =>
    exportList(
      { ...ctx, db },
      {
        list: 'surveys.mine',
        columns: ['调查', '户编号', '户主', '乡镇', '村', '人数', '状态', '次数', '最早重拨'].map((label) => ({ label })),
        rows: mapped(
          allPages((after) => readMine({ ...ctx, db }, { after, limit: 200 })),
          (one) => [
            one.campaignName,
            one.householdNo,
            one.headName,
            one.township,
            one.village,
            String(one.persons),
            targetStateWords[one.state].zh,
            String(one.attempts),
            when(one.nextFrom),
          ],
        ),
        filter: {},
        purpose,
        format,
        ...deps,
      },
    ),
  )
}

/** Problems of a campaign as they are filtered. */
export async function exportProblems(
  ctx: Context,
  given: { campaignId: string; query: ExportProblems },
  deps: ExportDeps,
): Promise<Download> {
  const { purpose, format, ...filter } = given.query
  return inTransaction(ctx, (db) =>
    exportList(
      { ...ctx, db },
      {
        list: 'surveys.problems',
        columns: ['编号', '来源', '类别', '问题', '户编号', '户主', '乡镇', '村', '发现日期', '调查人'].map((label) => ({ label })),
        rows: mapped(
          allPages((after) => readProblems({ ...ctx, db }, given.campaignId, { ...filter, after, limit: 200 })),
          (one) => [
            one.problemNo,
            sourceWords[one.source].zh,
            one.class,
            one.description,
            one.householdNo,
            one.headName,
            one.township,
            one.village,
            one.foundOn,
            one.foundName,
          ],
        ),
        filter: { ...filter, campaignId: given.campaignId },
        purpose,
        format,
        ...deps,
      },
    ),
  )
}

/** Progress by place and by who calls, one table below the other; both coverages stand in the last columns. */
export async function exportProgress(ctx: Context, given: { campaignId: string; query: ExportPlain }, deps: ExportDeps): Promise<Download> {
  const { purpose, format } = given.query
  return inTransaction(ctx, async (db) => {
    const campaign = await readCampaign({ ...ctx, db }, given.campaignId)
    const { areas, callers, sum } = await readProgress({ ...ctx, db }, given.campaignId, undefined)
    const rows = [
      ...areas.map((one) => progressCells('地区', one.name, one)),
      ...callers.map((one) => progressCells('调查人', one.name === '' ? '未分配' : one.name, one)),
      progressCells('合计', campaign.name, sum),
    ]
    const labels = [
      '分组',
      '名称',
      '户数',
      '人数',
      '待调查',
      '待重拨',
      '已答复',
      '没有答复',
      '户已不存在',
      '有记录（户）',
      '有答复（户）',
      '问题',
    ]
    return exportList(
      { ...ctx, db },
      {
        list: 'surveys.progress',
        columns: labels.map((label) => ({ label })),
        rows: each(rows),
        filter: { campaignId: given.campaignId },
        purpose,
        format,
        ...deps,
      },
    )
  })
}

function progressCells(kind: string, name: string, one: ProgressCounts): string[] {
  const { targets, persons, waiting, retry, answered, without, ended, recorded, problems } = one
  return [kind, name, ...[targets, persons, waiting, retry, answered, without, ended, recorded, answered, problems].map(String)]
}

async function* each(rows: readonly string[][]): AsyncGenerator<readonly string[]> {
  for (const row of rows) yield await Promise.resolve(row)
}
