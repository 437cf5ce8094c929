import { isNamedError } from '#kernel/pure/errors/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { readAnswers } from '../rules/answers.ts'
import type { Form } from '../rules/form.ts'
import { readAnswerRows, type AnswerRow } from '../rules/read-answer-rows.ts'
import type { ImportedAnswers, ImportedRow } from '../rules/survey-records.ts'
import type { ImportAnswers } from '../rules/survey-requests.ts'
import { openStates } from '../rules/target-states.ts'
import { findCampaign, type Campaign } from './campaign-store.ts'
import { surveysErrors } from './errors.ts'
import { formOf, isMine, recordCall, type SurveyDeps } from './finish-call.ts'
import { findTargetsByNo, type Target } from './target-store.ts'

/**
 * Takes answers from a sheet: each row is a household, bad rows are named with column and reason and stop no other; a dry run writes nothing.
 * Throws `surveys.not-found`, `not-open`, `no-household-column`.
 */
export async function importAnswers(
  ctx: Context,
  deps: SurveyDeps,
  given: { campaignId: string; input: ImportAnswers },
): Promise<ImportedAnswers> {
  const { campaignId, input } = given
  return inTransaction(ctx, async (db) => {
    const campaign = await findCampaign(db, ctx, campaignId)
    if (campaign === undefined) throw surveysErrors.notFound()
    if (campaign.state !== 'open') throw surveysErrors.notOpen({ state: campaign.state })
    const form = await formOf({ ...ctx, db }, campaign)
    const read = readAnswerRows(form, input.rows)
    if (read === undefined) throw surveysErrors.noHouseholdColumn()
    const targets = new Map(
      (
        await findTargetsByNo(
          db,
          ctx,
          campaignId,
          read.rows.map((row) => row.householdNo),
        )
      ).map((one) => [one.householdNo, one]),
    )
    const seen = new Set<string>()
    const refused: ImportedRow[] = []
    let taken = 0
    for (const row of read.rows) {
      const target = targets.get(row.householdNo)
      const problems = [...judgeRow(ctx, { campaign, target, row, isTwice: seen.has(row.householdNo) }), ...faultsOf(form, row)]
      seen.add(row.householdNo)
      if (problems.length === 0 && target !== undefined) {
        const written = input.isDryRun ? [] : await writeRow({ ...ctx, db }, deps, { campaign, target, answers: row.answers })
        problems.push(...written)
      }
      if (problems.length === 0) taken += 1
      else refused.push({ row: row.row, householdNo: row.householdNo, problems })
    }
    if (!input.isDryRun) {
      await audit(db, ctx, {
        did: 'surveys.import-answers',
        objectKind: 'surveys.campaign',
        objectId: campaignId,
        details: { read: read.rows.length, taken, refused: refused.length },
      })
    }
    return { isDryRun: input.isDryRun, read: read.rows.length, taken, refused, unknownColumns: read.unknownColumns }
  })
}

type Problem = ImportedRow['problems'][number]

function judgeRow(ctx: Context, given: { campaign: Campaign; target: Target | undefined; row: AnswerRow; isTwice: boolean }): Problem[] {
  const { campaign, target, row, isTwice } = given
  const about = (why: string): Problem[] => [{ column: '户编号', why }]
  if (target === undefined) return [...about('no-household'), ...row.problems]
  if (isTwice) return about('twice')
  if (target.state === 'answered') return about('answered-before')
  if (!isMine(ctx, { campaign, target })) return about('not-yours')
  return openStates.includes(target.state) ? [...row.problems] : about('answered-before')
}

function faultsOf(form: Form, row: AnswerRow): Problem[] {
  const labels = new Map(form.questions.map((question) => [question.key, question.zh]))
  const unread = new Set(row.problems.map((problem) => problem.column))
  return readAnswers(form, row.answers)
    .faults.map((fault) => ({ column: labels.get(fault.at) ?? fault.at, why: fault.why }))
    .filter((fault) => !unread.has(fault.column))
}

/** Writes a row by itself; what the register refuses leaves nothing of it. */
async function writeRow(
  ctx: Context & { db: Db },
  deps: SurveyDeps,
  given: { campaign: Campaign; target: Target; answers: Readonly<Record<string, unknown>> },
): Promise<Problem[]> {
  try {
    await inTransaction(ctx, (db) => recordCall({ ...ctx, db }, deps, { ...given, outcome: 'answered', way: 'import' }))
    return []
  } catch (fault) {
    if (!isNamedError(fault)) throw fault
    const { faults } = fault.details
    const list: readonly unknown[] = Array.isArray(faults) ? faults : []
    const named = list.flatMap((one) =>
      typeof one === 'object' && one !== null && 'at' in one && 'why' in one ? [{ column: String(one.at), why: String(one.why) }] : [],
    )
    return named.length > 0 ? named : [{ column: '户编号', why: 'kind' }]
  }
}
