import { isNamedError } from '#kernel/pure/errors/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { HouseholdId, PersonId } from '#modules/registry/contract.ts'
import { decideCorrection, proposeCorrection } from '#modules/registry/server/index.ts'
import { problemFound, problemWithdrawn, riskFound } from '../contract.ts'
import type { FoundDifference, ReadAnswers } from '../rules/answers.ts'
import type { Form } from '../rules/form.ts'
import type { FinishedCall } from '../rules/survey-records.ts'
import { campaignKindWords } from '../rules/survey-words.ts'
import type { Campaign } from './campaign-store.ts'
import { surveysErrors } from './errors.ts'
import { findProblemsOf, insertProblems, insertRisk, withdrawProblems, type NewProblem } from './problem-store.ts'
import type { Target } from './target-store.ts'

interface Raising {
  readonly campaign: Campaign
  readonly target: Target
  readonly form: Form
  readonly read: ReadAnswers
  readonly vault: Vault
}
type Raised = Pick<FinishedCall, 'corrections' | 'problems'>

/**
 * What follows from answers: differences become corrections of the register (at once where policy says so), everything is a problem of one source,
 * what no longer follows is withdrawn, risks are told once. Throws `surveys.answers-refused` where the register cannot take what was said.
 */
export async function raiseProblems(ctx: Context & { db: Db }, given: Raising): Promise<Raised> {
  const { db } = ctx
  const { campaign, target, form, read } = given
  const before = await findProblemsOf(db, ctx, target.targetId)
  const labels = new Map(form.questions.map((question) => [question.key, question.zh]))
  const corrected = await correctRegister(ctx, given)
  const standing = before.standing.filter((one) => one.source !== 'correction')
  const isSame = (one: { question: string; word: string }) => (other: { question: string; word: string }) =>
    one.question === other.question && one.word === other.word
  const gone = standing.filter((one) => !read.problems.some(isSame(one)))
  const fresh = read.problems.filter((one) => !standing.some(isSame(one)))
  await withdrawProblems(
    db,
    ctx,
    gone.map((one) => one.problemId),
    '答复更正后不再成立',
  )
  for (const { problemId } of gone)
    await announce(db, ctx, problemWithdrawn, { problemId, campaignId: campaign.campaignId, reason: 'answer-corrected', on: ctx.today })
  const bare = [
    ...corrected.found.map((one) => ({
      personId: one.personId,
      source: 'correction' as const,
      class: labels.get(one.question) ?? one.field,
      question: one.question,
      word: one.correctionId,
      description: `${labels.get(one.question) ?? one.field}：登记的与本人所说不一致`,
      correctionId: one.correctionId,
      applied: one.applied,
    })),
    ...fresh.map(({ question, word, mark }) => ({
      personId: undefined,
      source: mark.source,
      class: mark.class,
      question,
      word,
      description: `${labels.get(question) ?? question}：${mark.zh}`,
      correctionId: undefined,
      applied: undefined,
    })),
  ]
  const head = `${campaign.campaignNo}-${String(target.seq).padStart(5, '0')}`
  const problems = bare.map((one, at): NewProblem => ({ ...one, problemId: makeId(), problemNo: `${head}-${before.all + at + 1}` }))
  await insertProblems(db, ctx, target, problems)
  for (const problem of problems) await tell(ctx, given, problem)
  await tellRisks(ctx, given)
  const { applied, proposed, known } = corrected
  return { corrections: { applied, proposed, known }, problems: problems.length }
}

async function tell(ctx: Context & { db: Db }, { campaign, target }: Raising, problem: NewProblem): Promise<void> {
  await announce(ctx.db, ctx, problemFound, {
    problemId: problem.problemId,
    problemNo: problem.problemNo,
    campaignId: campaign.campaignId,
    campaignNo: campaign.campaignNo,
    campaignName: campaign.name,
    campaignKind: campaign.kind,
    targetId: target.targetId,
    ...(target.householdId === undefined ? {} : { householdId: target.householdId }),
    ...(problem.personId === undefined ? {} : { personId: problem.personId }),
    areaPath: target.areaPath,
    sourceKind: problem.source,
    class: problem.class,
    description: problem.description,
    ...(problem.correctionId === undefined ? {} : { correctionId: problem.correctionId }),
    foundOn: ctx.today,
  })
}

async function tellRisks(ctx: Context & { db: Db }, { campaign, target, read }: Raising): Promise<void> {
  const { householdId } = target
  const risks = read.risks.slice(0, 20)
  if (risks.length === 0 || householdId === undefined) return
  const riskId = makeId()
  if (!(await insertRisk(ctx.db, ctx, { riskId, target, risks }))) return
  const { campaignId, campaignNo, name: campaignName } = campaign
  const about = { campaignId, campaignNo, campaignName, targetId: target.targetId, householdId, areaPath: target.areaPath }
  await announce(ctx.db, ctx, riskFound, { riskId, ...about, risks, foundOn: ctx.today })
}

interface Corrected {
  readonly found: readonly (FoundDifference & { readonly correctionId: string; readonly applied: boolean })[]
  readonly applied: number
  readonly proposed: number
  /** The register says so already, or somebody else has noted it. */
  readonly known: number
}

const notTaken = new Set(['registry.not-readable', 'registry.not-found', 'registry.unknown-field'])
const knownBefore = new Set(['registry.same-value', 'registry.already-proposed'])

/** Hands each difference to the register's own door, with the campaign as its source (M-008). */
async function correctRegister(ctx: Context & { db: Db }, { campaign, target, read, vault }: Raising): Promise<Corrected> {
  const found: (FoundDifference & { correctionId: string; applied: boolean })[] = []
  let known = 0
  const source = `${campaignKindWords[campaign.kind].zh} ${campaign.campaignNo}`
  for (const difference of read.differences) {
    if (target.householdId === undefined) throw surveysErrors.answersRefused({ faults: [{ at: difference.question, why: 'kind' }] })
    try {
      const { personId, field, value } = difference
      const proposed = await proposeCorrection(
        ctx,
        {
          householdId: HouseholdId.parse(target.householdId),
          ...(personId === undefined ? {} : { personId: PersonId.parse(personId) }),
          field,
          newValue: value,
          source,
        },
        { vault },
      )
      found.push({
        ...difference,
        correctionId: proposed.correctionId,
        applied: await applyAtOnce(ctx, { campaign, field, proposed, vault }),
      })
    } catch (fault) {
      if (!isNamedError(fault)) throw fault
      if (notTaken.has(fault.code))
        throw surveysErrors.answersRefused({ faults: [{ at: difference.question, why: 'register', detail: fault.code }] })
      if (!knownBefore.has(fault.code)) throw fault
      known += 1
    }
  }
  const applied = found.filter((one) => one.applied).length
  return { found, applied, proposed: found.length - applied, known }
}

/** Writes the value into the register where policy lets a call do so; else the data officer decides. */
async function applyAtOnce(
  ctx: Context & { db: Db },
  given: { campaign: Campaign; field: string; proposed: { correctionId: string; revision: number }; vault: Vault },
): Promise<boolean> {
  const { campaign, field, proposed, vault } = given
  if (campaign.terms.instantFields?.includes(field) !== true) return false
  const { correctionId, revision } = proposed
  await decideCorrection(ctx, correctionId, { revision, decision: 'apply', deps: { vault } })
  return true
}
